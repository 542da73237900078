"""Weights that a file holds twice, because layers share them, or a wrapper keeps what it wraps: found by their values.

A list repeats a shared weight in the row of each layer of the whole model that it is in, under one name. A tree repeats
what a wrapper of an unknown class has as an attribute of its own. Such weights are read, and are the same if all values
are equal and some of them are not all one number.
"""

from collections import Counter
from collections.abc import Hashable, Iterable, Mapping

from cutaway.errors import CutawayError
from cutaway.graph import Value
from cutaway.record import Record, replace
from cutaway.sources.blueprint import Layer
from cutaway.sources.stored.content import Place, Variable
from cutaway.sources.stored.names import Found, Named, expected
from cutaway.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from cutaway.sources.hdf5.reader import Hdf5
    from cutaway.sources.owners import Path

_MOST_VALUES = 1 << 24
"""Values that are compared; larger weights count as different ones."""


def merged(found: Found) -> Found:
    """Return what was found, with one place for weights that are stored twice."""
    values = _Values()
    try:
        same = _shared(found, values)
        same |= {own.place: same.get(first.place, first) for first, own in _kept(found, values)}
    finally:
        values.close()
    if not same:
        return found
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


def _shared(found: Found, values: "_Values") -> dict[Place, Variable]:
    """Return the first of the weights of a list that layers share, by the places of the others.

    Layers are held against those alone that have an equal weight: all against all would take for ever.
    """
    marked: dict[Path, dict[Hashable, Variable]] = {}
    for path, (slot, held) in found.items():
        variables = [each.variable for each in held or ()]
        marked[path] = {(mark, v.shape, v.dtype): v for v in variables for mark in _marks(slot.layer, v)}
    counts = Counter(mark for own in marked.values() for mark in own)
    same: dict[Place, Variable] = {}
    firsts: dict[Hashable, list[Path]] = {}
    for path, own in marked.items():
        for mark, variable in own.items():
            digest = values.digest(variable) if counts[mark] > 1 and variable.place not in same else None
            if digest is None or not digest.several:
                continue
            known = firsts.setdefault((mark, digest.value), [])
            twin = next((each for each in known if values.are_equal(marked[each], own)), None)
            if twin is None:
                known.append(path)
            else:
                first = marked[twin]
                same |= {own[each].place: same.get(first[each].place, first[each]) for each in own if each in first}
    return same


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


def _kept(found: Found, values: "_Values") -> Iterable[tuple[Variable, Variable]]:
    """Give what a wrapper of an unknown class has itself and what it wraps has too: the latter, and its own."""
    for slot, held in found.values():
        if held is None or expected(slot.layer.op, slot.layer.attributes) is not None:
            continue
        inner = [each.variable for each in held if each.name.startswith("layer/")]
        shapes = {(each.shape, each.dtype) for each in inner}
        own = [each.variable for each in held if "/" not in each.name]
        alike = [each for each in own if (each.shape, each.dtype) in shapes]
        first: dict[Hashable, Variable] = {}
        for each in inner if alike else ():
            first.setdefault((each.shape, each.dtype, values.digest(each)), each)
        for each in alike:
            digest = values.digest(each)
            twin = first.get((each.shape, each.dtype, digest))
            if twin is not None and digest is not None and digest.several:
                yield twin, each


class _Digest(Record, kw_only=False):
    """What tells the values of a weight from others, and whether they are not all one number."""

    value: bytes
    several: bool


class _Values:
    """Values of weights in files that are opened once; each is kept as a short digest."""

    def __init__(self) -> None:
        from contextlib import ExitStack

        self._files = ExitStack()
        self._held: dict[tuple[str, str | None], Hdf5] = {}
        self._digests: dict[Place, _Digest | None] = {}

    def close(self) -> None:
        self._files.close()

    def are_equal(self, one: Mapping[Hashable, Variable], other: Mapping[Hashable, Variable]) -> bool:
        """Tell whether what two layers have of the same marks has the same values."""
        digests = [(self.digest(one[mark]), self.digest(other[mark])) for mark in other if mark in one]
        return all(first is not None and first == second for first, second in digests)

    def digest(self, variable: Variable) -> _Digest | None:
        """Return the digest of a weight; None where it is too large, or cannot be read."""
        if variable.place not in self._digests:
            self._digests[variable.place] = self._read(variable)
        return self._digests[variable.place]

    def _read(self, variable: Variable) -> _Digest | None:
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
        several = bool((array != array.flat[0]).any()) if array.size else False
        return _Digest(hashlib.sha256(data).digest(), several)
