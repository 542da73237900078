"""What to draw: a closed set of marks with final coordinates in points; each output is one match over them."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, TypeAlias, final

from cutaway.geometry import Point, Rect
from cutaway.record import Record, field
from cutaway.ruler import Face, FaceWeight
from cutaway.scene.outline import Arrowhead, Bent, Close, Curve, Line, Move, Outline, Rounded, Segment

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
]


class Rgba(Record, kw_only=False):
    """A plain colour from the user: red, green, blue 0 to 255, alpha 0 to 1."""

    red: int
    green: int
    blue: int
    alpha: float = 1.0


Role: TypeAlias = str
"""The name of a colour in the scene's palette: `convolution`, `convolution.stroke`, `ink`."""


@final
class Hatch(Record, kw_only=False):
    """Parallel lines in `paint` on a ground of `ground`: the second channel beside colour."""

    paint: "Role | Rgba"
    ground: "Role | Rgba"
    angle: float = 45.0
    gap: float = 3.0
    width: float = 0.4


Paint: TypeAlias = Role | Rgba | Hatch


class Stroke(Record):
    """A line of constant `width`; `dash` alternates lengths of line and gap."""

    paint: Role | Rgba
    width: float
    dash: tuple[float, ...] = ()


class Path(Record):
    """A filled or stroked outline, or both; filled by the non-zero rule."""

    segments: Outline
    fill: Paint | None = None
    stroke: Stroke | None = None


Anchor: TypeAlias = Literal["start", "middle", "end"]


class Text(Record):
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


Part: TypeAlias = Literal[
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


class Group(Record):
    """Marks that belong together.

    `ref` and `part` say what they draw (the id of a node, an edge, a scope, or a legend entry); `stands_for` lists the
    ids of the graph that a folded or hidden mark accounts for; `title` is what a reader hears or sees on hovering.
    """

    marks: "tuple[Mark, ...]"
    ref: str = ""
    part: Part = "note"
    stands_for: tuple[str, ...] = ()
    title: str = ""


Mark: TypeAlias = Path | Text | Image | Group


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
