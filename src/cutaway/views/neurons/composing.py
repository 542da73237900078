"""What the `neurons` view draws, in one size and direction: columns, boxes, lines between neurons, words around."""

from typing import TYPE_CHECKING, Any

from cutaway.graph import Kind, Node
from cutaway.record import replace
from cutaway.scene import Rgba, Stroke
from cutaway.style import hexadecimal
from cutaway.theme import Theme
from cutaway.views.block_composing import chosen, node_glyphs, titles_of, with_blocks
from cutaway.views.block_glyphs import GlyphMaker, evened
from cutaway.views.block_words import description, edge_labels, heading_facts, legend
from cutaway.views.composition import Composition
from cutaway.views.connectors import output_key
from cutaway.views.frame import Frame
from cutaway.views.naming import border_names, captions, sharing, terminal_names
from cutaway.views.neurons.columns import Columns
from cutaway.views.neurons.joints import joints
from cutaway.views.neurons.lines import Linework, Wires
from cutaway.views.neurons.units import chosen_as_each, units_of, values_of, vector_of
from cutaway.views.parts.legend import Legend
from cutaway.views.parts.room import roomy
from cutaway.views.parts.tint import tinted

if TYPE_CHECKING:
    from cutaway.views.neurons import Neurons
    from cutaway.views.preparing import Prepared

_LIMIT = 74.0
"""The widest line in a box, in points."""


def composed(view: "Neurons", prepared: "Prepared", theme: Theme, breadth: float) -> tuple[Composition, Frame]:
    """Return what is to be drawn, and the words around it; boxes may be `breadth` times as wide as usual."""
    known, reduction, styling = prepared.known, prepared.reduction, prepared.styling
    drawn, show, opened = reduction.graph, frozenset(view.show), prepared.opened
    theme = with_blocks(theme, prepared)
    maker = GlyphMaker(
        theme=theme,
        show=show,
        limit=breadth * _LIMIT,
        names=terminal_names(drawn),
        shared=sharing(drawn, prepared.shared),
        merged=reduction.merged,
        marks=reduction.marks,
        blocks=prepared.words,
        borders=border_names(drawn),
        labels=styling.texts("label") if styling else {},
    )
    totals = neurons(view, prepared)
    found = joints(drawn, totals, fans=view.connections != "none", gathers=view.gathers)
    columns = Columns(
        view=view,
        theme=theme,
        names=maker.names,
        shared=maker.shared,
        labels=maker.labels,
    ).made(drawn, totals, found)
    boxes = {key: glyph for key, glyph in node_glyphs(maker, known, reduction, {}).items() if key not in columns}
    boxes = evened(boxes, view.direction, unit=theme.spacing.box)
    boxes = roomy(boxes, drawn, view.direction, theme)
    glyphs: dict[str, Any] = {**boxes, **columns}
    if styling:
        found_tints = tinted(glyphs, styling.shades(output_key), theme)
        glyphs, theme = dict(found_tints.glyphs), found_tints.theme
    labels = edge_labels(drawn, show, reduction.stages)
    sources = {edge.id: edge.source for edge in drawn.edges}
    composition = Composition(
        graph=drawn,
        theme=theme,
        direction=view.direction,
        glyphs=glyphs,
        labels={key: text for key, text in labels.items() if sources[key] not in columns},
        titles=titles_of(prepared, None),
        counts={block: words.count for block, words in opened.items() if words.count},
        captions=captions(drawn, prepared.shared) | {block: words.caption for block, words in opened.items()},
        stands_for=reduction.stands_for,
        **chosen(prepared),
    )
    if view.connections != "none":
        composition = replace(composition, connecting=Wires(composition, found, _linework(view, theme)))
    explained = prepared.explaining.explanations(maker, boxes) if prepared.explaining else None
    frame = Frame(
        title=known.name if view.title is None else view.title,
        facts=heading_facts(known, prepared.totals),
        legend=legend(composition, None, prepared, explained.glyphs if explained else ()) if view.legend else Legend(),
        key=(),
        description=description(known, prepared.totals),
        explained=explained,
    )
    return composition, frame


def _linework(view: "Neurons", theme: Theme) -> Linework:
    color = view.connector_color
    paint: Any = "edge"
    if color is not None:
        text = hexadecimal(color)
        paint = Rgba(*(int(text[place : place + 2], 16) for place in (1, 3, 5)))
    width = 0.4 if view.connector_width is None else view.connector_width
    return Linework(stroke=Stroke(paint=paint, width=width), most=view.lines, far=150.0)


def neurons(view: "Neurons", prepared: "Prepared") -> dict[str, int]:
    """Return how many neurons the nodes have that are drawn as columns, by their ids."""
    reduction = prepared.reduction
    graph = reduction.graph
    picked = _selected(view, prepared)
    before = {edge.target: edge.source for edge in graph.edges}
    found: dict[str, int] = {}
    for node in graph.nodes:
        if node.id in reduction.blocks or node.id in reduction.marks:
            continue
        total = _total(node, view, picked)
        if total is None and picked is None and chosen_as_each(node, found, before.get(node.id)):
            total = vector_of(node.outputs[0].tensor)
        if total:
            found[node.id] = total
    return found


def _selected(view: "Neurons", prepared: "Prepared") -> frozenset[str] | None:
    if view.neurons is None:
        return None
    from cutaway.analysis.select import select

    return select(view.neurons, prepared.reduction.graph, "neurons")


def _total(node: Node, view: "Neurons", picked: frozenset[str] | None) -> int | None:
    if node.kind is Kind.INPUT:
        if view.inputs == "tensors" or not node.outputs:
            return None
        tensor = node.outputs[0].tensor
        return values_of(tensor) if view.inputs == "neurons" else vector_of(tensor)
    if picked is None:
        return units_of(node) if node.kind is Kind.DENSE else None
    return units_of(node) if node.id in picked else None
