"""Numbers, colours, strokes and outlines as they are written in SVG; all but outlines are worked out once."""

import math
from collections.abc import Iterable, Mapping

from cutaway.outputs.xml_text import number
from cutaway.scene import (
    Arrowhead,
    Bent,
    Close,
    Curve,
    Line,
    Move,
    Outline,
    Rgba,
    Role,
    Rounded,
    Segment,
    Stroke,
    color,
)
from cutaway.scene.outline import Six, along
from cutaway.typed import Literal, assert_never

_SIX = 6 * "%.2f "
_Side = tuple[float, float, float]
"""Where a side of a rounded rectangle starts, how long it is, and the radius of its corners."""


class Numbers(dict[float, str]):
    """Numbers as they are written; most stand in several outlines, one after the other."""

    __slots__ = ()

    def __missing__(self, value: float) -> str:
        text = f"{value:.2f}"
        if text[-1] in "0fn":  # zeros to leave out; inf and nan, which cannot be written
            text = number(value)
        self[value] = text
        return text


class Paints(dict[Role | Rgba, str]):
    """Colours as attributes that fill or stroke; each is looked up in the palette once."""

    __slots__ = ("palette", "use")

    def __init__(self, use: Literal["fill", "stroke"], palette: Mapping[str, str]) -> None:
        self.use = use
        self.palette = palette

    def __missing__(self, paint: Role | Rgba) -> str:
        rgba = color(paint, self.palette)
        written = f' {self.use}="#{rgba.red:02x}{rgba.green:02x}{rgba.blue:02x}"'
        if rgba.alpha < 1:
            written += f' {self.use}-opacity="{number(rgba.alpha, ".3f")}"'
        self[paint] = written
        return written


class Strokes:
    """Strokes as attributes, each written once."""

    __slots__ = ("numbers", "paints", "written")

    def __init__(self, numbers: Numbers, palette: Mapping[str, str]) -> None:
        self.numbers = numbers
        self.paints = Paints("stroke", palette)
        self.written: dict[tuple[Role | Rgba, float, tuple[float, ...]], str] = {}

    def __getitem__(self, stroke: Stroke) -> str:
        key = (stroke.paint, stroke.width, stroke.dash)
        found = self.written.get(key)
        if found is None:
            thickness = "" if stroke.width == 1 else f' stroke-width="{self.numbers[stroke.width]}"'
            dash = f' stroke-dasharray="{" ".join(map(self.numbers.__getitem__, stroke.dash))}"' if stroke.dash else ""
            found = self.written[key] = f"{self.paints[stroke.paint]}{thickness}{dash}"
        return found


class Outlines:
    """Outlines as the data of a path.

    Half the time of writing goes here. So the common shapes are written from their numbers, without the segments that
    they stand for, and each case writes its numbers without a further call.
    """

    __slots__ = ("across", "numbers", "upright")

    def __init__(self, numbers: Numbers) -> None:
        self.numbers = numbers
        self.across: dict[_Side, list[str]] = {}
        self.upright: dict[_Side, list[str]] = {}

    def __getitem__(self, outline: Outline) -> str:
        if type(outline) is Bent:
            return self._bent(outline)
        if type(outline) is Arrowhead:
            return self._arrowhead(outline)
        if type(outline) is Rounded:
            return self._rounded(outline)
        return self._segments(outline)

    def forget(self) -> None:
        """Forget what was written, as a large figure has to now and then."""
        self.numbers.clear()
        self.across.clear()
        self.upright.clear()

    def _rounded(self, shape: Rounded) -> str:
        rect, radius = shape.rect, shape.turn
        across, upright = (rect.x, rect.width, radius), (rect.y, rect.height, radius)
        xs, ys = self.across.get(across), self.upright.get(upright)
        if xs is None:
            xs = self.across[across] = self._across(across)
        if ys is None:
            ys = self.upright[upright] = self._upright(upright)
        if not (xs and ys):
            return self._segments(shape)
        parts = [""] * 26
        parts[::2], parts[1::2] = xs, ys
        return "".join(parts)

    def _across(self, side: _Side) -> list[str]:
        """Write what stands before each y of a rounded rectangle; nothing if it has no curves."""
        six = along(*side)
        if six[0] == six[2]:
            return []
        left, first, start, end, last, right = self._six(six).split()
        return (
            f"M{start} |H{end}C{last} | {right} | {right} |{right} | {last} | {end} |"
            f"H{start}C{first} | {left} | {left} |{left} | {first} | {start} "
        ).split("|")

    def _upright(self, side: _Side) -> list[str]:
        """Write each y of a rounded rectangle, with the lines down and up; nothing if it has no curves, or no lines."""
        six = along(*side)
        if six[0] == six[2] or six[2] == six[3]:
            return []
        top, above, high, low, below, bottom = self._six(six).split()
        return (
            f"{top}|{top}|{above}|{high}V{low}C|{below}|{bottom}|{bottom}|{bottom}|{below}|{low}V{high}C|"
            f"{above}|{top}|{top}Z"
        ).split("|")

    def _arrowhead(self, shape: Arrowhead) -> str:
        numbers, x, y = self.numbers, shape.tip.x, shape.tip.y
        left_x, left_y, right_x, right_y = shape.base()
        side, base = self._line(x, y, left_x, left_y), self._line(left_x, left_y, right_x, right_y)
        return f"M{numbers[x]} {numbers[y]}{side}{base}Z"

    def _bent(self, shape: Bent) -> str:
        numbers, points = self.numbers, shape.points
        start, end = points[0], points[-1]
        x, y = start.x, start.y
        moved = f"M{numbers[x]} {numbers[y]}"
        if len(points) == 2:
            return f"{moved}{self._line(x, y, end.x, end.y)}"
        parts = [moved]
        for is_led, bend in shape.bends():
            if is_led:
                parts.append(self._line(x, y, bend[0], bend[1]))
            parts.append(f"C{self._six(bend[2:])}")
            x, y = bend[6], bend[7]
        parts.append(self._line(x, y, end.x, end.y))
        return "".join(parts)

    def _line(self, x: float, y: float, to_x: float, to_y: float) -> str:
        """Write a line from one place to another, upright and level ones in short."""
        if to_y == y:
            return f"H{self.numbers[to_x]}"
        if to_x == x:
            return f"V{self.numbers[to_y]}"
        return f"L{self.numbers[to_x]} {self.numbers[to_y]}"

    def _six(self, six: Six) -> str:
        """Write six numbers at once, in a third of the time that they take one by one."""
        text = _SIX % six
        if "0 " not in text and "n" not in text:
            return text[:-1]
        if "n" in text or "-0.00" in text:  # no number, or perhaps a zero with a sign
            return " ".join([self.numbers[value] for value in six])
        return text.replace(".00 ", ". ").replace("0 ", " ").replace(". ", " ")[:-1]

    def _segments(self, segments: Iterable[Segment]) -> str:
        numbers, parts = self.numbers, list[str]()
        x = y = math.nan  # where the pen is; nowhere that a short form could start from
        for segment in segments:  # told apart by `type`: `match` takes several times as long with records
            if type(segment) is Line:
                to = segment.to
                parts.append(self._line(x, y, to.x, to.y))
                x, y = to.x, to.y
            elif type(segment) is Curve:
                first, second, to = segment.first, segment.second, segment.to
                x, y = to.x, to.y
                parts.append(
                    f"C{numbers[first.x]} {numbers[first.y]} {numbers[second.x]} {numbers[second.y]} "
                    f"{numbers[x]} {numbers[y]}"
                )
            elif type(segment) is Move:
                x, y = segment.to.x, segment.to.y
                parts.append(f"M{numbers[x]} {numbers[y]}")
            elif type(segment) is Close:
                x = y = math.nan
                parts.append("Z")
            else:
                assert_never(segment)
        return "".join(parts)
