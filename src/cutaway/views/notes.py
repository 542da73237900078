"""Sentences of the legend: how to read what stands in the figure, and what its source does not say."""

import re
from collections.abc import Iterator

from cutaway.graph import Graph, Kind
from cutaway.views.composition import Composition


def reading_notes(composition: Composition, *, sharing: bool, measured: bool, staged: bool) -> Iterator[str]:
    """Say how shapes and strides are written, where there are any, and, where there is `sharing`, what that is.

    In a figure that is `measured`, other numbers may be unknown besides; in one that is `staged`, shapes stand between
    stages.
    """
    texts = _texts(composition)
    if composition.labels:
        yield f"Shapes stand {'between stages' if staged else 'where they change'}, without the batch."
    signs = "; ".join(_signs(texts))
    if signs:
        yield f"{signs}."
    names = [name for name in _axes(composition.graph) if any(name in re.split("[×² ]", text) for text in texts)]
    yield from _open_sizes(names, _unknown(composition.graph, texts, measured=measured))
    if sharing:
        yield "Shared: one set of weights, called more than once."


def gap_notes(graph: Graph) -> Iterator[str]:
    """Say what a reader would miss without knowing it: unknown insides and flows."""
    if len(graph.nodes) == 1 and graph.nodes[0].kind is Kind.OTHER:
        yield "What this model holds is not known: its source does not say."
    if len(graph.nodes) > 1 and not graph.edges:
        yield "How the data flows between these layers is not known."


def _has_unknown_types(graph: Graph, texts: list[str]) -> bool:
    """Tell whether types are among what is said, and some stand there as unknown."""
    types = {port.tensor.dtype for node in graph.nodes for port in (*node.inputs, *node.outputs)} - {None}
    said = {word for text in texts for word in text.split()}
    return "?" in said and not types.isdisjoint(said)


def _unknown(graph: Graph, texts: list[str], *, measured: bool) -> str:
    """Return what a question mark stands for, if there is any."""
    if not any("?" in text for text in texts):
        return ""
    return "number" if measured else "size or type" if _has_unknown_types(graph, texts) else "size"


def _open_sizes(names: list[str], unknown: str) -> Iterator[str]:
    """Say what names of axes are, and what a question mark is beside these."""
    are = "is a size that is" if len(names) == 1 else "are sizes that are"
    if names and unknown:
        each = "each " if len(names) > 1 else ""
        yield f"{' and '.join(names)} {are} not fixed, but {each}the same wherever it stands; ? may be any {unknown}."
    elif names:
        yield f"{' and '.join(names)} {are} not fixed."
    elif unknown:
        yield f"? is a {unknown} that is not fixed or not known."


def _axes(graph: Graph) -> list[str]:
    """Return the names that axes have."""
    shapes = dict.fromkeys([port.tensor.shape for node in graph.nodes for port in node.outputs])
    return list(dict.fromkeys([dim for shape in shapes for dim in shape or () if isinstance(dim, str)]))


def _signs(texts: list[str]) -> Iterator[str]:
    side = next((text.split("²×")[0].split()[-1] for text in texts if "²×" in text), "")
    if side:
        yield f"{side}² is {side}×{side}"
    leading = {phrase[:1] for text in texts for phrase in text.split(", ") if phrase[1:2].isdigit()}
    if "/" in leading:
        yield "/2 is a stride of 2"
    if "×" in leading:
        yield "×2 is one that doubles the size" if "/" in leading else "×2 is a stride of 2 that doubles the size"


def _texts(composition: Composition) -> list[str]:
    """Return what stands in the figure, equal texts once."""
    texts = dict.fromkeys(composition.labels.values())
    for glyph in composition.glyphs.values():
        for line in glyph.lines:
            texts[line.text] = None
    return list(texts)
