"""A layout with notes beside its boxes, and words for those that have no room there."""

from cutaway.geometry import Size
from cutaway.layered.problem import Layout
from cutaway.record import Record, replace
from cutaway.scene import Mark
from cutaway.views.composition import Composition, shifted
from cutaway.views.parts.annotation import noted
from cutaway.views.parts.move import moved
from cutaway.views.regions import evened_regions


class Annotated(Record):
    """A layout as large as it needs to be with its notes, moved by `left` and `top`; their marks, and sentences."""

    layout: Layout
    marks: tuple[Mark, ...]
    sentences: tuple[str, ...]
    left: float
    top: float


def annotated(composition: Composition, layout: Layout, most: float | None) -> Annotated:
    """Set the notes of a composition beside its boxes, the whole being at most `most` points wide."""
    parents = {scope.id: scope.parent for scope in composition.graph.scopes}
    around: dict[str, frozenset[str]] = {}
    for node in composition.graph.nodes:
        if node.id in composition.notes:
            own, scope = set[str](), node.scope
            while scope is not None and scope not in own:
                own.add(scope)
                scope = parents[scope]
            around[node.id] = frozenset(own)
    spare = None if most is None else max(0.0, most - layout.size.width)
    regions = {**layout.clusters, **evened_regions(composition, layout)}
    drawn = replace(layout, clusters=regions)
    found = noted(composition.notes, drawn, around, spare, composition.direction, composition.theme)
    size = Size(found.left + layout.size.width + found.right, found.top + layout.size.height + found.bottom)
    sentences = [
        f"{composition.glyphs[node].lines[0].text} ({node}): {composition.notes[node]}" for node in found.homeless
    ]
    return Annotated(
        layout=replace(shifted(layout, found.left, found.top), size=size),
        marks=tuple([moved(mark, found.left, found.top) for mark in found.marks]),
        sentences=tuple(" ".join(sentence.split()) for sentence in sentences),
        left=found.left,
        top=found.top,
    )
