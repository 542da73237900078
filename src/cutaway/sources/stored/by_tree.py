"""The layers of a Model and a stored tree of their weights, brought together.

From Keras 3.6 on each group tells the name of its object. Before, groups are named by classes and numbered in the order
of the layers (`dense`, `dense_1`); TensorFlow 2.12 counts a layer with weights twice. What is shared is saved once, and
has an empty group or none where it is met again: its weights are those of what has the same class, name and config.
"""

import re
from collections.abc import Mapping, Sequence
from typing import TypeAlias

from cutaway.graph import Value
from cutaway.record import record, replace
from cutaway.sources.blueprint import Layer, Model
from cutaway.sources.owners import Path, Slot, slots
from cutaway.sources.stored.content import DEPENDENCIES, Part
from cutaway.sources.stored.names import Named, expected, is_holding, named, snake, unnamed

Attributes: TypeAlias = Mapping[str, Value]
_CELLS = {
    "LSTM": "LSTMCell",
    "GRU": "GRUCell",
    "SimpleRNN": "SimpleRNNCell",
    **{f"ConvLSTM{n}D": "ConvLSTMCell" for n in (1, 2, 3)},
}
_ATTENTION = {"query_dense": "query", "key_dense": "key", "value_dense": "value", "output_dense": "attention_output"}


@record(kw_only=False)
class Inner:
    """An object within a layer: the attribute that holds it, its class, its name and its config."""

    attribute: str
    op: str
    name: str
    attributes: Attributes


@record(kw_only=False)
class Lost:
    """An object whose weights must be stored with another one, which is the same."""

    op: str
    name: str
    attributes: Attributes
    prefix: str = ""
    missing: bool = False


Found: TypeAlias = list[Named | Lost]


class TreeMatch:
    """What each slot has in a tree; None where that cannot be told."""

    def __init__(self, model: Model, tree: Part) -> None:
        self._model = model
        self._models: dict[Path, Part | None] = {(): tree}
        self._known: dict[tuple[str, str], list[tuple[Attributes, list[Named]]]] = {}

    def weights(self) -> dict[Path, tuple[Slot, list[Named] | None]]:
        """Return the weights of each layer that is no nested model."""
        levels: dict[Path, Sequence[Part | None]] = {(): _level(self._model, self._models[()])}
        found: dict[Path, tuple[Slot, Found | None]] = {}
        for slot in slots(self._model):
            part = levels[slot.path[:-1]][slot.path[-1]]
            inner = slot.layer.inner
            if inner is None:
                found[slot.path] = slot, self._layer(slot.layer, part)
            else:
                held = part.parts.get("layer") if part is not None and slot.layer.wraps else part
                levels[slot.path] = _level(inner, held)
        return {path: (slot, self._resolved(each)) for path, (slot, each) in found.items()}

    def _layer(self, layer: Layer, part: Part | None) -> Found | None:
        if layer.operation or layer.op == "InputLayer":
            return []
        return self._object(Inner("", layer.op, layer.name, layer.attributes), part)

    def _object(self, item: Inner, part: Part | None) -> Found | None:
        """Return the variables of an object and of all in it, or None where they are not what its config says."""
        lost: Found = [Lost(item.op, item.name, item.attributes, missing=part is None)]
        wanted = expected(item.op, item.attributes)
        if part is None or (wanted is None and not part.holds):
            return lost if wanted != () or _inner(item) else []
        if is_holding(item.op) and part.variables:
            return list(below_unknown(part))  # a class of that name which is not Keras' own
        own = named(item.op, item.attributes, part.variables)
        if own is None:
            return None if part.variables else lost
        found: Found = list(own)
        if not self._add_inner(item, part, found):
            return None
        complete = [each for each in found if isinstance(each, Named)]
        if complete and len(complete) == len(found):
            self._known.setdefault((item.op, item.name), []).append((item.attributes, complete))
        return found

    def _add_inner(self, item: Inner, part: Part, found: Found) -> bool:
        """Add what the parts of an object hold; tell whether all of it is what its config says."""
        rest = dict(part.parts)
        for inner in _inner(item):
            held = _at(part, inner.attribute) or _at(part, f"_{inner.attribute}")
            for attribute in (inner.attribute.split("/")[0], f"_{inner.attribute}"):
                rest.pop(attribute, None)
            below = self._object(inner, held)
            if below is None:
                return False
            name = (held and held.name) or inner.name
            if inner.attributes.get("trainable") is False:
                below = [replace(each, trained=False) if isinstance(each, Named) else each for each in below]
            found += [
                each.within(name) if isinstance(each, Named) else replace(each, prefix=f"{name}/{each.prefix}")
                for each in below
            ]
        if item.op not in {"Bidirectional", "RNN"}:  # their other attributes are the same objects again
            for attribute, each in rest.items():
                found += [named.within(attribute.lstrip("_")) for named in below_unknown(each)]
        return True

    def _resolved(self, found: Found | None) -> list[Named] | None:
        if found is None:
            return None
        result: list[Named] = []
        for each in found:
            if isinstance(each, Named):
                result.append(each)
                continue
            same = [
                held for attributes, held in self._known.get((each.op, each.name), ()) if attributes == each.attributes
            ]
            if len(same) == 1:
                result += [named.within(each.prefix.rstrip("/")) if each.prefix else named for named in same[0]]
            elif same or each.missing or expected(each.op, each.attributes) is not None:
                return None
        return result


def below_unknown(part: Part) -> list[Named]:
    """Return all variables in a part of which the class is not known."""
    found = []
    for each in part.below():
        path = each.path[len(part.path) :].strip("/")
        steps = "/".join(step.lstrip("_") for step in path.split("/"))
        found += [item.within(steps) if steps else item for item in unnamed(each.variables)]
    return found


def _at(part: Part, path: str) -> Part | None:
    found: Part | None = part
    for step in path.split("/"):
        found = None if found is None else found.parts.get(step)
    return found


def _inner(item: Inner) -> list[Inner]:
    """Return the objects that a layer of Keras has in it, in the order of their weights."""
    op, attributes = item.op, item.attributes
    if op in _CELLS:
        return [Inner("cell", _CELLS[op], snake(_CELLS[op]), attributes)]
    if op in {"MultiHeadAttention", "GroupedQueryAttention"}:
        bias = {"bias_axes": attributes.get("use_bias", True)}
        return [Inner(attribute, "EinsumDense", name, bias) for attribute, name in _ATTENTION.items()]
    if op == "RNN":
        return _serialized("cell", attributes.get("cell"))
    if op == "StackedRNNCells":
        return _cells(attributes.get("cells"))
    if op == "Bidirectional":
        forward = _serialized("forward_layer", attributes.get("layer"))
        backward = _serialized("backward_layer", attributes.get("backward_layer") or attributes.get("layer"))
        return [_renamed(each, "forward_") for each in forward] + [_renamed(each, "backward_") for each in backward]
    if op in {"TimeDistributed", "Wrapper", "SpectralNormalization"}:
        return _serialized("layer", attributes.get("layer"))
    return []


def _renamed(item: Inner, prefix: str) -> Inner:
    name = item.name.removeprefix("forward_").removeprefix("backward_")
    return Inner(item.attribute, item.op, prefix + name, item.attributes)


def _cells(value: Value) -> list[Inner]:
    counts: dict[str, int] = {}
    found = []
    for each in value if isinstance(value, tuple) else ():
        for inner in _serialized("", each):
            base = snake(inner.op)
            number = counts[base] = counts.get(base, -1) + 1
            found.append(Inner(f"cells/{_numbered(base, number)}", inner.op, inner.name, inner.attributes))
    return found


def _serialized(attribute: str, value: Value) -> list[Inner]:
    """Return the object that an attribute tells of, as `attributes.reduced` leaves it."""
    if not isinstance(value, Mapping):
        return []
    op, config = value.get("class_name"), value.get("config")
    if not isinstance(op, str):
        return []
    held = config if isinstance(config, Mapping) else {}
    name = held.get("name")
    return [Inner(attribute, op, name if isinstance(name, str) else snake(op), held)]


def _level(model: Model, part: Part | None) -> list[Part | None]:
    """Return what each layer of a model is stored in, in the order of its layers."""
    nothing: list[Part | None] = [None] * len(model.layers)
    held = None if part is None else part.parts.get("layers") or part.parts.get(DEPENDENCIES)
    if part is None or held is None:
        return nothing
    told = {each.name: each for each in held.parts.values() if each.name is not None}
    if told:
        return [None if layer.operation else told.get(layer.name) for layer in model.layers]
    groups: dict[str, list[int]] = {}
    for place, layer in enumerate(model.layers):
        if not layer.operation and not layer.hidden:
            groups.setdefault(snake(layer.op), []).append(place)
    found = nothing
    for base, places in groups.items():
        present = [name for name in held.parts if re.fullmatch(rf"{re.escape(base)}(_\d+)?", name)]
        weightless = expected(model.layers[places[0]].op, {}) == () and not is_holding(model.layers[places[0]].op)
        step = 2 if DEPENDENCIES in part.parts and not weightless else 1
        exact = [_numbered(base, number * step) for number in range(len(places))]
        names = present if len(present) == len(places) else exact
        for place, name in zip(places, names, strict=True):
            found[place] = held.parts.get(name)
    return found


def _numbered(base: str, number: int) -> str:
    return base if number == 0 else f"{base}_{number}"
