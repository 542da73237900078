"""Weights that a file holds twice, because layers share them, or a wrapper keeps what it wraps: found by their values.

A list repeats a shared weight in the row of each layer of the whole model that it is in, under one name. A tree repeats
what a wrapper of an unknown class has as an attribute of its own. Such weights are read, and are the same if all values
are equal and some of them are not all one number.
"""

from collections.abc import Hashable, Iterable, Mapping
from typing import TYPE_CHECKING, TypeAlias

from cutaway.errors import CutawayError
from cutaway.graph import Value
from cutaway.record import replace
from cutaway.sources.blueprint import Layer
from cutaway.sources.stored.content import Place, Variable
from cutaway.sources.stored.names import Found, Named, expected

if TYPE_CHECKING:
    from cutaway.sources.hdf5.reader import Hdf5

_MOST_VALUES = 1 << 24
"""Values that are compared; larger weights count as different ones."""


def merged(found: Found) -> Found:
    """Return what was found, with one place for weights that are stored twice."""
    pairs = [*_alike(found), *_kept(found)]
    if not pairs:
        return found
    same = _equal(pairs)
    result: Found = {}
    for path, (slot, held) in found.items():
        result[path] = slot, None if held is None else _without_twins(held, same)
    return result


def _without_twins(held: list[Named], same: Mapping[Place, Variable]) -> list[Named]:
    own = {each.variable.place for each in held}
    result = []
    for each in held:
        first = same.get(each.variable.place)
        if first is None:
            result.append(each)
        elif first.place not in own:
            result.append(replace(each, variable=first))
    return result


Pair: TypeAlias = tuple[tuple[Variable, ...], tuple[Variable, ...]]
"""Variables, and those that may be the same, in the same order."""


def _alike(found: Found) -> Iterable[Pair]:
    """Return, for each two layers, the weights of a list that they may share."""
    owners: dict[Hashable, list[tuple[Hashable, Variable]]] = {}
    pairs: dict[Hashable, tuple[list[Variable], list[Variable]]] = {}
    for path, (slot, held) in found.items():
        for variable in [each.variable for each in held or ()]:
            for mark in _marks(slot.layer, variable):
                same = owners.setdefault((mark, variable.shape, variable.dtype), [])
                for other, known in same:
                    if other != path:
                        firsts, seconds = pairs.setdefault((other, path), ([], []))
                        firsts.append(known)
                        seconds.append(variable)
                same.append((path, variable))
    return [(tuple(firsts), tuple(seconds)) for firsts, seconds in pairs.values()]


def _marks(layer: Layer, variable: Variable) -> Iterable[Hashable]:
    """Give what the same weight has in common wherever it is: its name, or, if that is no path, its layer or cell."""
    if variable.said is None:
        return
    if "/" in variable.said:
        yield variable.said
        return
    yield variable.said, layer.op, layer.name, frozen(layer.attributes)
    if "cell" in layer.attributes:
        yield variable.said, layer.op, frozen(layer.attributes["cell"])


def frozen(value: Value) -> Hashable:
    """Return an attribute's value as one that can be looked up."""
    if isinstance(value, Mapping):
        return tuple((key, frozen(each)) for key, each in value.items())
    return tuple(map(frozen, value)) if isinstance(value, tuple) else value


def _kept(found: Found) -> Iterable[Pair]:
    """Give each variable that a wrapper of an unknown class has itself, and one in what it wraps that may be it."""
    for slot, held in found.values():
        if held is None or expected(slot.layer.op, slot.layer.attributes) is not None:
            continue
        inner = [each.variable for each in held if each.name.startswith("layer/")]
        for own in (each.variable for each in held if "/" not in each.name):
            for other in inner:
                if (own.shape, own.dtype) == (other.shape, other.dtype):
                    yield (other,), (own,)


def _equal(pairs: Iterable[Pair]) -> dict[Place, Variable]:
    """Return the first of those variables that are the same, by the places of the others."""
    values = _Values()
    same: dict[Place, Variable] = {}
    try:
        for one, other in pairs:
            if other[0].place not in same and values.are_equal(one, other):
                same |= {b.place: same.get(a.place, a) for a, b in zip(one, other, strict=True)}
    finally:
        values.close()
    return same


class _Values:
    """Values of weights in files that are opened once; each is kept as a short digest."""

    def __init__(self) -> None:
        from contextlib import ExitStack

        self._files = ExitStack()
        self._held: dict[tuple[str, str | None], Hdf5] = {}
        self._digests: dict[Place, tuple[bytes, bool] | None] = {}

    def close(self) -> None:
        self._files.close()

    def are_equal(self, one: Iterable[Variable], other: Iterable[Variable]) -> bool:
        """Tell whether variables have the same values, of which some are not all one number."""
        several = False
        for a, b in zip(one, other, strict=True):
            first, second = self._digest(a), self._digest(b)
            if first is None or first != second:
                return False
            several = several or first[1]
        return several

    def _digest(self, variable: Variable) -> tuple[bytes, bool] | None:
        if variable.place not in self._digests:
            self._digests[variable.place] = self._read(variable)
        return self._digests[variable.place]

    def _read(self, variable: Variable) -> tuple[bytes, bool] | None:
        import hashlib

        from cutaway.sources.stored.weights_file import held_file

        place, size = variable.place, 1
        for dim in variable.shape:
            size *= dim
        if size > _MOST_VALUES:
            return None
        try:
            if (place.file, place.member) not in self._held:
                self._held[place.file, place.member] = self._files.enter_context(held_file(place))
            array = self._held[place.file, place.member].values(place.dataset)
        except CutawayError:
            return None
        data = array.tobytes()
        return hashlib.sha256(data).digest(), bool((array != array.flat[0]).any()) if array.size else False
