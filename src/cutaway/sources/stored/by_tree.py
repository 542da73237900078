"""The layers of a Model and a stored tree of their weights, brought together.

From Keras 3.6 on each group tells the name of its object. Before, groups are named by classes and numbered in the order
of the layers (`dense`, `dense_1`); TensorFlow 2.12 counts a layer with weights twice. What is shared is saved once, and
where it is met again it has an empty group or none, and from Keras 2.13 to 2.15 no number either: its weights are those
of what has the same class, name and config.
"""

import re
from itertools import takewhile

from cutaway.analysis.names import snake
from cutaway.analysis.shapes.call import CUSTOM
from cutaway.record import Record, replace
from cutaway.sources.blueprint import Layer, Model
from cutaway.sources.owners import Path, Slot, slots
from cutaway.sources.stored.content import DEPENDENCIES, Part
from cutaway.sources.stored.inside import Attributes, Inside, inside, numbered
from cutaway.sources.stored.names import Named, expected, is_holding, named, unnamed
from cutaway.sources.stored.twins import frozen
from cutaway.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Hashable, Sequence


class Lost(Record, kw_only=False):
    """An object whose weights must be stored with another one, which is the same."""

    op: str
    name: str
    attributes: Attributes
    prefix: str = ""
    missing: bool = False


class Known(Record, kw_only=False):
    """The weights of an object in the layer with the names `at` along it, by which lost ones are found."""

    at: str
    attributes: Attributes
    held: list[Named]


Found = list[Named | Lost]


class TreeMatch:
    """What each slot has in a tree; None where that cannot be told."""

    def __init__(self, model: Model, tree: Part) -> None:
        self._model = model
        self._tree = tree
        self._known: dict[tuple[str, str], list[Known]] = {}
        self._at = ""  # the names along the layer that is just looked at
        self._again: frozenset[Path] | None = None

    def weights(self) -> dict[Path, tuple[Slot, list[Named] | None]]:
        """Return the weights of each layer that is no nested model."""
        levels: dict[Path, Sequence[Part | None]] = {(): self._level((), self._model, self._tree)}
        found: dict[Path, tuple[Slot, Found | None]] = {}
        for slot in slots(self._model):
            part = levels[slot.path[:-1]][slot.path[-1]]
            inner = slot.layer.inner
            if inner is None:
                self._at = slot.name
                found[slot.path] = slot, self._layer(slot.layer, part)
            else:
                held = part.parts.get("layer") if part is not None and slot.layer.wraps else part
                levels[slot.path] = self._level(slot.path, inner, held)
        return {path: (slot, self._resolved(each, slot.name)) for path, (slot, each) in found.items()}

    def _level(self, path: Path, model: Model, part: Part | None) -> list[Part | None]:
        """Return what each layer of the model at a path is stored in, in the order of its layers."""
        found: list[Part | None] = [None] * len(model.layers)
        held = None if part is None else part.parts.get("layers") or part.parts.get(DEPENDENCIES)
        if part is None or held is None:
            return found
        told = {each.name: each for each in held.parts.values() if each.name is not None}
        if told:
            return [None if layer.operation else told.get(layer.name) for layer in model.layers]
        for base, places in _groups(model).items():
            said = f"(private)?{base}" if base.startswith("_") else base  # which Keras 2 puts before a private name
            present = [name for name in held.parts if re.fullmatch(rf"{said}(_\d+)?", name)]
            fresh = places
            if len(present) != len(places):
                fresh = [place for place in places if (*path, place) not in self._met_before()]
            if len(present) != len(fresh):
                step = 2 if DEPENDENCIES in part.parts and _may_hold(model.layers[places[0]].op) else 1
                fresh, present = places, [numbered(base, number * step) for number in range(len(places))]
            for place, name in zip(fresh, present, strict=True):
                found[place] = held.parts.get(name)
        return found

    def _met_before(self) -> frozenset[Path]:
        """Return the layers that are, by all that is said of them, met in another model before."""
        if self._again is None:
            again: set[Path] = set()
            met: dict[Hashable, Path] = {}
            for slot in slots(self._model):
                layer = slot.layer
                first = met.setdefault((layer.op, layer.name, frozen(layer.attributes)), slot.path[:-1])
                if first != slot.path[:-1]:
                    again.add(slot.path)
            self._again = frozenset(again)
        return self._again

    def _layer(self, layer: Layer, part: Part | None) -> Found | None:
        if layer.operation or layer.op == "InputLayer":
            return []
        op = f"{CUSTOM}{layer.op}" if layer.custom else layer.op
        return self._object(Inside("", op, layer.name, layer.attributes), part)

    def _object(self, item: Inside, part: Part | None) -> Found | None:
        """Return the variables of an object and of all in it, or None where they are not what its config says."""
        lost: Found = [Lost(item.op, item.name, item.attributes, missing=part is None)]
        wanted = expected(item.op, item.attributes)
        if part is None or (wanted is None and not part.holds):
            return lost if wanted != () or inside(item) else []
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
            self._known.setdefault((item.op, item.name), []).append(Known(self._at, item.attributes, complete))
        return found

    def _add_inner(self, item: Inside, part: Part, found: Found) -> bool:
        """Add what the parts of an object hold; tell whether all of it is what its config says."""
        rest = dict(part.parts)
        for inner in inside(item):
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

    def _resolved(self, found: Found | None, name: str) -> list[Named] | None:
        if found is None:
            return None
        result: list[Named] = []
        for each in found:
            if isinstance(each, Named):
                result.append(each)
                continue
            same = [known for known in self._known.get((each.op, each.name), ()) if known.attributes == each.attributes]
            same = _nearest(name, same)
            if len(same) == 1:
                held = same[0].held
                result += [named.within(each.prefix.rstrip("/")) if each.prefix else named for named in held]
            elif same or each.missing or expected(each.op, each.attributes) is not None:
                return None
        return result


def _nearest(name: str, same: list[Known]) -> list[Known]:
    """Return those that share most of the last names along them with a layer: a shared model has them all."""
    steps = name.split("/")[::-1]
    ends = [zip(steps, known.at.split("/")[::-1], strict=False) for known in same]
    shares = [len(list(takewhile(lambda pair: pair[0] == pair[1], pairs))) for pairs in ends]
    return [known for known, share in zip(same, shares, strict=True) if share == max(shares)]


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


def _groups(model: Model) -> dict[str, list[int]]:
    """Return the places of the layers that are numbered together, by the name that begins their groups."""
    groups: dict[str, list[int]] = {}
    for place, layer in enumerate(model.layers):
        if not layer.operation and not layer.hidden:
            groups.setdefault(snake(layer.op), []).append(place)
    return groups


def _may_hold(op: str) -> bool:
    return expected(op, {}) != () or is_holding(op)
