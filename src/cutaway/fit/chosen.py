"""What was chosen so that a figure fits its page, in figures: worked out when somebody asks."""

from collections.abc import Iterable

from cutaway.fit import Fitted, Shape
from cutaway.layered.problem import Direction
from cutaway.record import Record
from cutaway.scene import Group, Mark, Text


class Fit(Record):
    """What was chosen so that a figure fits its page; lengths in points.

    `level` is how far the model is folded, `type_size` that of the smallest text, `scale` how large the type is
    compared with what the theme asks for, `air` how large the gaps are; `parts` are the columns or rows, `lines` those
    that lead from one to the next.
    """

    width: float
    height: float
    type_size: float
    level: str = ""
    direction: Direction | None = None
    shape: Shape = "flow"
    scale: float = 1.0
    air: float = 1.0
    parts: int = 1
    lines: int = 0

    def __str__(self) -> str:
        words = [f"{self.width:.0f} × {self.height:.0f} pt", f"text from {self.type_size:.1f} pt"]
        if self.shape == "u":
            words.append("as a U")
        elif self.direction:
            noun = "row" if self.direction in {"right", "left"} else "column"
            words.append(f"{self.direction} in {self.parts} {noun}{'' if self.parts == 1 else 's'}")
        return ", ".join([*words, self.level] if self.level else words)


def chosen(fitted: Fitted) -> Fit | None:
    """Return what was chosen for a figure; None for one in its natural size."""
    if fitted.level is None:
        return None
    scene = fitted.scene
    size = _smallest(scene.marks)
    if fitted.choice is None:
        return Fit(width=scene.width, height=scene.height, type_size=size, level=fitted.level)
    candidate, attempt = fitted.choice, fitted.choice.attempt
    return Fit(
        width=scene.width,
        height=scene.height,
        type_size=size,
        level=fitted.level,
        direction=attempt.way.direction,
        scale=attempt.way.scale,
        air=attempt.way.air,
        shape="u" if candidate.is_bent else "flow",
        parts=len(candidate.cuts) + 1,
        lines=attempt.wrapping.parted(candidate.cuts)[0],
    )


def _smallest(marks: Iterable[Mark]) -> float:
    """Return the size of the smallest text among marks; 0 where there is none."""
    sizes, waiting = set[float](), [marks]
    while waiting:
        for mark in waiting.pop():
            if type(mark) is Text:
                sizes.add(mark.size)
            elif type(mark) is Group:
                waiting.append(mark.marks)
    return min(sizes, default=0.0)
