"""Fit a figure to its place: how far it is folded, which way it runs, in how many columns or rows, in what type size.

`fitting` is for a page, `natural` for a figure that may be as large as it wants; `places` are pages with names.
"""

from cutaway.layered.problem import Direction
from cutaway.page import Page
from cutaway.record import Record
from cutaway.scene import Scene
from cutaway.typed import TYPE_CHECKING, Literal
from cutaway.views.frame import composed

if TYPE_CHECKING:
    from cutaway.fit.attempt import Candidate
    from cutaway.fit.chosen import Fit
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


class Fitted(Record):
    """A scene that fits, and what was chosen for it: how far its model is folded, and the way that it is drawn.

    The level is None for one in its natural size, the choice for what a view draws as it is. `said` is what was laid
    out, with the words around; None where the view does not tell.
    """

    scene: Scene
    said: "tuple[Composition, Frame] | None" = None
    level: str | None = None
    choice: "Candidate | None" = None

    @property
    def fit(self) -> "Fit | None":
        """What was chosen, in figures; None for a figure in its natural size."""
        from cutaway.fit.chosen import chosen

        return chosen(self)


def drawn(candidate: "Candidate", level: str, page: Page) -> Fitted:
    """Draw what was chosen."""
    attempt = candidate.attempt
    scene = composed(attempt.composition, attempt.frame, candidate.layout(), page.width, attempt.words)
    return Fitted(scene=scene, said=(attempt.composition, attempt.frame), level=level, choice=candidate)
