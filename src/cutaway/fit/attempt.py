"""One way to draw a graph that was tried: laid out, in columns or rows, or bent; and what it costs to wrap it so."""

from cutaway.geometry import Size
from cutaway.layered.problem import Direction, Layout
from cutaway.layered.wrap import Wrapping
from cutaway.record import Record, field
from cutaway.views.composition import Composition
from cutaway.views.frame import Frame, Words, filled, set_around, with_notes

_CUT = 0.06
_LANE = 0.1
_TORN = 0.2
BENT = -0.45
"""What it costs, in parts of the page: a cut, a line or a region that is cut; a U is worth something."""


class Way(Record):
    """How a figure may be drawn."""

    direction: Direction
    scale: float
    air: float
    breadth: float


class Annotations(Record):
    """The size of a figure with its notes, and how many of them have no room beside their boxes."""

    whole: Size
    homeless: int


class Attempt(Record, eq=False):
    """A way that was tried: what is drawn, the ways to wrap it, and the words around it."""

    way: Way
    composition: Composition
    frame: Frame
    wrapping: Wrapping
    beside: float
    """The margins at both sides."""
    breadth: float | None
    """How wide the page is; None where it is as wide as the drawing."""
    known: dict[float, float] = field(default_factory=dict)
    words: dict[float, Words] = field(default_factory=dict)
    annotations: "dict[tuple[tuple[int, ...], bool], Annotations]" = field(default_factory=dict)

    def annotated(self, candidate: "Candidate") -> "Annotations":
        """Return what a candidate comes to with the notes beside its boxes."""
        key = candidate.cuts, candidate.is_bent
        if key not in self.annotations:
            from cutaway.views.annotated import annotated

            most = None if self.breadth is None else self.breadth - self.beside
            layout, _ = filled(self.composition, candidate.layout())
            found = annotated(self.composition, layout, most)
            frame = with_notes(self.frame, found.sentences)
            size = found.layout.size
            whole = Size(
                size.width + self.beside, set_around(frame, size, self.composition.theme, self.breadth).size.height
            )
            self.annotations[key] = Annotations(whole=whole, homeless=len(found.sentences))
        return self.annotations[key]

    def above(self, wide: float) -> float:
        """Return the height of the words above and below a drawing of a width, with the margins."""
        key = self.breadth or round(wide, 3)
        if key not in self.known:
            size, theme = Size(0.0 if self.breadth else wide, 0.0), self.composition.theme
            self.known[key] = set_around(self.frame, size, theme, self.breadth, self.words).size.height
        return self.known[key]


class Candidate(Record, eq=False):
    """A way to wrap an attempt, or to bend it into a U; `size` is that of the drawing alone."""

    attempt: Attempt
    size: Size
    cuts: tuple[int, ...] = ()
    is_bent: bool = False

    @property
    def whole(self) -> Size:
        """The size with the notes beside the drawing and the words around it."""
        if self.attempt.composition.notes:
            return self.attempt.annotated(self).whole
        return Size(self.size.width + self.attempt.beside, self.size.height + self.attempt.above(self.size.width))

    @property
    def homeless(self) -> int:
        """How many notes have no room beside their boxes, and stand in the legend."""
        return self.attempt.annotated(self).homeless if self.attempt.composition.notes else 0

    def layout(self) -> Layout:
        """Return the layout."""
        wrapping = self.attempt.wrapping
        return wrapping.bent if self.is_bent and wrapping.bent else wrapping.wrapped(self.cuts)


def turned(size: Size, direction: Direction) -> Size:
    """Return the size of a layout that has been turned so that it leads down, as it is on the page."""
    return Size(size.height, size.width) if direction in {"right", "left"} else size


def wrapping(candidate: Candidate) -> float:
    """Return what it costs to wrap a layout, or what it is worth to bend it."""
    lanes, torn = candidate.attempt.wrapping.parted(candidate.cuts)
    return (BENT if candidate.is_bent else 0.0) + _CUT * len(candidate.cuts) + _LANE * lanes + _TORN * torn
