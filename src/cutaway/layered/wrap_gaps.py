"""Where a finished layout that leads down can be cut straight across, and what each cut would part."""

from bisect import insort
from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import pairwise
from operator import itemgetter, sub

from cutaway.geometry import Rect
from cutaway.layered.problem import Corners, Layout, Problem, Route, routed
from cutaway.record import Record, replace
from cutaway.typed import TypeVar

Lane = tuple[str, float]
"""The tensor that a vertical stretch of lines carries, and its x."""
Span = tuple[float, float]
_Upright = tuple[float, str]
"""The x of a vertical stretch of lines, and the tensor that it carries."""
Thing = TypeVar("Thing", _Upright, str)


class Gap(Record, kw_only=False, many=True):
    """A band across the layout with nothing in it but vertical lines and the sides of clusters.

    A cut of rows may also part a line from the `label` beside it, which is then set on the way to the next row: `thick`
    is the room that it takes there beside the line.
    """

    top: float
    bottom: float
    lanes: tuple[Lane, ...]
    torn: tuple[str, ...]
    label: str = ""
    thick: float = 0.0

    @property
    def middle(self) -> float:
        """Where the cut goes."""
        return (self.top + self.bottom) / 2


_LEAST = 0.5  # of a gap, in points
_PARTS = 1e6  # of a point: sums of fractions leave lines a hair off upright or level
_SPAN = itemgetter(0)
_TOUCH = 5.0  # lanes closer than this could not be told apart where they turn


def rounded(lines: Mapping[str, Corners]) -> dict[str, Corners]:
    """Return the corners of lines, so that these are exactly upright or level."""
    lengths = {length for line in lines.values() for corner in line for length in corner}
    exact = {length: round(length * _PARTS) / _PARTS for length in lengths}  # `round(x, 6)` takes three times as long
    return {name: tuple([(exact[x], exact[y]) for x, y in line]) for name, line in lines.items()}


def corners_of(route: Route) -> Corners:
    """Return the corners of a route."""
    return tuple([(point.x, point.y) for point in route])


class Whole(Record, kw_only=False):
    """A layout that leads down, still in one piece, and the corners of its routes: thousands, so no points."""

    layout: Layout
    lines: Mapping[str, Corners]

    def routed(self) -> Layout:
        """Return the layout with routes through just these corners."""
        return routed(self.layout, self.lines)


def gaps(problem: Problem, whole: Whole, captions: Iterable[Rect]) -> list[Gap]:
    """Return the bands where the layout may be cut, from top to bottom."""
    layout, labels = whole.layout, whole.layout.labels
    levels, lanes = _pieces(problem, whole.lines)
    spans = [*levels, *_blocked(problem, layout, captions)]
    if problem.direction in {"down", "up"} or not labels:
        return _found(layout, lanes, [*spans, *_spans(labels.values())])
    tensors = {link.id: link.tensor for link in problem.links}
    wide = [(gap, _inside(gap, labels)) for gap in _found(layout, lanes, spans)]
    free = {gap.top: names[0] for gap, names in wide if len(names) == 1 and _is_alone(gap, tensors[names[0]])}
    fixed = [rect for name, rect in labels.items() if name not in free.values()]
    return [
        replace(gap, label=free[gap.top], thick=labels[free[gap.top]].width) if gap.top in free else gap
        for gap in _found(layout, lanes, [*spans, *_spans(fixed)])
    ]


def _found(layout: Layout, lanes: Collection[tuple[Span, _Upright]], spans: Iterable[Span]) -> list[Gap]:
    """Return the bands between what is not to be cut, with what crosses them."""
    bands = _free(sorted(spans))
    torn = _crossing(bands, [((rect.y, rect.bottom), name) for name, rect in layout.clusters.items()])
    found = []
    for (top, bottom), across, names in zip(bands, _crossing(bands, lanes), torn, strict=True):
        several = dict.fromkeys(across)
        xs = [x for x, _ in several]
        if len(xs) < 2 or min(map(sub, xs[1:], xs)) >= _TOUCH:
            found.append(Gap(top, bottom, tuple([(tensor, x) for x, tensor in several]), tuple(names)))
    return found


def _inside(gap: Gap, labels: Mapping[str, Rect]) -> list[str]:
    return [name for name, rect in labels.items() if gap.top <= rect.y and rect.bottom <= gap.bottom]


def _is_alone(gap: Gap, tensor: str) -> bool:
    """Tell whether the line of a tensor is the only one that crosses a gap."""
    return [lane[0] for lane in gap.lanes] == [tensor]


def _spans(rects: Iterable[Rect]) -> list[Span]:
    return [(rect.y, rect.bottom) for rect in rects]


def _blocked(problem: Problem, layout: Layout, captions: Iterable[Rect]) -> list[Span]:
    """Return the heights at which there is something that is not to be cut, lines and labels not counted."""
    spans = _spans([*layout.boxes.values(), *captions])
    reaches = _reaches(problem, layout) if layout.clusters else {}
    for name, border in layout.clusters.items():
        top, bottom = reaches.get(name, (border.bottom, border.bottom))  # an empty one is in one piece
        spans += [(border.y, top), (bottom, border.bottom)]
    return spans


def _reaches(problem: Problem, layout: Layout) -> dict[str, Span]:
    """Return from where to where the boxes of each cluster reach."""
    parents = {cluster.id: cluster.parent for cluster in problem.clusters}
    found: dict[str, Span] = {}
    for box in problem.boxes:
        rect, cluster = layout.boxes[box.id], box.cluster
        while cluster is not None:
            top, bottom = found.get(cluster, (rect.y, rect.bottom))
            found[cluster] = min(top, rect.y), max(bottom, rect.bottom)
            cluster = parents[cluster]
    return found


def _free(spans: Sequence[Span]) -> list[Span]:
    bands: list[Span] = []
    reach = spans[0][1] if spans else 0.0
    for top, bottom in spans:
        if top - reach >= _LEAST:
            bands.append((reach, top))
        reach = max(reach, bottom)
    return bands


def _pieces(problem: Problem, lines: Mapping[str, Corners]) -> tuple[Iterable[Span], Collection[tuple[Span, _Upright]]]:
    """Return where pieces of lines are level, and from where to where others are upright."""
    levels: dict[Span, None] = {}
    uprights: dict[tuple[Span, _Upright], None] = {}
    for link in problem.links:
        tensor = link.tensor
        for (x, y), (end_x, end_y) in pairwise(lines[link.id]):
            if x == end_x:
                uprights[(y, end_y) if y <= end_y else (end_y, y), (x, tensor)] = None
            elif y == end_y:
                levels[y, y] = None
    return levels, uprights


def _crossing(bands: Sequence[Span], things: Collection[tuple[Span, Thing]]) -> list[list[Thing]]:
    """Return for each band what crosses it, sorted: a sweep from top to bottom."""
    if not things:
        return [[]] * len(bands)
    found: list[list[Thing]] = []
    waiting = sorted(things, key=_SPAN, reverse=True)
    active: list[tuple[Thing, float]] = []
    for top, bottom in bands:
        middle = (top + bottom) / 2
        while waiting and waiting[-1][0][0] < middle:
            (_, end), thing = waiting.pop()
            insort(active, (thing, end))
        active = [each for each in active if each[1] > middle]
        found.append([thing for thing, _ in active])
    return found
