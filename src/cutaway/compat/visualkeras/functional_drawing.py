"""How the functional view places and draws the boxes of a model that are made."""

from collections.abc import Mapping

from cutaway.compat.visualkeras.canvas import classic
from cutaway.compat.visualkeras.class_legend import class_legend
from cutaway.compat.visualkeras.collapsing import Span
from cutaway.compat.visualkeras.colors import paint
from cutaway.compat.visualkeras.dimensions import number, signed
from cutaway.compat.visualkeras.drawn_layer import Drawn
from cutaway.compat.visualkeras.fonts import font_of
from cutaway.compat.visualkeras.framing import Around, framed
from cutaway.compat.visualkeras.functional_layout import Rooms, Way, crossed_ranks, placed
from cutaway.compat.visualkeras.functional_marks import annotation, annotation_rect, annotation_room
from cutaway.compat.visualkeras.grouping import groupings_of, with_texts_of
from cutaway.compat.visualkeras.layered_rows import text_marks, with_texts
from cutaway.compat.visualkeras.layers import Subject
from cutaway.compat.visualkeras.lines import Lines, LineStyle
from cutaway.compat.visualkeras.logos import logo_legend, logos_of
from cutaway.compat.visualkeras.settling import Settled
from cutaway.geometry import Rect, Size
from cutaway.graph import Edge
from cutaway.layered.problem import Layout
from cutaway.record import replace
from cutaway.scene import Group, Mark, Path, Rounded, Scene, Stroke
from cutaway.typed import Any
from cutaway.views.composition import Composition
from cutaway.views.parts.box import Looks
from cutaway.views.parts.grouping import Grouping, grouped
from cutaway.views.parts.logos import on_faces
from cutaway.views.parts.move import moved

_BEFORE_HEADS = 2.5
"""Lengths of an arrowhead that lines need between two ranks, so that they bend before it."""


class Drawing:
    """A model whose boxes are made, while it is placed and drawn."""

    def __init__(
        self,
        subject: Subject,
        settled: Settled,
        drawn: Mapping[str, Drawn],
        styles: Mapping[str, Mapping[str, Any]],
        spans: tuple[Span, ...],
        port: float,
    ) -> None:
        self._port = port
        self._subject, self._settled, self._drawn, self._styles = subject, settled, drawn, styles
        self._values = settled.values
        shown = bool(settled.values["collapse_annotations"])
        self._blocks = [span for span in spans if span.is_block and shown]
        self._font = font_of(self._values["font"])
        self._logos, self._all_logos = logos_of(subject, self._values["logo_groups"])

    def scene(self) -> Scene:
        """Return the finished drawing on its ground."""
        values = self._values
        padding = number("padding", values["padding"])
        composition = self._composition()
        way = Way(
            gap=number("component_spacing", values["component_spacing"]),
            line=number("virtual_node_size", values["virtual_node_size"]),
            rounds=signed("layout_iterations", values["layout_iterations"]),
        )
        layout = placed(composition, self._drawn, self._rooms(), way)
        behind: tuple[Mark, ...] = ()
        layout = with_texts(layout)
        if composition.groupings:
            said = [node for node, each in self._drawn.items() if each.caption]
            with_room = grouped(*self._with_arrows(with_texts_of(composition.groupings, said), layout))
            layout, behind = with_room.layout, with_room.marks
        marks = [moved(mark, padding, padding) for mark in (*behind, *self._marks(composition, layout))]
        size = Size(layout.size.width + 2 * padding, layout.size.height + 2 * padding)
        legend = class_legend(self._subject, self._styles, values, self._font)
        row = logo_legend(values["logos_legend"], self._all_logos, self._font, values["font_color"])
        around = Around(name=self._subject.graph.name, padding=padding, legend=legend, logos=row)
        return framed(marks, size, composition.theme, around, values["background_fill"])

    def _composition(self) -> Composition:
        values = self._values
        head = max([head_length(values, style) for style in self._styles.values()], default=0.0)
        theme = replace(
            classic(
                margin=0.0,
                box=number("row_spacing", values["row_spacing"]),
                rank=max(number("column_spacing", values["column_spacing"]), _BEFORE_HEADS * head),
            ),
            face=self._font.face,
        )
        lane = max(1.0, number("virtual_node_size", values["virtual_node_size"]))
        return Composition(
            graph=self._subject.graph,
            theme=replace(
                theme,
                spacing=replace(theme.spacing, lane=lane),
                strokes=replace(theme.strokes, arrow_width=self._port - 0.6),
            ),
            direction="right",
            glyphs={node: each.volume for node, each in self._drawn.items()},
            titles={node: layer.name for node, layer in self._subject.layers.items()},
            groupings=groupings_of(self._subject, values["layered_groups"]),
            logos=self._logos,
        )

    def _with_arrows(self, groupings: tuple[Grouping, ...], layout: Layout) -> tuple[tuple[Grouping, ...], Layout]:
        """Let shaded rectangles go around the arrows too of the blocks in them."""
        boxes, found = dict(layout.boxes), list(groupings)
        for order, span in enumerate(self._blocks):
            key = f"\0span/{order}"
            rects = [layout.boxes[node] for node in span.nodes]
            boxes[key] = annotation_rect(span, self._styles[span.nodes[0]], rects)
            for place, each in enumerate(found):
                if set(span.nodes) <= set(each.members):
                    found[place] = replace(each, members=(*each.members, key))
        return tuple(found), replace(layout, boxes=boxes)

    def _rooms(self) -> Rooms:
        above: dict[str, float] = {}
        below: dict[str, float] = {}
        for span in self._blocks:
            room = annotation_room(span.label, self._styles[span.nodes[0]])
            for node in span.nodes:
                (above if span.position == "above" else below)[node] = room
        return Rooms(above=above, below=below)

    def _marks(self, composition: Composition, layout: Layout) -> list[Mark]:
        edges = {edge.id: edge for edge in composition.graph.edges}
        lines = Lines(edges, composition.glyphs, self._line, composition.theme)
        marks: list[Mark] = [Group(marks=lines(edge, layout) or (), ref=edge, part="edge") for edge in edges]
        if self._values["render_virtual_nodes"]:
            marks += self._virtual(edges, layout)
        looks = Looks(composition.theme)
        for node, each in self._drawn.items():
            shape = each.volume.marks(layout.boxes[node], looks)
            if node in self._logos:
                shape += on_faces(self._logos[node], each.volume, layout.boxes[node])
            marks.append(Group(marks=shape, ref=node, part="node", title=composition.titles[node]))
        marks += text_marks(self._drawn, self._drawn, layout)
        for span in self._blocks:
            rects = [layout.boxes[node] for node in span.nodes]
            marks.append(annotation(span, self._styles[span.nodes[0]], rects))
        return marks

    def _line(self, edge: Edge) -> LineStyle:
        """Return the look of a line: that of its source, but for the gap at its target."""
        values, source, target = self._values, self._styles[edge.source], self._styles[edge.target]
        usual = values["connector_padding"]
        return LineStyle(
            paint=paint(source.get("connector_fill", values["connector_fill"]), "the connector_fill"),
            width=number("connector_width", source.get("connector_width", values["connector_width"])),
            head=head_length(values, source),
            start=number("connector_padding", source.get("connector_padding", usual)),
            end=number("connector_padding", target.get("connector_padding", usual)),
        )

    def _virtual(self, edges: Mapping[str, Edge], layout: Layout) -> list[Mark]:
        """Draw the places at which long lines pass the ranks between their ends."""
        side = number("virtual_node_size", self._values["virtual_node_size"])
        color = paint(self._values["connector_fill"], "the connector_fill")
        ends = {edge.id: (edge.source, edge.target) for edge in edges.values()}
        return [
            Path(
                segments=Rounded(Rect(point.x - side / 2, point.y - side / 2, side, side), 0.0),
                fill=color,
                stroke=Stroke(paint=color, width=1.0),
            )
            for point in dict.fromkeys(crossed_ranks(layout, ends))
        ]


def head_length(values: Mapping[str, Any], style: Mapping[str, Any]) -> float:
    """Return how long the arrowheads are of lines from a layer; 0 where there are none."""
    if not style.get("connector_arrow", values["connector_arrow"]):
        return 0.0
    return max(8.0, 3 * number("connector_width", style.get("connector_width", values["connector_width"])))
