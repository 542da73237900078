"""What the `blocks` view draws, in one size and direction: glyphs, words on edges and regions, and the words around."""

from collections import Counter
from collections.abc import Mapping

from cutaway.analysis.reduction import Reduction
from cutaway.graph import Graph
from cutaway.layered.problem import Direction
from cutaway.record import replace
from cutaway.theme import Theme
from cutaway.typed import TYPE_CHECKING, Any
from cutaway.views.block_glyphs import GlyphMaker
from cutaway.views.block_words import description, edge_labels, heading_facts, legend, node_titles
from cutaway.views.composition import Composition
from cutaway.views.frame import Frame
from cutaway.views.naming import border_names, captions, keyed_outputs, output_key, sharing, terminal_names
from cutaway.views.parts.box import Glyph
from cutaway.views.parts.legend import Legend
from cutaway.views.parts.lines import evened, roomy
from cutaway.views.spelling import heading

if TYPE_CHECKING:
    from cutaway.views.blocks import Blocks
    from cutaway.views.explaining import Explanations
    from cutaway.views.parts.key import Key
    from cutaway.views.preparing import Prepared
    from cutaway.views.readings import Readings
    from cutaway.views.styling import Styling

_LIMITS = {"down": 118.0, "across": 74.0, "table": 150.0}
"""The widest line in a box, in points: boxes in a column may be wide, boxes in a row had better be high."""


def composed(view: "Blocks", prepared: "Prepared", theme: Theme, breadth: float) -> tuple[Composition, Frame]:
    """Return what is to be drawn, and the words around it; boxes may be `breadth` times as wide as usual."""
    known, reduction, styling = prepared.known, prepared.reduction, prepared.styling
    drawn, show, opened = reduction.graph, frozenset(view.show), prepared.opened
    readings = _readings(view, prepared, theme) if view.is_measured else None
    totals = (readings.totals if readings else ()) or prepared.totals
    names = _names(known, drawn, prepared.shared) if view.numbers else {}
    numbers = {node: str(place) for place, node in enumerate(names, 1)}
    theme = with_blocks(theme, prepared)
    maker = _maker(prepared, theme, show, readings, breadth * _limit(show, view.direction))
    glyphs = node_glyphs(maker, known, reduction, numbers)
    glyphs = evened(glyphs, view.direction, all_alike=_has_tables(show), unit=theme.spacing.box)
    glyphs = roomy(glyphs, drawn, view.direction, theme)
    if readings or view.size_by:
        glyphs, theme = _meaningful(view, prepared, glyphs, theme, breadth)
    if styling:
        glyphs, theme = _tinted(glyphs, styling, theme)
    composition = Composition(
        graph=drawn,
        theme=theme,
        direction=view.direction,
        glyphs=glyphs,
        labels=edge_labels(drawn, show, reduction.stages),
        titles=titles_of(prepared, readings),
        counts={block: words.count for block, words in opened.items() if words.count},
        captions=captions(drawn, prepared.shared, prepared.loose, classed="classes" in show)
        | {block: words.caption for block, words in opened.items()},
        stands_for=reduction.stands_for,
        lines=view.lines,
        **chosen(prepared),
    )
    explained = prepared.explaining.explanations(maker, glyphs) if prepared.explaining else None
    frame = Frame(
        title=heading(known.name) if view.title is None else view.title,
        facts=heading_facts(known, totals),
        legend=_legend(view, composition, readings, prepared, explained) if view.legend else Legend(),
        key=_key(names, numbers, theme) if numbers else None,
        description=description(known, totals),
        explained=explained,
    )
    return composition, frame


def _maker(
    prepared: "Prepared", theme: Theme, show: frozenset[str], readings: "Readings | None", limit: float
) -> GlyphMaker:
    """Return what makes the boxes, whose lines are no longer than `limit`."""
    reduction, styling = prepared.reduction, prepared.styling
    return GlyphMaker(
        theme=theme,
        show=show,
        limit=limit,
        names=terminal_names(reduction.graph),
        shared=sharing(reduction.graph, prepared.shared),
        merged=reduction.merged,
        marks=reduction.marks,
        blocks=prepared.words,
        borders=border_names(reduction.graph),
        lines=readings.lines if readings else {},
        labels=styling.texts("label") if styling else {},
    )


def _key(names: Mapping[str, str], numbers: Mapping[str, str], theme: Theme) -> "Key":
    """Return what the numbers in boxes stand for."""
    from cutaway.views.parts.key import key_of

    return key_of([(numbers[node], name) for node, name in names.items()], theme)


def chosen(prepared: "Prepared") -> Mapping[str, Any]:
    """Return the regions, and what else of a composition is chosen about single nodes."""
    return prepared.styling.of_composition() if prepared.styling else {"regions": prepared.reduction.stages}


def _readings(view: "Blocks", prepared: "Prepared", theme: Theme) -> "Readings":
    """Return the numbers that are asked for, which are the same in every size."""
    across = "The height" if view.direction in {"right", "left"} else "The width"
    if across not in prepared.measured:
        from cutaway.views.measured import Asked, readings

        asked = Asked(
            show=frozenset(view.show),
            color_by=view.color_by,
            size_by=None if view.size_by == "shape" else view.size_by,
            across=across,
            rules=view.rules,
            store=view.store,
        )
        prepared.measured[across] = readings(prepared.known, prepared.reduction, asked, theme)
    return prepared.measured[across]


def _legend(
    view: "Blocks",
    composition: Composition,
    readings: "Readings | None",
    prepared: "Prepared",
    explained: "Explanations | None",
) -> Legend:
    """Return what explains the figure, and declares what is assumed."""
    found = legend(composition, readings, prepared, explained.glyphs if explained else ())
    if view.size_by == "shape":
        from cutaway.views.sizing.boxes import shape_notes

        sizes = shape_notes(prepared.axes.values(), view.direction)
        found = replace(found, notes=(*sizes, *found.notes), drawn=dict.fromkeys(sizes, ""))
    elif readings and readings.sized:
        found = replace(found, drawn={readings.sized: ""})
    if view.assume is None:
        return found
    from cutaway.analysis.assume import assumption

    return replace(found, notes=(f"Assumed: {assumption(view.assume)}.", *found.notes))


def _names(known: Graph, drawn: Graph, shared: frozenset[str]) -> dict[str, str]:
    from cutaway.views.parts.key import key_names

    return key_names(known, drawn, shared)


def with_blocks(theme: Theme, prepared: "Prepared") -> Theme:
    """Return a theme with the colours of folded blocks, where there are such."""
    if not prepared.words:
        return theme
    from cutaway.theme.folded import folded

    return folded(theme, dict.fromkeys(words.role for words in prepared.words.values()))


def titles_of(prepared: "Prepared", readings: "Readings | None") -> dict[str, str]:
    """Return what the boxes and regions say on hovering."""
    reduction = prepared.reduction
    titles = node_titles(reduction.graph, readings.titles) if readings else node_titles(reduction.graph)
    if reduction.merged:
        from cutaway.views.simplified_words import merged_titles

        titles |= merged_titles(titles, reduction)
    return titles | {block: words.more for block, words in prepared.words.items()}


def _meaningful(
    view: "Blocks", prepared: "Prepared", glyphs: dict[str, Glyph], theme: Theme, breadth: float
) -> tuple[dict[str, Glyph], Theme]:
    """Return the glyphs as numbers and shapes size and colour them, and the theme with the colours."""
    if view.is_measured:
        from cutaway.views.parts.heat import applied, heated

        readings = _readings(view, prepared, theme)
        glyphs, theme = applied(glyphs, readings, view.direction), heated(theme) if readings.scale else theme
    if view.size_by == "shape":
        from cutaway.views.sizing.boxes import shaped
        from cutaway.views.sizing.drawn import drawn_axes

        glyphs = shaped(glyphs, drawn_axes(prepared), view.direction, theme, breadth)
    return glyphs, theme


def _tinted(glyphs: Mapping[str, Glyph], styling: "Styling", theme: Theme) -> tuple[dict[str, Glyph], Theme]:
    """Return the glyphs as they are styled, and the theme with the colours of that."""
    from cutaway.views.parts.tint import tinted

    found = tinted(glyphs, styling.shades(output_key), theme)
    return dict(found.glyphs), found.theme


def _has_tables(show: frozenset[str]) -> bool:
    return not show.isdisjoint({"weights", "statistics", "initializers"})


def _limit(show: frozenset[str], direction: Direction) -> float:
    if _has_tables(show):
        return _LIMITS["table"]
    return _LIMITS["across" if direction in {"right", "left"} else "down"]


def node_glyphs(maker: GlyphMaker, graph: Graph, reduction: Reduction, numbers: Mapping[str, str]) -> dict[str, Glyph]:
    """Return the glyphs of what is left of `graph`, and of its outputs."""
    fed = Counter(edge.target for edge in reduction.graph.edges)
    calls = {node.id for node in graph.nodes}
    nodes, glyphs = {node.id: node for node in reduction.graph.nodes}, dict[str, Glyph]()
    for node in nodes.values():
        number = numbers.get(node.id, "")
        block = reduction.blocks.get(node.id)
        if block is not None:
            glyphs[node.id] = maker.block(node, block, number)
        elif node.id in calls:
            glyphs[node.id] = maker.node(node, fed[node.id], number)
        else:
            members = len(calls.intersection(reduction.stands_for[node.id]))
            glyphs[node.id] = maker.closed(node, members, number)
    for key, output in keyed_outputs(reduction.graph):
        glyphs[key] = maker.output(key, output, nodes[output.node].outputs[output.port].tensor)
    return glyphs
