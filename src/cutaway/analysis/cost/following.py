"""Where the axes of a tensor go: rearranged, reduced, joined end to end, cut, or laid out anew."""

from collections.abc import Mapping, Sequence
from math import inf

from cutaway.analysis.cost.axis import Axis
from cutaway.analysis.cost.sight import UNKNOWN, Sight, put_together
from cutaway.analysis.cost.through import made
from cutaway.analysis.shapes.call import Call, Rule
from cutaway.analysis.shapes.dims import Shape, position, positions
from cutaway.analysis.shapes.equation import ELLIPSIS, parse
from cutaway.graph import Node
from cutaway.record import replace


def rearranged(sight: Sight, call: Call, _: Node) -> Sight:
    """Follow the axes; one that is gone, or cut, cannot be."""
    where = _traced(sight, call)
    return UNKNOWN if where is None else sight.each(lambda axis: axis.moved(where))


def reduced(sight: Sight, call: Call, node: Node) -> Sight:
    """Follow the axes; all places are put together of one that is gone."""
    where = _traced(sight, call)
    if where is None or call.shape is None:
        return UNKNOWN
    gone = _places(sight) - where.keys()
    return rearranged(put_together(sight, gone, call.shape), call, node)


def picked(sight: Sight, call: Call, node: Node) -> Sight:
    """Follow the axes that stay whole; where one is reversed, its places lie in another order."""
    key = call.arguments.get("key", call.arguments.get("input 1"))
    found = rearranged(sight, call, node)
    turned = any(isinstance(part, str) and part.endswith(":-1") for part in (key if isinstance(key, tuple) else (key,)))
    return found.each(lambda axis: axis.mixed_by(node.id, axis.places)) if turned else found


def reshaped(sight: Sight, call: Call, node: Node) -> Sight:
    """Keep the axes that stay as they are; where several become others, their places are mixed."""
    before, after = call.shape, made(node)
    if before is None or after is None:
        return UNKNOWN
    blocks = _blocks(before, after)
    where = {place: there[0] for here, there in blocks if len(here) == len(there) == 1 for place in here}
    single = {place for here, there in blocks if not there for place in here}

    def follow(axis: Axis) -> Axis:
        if all(place in where or place <= 0 for place in axis.places):
            return axis.moved(where)
        places = [place for here, there in blocks if set(here) & set(axis.places) for place in there]
        mixed = axis.mixed_by(node.id, [*places, *(place for place in axis.places if place <= 0)], before)
        return replace(mixed, jump=inf) if len(after) == 2 else mixed  # features alone have no neighbours

    return put_together(sight, single, before).each(follow)


def turned(sight: Sight, call: Call, node: Node) -> Sight:
    """Keep what each place sees; along the axes that are turned they lie in another order."""
    places = positions(call.wholes("axis"), len(call.shape or ())) if call.has("axis") else range(len(call.shape or ()))
    chosen = set(places or ())
    return sight.each(lambda axis: axis.mixed_by(node.id, axis.places, call.shape) if chosen & {*axis.places} else axis)


def end_to_end(sight: Sight, call: Call, node: Node) -> Sight:
    """Keep what each place sees; along the axis of several inputs one behind the other they begin again and again."""
    place = position(call.whole("axis", -1), len(call.shape or ()))
    if len(call.inputs) < 2 or sight.axes is None:
        return sight
    return sight.each(lambda axis: axis.mixed_by(node.id, axis.places) if place in axis.places else axis)


def einsum_dense(sight: Sight, call: Call, _: Node) -> Sight:
    """Follow the axes by their labels; all places are put together of one that the output has not."""
    equation, shape = parse(call.text("equation")), call.shape
    if equation is None or shape is None or len(equation.inputs) != 2:
        return UNKNOWN
    rest = len(shape) - len(equation.inputs[0]) + 1
    labels, given = (_single(term, rest) for term in (equation.output, equation.inputs[0]))
    if len(given) != len(shape):
        return UNKNOWN
    where = {place: labels.index(label) for place, label in enumerate(given) if label in labels}
    gone = _places(sight) - where.keys()
    return put_together(sight, gone, shape).each(lambda axis: axis.moved(where))


def dot(sight: Sight, call: Call, node: Node) -> Sight:
    """Put together what is contracted; what then still goes on does so along an axis for each of both inputs."""
    axes, shape = call.wholes("axes"), call.shape
    found = [position(axis, len(shape or ())) for axis in axes or ()]
    after = made(node)
    if shape is None or after is None or not found or None in found:
        return UNKNOWN
    together = put_together(sight, [place for place in found if place is not None], shape) if _same(found) else sight
    return together.each(lambda axis: replace(axis, field=None, places=tuple(range(1, len(after)))))


def _same(found: Sequence[int | None]) -> bool:
    return found[0] == found[-1]


def _single(labels: Sequence[str], rest: int) -> list[str]:
    """Return labels with one for each of the axes for which an ellipsis stands."""
    cut = labels.index(ELLIPSIS) if ELLIPSIS in labels else None
    return list(labels) if cut is None else [*labels[:cut], *map(str, range(rest)), *labels[cut + 1 :]]


def _places(sight: Sight) -> set[int]:
    return {place for axis in sight.axes or () for place in axis.places if place > 0}


def _traced(sight: Sight, call: Call) -> Mapping[int, int] | None:
    """Return where the axes go that are still followed, by giving them names and asking the rule of shapes."""
    shape, rule = call.shape, _rule(call)
    if shape is None or rule is None:
        return None
    names = {place: f"axis {place}" for place in _places(sight)}
    named: Shape = tuple([names.get(place, dim) for place, dim in enumerate(shape)])
    alike = [each.shape is not None and len(each.shape) == len(shape) for each in call.inputs]
    inputs = [replace(each, shape=named) if same else each for each, same in zip(call.inputs, alike, strict=True)]
    made = rule(replace(call, inputs=tuple(inputs)))
    after = made[0].shape if made else None
    return None if after is None else {place: after.index(name) for place, name in names.items() if name in after}


def _rule(call: Call) -> "Rule | None":
    if call.is_operation:
        from cutaway.analysis.shapes.operations import RULES
        from cutaway.analysis.shapes.tensorflow import is_function, of_function

        if call.op in RULES:
            return of_function(RULES[call.op]) if is_function(call) else RULES[call.op]
    return call.rules.get(call.op)


_Blocks = list[tuple[list[int], list[int]]]


def _blocks(before: Shape, after: Shape) -> _Blocks:
    """Return which axes become which: those behind the batch, in the smallest groups of as many elements."""
    found: _Blocks = []
    here = there = 1
    while here < len(before) or there < len(after):
        left, right = before[here : here + 1], after[there : there + 1]
        if left == right and left != (None,):
            ends = here + 1, there + 1
        elif left == (1,):
            ends = here + 1, there
        elif right == (1,):
            ends = here, there + 1
        else:
            ends = _ends(before, after, here, there)
        found.append((list(range(here, ends[0])), list(range(there, ends[1]))))
        here, there = ends
    return found


def _ends(before: Shape, after: Shape, here: int, there: int) -> tuple[int, int]:
    """Return where the next group ends on both sides; at the end of both, if sizes are unknown."""
    left = right = 1
    while True:
        shorter, place = (before, here) if left <= right else (after, there)
        size = shorter[place] if place < len(shorter) else None
        if not isinstance(size, int):
            return len(before), len(after)
        if left <= right:
            left, here = left * size, here + 1
        else:
            right, there = right * size, there + 1
        if left == right:
            return here, there
