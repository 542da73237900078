"""Points, sizes and rectangles in points (1/72 inch); x grows to the right, y grows downwards."""

from math import hypot

from cutaway.record import Record

Bounds = tuple[float, float, float, float]
"""Left, top, right, bottom: a rectangle where there are too many for `Rect`."""


class Point(Record, kw_only=False, many=True):
    """A place on the page."""

    x: float
    y: float


def distance(one: Point, other: Point) -> float:
    """Return the length of the straight line between two points."""
    return hypot(other.x - one.x, other.y - one.y)


class Size(Record, kw_only=False):
    """An extent without a place."""

    width: float
    height: float


class Rect(Record, kw_only=False, many=True):
    """An upright rectangle: `x`, `y` is its upper left corner."""

    x: float
    y: float
    width: float
    height: float

    @property
    def right(self) -> float:
        """The x of the right edge."""
        return self.x + self.width

    @property
    def bottom(self) -> float:
        """The y of the lower edge."""
        return self.y + self.height

    @property
    def center(self) -> Point:
        """The middle of the rectangle."""
        return Point(self.x + self.width / 2, self.y + self.height / 2)

    def moved(self, dx: float, dy: float) -> "Rect":
        """Return the rectangle shifted by `dx`, `dy`."""
        return Rect(self.x + dx, self.y + dy, self.width, self.height)

    def grown(self, margin: float) -> "Rect":
        """Return the rectangle with `margin` added on all four sides (negative: taken away)."""
        return Rect(self.x - margin, self.y - margin, self.width + 2 * margin, self.height + 2 * margin)

    def overlaps(self, other: "Rect", slack: float = 0.0) -> bool:
        """Tell whether the two share more than a border of width `slack`."""
        return (
            self.x < other.right - slack
            and other.x < self.right - slack
            and self.y < other.bottom - slack
            and other.y < self.bottom - slack
        )

    def contains(self, other: "Rect", slack: float = 0.0) -> bool:
        """Tell whether `other` lies inside, give or take `slack`."""
        return (
            other.x >= self.x - slack
            and other.y >= self.y - slack
            and other.right <= self.right + slack
            and other.bottom <= self.bottom + slack
        )
