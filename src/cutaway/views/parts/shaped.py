"""What a composition asks of a glyph, whatever it looks like."""

from collections.abc import Sequence

from cutaway.geometry import Point, Rect, Size
from cutaway.layered.problem import Route
from cutaway.scene import Mark
from cutaway.theme import Theme
from cutaway.typed import Protocol
from cutaway.views.parts.box import Form, Looks, TextLine


class Shaped(Protocol):
    """What stands for one node: a box with text, a cuboid, a stack of maps, a column of neurons."""

    @property
    def size(self) -> Size:
        """What it takes on the page, in points."""
        ...

    @property
    def role(self) -> str:
        """The role of its colours."""
        ...

    @property
    def lines(self) -> tuple[TextLine, ...]:
        """What is said of the node, in the glyph or beside it; the first line names it."""
        ...

    @property
    def form(self) -> Form:
        """Whether lines may enter from the sides of a small `round` thing."""
        ...

    @property
    def count(self) -> str:
        """What stands in a pill at its corner; the lines' ends are handed to `marks` then."""
        ...

    @property
    def margin(self) -> float:
        """How far within its corners lines end on it, in points."""
        ...

    def marks(self, rect: Rect, looks: Looks, ends: Sequence[Point] = ()) -> tuple[Mark, ...]:
        """Draw it; the first path is the outline of all that it covers."""
        ...

    def met(self, route: Route, rect: Rect, theme: Theme, *, is_source: bool) -> Route:
        """Lead the end of a route at this glyph, its last point, on from the border of `rect` to the outline."""
        ...
