"""What a figure says without being drawn: as it is, and folded further, for languages with limits."""

from cutaway.fit.levels import levels
from cutaway.typed import TYPE_CHECKING, Any
from cutaway.views.diagram import diagram, refuse_scenes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from cutaway.diagram import Diagram
    from cutaway.fit import Fitted
    from cutaway.graph import Graph
    from cutaway.theme import Theme
    from cutaway.views import View


def diagrams(graph: "Graph", view: "View", theme: "Theme", fitted: "Fitted | None") -> "Iterator[Diagram]":
    """Yield the diagram of a figure, which was `fitted` to a page if it has one, and coarser ones.

    Raises UnsupportedError for views that are functions.
    """
    refuse_scenes(view)
    composing: Any = view
    boxes: int | None = None
    if fitted is not None and fitted.said is not None:
        first = diagram(*fitted.said)
        boxes = len(first.boxes)
        yield first
    for level in levels(graph, view):
        prepared = level.prepared() if level.prepared else composing.prepared(graph)
        composition, frame = composing.composed(prepared, theme)
        found = diagram(composition, frame, level.name)
        if boxes is None or len(found.boxes) < boxes:
            boxes = len(found.boxes)
            yield found
