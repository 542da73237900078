"""What a layout draws, whoever made it, and how good it is: one rule for all engines.

Everything is found on the geometry. A crossing is a pair of links whose lines properly cross, each pair counted once
however often it does so. A lane that several links share counts for each of them, as if each had its own line. Two
links that carry the same tensor or share a box at either end are no pair: they meet where they part or arrive. (On the
networks that are measured, counting those that share a box adds nothing to ours and a few to those of `dot`.) Lines
that touch without changing sides do not cross. A curve is a polyline through points on it.

A link of a chain is the only one out of its source and the only one into its target. It is straight if its line leads
straight down.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from cutaway.geometry import Bounds
from cutaway.grid import Grid
from cutaway.layered.problem import Layout, Problem

STRAIGHT = 0.05
"""Points by which a straight line may lean: twice the rounding of what Graphviz writes, and no eye sees it."""
INSIDE = 1.0
"""Points that a line must reach into a box to go through it: a curve may touch a border by rounding."""

Spot = tuple[float, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """The drawn line of one link, from its source to its target."""

    source: str
    target: str
    tensor: str
    points: tuple[Spot, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Picture:
    """Boxes and lines where they are drawn, and the size of the whole."""

    boxes: Mapping[str, Bounds]
    lines: tuple[Line, ...]
    width: float
    height: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Quality:
    """What is wrong and right with a picture; `straight` is a share of the links of chains, 1 where there are none."""

    crossings: int
    through: int
    straight: float
    width: float
    height: float


def of_layout(problem: Problem, layout: Layout) -> Picture:
    """Return what our layout draws."""
    return Picture(
        boxes={name: (rect.x, rect.y, rect.right, rect.bottom) for name, rect in layout.boxes.items()},
        lines=tuple(
            Line(
                source=link.source,
                target=link.target,
                tensor=link.tensor,
                points=tuple((point.x, point.y) for point in layout.routes[link.id]),
            )
            for link in problem.links
        ),
        width=layout.size.width,
        height=layout.size.height,
    )


def quality(picture: Picture) -> Quality:
    """Measure a picture."""
    return Quality(
        crossings=crossings(picture.lines),
        through=through(picture),
        straight=straight(picture.lines),
        width=picture.width,
        height=picture.height,
    )


def crossings(lines: Sequence[Line]) -> int:
    """Return how many pairs of lines cross."""
    stretches = list(_stretches(lines))
    grid = Grid([(_bounds(one, two), (one, two, index)) for one, two, index in stretches])
    crossing: set[tuple[int, int]] = set()
    for one, two, index in stretches:
        for other_one, other_two, other in grid.near(_bounds(one, two)):
            if index < other and (index, other) not in crossing and _cross(one, two, other_one, other_two):
                crossing.add((index, other))
    return sum(not _related(lines[one], lines[two]) for one, two in crossing)


def through(picture: Picture) -> int:
    """Return how many lines go through a box that is not at one of their ends."""
    grid = Grid([(area, name) for name, area in picture.boxes.items()])
    found: set[int] = set()
    for one, two, index in _stretches(picture.lines):
        line = picture.lines[index]
        for name in grid.near(_bounds(one, two)):
            if name not in {line.source, line.target} and _enters(one, two, picture.boxes[name]):
                found.add(index)
    return len(found)


def straight(lines: Sequence[Line]) -> float:
    """Return the share of links that are the only one out of their source and into their target drawn straight down."""
    leaving = Counter(line.source for line in lines)
    entering = Counter(line.target for line in lines)
    chain = [line for line in lines if leaving[line.source] == entering[line.target] == 1]
    upright = sum(max(x for x, _ in line.points) - min(x for x, _ in line.points) < STRAIGHT for line in chain)
    return upright / len(chain) if chain else 1.0


def _related(one: Line, two: Line) -> bool:
    return one.tensor == two.tensor or not {one.source, one.target}.isdisjoint({two.source, two.target})


def _stretches(lines: Sequence[Line]) -> Iterator[tuple[Spot, Spot, int]]:
    for index, line in enumerate(lines):
        for one, two in pairwise(line.points):
            yield one, two, index


def _bounds(one: Spot, two: Spot) -> Bounds:
    return min(one[0], two[0]), min(one[1], two[1]), max(one[0], two[0]), max(one[1], two[1])


def _left(one: Spot, two: Spot, point: Spot) -> bool:
    """Tell whether a point is left of the line from one to two; on it counts as right, so corners count once."""
    return (two[0] - one[0]) * (point[1] - one[1]) - (two[1] - one[1]) * (point[0] - one[0]) > 0


def _cross(one: Spot, two: Spot, three: Spot, four: Spot) -> bool:
    return _left(one, two, three) != _left(one, two, four) and _left(three, four, one) != _left(three, four, two)


def _enters(one: Spot, two: Spot, box: Bounds) -> bool:
    """Tell whether a stretch reaches into the inside of a box (Liang & Barsky 1984)."""
    first, last = 0.0, 1.0
    for axis in (0, 1):
        low, high = box[axis] + INSIDE, box[axis + 2] - INSIDE
        start, step = one[axis], two[axis] - one[axis]
        if low >= high:
            return False
        if step == 0.0:
            if not low < start < high:
                return False
            continue
        ends = sorted(((low - start) / step, (high - start) / step))
        first, last = max(first, ends[0]), min(last, ends[1])
    return first < last
