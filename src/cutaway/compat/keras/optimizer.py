"""The variables of the optimizer that Keras 3 makes when it loads a compiled model, and counts in its summary.

Beside two numbers (its steps, and a learning rate that is no schedule), most optimizers keep a few values for each
trained one. From an archive or a text, they are all made; from an HDF5 file, the two numbers only. What is made follows
from what is trained then; where that is not known, those variables count that the file holds. It holds none but the two
numbers if nothing was trained yet, and more than are made anew if a layer was frozen afterwards.
"""

from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from types import MappingProxyType

from cutaway.analysis.count import BITS, weight_size
from cutaway.compat.keras.listing import Size
from cutaway.graph import Graph, Weight
from cutaway.record import replace
from cutaway.sources.attributes import policy
from cutaway.sources.configs import parse
from cutaway.sources.configs.serialized import Config, settings
from cutaway.sources.files.reading import HDF5
from cutaway.sources.optimizer import optimizer_weights
from cutaway.typed import Any

_Settings = Mapping[str, Any]
_SLOTS: Mapping[str, Callable[[_Settings], int]] = MappingProxyType(
    {
        "sgd": lambda told: bool(told.get("momentum")),
        "rmsprop": lambda told: 1 + bool(told.get("momentum")) + bool(told.get("centered")),
        "adam": lambda told: 2 + bool(told.get("amsgrad")),
        "adamw": lambda told: 2 + bool(told.get("amsgrad")),
        **dict.fromkeys(("adadelta", "adamax", "nadam", "ftrl", "lamb", "adafactor"), lambda _: 2),
        **dict.fromkeys(("adagrad", "lion"), lambda _: 1),
    }
)
"""How many values each optimizer keeps for each trained one."""
_SCALING = "lossscaleoptimizer"
"""What Keras puts around the optimizer of a model in mixed precision; it has two numbers and two counters itself."""
_USUAL = "rmsprop"
"""What Keras compiles with where it is not told: the JSON texts of models do not name their optimizer."""
_STEPS = Size(1, BITS["int64"])
_NUMBER = Size(1, BITS["float32"])


def variables(config: Config, path: str | None, graph: Graph) -> Size | None:
    """Return the size of an optimizer's variables once a model is loaded; None for a model that is not compiled."""
    compiled = config.get("compile_config")
    if isinstance(compiled, Mapping) and compiled:
        return _all_made(compiled.get("optimizer") or _USUAL, config, path, graph)
    optimizer = None if path is None else _training(path)
    return None if optimizer is None else _of(optimizer, config, [])


def _all_made(optimizer: object, config: Config, path: str | None, graph: Graph) -> Size:
    """Return the size of the variables that an optimizer makes for a model, or which the file holds; see above."""
    weights = {weight.key: weight for node in graph.nodes for weight in node.weights or ()}.values()
    known = all(node.weights is not None for node in graph.nodes)
    least = _of(optimizer, config, [weight for weight in weights if weight.trainable])
    most = _of(optimizer, config, [weight for weight in weights if weight.trainable is not False])
    most += Size(known=known)
    if most.known and least == most:
        return least
    stored = () if path is None else optimizer_weights(path)
    held, bare = _times(1, stored), _of(optimizer, config, [])
    fits = held.count > bare.count and (held.count <= most.count or not most.known)
    return held if fits else least + Size(known=False)


def _of(optimizer: object, config: Config, trained: list[Weight]) -> Size:
    name, told = _named(optimizer)
    scaled = name == _SCALING or policy(settings(config).get("dtype")) == "mixed_float16"
    if name == _SCALING:
        name, told = _named(told.get("inner_optimizer"))
    own = _made(name, told, trained, scaled=scaled)
    return own + (_STEPS + _NUMBER) + (_STEPS + _NUMBER) if scaled else own


def _named(optimizer: object) -> tuple[str, _Settings]:
    """Return the name of an optimizer's class in small letters, and what is told of it."""
    if not isinstance(optimizer, Mapping):
        return str(optimizer).lower(), {}
    told = optimizer.get("config")
    return str(optimizer.get("class_name")).lower(), told if isinstance(told, Mapping) else {}


def _made(name: str, told: _Settings, trained: list[Weight], *, scaled: bool) -> Size:
    """Return the size of an optimizer's variables; what it makes as an exception is not seen in one that scales it."""
    own = _STEPS
    if not isinstance(told.get("learning_rate"), Mapping):
        own += _NUMBER
    if name == "nadam" and not scaled:
        own += _NUMBER
    if not trained:
        return own
    if name not in _SLOTS:
        return own + Size(known=False)
    more = bool(told.get("use_ema")) + bool(told.get("gradient_accumulation_steps"))
    if name == "adafactor":
        return sum((_factored(weight, scaled=scaled) for weight in trained), start=own + _times(more, trained))
    return own + _times(_SLOTS[name](told) + more, trained)


def _times(slots: int, trained: Iterable[Weight]) -> Size:
    total = Size()
    for weight in trained:
        count, bits = weight_size(weight), BITS.get(weight.dtype or "")
        known = not slots or (count is not None and bits is not None)
        total += Size(slots * (count or 0), slots * (count or 0) * (bits or 0), known)
    return total


def _factored(weight: Weight, *, scaled: bool) -> Size:
    """Return what Adafactor keeps for a weight: one value for each of it, and sums over its last two axes.

    Of a vector there are no sums, but an integer in the place of each.
    """
    whole, shape = _times(1, (weight,)), weight.shape or ()
    if len(shape) < 2:
        return whole if scaled else whole + Size(2, 2 * BITS["int32"])
    sums = [replace(weight, shape=shape[:-1]), replace(weight, shape=(*shape[:-2], shape[-1]))]
    return whole + _times(1, sums)


def _training(path: str) -> object:
    """Return the optimizer that an HDF5 file names; None for one that holds no compiled model, and for other files."""
    from cutaway.sources.hdf5.reader import opened

    try:
        with Path(path).open("rb") as file:
            if not file.read(len(HDF5)).startswith(HDF5):
                return None
    except OSError:  # a folder
        return None
    with opened(path, repr(path)) as held:
        text = held.attribute("", "training_config")
    if not isinstance(text, str) or not text:
        return None
    return parse(text, f"'training_config' in {path!r}").get("optimizer_config")
