"""Check figures against the rules of good ones: the hard faults, and what is checked beyond them.

Rules by number, and where they are checked: 1 inputs and outputs (`ends`), 2 arrows (`explaining`), 3 colours
(`colouring`, `reading`), 4 the legend (`explaining`), 5 counts (`counting`), 6 folding (`explaining`), 7 sizes
(`counting`), 8 the main path (`path`), 9 captions (`ends`), 10 emphasis and 11 helpers (`emphasis`), 12 shapes
(`counting`), 13 colours of the theme (`colouring`), 14 titles (`ends`), 15 room on the page (`reading`, and
`cutaway.faults`).
"""

from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from cutaway.analysis.shapes import infer
from cutaway.drawing import draw
from cutaway.errors import InputError
from cutaway.faults import Fault, faults
from cutaway.figure import Figure
from cutaway.garbage import uncollected
from cutaway.graph import Graph
from cutaway.linting.colouring import colours, kinds, outlines
from cutaway.linting.counting import counts, shapes, sizes
from cutaway.linting.emphasis import emphasis, helpers
from cutaway.linting.ends import captions, ends, words
from cutaway.linting.explaining import arrows, legends
from cutaway.linting.folding import crowds, folds
from cutaway.linting.path import path
from cutaway.linting.reading import faint_texts, room
from cutaway.linting.subject import Subject, subject
from cutaway.page import Page
from cutaway.scene import Scene
from cutaway.theme import Theme
from cutaway.typed import Any

__all__ = ["CHECKS", "check", "lint"]

Check = Callable[[Subject], Iterator[Fault]]

CHECKS: tuple[Check, ...] = (
    room,
    ends,
    arrows,
    kinds,
    colours,
    faint_texts,
    outlines,
    legends,
    counts,
    folds,
    crowds,
    sizes,
    path,
    captions,
    emphasis,
    helpers,
    shapes,
    words,
)
"""What is checked beyond the hard faults, in the order of the report."""

_NONE: Mapping[str, float] = MappingProxyType({})


@uncollected
def lint(figure: object, **look: Any) -> tuple[Fault, ...]:  # noqa: ANN401 - as `cutaway.draw`
    """Check a figure, or what `cutaway.draw` makes of a source with the same keywords; hard faults come first.

    Empty for a figure that keeps every rule. Raises what `draw` raises.
    """
    if isinstance(figure, Figure) and look:
        raise InputError(f"cannot lint a figure with {', '.join(look)}: it is drawn already; give the model instead")
    drawn = figure if isinstance(figure, Figure) else draw(figure, **look)
    return check(drawn.scene, drawn.graph, theme=drawn.theme, page=drawn.page, amounts=_amounts(drawn))


def check(
    scene: Scene, graph: Graph, *, theme: Theme, page: Page | None = None, amounts: Mapping[str, float] = _NONE
) -> tuple[Fault, ...]:
    """Check a scene; `amounts` are what its boxes are sized by, by the ids of nodes and closed scopes."""
    known = infer(graph, verify=False)
    about = subject(scene, known, theme, page or Page(), amounts)
    found = (*faults(scene, graph), *(fault for one in CHECKS for fault in one(about)))
    return tuple(sorted(found, key=lambda fault: fault.severity))


def _amounts(figure: Figure) -> Mapping[str, float]:
    """Return what the boxes of a figure are sized by, where its view says so."""
    name, graph = getattr(figure.view, "size_by", None), figure.graph
    if name is None or name == "shape":
        return _NONE
    from cutaway.analysis.complete import complete
    from cutaway.analysis.measures import Measures

    rules = getattr(figure.view, "rules", None)
    measured = Measures(complete(graph, rules=rules, verify=False), rules)[name]
    found = {node.id: measured[node.id].value for node in graph.nodes}
    found |= {scope.id: measured[scope.id].value for scope in graph.scopes}
    return {item: float(value) for item, value in found.items() if value is not None}
