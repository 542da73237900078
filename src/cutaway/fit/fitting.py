"""Choose how a figure is drawn on its page: the type as large as may be, then the page well used, then few cuts."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from cutaway.errors import InputError
from cutaway.fit.search import SCALES, Attempt, Candidate, Composing, attempted, candidates, ways
from cutaway.fit.sentences import NO_U, too_large
from cutaway.fit.wish import Shape, Wish
from cutaway.graph import Graph
from cutaway.layered.problem import Direction
from cutaway.page import Page
from cutaway.record import record, replace
from cutaway.scene import Group, Mark, Scene, Text
from cutaway.theme import Theme
from cutaway.views import View
from cutaway.views.frame import composed

_TALL = 2.2
"""A figure of a given width is at most so many times as high, and the other way round, if it can be."""
_PAGE, _LONG = 0.3, 0.9
"""What room is worth where it need not be saved, and where a figure gets longer than it is wide."""
_ACROSS: Mapping[Direction, Direction] = {"down": "right", "up": "right", "right": "down", "left": "down"}
_CUT, _LANE, _TORN, _NARROW, _TIGHT, _TURNED, _SMALLER, _BENT = 0.04, 0.05, 0.1, 0.02, 0.08, 0.04, 0.25, -0.3
"""What it costs, in parts of the page: a cut, a line or a region that is cut, boxes of another form, less air, to
run another way than the first, and a step to smaller type; a U is worth something where the model is one."""


@record
class Level:
    """How far a graph is folded: its name, the graph, and the view that draws it."""

    name: str
    graph: Graph
    view: View


Levels: TypeAlias = Callable[[Graph, View], Iterable[Level]]
"""From a graph and its view to what may be drawn instead, the fullest first."""


@record
class Fit:
    """What was chosen so that a figure fits its page; lengths in points.

    `type_size` is that of the smallest text, `scale` how large the type is compared with what the theme asks for,
    `air` how large the gaps are; `parts` are the columns or rows, `lines` those that lead from one to the next.
    """

    width: float
    height: float
    type_size: float
    level: str = "none"
    direction: Direction | None = None
    shape: Shape = "flow"
    scale: float = 1.0
    air: float = 1.0
    parts: int = 1
    lines: int = 0

    def __str__(self) -> str:
        words = [f"{self.width:.0f} × {self.height:.0f} pt", f"text from {self.type_size:.1f} pt"]
        if self.shape == "u":
            words.append("as a U")
        elif self.direction:
            noun = "row" if self.direction in {"right", "left"} else "column"
            words.append(f"{self.direction} in {self.parts} {noun}{'' if self.parts == 1 else 's'}")
        return ", ".join(words)


@record
class Fitted:
    """A scene that fits, and what was chosen for it."""

    scene: Scene
    fit: Fit


def fitted(graph: Graph, view: View, theme: Theme, wish: Wish, levels: Levels | None = None) -> Fitted:
    """Return a graph drawn as it is wished. Raises InputError where no way to do so is found."""
    tried: list[Attempt] = []
    for level in levels(graph, view) if levels else (Level(name="none", graph=graph, view=view),):
        if not hasattr(level.view, "composed"):
            return _as_it_is(level, theme, wish.page)
        best = _best(level, theme, _told(wish, _composing(level.view)), tried)
        if best is not None:
            return _drawn(best, level.name, wish.page)
    if wish.shape == "u" and not any(attempt.wrapping.bent for attempt in tried):
        raise InputError(f"cannot draw {graph.name!r} as a U: {NO_U}; leave out shape='u'")
    raise InputError(too_large(graph, wish.page, wish.shape, tried))


def _told(wish: Wish, view: Composing) -> Wish:
    """Return a wish with the directions that are left open."""
    if wish.shape == "u":
        return replace(wish, directions=("down",))
    return wish if wish.directions else replace(wish, directions=(view.direction, _ACROSS[view.direction]))


def _best(level: Level, theme: Theme, wish: Wish, tried: list[Attempt]) -> Candidate | None:
    """Return the best way to draw one level: the larger the type, the less it may cost."""
    rooms, view = list(_rooms(wish.page)), _composing(level.view)
    prepared = view.prepared(level.graph)
    found: list[Attempt] = []
    best: Candidate | None = None
    for step, scale in enumerate(SCALES):
        made = [attempted(view, prepared, theme, wish.page, way) for way in ways(wish.directions, scale)]
        found += made
        best = _cheapest([*([best.attempt] if best else []), *made], *rooms[0], wish)
        if best is not None and _price(best, wish) <= _SMALLER * (step + 1):
            break
    if best is None and len(rooms) > 1:
        best = _cheapest(found, *rooms[1], wish)
    tried += found
    return best


def _rooms(page: Page) -> Iterator[tuple[float, float]]:
    """Yield the width and height to be filled: a side that is free is first held in proportion to the other."""
    width, height = page.width, page.height
    if width is not None and height is not None:
        yield width, height
    elif width is not None:
        yield width, _TALL * width
        yield width, float("inf")
    elif height is not None:
        yield _TALL * height, height
        yield float("inf"), height
    else:
        yield float("inf"), float("inf")


def _cheapest(attempts: Iterable[Attempt], width: float, height: float, wish: Wish) -> Candidate | None:
    page = wish.page
    found = [candidate for attempt in attempts for candidate in candidates(attempt, width, height, wish.shape)]
    return min(found, key=lambda candidate: _room(candidate, page) + _price(candidate, wish), default=None)


def _room(candidate: Candidate, page: Page) -> float:
    """Weigh the room that a candidate takes: dearly where the free side of the page gets longer than the other."""
    around = candidate.attempt.around
    wide, high = candidate.size.width + around.width, candidate.size.height + around.height
    if page.width is not None and page.height is not None:
        return _PAGE * high / page.height
    if page.width is None and page.height is None:
        return 0.0
    length = high / page.width if page.width is not None else wide / (page.height or high)
    return _PAGE * min(length, 1.0) + _LONG * max(0.0, length - 1.0)


def _price(candidate: Candidate, wish: Wish) -> float:
    lanes, torn = candidate.attempt.wrapping.parted(candidate.cuts)
    way = candidate.attempt.way
    return (
        (_BENT if candidate.is_bent else 0.0)
        + _CUT * len(candidate.cuts)
        + _LANE * lanes
        + _TORN * torn
        + (_NARROW if way.breadth < 1 else 0.0)
        + (_TIGHT if way.air < 1 else 0.0)
        + (_TURNED if way.direction != wish.directions[0] else 0.0)
        + _SMALLER * SCALES.index(way.scale)
    )


def _drawn(candidate: Candidate, level: str, page: Page) -> Fitted:
    attempt = candidate.attempt
    scene = composed(attempt.composition, attempt.frame, candidate.layout(), page.width)
    fit = Fit(
        width=scene.width,
        height=scene.height,
        type_size=smallest(scene.marks),
        level=level,
        direction=attempt.way.direction,
        scale=attempt.way.scale,
        air=attempt.way.air,
        shape="u" if candidate.is_bent else "flow",
        parts=len(candidate.cuts) + 1,
        lines=attempt.wrapping.parted(candidate.cuts)[0],
    )
    return Fitted(scene=scene, fit=fit)


def _composing(view: Any) -> Composing:  # noqa: ANN401 - a view that has the method
    composing: Composing = view
    return composing


def _as_it_is(level: Level, theme: Theme, page: Page) -> Fitted:
    """Draw with a view that cannot be fitted; it is refused where it turns out to be too large."""
    scene = level.view(level.graph, theme, page)
    if scene.width > (page.width or scene.width) + 1e-6 or scene.height > (page.height or scene.height) + 1e-6:
        raise InputError(
            f"cannot fit {level.graph.name!r}: this view draws {scene.width:.0f} × {scene.height:.0f} pt, "
            "which is more than the page has"
        )
    return Fitted(
        scene=scene,
        fit=Fit(width=scene.width, height=scene.height, type_size=smallest(scene.marks), level=level.name),
    )


def smallest(marks: Iterable[Mark]) -> float:
    """Return the size of the smallest text among marks; 0 where there is none."""
    sizes, waiting = set[float](), list(marks)
    while waiting:
        mark = waiting.pop()
        if isinstance(mark, Group):
            waiting += mark.marks
        elif isinstance(mark, Text):
            sizes.add(mark.size)
    return min(sizes, default=0.0)
