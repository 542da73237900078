"""Outlines as the operators that construct paths (ISO 32000-1, 8.5.2)."""

from collections.abc import Iterable
from itertools import pairwise
from math import inf

from cutaway.geometry import distance
from cutaway.outputs.cutting import cut
from cutaway.outputs.written import Numbers
from cutaway.scene import Arrowhead, Bent, Close, Curve, Line, Move, Outline, Rounded, Segment
from cutaway.typed import assert_never


class Outlines:
    """Written outlines, the common shapes without the segments they stand for; pieces are no longer than `reach`."""

    __slots__ = ("numbers", "reach")

    def __init__(self, numbers: Numbers, reach: float = inf) -> None:
        self.numbers = numbers
        self.reach = reach

    def __getitem__(self, outline: Outline) -> str:
        match outline:
            case Rounded():  # its long sides are level or upright, and do not bend
                return self._rounded(outline)
            case Bent() if self._is_short(outline):
                return self._bent(outline)
            case Arrowhead():
                return self._arrowhead(outline)
            case _:
                return self.of(outline if self.reach == inf else cut(outline, self.reach))

    def _is_short(self, line: Bent) -> bool:
        return self.reach == inf or all(distance(*ends) <= self.reach for ends in pairwise(line.points))

    def of(self, segments: Iterable[Segment]) -> str:
        """Write segments one by one."""
        numbers, parts = self.numbers, list[str]()
        for segment in segments:
            match segment:
                case Line(to=to):
                    parts.append(f"{numbers[to.x]} {numbers[to.y]} l")
                case Curve(first=first, second=second, to=to):
                    parts.append(
                        f"{numbers[first.x]} {numbers[first.y]} {numbers[second.x]} {numbers[second.y]} "
                        f"{numbers[to.x]} {numbers[to.y]} c"
                    )
                case Move(to=to):
                    parts.append(f"{numbers[to.x]} {numbers[to.y]} m")
                case Close():
                    parts.append("h")
                case _:
                    assert_never(segment)
        if 4 <= len(parts) <= 6 and parts[1][-1] == "l":  # perhaps a rectangle, which pdfium moves to whole pixels
            start, end = parts[0][:-1], parts[1][:-1]
            parts[1] = f"{start}{end}{end}c"
        return " ".join(parts)

    def _rounded(self, shape: Rounded) -> str:
        xs, ys = shape.grid()
        if xs[0] == xs[2] or ys[0] == ys[2]:
            return self.of(shape)
        left, first, start, end, last, right = map(self.numbers.__getitem__, xs)
        top, above, high, low, below, bottom = map(self.numbers.__getitem__, ys)
        return (
            f"{start} {top} m {end} {top} l {last} {top} {right} {above} {right} {high} c "
            f"{right} {low} l {right} {below} {last} {bottom} {end} {bottom} c "
            f"{start} {bottom} l {first} {bottom} {left} {below} {left} {low} c "
            f"{left} {high} l {left} {above} {first} {top} {start} {top} c h"
        )

    def _arrowhead(self, shape: Arrowhead) -> str:
        left_x, left_y, right_x, right_y = map(self.numbers.__getitem__, shape.base())
        return f"{self.numbers[shape.tip.x]} {self.numbers[shape.tip.y]} m {left_x} {left_y} l {right_x} {right_y} l h"

    def _bent(self, shape: Bent) -> str:
        numbers, start, end = self.numbers, shape.points[0], shape.points[-1]
        parts = [f"{numbers[start.x]} {numbers[start.y]} m"]
        if len(shape.points) > 2:
            for is_led, bend in shape.bends():
                from_x, from_y, x1, y1, x2, y2, x, y = map(numbers.__getitem__, bend)
                led = f"{from_x} {from_y} l " if is_led else ""
                parts.append(f"{led}{x1} {y1} {x2} {y2} {x} {y} c")
        parts.append(f"{numbers[end.x]} {numbers[end.y]} l")
        return " ".join(parts)
