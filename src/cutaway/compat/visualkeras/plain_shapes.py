"""Shapes that draw themselves on a Pillow drawing, as the original's low-level helpers do."""

from collections.abc import Sequence

from cutaway.compat.visualkeras.colors import PALETTE, rgba
from cutaway.typed import Any


class RectShape:
    """A rectangle between `x1`, `y1` and `x2`, `y2`, with colours of its own."""

    x1: float = 0
    y1: float = 0
    x2: float = 0
    y2: float = 0

    def __init__(self, *, fill: Any = None, outline: Any = None) -> None:  # noqa: ANN401 - a colour
        self._fill = fill
        self._outline = outline

    @property
    def fill(self) -> tuple[int, int, int, int]:
        """The colour within, as red, green, blue and alpha."""
        return rgba("#00000000" if self._fill is None else self._fill)

    @fill.setter
    def fill(self, color: Any) -> None:  # noqa: ANN401 - a colour
        self._fill = color

    @property
    def outline(self) -> tuple[int, int, int, int]:
        """The colour of the outline."""
        return rgba("black" if self._outline is None else self._outline)

    @outline.setter
    def outline(self, color: Any) -> None:  # noqa: ANN401 - a colour
        self._outline = color

    def draw(self, draw: Any) -> None:  # noqa: ANN401 - a drawing of Pillow
        """Draw it."""
        draw.rectangle([self.x1, self.y1, self.x2, self.y2], fill=self.fill, outline=self.outline)


class Box(RectShape):
    """A cuboid: its front, and `de` pixels of depth up and to the right; sides are darker by steps of `shade`."""

    de: float = 0
    shade: float = 0

    def faces(self, *, is_reversed: bool = False) -> dict[str, list[tuple[float, float]]]:
        """Return the corners of its front `z`, top `y` and side `x`; a reversed one goes back to the left."""
        left, top, right, bottom = self.x1, self.y1, self.x2, self.y2
        back = -self.de if is_reversed else self.de
        front = [(left, top), (right, top), (right, bottom), (left, bottom)]
        if not self.de:
            return {"z": front}
        edge = left if is_reversed else right
        up = top - self.de
        return {
            "y": [(left, top), (left + back, up), (right + back, up), (right, top)],
            "x": [(edge, top), (edge + back, up), (edge + back, bottom - self.de), (edge, bottom)],
            "z": front,
        }

    def draw(self, draw: Any, draw_reversed: bool = False) -> None:  # noqa: ANN401, FBT001, FBT002 - as the original
        """Draw it."""
        steps = {"z": 0, "y": 1, "x": 2}
        for face, corners in self.faces(is_reversed=draw_reversed).items():
            draw.polygon(corners, fill=fade_color(self.fill, int(steps[face] * self.shade)), outline=self.outline)


class Circle(RectShape):
    """An ellipse within its rectangle."""

    def draw(self, draw: Any) -> None:  # noqa: ANN401 - a drawing of Pillow
        """Draw it."""
        draw.ellipse([self.x1, self.y1, self.x2, self.y2], fill=self.fill, outline=self.outline)


class Ellipses(RectShape):
    """Three dots, one below the other."""

    def draw(self, draw: Any) -> None:  # noqa: ANN401 - a drawing of Pillow
        """Draw them."""
        middle, high = (self.x1 + self.x2) / 2, self.y2 - self.y1
        size = min(self.x2 - self.x1, high) / 7
        for place in (1, 3, 5):
            at = self.y1 + high * (2 * place + 1) / 14
            draw.ellipse([middle - size / 2, at - size / 2, middle + size / 2, at + size / 2], fill=self.outline)


class Ribbon(RectShape):
    """A band from one upright edge to another: (x, y from, y to) of each."""

    def __init__(self, start: Sequence[float], end: Sequence[float], *, fill: Any = None, outline: Any = None) -> None:  # noqa: ANN401
        super().__init__(fill=fill, outline=outline)
        self.start, self.end = tuple(start), tuple(end)

    def draw(self, draw: Any) -> None:  # noqa: ANN401 - a drawing of Pillow
        """Draw it."""
        (x, top, bottom), (to_x, to_top, to_bottom) = self.start, self.end
        draw.polygon([(x, top), (to_x, to_top), (to_x, to_bottom), (x, bottom)], fill=self.fill, outline=self.outline)


class ColorWheel:
    """Gives each class a colour, in turns, in the order in which they are asked for."""

    def __init__(self, colors: Sequence[Any] | None = None) -> None:
        self.colors = list(PALETTE if colors is None else colors)
        self._known: dict[object, Any] = {}

    def get_color(self, class_type: object) -> Any:  # noqa: ANN401 - a colour as it was given
        """Return the colour of a class."""
        return self._known.setdefault(class_type, self.colors[len(self._known) % len(self.colors)])


def fade_color(color: Sequence[int], fade_amount: int) -> tuple[int, ...]:
    """Return a colour with less red, green and blue; the alpha stays."""
    return (*(min(255, max(0, int(part) - fade_amount)) for part in color[:3]), *color[3:])


def get_rgba_tuple(color: Any) -> tuple[int, int, int, int]:  # noqa: ANN401 - a colour
    """Return red, green, blue and alpha of a colour."""
    return rgba(color)
