"""Layers of Keras 3 that are set alike have one config but for the name: Keras is asked for it once.

What Keras' own class says of a layer follows from the layer's attributes, without what it knows of calls and weights.
Where one of these is not plainly comparable, or a class is not Keras' own, the layer is asked itself.
"""

from collections.abc import Callable, Mapping
from operator import itemgetter
from types import FunctionType

from cutaway.graph import Value
from cutaway.sources.attributes import PLAIN
from cutaway.sources.live.nodes import KerasObject
from cutaway.typed import Any

Told = tuple[Mapping[str, Value], object]
"""The attributes of a layer, and what it says of being trainable."""

_KERAS = "keras.src."
_UNTOLD = frozenset({
    "_auto_config", "_build_shapes_dict", "_called", "_call_context_args", "_call_has_context_arg",
    "_call_has_mask_arg", "_call_has_training_arg", "_call_signature", "_inbound_nodes", "_input_spec", "_lock",
    "_loss_ids", "_losses", "_losses_override", "_metrics", "_non_trainable_variables", "_outbound_nodes",
    "_parent_path", "_path", "_saved_model_arg_spec", "_saved_model_inputs_spec", "_seed_generators", "_tracked",
    "_tracker", "_trainable_variables", "_self_name_based_restores", "_self_saveable_object_factories",
    "_self_unconditional_checkpoint_dependencies", "_self_unconditional_deferred_dependencies",
    "_self_unconditional_dependency_names", "_self_update_uid", "build", "built", "call_signature_parameters", "name",
    "quantize",
})  # fmt: skip
"""What Keras 3 notes of a layer's name, calls, checks and weights, of which no config of its classes tells."""


_UNSIGNED = object()
"""In place of what may be told by more than is looked at here."""
_DRAWN = frozenset({"seed"})
"""What is untold of initializers that note beside it the seed that they were given: it is drawn where there is none."""
_HOLDERS: Mapping[str, frozenset[str]] = {
    "constraints": frozenset(),
    "dtype_policies": frozenset(),
    "initializers": frozenset(),
    "random": frozenset({"backend", "name", "state"}),
    "regularizers": frozenset(),
}
"""Packages of Keras whose objects only hold values, and what of these no config tells."""


Chosen = tuple[tuple[str, ...], Callable[[Mapping[str, Any]], tuple[Any, ...]]]
"""The names of some attributes, and what gives their values."""


class Alike:
    """What layers tell of themselves, by how they are set."""

    def __init__(self) -> None:
        self._told: dict[object, Told] = {}
        self._own: dict[type, bool] = {}
        self._chosen: dict[tuple[type, tuple[str, ...]], Chosen] = {}
        self._ways: dict[type, object] = {}
        self._holding: dict[tuple[type, ...], tuple[int, ...]] = {}

    def settings(self, item: KerasObject) -> object | None:
        """Return a key that is equal for layers set alike; None for one that has to be asked itself."""
        kind = type(item)
        if kind not in self._own:
            self._own[kind] = _tells_settings(kind)
        return self._settings(item, _UNTOLD) if self._own[kind] else None

    def known(self, settings: object) -> Told | None:
        """Return what a layer of such settings told."""
        return self._told.get(settings)

    def note(self, settings: object, told: Told) -> None:
        """Note what a layer of such settings told."""
        self._told[settings] = told

    def _settings(self, item: KerasObject, untold: frozenset[str]) -> tuple[object, ...] | None:
        """Return the class and the attributes of an object of Keras, with their types, as 1 is not True."""
        held = vars(item)
        if not held:
            return (type(item),)
        kind = (type(item), tuple(held))
        if kind not in self._chosen:
            hidden = _DRAWN if untold is not _UNTOLD and "_init_seed" in held else untold
            self._chosen[kind] = _chosen([name for name in held if name not in hidden])
        names, choose = self._chosen[kind]
        values = choose(held)
        kinds = tuple(map(type, values))
        if kinds not in self._holding:
            self._holding[kinds] = tuple([place for place, of in enumerate(kinds) if of not in PLAIN])
        holding = self._holding[kinds]
        if not holding:
            return type(item), names, kinds, values
        told = list(values)
        for place in holding:
            told[place] = self._signed(values[place], kinds[place])
            if told[place] is _UNSIGNED:
                return None
        return type(item), names, kinds, tuple(told)

    def _signed(self, value: KerasObject, kind: type) -> object:
        """Return what tells a value that is not plain from others; _UNSIGNED where that is not known."""
        if kind not in self._ways:
            self._ways[kind] = _way(kind)
        way = self._ways[kind]
        if isinstance(way, frozenset):
            return self._settings(value, way) or _UNSIGNED
        if way is list:
            return (*map(type, value), *value) if PLAIN.issuperset(map(type, value)) else _UNSIGNED
        if way is FunctionType:
            return value if value.__module__.startswith(_KERAS) else _UNSIGNED
        return way


def _way(kind: type) -> object:
    """Return how values of a class are told apart: what is untold of them, or as lists or functions; None if not."""
    if issubclass(kind, (list, tuple)):
        return list
    if kind is FunctionType:
        return FunctionType
    if not kind.__module__.startswith(_KERAS):
        return _UNSIGNED
    package = kind.__module__.removeprefix(_KERAS).partition(".")[0]
    if package == "backend" and kind.__name__ == "Variable":
        return None
    return _HOLDERS.get(package, _UNSIGNED)


def _chosen(names: list[str]) -> Chosen:
    return tuple(names), itemgetter(*names) if len(names) > 1 else lambda held: tuple([held[name] for name in names])


def _tells_settings(kind: type) -> bool:
    """Tell whether a class is a layer's of Keras 3 with a config of its own, and not the arguments it was made with."""
    tells = next((each.__module__ for each in kind.__mro__ if "get_config" in vars(each)), "")
    return (
        kind.__module__.startswith("keras.src.layers.")
        and tells.startswith("keras.src.layers.")
        and (tells != "keras.src.layers.layer")
    )
