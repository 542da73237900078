"""What lies in the circles of neurons: small circles that tell of biases, and pictures."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from cutaway.geometry import Point
from cutaway.record import Record
from cutaway.scene import Close, Curve, Mark, Move, Outline, Path, Segment, Stroke
from cutaway.scene.outline import ARC
from cutaway.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from cutaway.views.parts.picture import Fit, Picture

Places = Iterable[tuple[int | None, Point]]
"""The numbers of neurons with their middles; None with that of the dots."""

_HOLLOW = 1.0
"""The width of the line of a hollow circle in a neuron."""


class Core(Record):
    """The small circle within a neuron that tells of its bias: a share of it large, and perhaps hollow."""

    role: str
    share: float
    is_hollow: bool = False


class Pictured(Record, eq=False):
    """A picture in circles: cut round, or as a square in them; in those of these numbers, None for all."""

    picture: "Picture"
    fit: "Fit" = "cover"
    is_round: bool = True
    numbers: Collection[int] | None = None


def core_marks(cores: Mapping[int, Core], places: Places, diameter: float) -> Iterator[Mark]:
    """Draw what tells of biases in circles that are so wide, those that are alike as one path."""
    rows: dict[Core, list[Segment]] = {}
    for number, middle in places:
        core = None if number is None else cores.get(number)
        if core:
            inset = _HOLLOW / 2 if core.is_hollow else 0.0
            rows.setdefault(core, []).extend(circle(middle, core.share * diameter / 2 - inset))
    for core, segments in rows.items():
        line = Stroke(paint=core.role, width=_HOLLOW) if core.is_hollow else None
        yield Path(segments=tuple(segments), fill=None if line else core.role, stroke=line)


def picture_marks(pictured: Pictured, places: Places, diameter: float) -> Iterator[Mark]:
    """Draw a picture in circles that are so wide within their outlines."""
    from cutaway.views.parts.picture import Plane, placed

    half = diameter / 2 if pictured.is_round else diameter / 8**0.5
    for number, at in places:
        if number is not None and (pictured.numbers is None or number in pictured.numbers):
            square = Plane(corner=Point(at.x - half, at.y - half), u=Point(2 * half, 0.0), v=Point(0.0, 2 * half))
            yield from placed(pictured.picture, square, pictured.fit, is_round=pictured.is_round)


def circle(middle: Point, radius: float) -> Outline:
    """Return the outline of a circle."""
    x, y, bend = middle.x, middle.y, radius * ARC
    right, low, left, top = Point(x + radius, y), Point(x, y + radius), Point(x - radius, y), Point(x, y - radius)
    return (
        Move(right),
        Curve(Point(x + radius, y + bend), Point(x + bend, y + radius), low),
        Curve(Point(x - bend, y + radius), Point(x - radius, y + bend), left),
        Curve(Point(x - radius, y - bend), Point(x - bend, y - radius), top),
        Curve(Point(x + bend, y - radius), Point(x + radius, y - bend), right),
        Close(),
    )
