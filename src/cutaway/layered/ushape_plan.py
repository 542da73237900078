"""Tell an encoder from its decoder: what goes to the left of a U, what to the right, and what lies on its skips."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from itertools import pairwise

from cutaway.geometry import Size
from cutaway.layered.problem import Box, Direction, Layout, Link, Problem
from cutaway.layered.wrap_gaps import Gap
from cutaway.record import Record, replace

_POINT = Size(1.0, 1.0)
_WIDE = Size(16.0, 1.0)
_LEAST = 2
"""A U has so many skips."""
_TRIED = 16
"""So many cuts are tried, the deepest first."""


class Skip(Record, eq=False):
    """A tensor that leads across: the links by which it leaves the encoder, what it goes through, and how it arrives.

    Where there is nothing on the way, it arrives by the links by which it leaves. `inner` are those between the boxes
    on the way, which are in a row.
    """

    leaving: tuple[Link, ...]
    arriving: tuple[Link, ...]
    through: tuple[Box, ...] = ()
    inner: tuple[Link, ...] = ()

    @property
    def labelled(self) -> Link | None:
        """The link that carries the label of the tensor that leaves, if one of those across does."""
        return next((link for link in self.leaving if link.label is not None), None)

    @property
    def end(self) -> str:
        """The id of the box that stands for what is beyond a half; no other box has it."""
        return f"{self.leaving[0].id}\0across"


class Plan(Record, eq=False):
    """The boxes of both halves, and the skips from the outermost to the innermost; `main` is the way at the bottom."""

    left: tuple[Box, ...]
    right: tuple[Box, ...]
    skips: tuple[Skip, ...]
    main: Skip

    @property
    def is_apart(self) -> bool:
        """Whether the way at the bottom is no skip besides, and does not lead straight to where one arrives."""
        ends = {link.target for skip in self.skips for link in skip.arriving}
        return len(self.main.arriving) == 1 and self.main.arriving[0].target not in ends


def planned(problem: Problem, layout: Layout, found: Sequence[Gap]) -> Plan | None:
    """Return how a layout that leads down is bent into a U; None for one that has no skips across a bottleneck."""
    most = max((len(gap.lanes) for gap in found), default=0)
    if most <= _LEAST:
        return None
    middle = layout.size.height / 2
    whole = [gap for gap in found if len(gap.lanes) > _LEAST and len(gap.lanes) >= most - 1]
    best: Plan | None = None
    for cut in sorted(whole, key=lambda gap: (-len(gap.lanes), abs(middle - gap.middle), gap.middle))[:_TRIED]:
        plan = _Parting(problem, layout, cut.middle).plan()
        if plan is None or not _is_whole(problem, plan):
            continue
        if plan.is_apart:
            return plan
        best = best or plan
    return best


def _is_whole(problem: Problem, plan: Plan) -> bool:
    """Tell whether each cluster is in one half."""
    here, there = (_around(problem, boxes) for boxes in (plan.left, plan.right))
    return not here & there


def _around(problem: Problem, boxes: Sequence[Box]) -> set[str]:
    """Return the clusters that boxes are in, however deep."""
    parents = {cluster.id: cluster.parent for cluster in problem.clusters}
    found = set[str]()
    for box in boxes:
        name = box.cluster
        while name is not None and name not in found:
            found.add(name)
            name = parents[name]
    return found


class _Parting:
    """The boxes above a cut and those below."""

    def __init__(self, problem: Problem, layout: Layout, cut: float) -> None:
        self._boxes = {box.id: box for box in problem.boxes}
        self._links = problem.links
        self._into: defaultdict[str, list[Link]] = defaultdict(list)
        self._out: defaultdict[str, list[Link]] = defaultdict(list)
        for link in problem.links:
            self._into[link.target].append(link)
            self._out[link.source].append(link)
        self._heights = {name: rect.y for name, rect in layout.boxes.items()}
        self._above = {name for name, y in self._heights.items() if y < cut}

    def plan(self) -> Plan | None:
        """Return the plan; None where this is no U."""
        crossing = self._crossing()
        if not crossing or any(link.target in self._above for link in crossing):
            return None
        main = max(crossing, key=lambda link: (self._heights[link.source], -self._heights[link.target]))
        self._leave_branches(main.source)
        crossing = self._crossing()
        tensors = dict.fromkeys(link.tensor for link in crossing)
        skips = [self._skip(tensor, main) for tensor in tensors if tensor != main.tensor]
        skips = sorted(skips, key=lambda skip: self._heights[skip.leaving[0].source])
        if len(skips) < _LEAST or not self._is_nested(skips) or not self._is_one_way(skips, main):
            return None
        between = {box.id for skip in skips for box in skip.through}
        kept = [box for name, box in self._boxes.items() if name not in between]
        ways = tuple([link for link in crossing if link.tensor == main.tensor])
        return Plan(
            left=tuple([box for box in kept if box.id in self._above]),
            right=tuple([box for box in kept if box.id not in self._above]),
            skips=tuple(skips),
            main=Skip(leaving=ways, arriving=ways),
        )

    def _crossing(self) -> list[Link]:
        return [link for link in self._links if (link.source in self._above) != (link.target in self._above)]

    def _leave_branches(self, last: str) -> None:
        """Leave only what leads to the bottom to the encoder: what branches off, such as a crop, is the decoder's."""
        waiting, found = [last], {last}
        while waiting:
            for link in self._into[waiting.pop()]:
                if link.source not in found:
                    found.add(link.source)
                    waiting.append(link.source)
        for name in sorted(self._above - found, key=lambda name: -self._heights[name]):
            self._heights[name] = min([self._heights[link.target] for link in self._out[name]], default=0.0)
        self._above &= found

    def _skip(self, tensor: str, main: Link) -> Skip:
        """Follow a tensor that leads across to where it arrives."""
        hops = [tuple([link for link in self._crossing() if link.tensor == tensor])]
        through = list[Box]()
        while len(hops[-1]) == 1 and hops[-1][0].target != main.target and self._is_passed(hops[-1][0].target):
            through.append(self._boxes[hops[-1][0].target])
            hops.append(tuple(self._out[through[-1].id]))
        inner = tuple([hop[0] for hop in hops[1:-1]])
        return Skip(leaving=hops[0], inner=inner, arriving=hops[-1], through=tuple(through))

    def _is_passed(self, name: str) -> bool:
        """Tell whether there is but one way into a box, and one tensor that goes on to something else."""
        tensors = {link.tensor for link in self._out[name]}
        return len(self._into[name]) == 1 == len(tensors) and self._boxes[name].cluster is None

    def _is_nested(self, skips: Sequence[Skip]) -> bool:
        """Tell whether what leaves first arrives last."""
        ends = [min(self._heights[link.target] for link in skip.arriving) for skip in skips]
        return ends == sorted(ends, reverse=True)

    def _is_one_way(self, skips: Sequence[Skip], main: Link) -> bool:
        """Tell whether all comes in through the encoder, and leaves where the decoder ends: of pyramids it does not.

        The decoder is one: the way at the bottom and all skips lead into what hangs together.
        """
        below = self._boxes.keys() - self._above
        if not all(self._into[name] for name in below):
            return False
        arriving = {link.target for skip in skips for link in skip.arriving}
        if not arriving <= self._joined(main.target, below):
            return False
        last = max(self._heights[name] for name in arriving)
        return all(self._out[name] or self._heights[name] >= last for name in self._boxes)

    def _joined(self, start: str, among: Collection[str]) -> set[str]:
        """Return a box, and what links between boxes `among` these connect with it."""
        found, waiting = {start}, [start]
        while waiting:
            here = waiting.pop()
            near = [link.target for link in self._out[here]] + [link.source for link in self._into[here]]
            fresh = [name for name in near if name in among and name not in found]
            found.update(fresh)
            waiting += fresh
        return found


def halves(problem: Problem, plan: Plan) -> tuple[Problem, Problem]:
    """Return both halves as problems of their own, each with the ends of the skips as boxes almost without a size."""
    every = (*plan.skips, plan.main)
    clusters = {box.id: box.cluster for box in problem.boxes}
    here = [Box(id=skip.end, size=_POINT, cluster=clusters[skip.leaving[0].source]) for skip in plan.skips]
    there = [Box(id=skip.end, size=_POINT, cluster=clusters[skip.arriving[0].target]) for skip in plan.skips]
    bottom = Box(id=plan.main.end, size=_POINT)
    across = {link.id for skip in every for link in (*skip.leaving, *skip.inner, *skip.arriving)}
    inside = [link for link in problem.links if link.id not in across]
    left = {box.id for box in plan.left}
    down = [replace(skip.leaving[0], target=skip.end, label=None) for skip in plan.skips]
    main = plan.main.labelled
    down.append(replace(plan.main.leaving[0], target=plan.main.end, label=main and main.label))
    up = [replace(link, source=skip.end, tensor=skip.end, label=None) for skip in every for link in skip.arriving]
    count = len(problem.links)  # skips come in to the left of what is below
    later = [replace(link, order=link.order + count) for link in inside if link.source not in left]
    below = {link.id for link in plan.main.arriving}
    up = [replace(link, order=link.order + count) if link.id in below else link for link in up]
    return (
        _part(problem, (*plan.left, *here, bottom), (*(link for link in inside if link.source in left), *down), "down"),
        _part(problem, (*plan.right, *there, bottom), (*later, *up), "up"),
    )


def _part(problem: Problem, boxes: tuple[Box, ...], links: tuple[Link, ...], direction: Direction) -> Problem:
    """Return a part of a problem, with the clusters that are in it."""
    used = _around(problem, boxes)
    clusters = tuple([cluster for cluster in problem.clusters if cluster.id in used])
    return replace(problem, boxes=boxes, links=links, clusters=clusters, direction=direction)


def in_a_row(problem: Problem, skips: Sequence[Skip]) -> Problem:
    """Return a half whose skips are held on one side by links from each end to the next."""
    ends = [skip.end for skip in skips]
    row = tuple(
        [
            Link(id=f"{one}>{two}", source=one, target=two, tensor=f"{one}>")
            for one, two in pairwise(ends if problem.direction == "down" else ends[::-1])
        ]
    )
    boxes = tuple([replace(box, size=_WIDE) if box.id in ends else box for box in problem.boxes])
    return replace(problem, boxes=boxes, links=(*problem.links, *row))


def lengthened(problem: Problem, main: Skip) -> Problem:
    """Return a half whose way at the bottom goes on, so that it is the longest and straight."""
    beyond = f"{main.end}\0"
    source, target = (main.end, beyond) if problem.direction == "down" else (beyond, main.end)
    more = Link(id=beyond, source=source, target=target, tensor=beyond)
    return replace(problem, boxes=(*problem.boxes, Box(id=beyond, size=_POINT)), links=(*problem.links, more))
