"""What every view does with its glyphs: lay them out, then draw regions, connectors, labels and glyphs."""

from collections.abc import Callable, Mapping

from cutaway.geometry import Point, Size
from cutaway.graph import Edge, Graph
from cutaway.layered import lay_out
from cutaway.layered.problem import Box, Cluster, Continued, Direction, Gaps, Layout, Link, Problem
from cutaway.record import Record, field
from cutaway.ruler import metrics, width
from cutaway.scene import Group, Mark, Text
from cutaway.theme import Theme
from cutaway.typed import TYPE_CHECKING
from cutaway.views.connectors import connector_marks, counted_ends
from cutaway.views.naming import keyed_outputs
from cutaway.views.parts.box import Looks
from cutaway.views.parts.lines import port_room

if TYPE_CHECKING:
    from cutaway.views.option import LineName
    from cutaway.views.parts.grouping import Grouping
    from cutaway.views.parts.logos import Logo
    from cutaway.views.parts.shaped import Shaped
    from cutaway.views.runs import Run

Connecting = Callable[[str, Layout], "tuple[Mark, ...] | None"]
"""Draws the link of an id, an edge's or an output's key, in a layout; returns None for those that are arrows."""
Overlaying = Callable[[Layout], tuple[Mark, ...]]
"""Draws what lies above all glyphs of a layout, such as the words around them."""


class Composition(Record):
    """A graph with a glyph for each node (by its id) and output (by its `output_key`), ready to be laid out.

    `labels` are texts on edges by edge id, `captions` those of regions by scope id; `titles` say more of a node or
    scope on hovering; `stands_for` lists what a closed scope or an edge that ends on it accounts for.
    `regions` are those scopes that the model has not, with what lies in them; `notes` stand beside nodes, and lines
    that carry a `pale` tensor (by its node and port) recede. `counts` stand in a pill on the border of a scope.
    `connecting` draws those links that are no arrows; they are drawn above the arrows. `overlaying`
    draws what lies above the glyphs; `runs` are members of a chain that share one box of the layout (`views.runs`).
    `groupings` lie behind all; `brackets` are the names of stages that have no region, by node. Logos stand on the
    faces of the glyphs that have such (`parts.logos`). Only what `may_bend` becomes a U. `lines` is what arrows look
    like.
    """

    graph: Graph
    theme: Theme
    direction: Direction
    glyphs: "Mapping[str, Shaped]"
    labels: Mapping[str, str] = field(default_factory=dict)
    captions: Mapping[str, str] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    stands_for: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    regions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    notes: Mapping[str, str] = field(default_factory=dict)
    pale: frozenset[tuple[str, int]] = frozenset()
    counts: Mapping[str, str] = field(default_factory=dict)
    connecting: Connecting | None = None
    overlaying: Overlaying | None = None
    runs: "tuple[Run, ...]" = ()
    groupings: "tuple[Grouping, ...]" = ()
    logos: "Mapping[str, tuple[Logo, ...]]" = field(default_factory=dict)
    may_bend: bool = True
    brackets: Mapping[str, str] = field(default_factory=dict)
    lines: "LineName" = "rounded"


def arranged(composition: Composition) -> Layout:
    """Lay the composition out, from the origin on."""
    return lay_out(problem(composition))


def drawn(composition: Composition, layout: Layout) -> tuple[Mark, ...]:
    """Draw a layout: regions lie below the connectors, these below the glyphs, labels on top."""
    return (
        *_regions(composition, layout),
        *connector_marks(composition, layout),
        *_nodes(composition, layout),
        *(composition.overlaying(layout) if composition.overlaying else ()),
        *_labels(composition, layout),
    )


def shifted(layout: Layout, dx: float, dy: float) -> Layout:
    """Return the layout moved by `dx`, `dy`; its size stays."""
    return Layout(
        size=layout.size,
        boxes={key: rect.moved(dx, dy) for key, rect in layout.boxes.items()},
        clusters={key: rect.moved(dx, dy) for key, rect in layout.clusters.items()},
        routes={
            key: tuple([Point(point.x + dx, point.y + dy) for point in route]) for key, route in layout.routes.items()
        },
        labels={key: rect.moved(dx, dy) for key, rect in layout.labels.items()},
        continued={
            key: tuple(
                [
                    Continued(rect=part.rect.moved(dx, dy), caption=part.caption and part.caption.moved(dx, dy))
                    for part in parts
                ]
            )
            for key, parts in layout.continued.items()
        },
    )


def problem(composition: Composition) -> Problem:
    """Return what the layout is asked."""
    theme, graph = composition.theme, composition.graph
    spacing = theme.spacing
    boxes = [_box(node.id, composition.glyphs[node.id], node.scope) for node in graph.nodes]
    said = _said(composition)
    links = [_link(edge, said, theme) for edge in graph.edges]
    for key, output in keyed_outputs(graph):
        boxes.append(_box(key, composition.glyphs[key], None))
        links.append(Link(id=key, source=output.node, target=key, tensor=_tensor(output.node, output.port)))
    if composition.runs:
        from cutaway.views import runs

        boxes, links = runs.boxes(composition.runs), list(runs.outside(links, composition.runs))
    return Problem(
        boxes=tuple(boxes),
        links=tuple(links),
        clusters=_clusters(composition) if graph.scopes else (),
        direction=composition.direction,
        gaps=Gaps(rank=spacing.rank, box=spacing.box, lane=spacing.lane, label=spacing.label, port=port_room(theme)),
        may_bend=composition.may_bend,
    )


def _clusters(composition: Composition) -> tuple[Cluster, ...]:
    from cutaway.views.regions import cluster

    return tuple([cluster(scope, composition) for scope in composition.graph.scopes])


def _regions(composition: Composition, layout: Layout) -> list[Mark]:
    if not composition.graph.scopes:
        return []
    from cutaway.views.regions import region_marks

    return region_marks(composition, layout)


def _box(name: str, glyph: "Shaped", cluster: str | None) -> Box:
    axis = getattr(glyph, "axis", None)  # of those that are not the same on both sides of their middle
    return Box(name, glyph.size, cluster, glyph.form == "round", glyph.margin, axis)


def _tensor(node: str, port: int) -> str:
    return f"{node}:{port}"


def _said(composition: Composition) -> dict[str, str]:
    """Return the labels on lines by edge id: what is on edges of one tensor stands once, on the lane they share.

    Lines within a run share none: there each other text has a place of its own.
    """
    if not composition.labels:
        return {}
    placed = {edge for run in composition.runs for edge in run.labels}
    first, words = dict[tuple[str, int], str](), dict[str, dict[str, None]]()
    for edge in composition.graph.edges:
        if text := composition.labels.get(edge.id):
            own = first.setdefault((edge.source, edge.source_port), edge.id)
            if edge.id in placed and text not in words.get(own, ()):
                own = edge.id
            words.setdefault(own, {})[text] = None
    return {key: ", ".join(texts) for key, texts in words.items()}


def _link(edge: Edge, said: Mapping[str, str], theme: Theme) -> Link:
    key, source = edge.id, edge.source
    label = _label_size(said[key], theme) if key in said else None
    return Link(key, source, edge.target, _tensor(source, edge.source_port), edge.target_port, label)


def _label_size(text: str, theme: Theme) -> Size:
    size, air = theme.sizes.label, theme.spacing.label_air
    return Size(width(text, size, theme.face) + 2 * air, metrics(theme.face).cap_height * size + 2 * air)


def _nodes(composition: Composition, layout: Layout) -> list[Mark]:
    looks, groups = Looks(composition.theme), dict[str, Group]()
    ends = counted_ends(composition, layout)
    glyphs, boxes, accounts = composition.glyphs, layout.boxes, composition.stands_for
    for node in composition.graph.nodes:
        key = node.id
        shape = glyphs[key].marks(boxes[key], looks, ends.get(key, ()))
        if key in composition.logos:
            from cutaway.views.parts.logos import on_faces

            shape += on_faces(composition.logos[key], glyphs[key], boxes[key])
        title = composition.titles.get(key, node.name)
        groups[key] = Group(shape, key, "node", accounts.get(key, ()), title)
    for key, output in keyed_outputs(composition.graph):
        shape = composition.glyphs[key].marks(layout.boxes[key], looks)
        groups[key] = Group(marks=shape, ref=output.name, part="output", title=f"output {output.name}")
    if composition.runs:
        from cutaway.views.runs import run_marks

        return run_marks(composition, layout, groups)
    return list(groups.values())


def _labels(composition: Composition, layout: Layout) -> list[Mark]:
    theme, marks = composition.theme, list[Mark]()
    for edge, text in _said(composition).items():
        rect = layout.labels[edge]
        at = Point(rect.x + theme.spacing.label_air, rect.bottom - theme.spacing.label_air)
        line = Text(at=at, text=text, size=theme.sizes.label, face=theme.face, fill="grey")
        marks.append(Group(marks=(line,), ref=edge, part="label"))
    return marks
