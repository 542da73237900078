"""Layers of Keras 3 that are set alike have one config but for the name: Keras is asked for it once.

What Keras' own class says of a layer follows from the layer's attributes, without what it knows of calls and weights.
Where one of these is not plainly comparable, or a class is not Keras' own, the layer is asked itself.
"""

from collections.abc import Mapping
from types import FunctionType

from cutaway.graph import Value
from cutaway.sources.attributes import PLAIN
from cutaway.sources.live.nodes import KerasObject

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


_DRAWN = frozenset({"seed"})
_HOLDERS: Mapping[str, frozenset[str]] = {
    "constraints": frozenset(),
    "dtype_policies": frozenset(),
    "initializers": frozenset(),
    "random": frozenset({"backend", "name", "state"}),
    "regularizers": frozenset(),
}
"""Packages of Keras whose objects only hold values, and what of these no config tells."""


class Alike:
    """What layers tell of themselves, by how they are set."""

    def __init__(self) -> None:
        self._told: dict[object, Told] = {}
        self._own: dict[type, bool] = {}

    def settings(self, item: KerasObject) -> object | None:
        """Return a key that is equal for layers set alike; None for one that has to be asked itself."""
        kind = type(item)
        if kind not in self._own:
            self._own[kind] = _tells_settings(kind)
        return _settings(item, _UNTOLD) if self._own[kind] else None

    def known(self, settings: object) -> Told | None:
        """Return what a layer of such settings told."""
        return self._told.get(settings)

    def note(self, settings: object, told: Told) -> None:
        """Note what a layer of such settings told."""
        self._told[settings] = told


def _tells_settings(kind: type) -> bool:
    """Tell whether a class is a layer's of Keras 3 with a config of its own, and not the arguments it was made with."""
    tells = next((each.__module__ for each in kind.__mro__ if "get_config" in vars(each)), "")
    return (
        kind.__module__.startswith("keras.src.layers.")
        and tells.startswith("keras.src.layers.")
        and (tells != "keras.src.layers.layer")
    )


def _settings(item: KerasObject, untold: frozenset[str]) -> tuple[object, ...] | None:
    """Return the class and the attributes of an object of Keras, with their types, as 1 is not True."""
    found: list[object] = [type(item)]
    for name, value in vars(item).items():
        if name in untold:
            continue
        kind = type(value)
        if kind in PLAIN:
            found += (name, kind, value)
            continue
        signed = _signed(value, kind)
        if signed is None:
            return None
        if signed:
            found += (name, signed)
    return tuple(found)


def _signed(value: KerasObject, kind: type) -> tuple[object, ...] | None:
    """Return what tells a value that is not plain from others; () for variables, None where that is not known."""
    if isinstance(value, list | tuple):
        return (kind, *map(type, value), *value) if PLAIN.issuperset(map(type, value)) else None
    if kind is FunctionType:
        return (value,) if value.__module__.startswith(_KERAS) else None
    if not kind.__module__.startswith(_KERAS):
        return None
    package = kind.__module__.removeprefix(_KERAS).partition(".")[0]
    if package == "backend" and kind.__name__ == "Variable":
        return ()
    if package == "initializers" and "_init_seed" in vars(value):  # besides the seed that is drawn where none is given
        return _settings(value, _DRAWN)
    untold = _HOLDERS.get(package)
    return None if untold is None else _settings(value, untold)
