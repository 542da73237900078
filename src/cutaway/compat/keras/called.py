"""The view that draws the calls of layers, as Keras does: a box for each, and none for an output."""

from collections.abc import Collection

from cutaway.analysis.accounts import output_line
from cutaway.geometry import Size
from cutaway.graph import Graph
from cutaway.record import replace
from cutaway.typed import TYPE_CHECKING
from cutaway.views.block_words import legend
from cutaway.views.blocks import Blocks
from cutaway.views.naming import keyed_outputs
from cutaway.views.parts.box import Glyph, TextLine, table_widths

if TYPE_CHECKING:
    from cutaway.theme import Theme
    from cutaway.views.composition import Composition
    from cutaway.views.frame import Frame
    from cutaway.views.preparing import Prepared

_ROWS = frozenset({"activations", "io_shapes", "io_dtypes", "trained"})
"""The facts that are rows of a table (views.in_full)."""
_USUAL = 1.1
"""A box may be so many times as wide as usual and still align with others."""


class Calls(Blocks):
    """Draw a model as boxes and arrows, without boxes for its outputs."""

    def composed(self, prepared: "Prepared", theme: "Theme", breadth: float = 1.0) -> "tuple[Composition, Frame]":
        """Return what is to be drawn, and the words around it, which tell of outputs that are used further on."""
        whole, frame = Blocks.composed(replace(self, legend=False), prepared, theme, breadth)
        composition = _without_outputs(whole)
        if not _ROWS.isdisjoint(self.show):
            composition = _in_columns(composition)
        if self.legend:
            found = legend(composition, None, prepared)
            notes = (*found.notes, *output_notes(whole.graph, composition.glyphs))
            frame = replace(frame, legend=replace(found, notes=notes))
        return composition, frame


def _in_columns(composition: "Composition") -> "Composition":
    """Return a composition in which the tables in boxes that stand below each other have common columns.

    A box that is wider than usual has its own.
    """
    if composition.direction in {"left", "right"}:
        return composition
    tables = {key: glyph for key, glyph in composition.glyphs.items() if isinstance(glyph, Glyph) and _rows(glyph)}
    if not tables:
        return composition
    usual = sorted([glyph.size.width for glyph in tables.values()])[len(tables) // 2]
    tables = {key: glyph for key, glyph in tables.items() if glyph.size.width <= _USUAL * usual}
    theme = composition.theme
    widths = [table_widths(_rows(glyph), theme) for glyph in tables.values()]
    columns = max(head for head, _ in widths), max(text for _, text in widths)
    least = sum(columns) + 2 * theme.spacing.pad_x
    sizes = {key: Size(max(glyph.size.width, least), glyph.size.height) for key, glyph in tables.items()}
    aligned = {key: replace(glyph, columns=columns, size=sizes[key]) for key, glyph in tables.items()}
    return replace(composition, glyphs={**composition.glyphs, **aligned})


def _rows(glyph: Glyph) -> list[TextLine]:
    return [line for line in glyph.lines if line.head is not None]


def output_notes(graph: Graph, drawn: Collection[str]) -> tuple[str, ...]:
    """Say which of the nodes that are drawn give outputs that lines do not end at."""
    used = {edge.source for edge in graph.edges}
    names = {node.id: node.name for node in graph.nodes if node.id in used and node.id in drawn}
    given = dict.fromkeys([names[output.node] for output in graph.outputs if output.node in names])
    if not given:
        return ()
    return (f"Also {'an output' if len(given) == 1 else 'outputs'} of the model: {', '.join(given)}.",)


def _without_outputs(composition: "Composition") -> "Composition":
    """Return a composition in which the node that gives an output accounts for it."""
    graph, stands_for = composition.graph, dict(composition.stands_for)
    for output in graph.outputs:
        said = (*stands_for.get(output.node, (output.node,)), output.name, *stands_for.get(output_line(output), ()))
        stands_for[output.node] = tuple(dict.fromkeys(said))
    glyphs = dict(composition.glyphs)
    for key, _ in keyed_outputs(graph):
        del glyphs[key]
    return replace(
        composition,
        graph=replace(graph, outputs=()),
        glyphs=glyphs,
        stands_for=stands_for,
    )


def without_inputs(graph: Graph) -> Graph:
    """Return a Sequential without its inputs, which Keras 3 does not count among its layers."""
    hidden = frozenset(graph.inputs)
    return replace(
        graph,
        nodes=tuple([node for node in graph.nodes if node.id not in hidden]),
        edges=tuple([edge for edge in graph.edges if edge.source not in hidden]),
        inputs=(),
        outputs=tuple([output for output in graph.outputs if output.node not in hidden]),
    )
