"""The ways to draw one graph on one page: each a look and a direction, laid out, in columns or rows that fit."""

from collections.abc import Iterator, Sequence
from typing import Any, Protocol

from cutaway.fit.looks import scaled
from cutaway.fit.wish import Shape
from cutaway.geometry import Size
from cutaway.graph import Graph
from cutaway.layered.problem import Direction, Layout
from cutaway.layered.wrap import Wrapping
from cutaway.page import LEAST_SIZE, Page
from cutaway.record import record, replace
from cutaway.theme import Theme
from cutaway.views.composition import Composition, arranged, problem
from cutaway.views.frame import Frame, set_around

SCALES = (1.0, 0.87, 0.75)
"""How large the type is, from what the theme asks for to where all of it has the least size."""
AIRS = (1.0, 0.8)
NARROW = 0.52
"""How wide the text in boxes of a column may be, where there had better be more columns."""
_MOST_COLUMNS = 24


class Composing(Protocol):
    """A view that can be fitted: it tells what is to be drawn before anything has a place."""

    @property
    def direction(self) -> Direction:
        """Where the data flows on the page."""
        ...

    def prepared(self, graph: Graph) -> Any:  # noqa: ANN401 - whatever the view makes of a graph
        """Return what of a graph is drawn: once for all sizes and directions that are tried."""
        ...

    def composed(self, prepared: Any, theme: Theme, breadth: float = 1.0) -> tuple[Composition, Frame]:  # noqa: ANN401
        """Return what is to be drawn, and the words around it; boxes may be `breadth` times as wide as usual."""
        ...


@record
class Way:
    """How a figure may be drawn."""

    direction: Direction
    scale: float
    air: float
    breadth: float


@record(eq=False)
class Attempt:
    """A way that was tried: what is drawn, the ways to wrap it, and the words around it."""

    way: Way
    composition: Composition
    frame: Frame
    wrapping: Wrapping
    around: Size
    """What the words around the drawing and the margins take."""


@record(eq=False)
class Candidate:
    """A way to wrap an attempt, or to bend it into a U; `size` is that of the drawing alone."""

    attempt: Attempt
    size: Size
    cuts: tuple[int, ...] = ()
    is_bent: bool = False

    def layout(self) -> Layout:
        """Return the layout."""
        wrapping = self.attempt.wrapping
        return wrapping.bent if self.is_bent and wrapping.bent else wrapping.wrapped(self.cuts)


def looks() -> Iterator[tuple[float, float]]:
    """Yield how large the type and the gaps may be, the most readable first."""
    return ((scale, air) for scale in SCALES for air in AIRS)


def ways(directions: Sequence[Direction], scale: float, air: float) -> Iterator[Way]:
    """Yield the ways to draw in one look, the most natural first."""
    for direction in directions:
        for breadth in (1.0, NARROW) if direction in {"down", "up"} else (1.0,):
            yield Way(direction=direction, scale=scale, air=air, breadth=breadth)


def attempted(view: Composing, prepared: Any, theme: Theme, page: Page, way: Way) -> Attempt:  # noqa: ANN401
    """Lay out in one way what the view has prepared."""
    look = scaled(theme, way.scale, way.air, page)
    breadth = way.breadth * way.scale * page.least_size / LEAST_SIZE
    composition, frame = replace(view, direction=way.direction).composed(prepared, look, breadth)
    wrapping = Wrapping(problem(composition), arranged(composition))
    natural = Size(0.0 if page.width else wrapping.size.width, 0.0)
    around = set_around(frame, natural, look, page.width).size
    return Attempt(
        way=way,
        composition=composition,
        frame=frame,
        wrapping=wrapping,
        around=Size(2 * look.spacing.margin, around.height),
    )


def candidates(attempt: Attempt, width: float, height: float, shape: Shape = "auto") -> Iterator[Candidate]:
    """Yield the ways to wrap a layout that are at most `width` wide and, with the words around it, `height` high."""
    wide, high = width - attempt.around.width, height - attempt.around.height
    if high <= 0 or wide <= 0:
        return
    bent = attempt.wrapping.bent if shape != "flow" else None
    if bent is not None and bent.size.width <= wide and bent.size.height <= high:
        yield Candidate(attempt=attempt, size=bent.size, is_bent=True)
    if shape == "u":
        return
    found = _rows(attempt, wide) if attempt.way.direction in {"right", "left"} else _columns(attempt, wide, high)
    for cuts in found:
        size = turned(attempt.wrapping.extent(cuts), attempt.way.direction)
        if size.width <= wide + 1e-6 and size.height <= high + 1e-6:
            yield Candidate(attempt=attempt, cuts=tuple(cuts), size=size)


def _columns(attempt: Attempt, wide: float, high: float) -> Iterator[list[int]]:
    wrapping = attempt.wrapping
    if wrapping.size.height <= high:
        yield []
    first = max(2, int(wrapping.size.height / high))
    for count in range(first, first + _MOST_COLUMNS):
        cuts = wrapping.evened(count)
        if cuts is None or wrapping.extent(cuts).width > 1.3 * wide:
            return
        yield cuts


def _rows(attempt: Attempt, wide: float) -> Iterator[list[int]]:
    wrapping = attempt.wrapping
    if wrapping.size.height <= wide:
        yield []
        return
    cuts = wrapping.most(wide)
    if cuts is None:
        return
    yield cuts
    evened = wrapping.evened(len(cuts) + 1)
    if evened is not None and evened != cuts:
        yield evened


def least_width(attempt: Attempt, shape: Shape = "auto") -> float:
    """Return the least width of a page for an attempt, whatever its height."""
    wrapping = attempt.wrapping
    if shape == "u":
        return (wrapping.bent.size.width if wrapping.bent else float("inf")) + attempt.around.width
    drawing = wrapping.least() if attempt.way.direction in {"right", "left"} else wrapping.size.width
    return drawing + attempt.around.width


def turned(size: Size, direction: Direction) -> Size:
    """Return the size of a layout that has been turned so that it leads down, as it is on the page."""
    return Size(size.height, size.width) if direction in {"right", "left"} else size
