"""Fit a figure to its place: how far it is folded, which way it runs, in how many columns or rows, in what type size.

`fitting` is for a page, `natural` for a figure that may be as large as it wants; `places` are pages with names.
"""

from typing import TYPE_CHECKING, Literal, TypeAlias

from cutaway.layered.problem import Direction
from cutaway.page import Page
from cutaway.record import Record

if TYPE_CHECKING:
    from cutaway.fit.chosen import Fitted
    from cutaway.graph import Graph
    from cutaway.theme import Theme
    from cutaway.views import View

Shape: TypeAlias = Literal["auto", "flow", "u"]
"""What the flow of the data looks like: as it fits best, straight on, or down and up again as a U."""


class Wish(Record):
    """A page, the directions allowed (none: the view's own, or across), and the shape of the flow."""

    page: Page
    directions: tuple[Direction, ...] = ()
    shape: Shape = "auto"


def fit(graph: "Graph", view: "View", theme: "Theme", wish: Wish) -> "Fitted":
    """Return a graph drawn as it is wished. Raises InputError where no way to do so is found."""
    if wish.page.is_free and wish.shape != "u":
        from cutaway.fit.natural import natural

        return natural(graph, view, theme, wish.shape)
    from cutaway.fit.fitting import fitted

    return fitted(graph, view, theme, wish)
