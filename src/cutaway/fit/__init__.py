"""Fit a figure to its place: how far it is folded, which way it runs, in how many columns or rows, in what type size.

`fitting` is for a page, `natural` for a figure that may be as large as it wants; `places` are pages with names.
"""

from collections.abc import Iterable

from cutaway.layered.problem import Direction
from cutaway.page import Page
from cutaway.record import Record
from cutaway.scene import Group, Mark, Scene, Text
from cutaway.typed import TYPE_CHECKING, Literal
from cutaway.views.frame import composed

if TYPE_CHECKING:
    from cutaway.fit.attempt import Candidate
    from cutaway.graph import Graph
    from cutaway.theme import Theme
    from cutaway.views import View
    from cutaway.views.composition import Composition
    from cutaway.views.frame import Frame

Shape = Literal["auto", "flow", "u"]
"""What the flow of the data looks like: as it fits best, straight on, or down and up again as a U."""


class Wish(Record):
    """A page, the directions allowed (none: the view's own, or across), and the shape of the flow.

    What is no longer than `unwrapped` (points) stays in one piece where the page is free.
    """

    page: Page
    directions: tuple[Direction, ...] = ()
    shape: Shape = "auto"
    unwrapped: float = 0.0


def fit(graph: "Graph", view: "View", theme: "Theme", wish: Wish) -> "Fitted":
    """Return a graph drawn as it is wished. Raises InputError where no way to do so is found."""
    if wish.page.is_free and wish.shape != "u":
        from cutaway.fit.natural import natural

        return natural(graph, view, theme, wish)
    from cutaway.fit.fitting import fitted

    return fitted(graph, view, theme, wish)


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


class Fitted(Record):
    """A scene that fits, and what was chosen for it; None for one that is drawn in its natural size.

    `said` is what was laid out for it, with the words around; None where the view does not tell.
    """

    scene: Scene
    fit: Fit | None
    said: "tuple[Composition, Frame] | None" = None


def smallest(marks: Iterable[Mark]) -> float:
    """Return the size of the smallest text among marks; 0 where there is none."""
    sizes, waiting = set[float](), [marks]
    while waiting:
        for mark in waiting.pop():
            if type(mark) is Text:
                sizes.add(mark.size)
            elif type(mark) is Group:
                waiting.append(mark.marks)
    return min(sizes, default=0.0)


def drawn(candidate: "Candidate", level: str, page: Page) -> Fitted:
    """Draw what was chosen."""
    attempt = candidate.attempt
    scene = composed(attempt.composition, attempt.frame, candidate.layout(), page.width, attempt.words)
    fit = Fit(
        width=scene.width,
        height=scene.height,
        type_size=smallest(scene.marks),
        level=level,
        direction=attempt.way.direction,
        scale=attempt.way.scale,
        air=attempt.way.air,
        shape="u" if candidate.is_bent else "flow",
        parts=len(candidate.cuts) + 1,
        lines=attempt.wrapping.parted(candidate.cuts)[0],
    )
    return Fitted(scene=scene, fit=fit, said=(attempt.composition, attempt.frame))
