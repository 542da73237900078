"""Outlines and numbers as TikZ writes them."""

from cutaway.geometry import Point
from cutaway.outputs.xml_text import number
from cutaway.scene import Bent, Close, Curve, Line, Move, Outline, Rounded, Segment
from cutaway.typed import assert_never


class Lengths(dict[float, str]):
    """Lengths in units of the picture; `scale` is of one in which TeX could not count as far."""

    __slots__ = ("scale", "shape")

    def __init__(self, scale: float) -> None:
        self.scale = scale
        self.shape = ".2f" if scale == 1 else ".4f"

    def __missing__(self, value: float) -> str:
        text = self[value] = number(value * self.scale, self.shape)
        return text


class Outlines:
    """Outlines as paths of TikZ, with the options that they need."""

    __slots__ = ("lengths",)

    def __init__(self, lengths: Lengths) -> None:
        self.lengths = lengths

    def written(self, outline: Outline) -> tuple[list[str], str]:
        """Return the options of a path, and the path."""
        if isinstance(outline, Rounded):
            rect, radius = outline.rect, outline.radius
            if 2.1 * radius < min(rect.width, rect.height):  # TikZ distorts corners that meet
                options = [f"rounded corners={self.lengths[radius]}bp"] if radius > 0 else []
                corners = self.point(Point(rect.x, rect.y)), self.point(Point(rect.right, rect.bottom))
                return options, " rectangle ".join(corners)
        elif isinstance(outline, Bent) and _is_even(outline):
            return [f"rounded corners={self.lengths[outline.radius]}bp"], " -- ".join(map(self.point, outline.points))
        return [], "".join(map(self._segment, outline)).removeprefix(" ")

    def point(self, point: Point) -> str:
        """Write a place on the page."""
        return f"({self.lengths[point.x]},{self.lengths[point.y]})"

    def _segment(self, segment: Segment) -> str:
        match segment:
            case Move(to=to):
                return f" {self.point(to)}"
            case Line(to=to):
                return f" -- {self.point(to)}"
            case Curve(first=first, second=second, to=to):
                return f" .. controls {self.point(first)} and {self.point(second)} .. {self.point(to)}"
            case Close():
                return " -- cycle"
            case _:
                assert_never(segment)


def _is_even(outline: Bent) -> bool:
    """Tell whether all corners of a line have their full radius, and no two of them meet."""
    if len(outline.points) < 3 or outline.radius <= 0:
        return False
    for _, (x, y, _, _, _, _, to_x, to_y) in outline.bends():
        reach = max(abs(to_x - x), abs(to_y - y))
        if reach < 0.999 * outline.radius:
            return False
    return True
