"""The boxes of the layered view in rows: chains of layers, which the layout puts together where they are several."""

from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise

from cutaway.compat.visualkeras.drawn_layer import Drawn, text_key
from cutaway.compat.visualkeras.funnels import funnel, is_near
from cutaway.compat.visualkeras.lines import Lines
from cutaway.compat.visualkeras.row import Row, placed_row
from cutaway.compat.visualkeras.volume import Volume
from cutaway.geometry import Rect
from cutaway.graph import Edge, Graph
from cutaway.layered.problem import Layout
from cutaway.record import Record, replace
from cutaway.scene import Group, Mark, Rgba, Stroke
from cutaway.views.composition import Composition
from cutaway.views.parts.box import Looks
from cutaway.views.runs import Run
from cutaway.views.volumes.chains import chains


class Rows(Record, eq=False):
    """Layers in rows, ready to be laid out; `edges` are those between neighbours of a row, by both ends."""

    composition: Composition
    drawn: Mapping[str, Drawn]
    edges: Mapping[tuple[str, str], tuple[Edge, ...]]


class FunnelStyle(Record, eq=False):
    """Whether lines lead from box to box, how wide, and in which colour: None is that of the outline of the next."""

    is_drawn: bool
    width: float
    paint: Rgba | None


def in_rows(graph: Graph, drawn: Mapping[str, Drawn], composition: Composition, *, is_reversed: bool) -> Rows:
    """Return the layers of a graph in as few rows as there can be."""
    found = chains(graph)
    edges: dict[tuple[str, str], list[Edge]] = {}
    runs: list[Run] = []
    for place, chain in enumerate(found):
        for edge in chain.joined:
            edges.setdefault((edge.source, edge.target), []).append(edge)
        row = Row(
            layers=tuple([drawn[node] for node in chain.nodes]),
            joined=chain.joined,
            skips=chain.skips,
            is_reversed=is_reversed,
            amid=len(found) > 1,
            leaving=len({edge.source_port for edge in graph.edges if edge.source == chain.nodes[-1]}),
        )
        runs.append(placed_row(row, f"\0row/{place}"))
    return Rows(
        composition=replace(composition, runs=tuple(runs)),
        drawn=drawn,
        edges={ends: tuple(each) for ends, each in edges.items()},
    )


def row_marks(rows: Rows, layout: Layout, style: FunnelStyle, lines: Lines) -> list[Mark]:
    """Draw what is laid out: lines between rows, then boxes and the lines between neighbours, as they are painted."""
    composition, marks = rows.composition, list[Mark]()
    inner = {link for run in composition.runs for link in run.joined}
    for edge in composition.graph.edges:
        found = None if edge.id in inner else lines(edge.id, layout)
        if found:
            marks.append(Group(marks=found, ref=edge.id, part="edge"))
    for run in composition.runs:
        marks += _run_marks(rows, run, layout, style)
    return marks


def _run_marks(rows: Rows, run: Run, layout: Layout, style: FunnelStyle) -> list[Mark]:
    members = list(run.members)
    marks: list[Mark] = [_node(rows, members[0], layout)]
    stands_for: list[str] = []
    for one, other in pairwise(members):
        edges = rows.edges.get((one, other)) or rows.edges.get((other, one)) or ()
        drawn, seen = _funnels(rows, edges, layout, style)
        marks += drawn
        stands_for += seen
        marks.append(_node(rows, other, layout))
    return [
        Group(marks=tuple(marks), part="run", stands_for=tuple(stands_for)),
        *text_marks(rows.drawn, members, layout),
    ]


def text_marks(drawn: Mapping[str, Drawn], nodes: Iterable[str], layout: Layout) -> list[Mark]:
    """Set the texts of some layers in their rooms, which are boxes of the layout by their keys."""
    marks: list[Mark] = []
    for node in nodes:
        caption, room = drawn[node].caption, layout.boxes.get(text_key(node))
        if caption and room:
            marks.append(caption.marks(room, node))
    return marks


def with_funnels(rows: Rows, layout: Layout) -> Layout:
    """Return a layout in which the rooms of lines between neighbours are labels, so that captions keep off them."""
    rooms: dict[str, Rect] = {}
    for source, target in rows.edges:
        left, right = sorted((layout.boxes[source], layout.boxes[target]), key=lambda rect: rect.x)
        if right.x > left.right:
            top, bottom = min(left.y, right.y), max(left.bottom, right.bottom)
            rooms[f"\0funnel/{source}/{target}"] = Rect(left.right, top, right.x - left.right, bottom - top)
    return replace(layout, labels=rooms)


def with_texts(layout: Layout) -> Layout:
    """Return a layout in which the rooms of texts are boxes, so that shaded rectangles go around them too."""
    return replace(layout, boxes={**layout.boxes, **layout.labels}, labels={})


def _node(rows: Rows, node: str, layout: Layout) -> Group:
    from cutaway.views.parts.logos import on_faces

    composition = rows.composition
    glyph, rect = composition.glyphs[node], layout.boxes[node]
    shape = glyph.marks(rect, Looks(composition.theme))
    if node in composition.logos:
        shape += on_faces(composition.logos[node], glyph, rect)
    return Group(marks=shape, ref=node, part="node", title=composition.titles.get(node, node))


def _funnels(rows: Rows, edges: Sequence[Edge], layout: Layout, style: FunnelStyle) -> tuple[list[Mark], list[str]]:
    """Draw the lines of what leads from one box to its neighbour; return those edges too that need none."""
    marks, seen = list[Mark](), list[str]()
    for edge in edges:
        left, right = _end(rows, edge.source, layout), _end(rows, edge.target, layout)
        near = is_near(*left, *right)
        if near or not style.is_drawn:
            seen.append(edge.id)
        if style.is_drawn:
            stroke = Stroke(paint=style.paint or right[0].outline, width=style.width)
            drawn = tuple(funnel(left, right, stroke, is_seen=near))
            marks += drawn if near else [Group(marks=drawn, ref=edge.id, part="edge")]
    return marks, seen


def _end(rows: Rows, node: str, layout: Layout) -> tuple[Volume, Rect]:
    return rows.drawn[node].volume, layout.boxes[node]
