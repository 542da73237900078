"""How far a model is folded to fit a page: not, where it is small, then to fewer and fewer boxes."""

from collections.abc import Callable, Iterable, Iterator
from functools import partial

from cutaway.graph import Graph
from cutaway.record import Record
from cutaway.typed import Any
from cutaway.views import View

_FEWER = ((28, 0.1), (20, 0.2), (14, 0.3), (10, 0.6), (7, 0.9))
"""Boxes, and what it costs to show no more: about two thirds of what the level before shows. Where blocks as papers
draw them have to be put together it costs more."""
_ROUGH = 10
_FOLDED = 0.3
"""What it costs beyond that to fold a model that would be drawn as it is."""


class Level(Record):
    """How far a graph is folded: in words, empty for as the view does it by itself, and the view that does.

    `most` is how many boxes there are at most; a level is nothing new where one before it has no more.
    `price` is what this costs against large type and few cuts (see `price`). `prepared` prepares the graph as the view
    would for so many boxes, sharing with other levels what they have in common.
    """

    name: str
    graph: Graph
    view: View
    price: float = 0.0
    most: int | None = None
    prepared: Callable[[], Any] | None = None

    @property
    def is_rough(self) -> bool:
        """Whether blocks of different kinds have to be put together."""
        return self.most is not None and self.most <= _ROUGH


Levels = Callable[[Graph, View], Iterable[Level]]
"""From a graph and its view to what may be drawn instead, the fullest first."""


def levels(graph: Graph, view: View) -> Iterator[Level]:
    """Yield a graph as its view folds it by itself, then with fewer boxes if how many is left to choose."""
    making = getattr(view, "preparing", None)
    if making is None or getattr(view, "fold", None) != "auto":
        yield Level(name="", graph=graph, view=view)
        return
    preparing, usual, count = making(graph), getattr(view, "most", 0), len(graph.nodes)
    yield Level(name="", graph=graph, view=view, prepared=partial(preparing, usual))
    first = 0.0 if count > usual else _FOLDED
    for most, price in _FEWER:
        if most < min(count, usual):
            name, prepared = f"folded to {most} boxes at most", partial(preparing, most)
            yield Level(name=name, graph=graph, view=view, price=first + price, most=most, prepared=prepared)
