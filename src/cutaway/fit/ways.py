"""The ways to draw one graph on one page: each a look and a direction, laid out, in columns or rows that fit."""

from collections.abc import Iterator, Sequence

from cutaway.fit import Shape
from cutaway.fit.attempt import Attempt, Candidate, Way, turned
from cutaway.graph import Graph
from cutaway.layered import lay_out
from cutaway.layered.problem import Direction
from cutaway.layered.wrap import Wrapping
from cutaway.page import LEAST_SIZE, Page
from cutaway.record import Record, replace
from cutaway.theme import Theme
from cutaway.typed import Any, Protocol
from cutaway.views.composition import Composition, problem
from cutaway.views.frame import Frame

SCALES = (1.0, 0.87, 0.75)
"""How large the type is, from what the theme asks for to where all of it has the least size."""
AIRS = (1.0, 0.55)
Look = tuple[float, float]
"""How large the type and the gaps are, compared with what the theme asks for."""
LOOKS: tuple[Look, ...] = tuple([(scale, air) for scale in SCALES for air in AIRS])
NARROW = 0.52
"""How wide the text in boxes of a column may be, where there had better be more columns."""
NARROW_ROW = 0.7
"""The same for boxes of a row, where rows had better be fewer."""
_MOST_COLUMNS = 24
_SLACK = 1e-6
LEFT = 0.5
"""Of a page so much may be taken by explanations where they would leave boxes no room otherwise."""


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


def ways(directions: Sequence[Direction], look: Look) -> Iterator[Way]:
    """Yield the ways to draw in one look, the most natural first."""
    scale, air = look
    for direction in directions:
        if direction in {"down", "up"}:
            breadths: tuple[float, ...] = (1.0, NARROW)
        else:
            breadths = (1.0 if air == AIRS[0] else NARROW_ROW,)
        for breadth in breadths:
            yield Way(direction=direction, scale=scale, air=air, breadth=breadth)


class Unplaced(Record, eq=False):
    """A way in which nothing has been laid out yet."""

    way: Way
    composition: Composition
    frame: Frame
    breadth: float | None

    def is_like(self, other: Attempt) -> bool:
        """Tell whether all boxes are as large as in another way of the same look."""
        mine, theirs = self.composition.glyphs, other.composition.glyphs
        return all(glyph.size == theirs[name].size for name, glyph in mine.items())

    def placed(self) -> Attempt:
        """Lay it out."""
        asked = problem(self.composition)
        return Attempt(
            way=self.way,
            composition=self.composition,
            frame=self.frame,
            wrapping=Wrapping(asked, lay_out(asked)),
            beside=2 * self.composition.theme.spacing.margin,
            breadth=self.breadth,
        )


def attempted(view: Composing, prepared: Any, theme: Theme, page: Page, way: Way, told: float = 1.0) -> Unplaced:  # noqa: ANN401
    """Compose in one way what the view has prepared, for a page whose height is known or taken for granted.

    Explanations may be as high as a share of it that is `told`, or less on a page that is wider than high.
    """
    from cutaway.fit.looks import scaled

    look = scaled(theme, way.scale, way.air, page)
    breadth = way.breadth * way.scale * page.least_size / LEAST_SIZE
    asked: dict[str, Any] = {"direction": way.direction}
    if "room" in getattr(view, "__record_fields__", ()):
        asked["room"] = None if page.width is None else page.width - 2 * look.spacing.margin
    composition, frame = replace(view, **asked).composed(prepared, look, breadth)
    if page.height and frame.explained:
        share = LEFT if page.is_landscape else told
        frame = replace(frame, explained=frame.explained.limited(share * page.height))
    return Unplaced(way=way, composition=composition, frame=frame, breadth=page.width)


def candidates(attempt: Attempt, width: float, height: float, shape: Shape = "auto") -> Iterator[Candidate]:
    """Yield the ways to wrap a layout that are at most `width` wide and, with the words around it, `height` high."""
    for candidate in _candidates(attempt, width, height, shape):
        size = candidate.whole
        if size.width <= width + _SLACK and size.height <= height + _SLACK:
            yield candidate


def _candidates(attempt: Attempt, width: float, height: float, shape: Shape) -> Iterator[Candidate]:
    """Yield the ways to wrap a layout that may fit."""
    direction, wrapping = attempt.way.direction, attempt.wrapping
    wide, high = width - attempt.beside, height - attempt.above(turned(wrapping.size, direction).width)
    if wide <= 0 or high <= 0:
        return
    if shape != "flow" and wrapping.bent is not None:
        yield Candidate(attempt=attempt, size=wrapping.bent.size, is_bent=True)
    if shape == "u":
        return
    for cuts in _rows(attempt, wide) if direction in {"right", "left"} else _columns(attempt, wide, high):
        yield Candidate(attempt=attempt, cuts=tuple(cuts), size=turned(wrapping.extent(cuts), direction))


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
        return (wrapping.bent.size.width if wrapping.bent else float("inf")) + attempt.beside
    drawing = wrapping.least() if attempt.way.direction in {"right", "left"} else wrapping.size.width
    return drawing + attempt.beside
