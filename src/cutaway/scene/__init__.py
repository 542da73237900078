"""What to draw: a closed set of marks with final coordinates in points; each output is one match over them."""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from cutaway.errors import InputError, InternalError
from cutaway.geometry import Point, Rect
from cutaway.record import Record, field
from cutaway.ruler import Face, FaceWeight
from cutaway.scene.outline import Arrowhead, Bent, Close, Curve, Line, Move, Outline, Rounded, Segment
from cutaway.typed import Literal, final

__all__ = [
    "Anchor",
    "Arrowhead",
    "Bent",
    "Close",
    "Curve",
    "Group",
    "Hatch",
    "Image",
    "Line",
    "Mark",
    "Move",
    "Outline",
    "Paint",
    "Part",
    "Path",
    "Rgba",
    "Role",
    "Rounded",
    "Scene",
    "Segment",
    "Stroke",
    "Text",
    "color",
    "texts",
]

_HEX = frozenset("0123456789abcdefABCDEF")


class Rgba(Record, kw_only=False):
    """A plain colour from the user: red, green, blue 0 to 255, alpha 0 to 1."""

    red: int
    green: int
    blue: int
    alpha: float = 1.0


Role = str
"""The name of a colour in the scene's palette: `convolution`, `convolution.stroke`, `ink`."""


@final
class Hatch(Record, kw_only=False):
    """Parallel lines in `paint` on a ground of `ground`: the second channel beside colour."""

    paint: "Role | Rgba"
    ground: "Role | Rgba"
    angle: float = 45.0
    gap: float = 3.0
    width: float = 0.4


Paint = Role | Rgba | Hatch


class Stroke(Record):
    """A line of constant `width`; `dash` alternates lengths of line and gap."""

    paint: Role | Rgba
    width: float
    dash: tuple[float, ...] = ()


class Path(Record, kw_only=False, many=True):
    """A filled or stroked outline, or both; filled by the non-zero rule."""

    segments: Outline
    fill: Paint | None = None
    stroke: Stroke | None = None


Anchor = Literal["start", "middle", "end"]


class Text(Record, kw_only=False, many=True):
    """One line of text; `at` is on the baseline, `angle` turns it clockwise about `at`, in degrees."""

    at: Point
    text: str
    size: float
    face: Face
    fill: Role | Rgba = "ink"
    anchor: Anchor = "start"
    weight: FaceWeight = 400
    angle: float = 0.0


class Image(Record):
    """A user's picture (PNG or JPEG bytes); `matrix` (a b c d e f) maps its unit square to the page, `clip` cuts it.

    `opacity` is from 0 to 1.
    """

    data: bytes
    matrix: tuple[float, float, float, float, float, float]
    clip: Outline = ()
    opacity: float = 1.0


Part = Literal[
    "node",
    "front",
    "port",
    "window",
    "run",
    "edge",
    "scope",
    "region",
    "grouping",
    "label",
    "output",
    "title",
    "legend",
    "key",
    "note",
    "explained",
]


class Group(Record, kw_only=False, many=True):
    """Marks that belong together.

    `ref` and `part` say what they draw (the id of a node, an edge, a scope, or a legend entry); `stands_for` lists the
    ids of the graph that a folded or hidden mark accounts for; `title` is what a reader hears or sees on hovering.
    """

    marks: "tuple[Mark, ...]"
    ref: str = ""
    part: Part = "note"
    stands_for: tuple[str, ...] = ()
    title: str = ""


Mark = Path | Text | Image | Group


class Scene(Record):
    """A finished figure: marks in painter's order on a page of `width` by `height` points.

    `palette` gives each role its colour as `#rrggbb`; the role `page` is the ground (absent: transparent).
    """

    width: float
    height: float
    marks: tuple[Mark, ...]
    palette: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    title: str = ""
    description: str = ""

    @property
    def bounds(self) -> Rect:
        """The page as a rectangle."""
        return Rect(0.0, 0.0, self.width, self.height)


def texts(marks: tuple[Mark, ...]) -> Iterator[Text]:
    """Walk over all text, also that in groups."""
    for mark in marks:
        if type(mark) is Text:  # `isinstance` takes long to find that something is no record of a kind
            yield mark
        elif type(mark) is Group:
            yield from texts(mark.marks)


def color(paint: Role | Rgba, palette: Mapping[str, str]) -> Rgba:
    """Look up a role in the palette; a plain colour is itself."""
    if isinstance(paint, Rgba):
        return paint
    value = palette.get(paint)
    if value is None:
        raise InternalError(f"the palette of the scene has no role {paint!r}; it has {', '.join(sorted(palette))}")
    if len(value) != 7 or value[0] != "#" or not _HEX.issuperset(value[1:]):
        raise InputError(f"cannot read the colour {value!r} of the role {paint!r}: write it as '#rrggbb'")
    return Rgba(int(value[1:3], 16), int(value[3:5], 16), int(value[5:7], 16))
