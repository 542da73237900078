"""From layers to columns of neurons: what they say, how many circles they have, how much room lies around them."""

from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from cutaway.geometry import Size
from cutaway.graph import Graph, Kind, Node
from cutaway.record import field, record, replace
from cutaway.theme import Theme
from cutaway.views.neurons.column import Column, drawn_units, words_room
from cutaway.views.neurons.joints import Joint, together
from cutaway.views.neurons.units import steps_of
from cutaway.views.parts.box import TextLine, text_width
from cutaway.views.parts.wrap import broken, joined
from cutaway.views.shape_text import shape_text
from cutaway.views.wording import describe

if TYPE_CHECKING:
    from cutaway.views.neurons import Neurons

_WORDS: Final[Mapping[Kind, str]] = {
    Kind.DENSE: "unit",
    Kind.RECURRENT: "unit",
    Kind.CONVOLUTION: "filter",
    Kind.POOLING: "channel",
    Kind.UPSAMPLING: "channel",
}
_LIMIT: Final = 66.0
"""The widest line of the words at a column, in points."""
_LEAST_ROOM: Final = 6.0
"""Points between the border of a column's room and its frame, where arrows turn."""
_NEAR: Final = 0.5
"""How far from each other columns are whose neurons are joined one by one, compared with others."""


@record
class Measures:
    """Lengths in points: of circles, between them, between columns, and of the frame around them."""

    diameter: float
    gap: float
    between: float
    pad: float
    limit: int | None


@record
class Columns:
    """Makes columns; `names` replace those of inputs, `shared`, `labels` and `following` are words by ids of nodes.

    `own` are measures of single nodes, by their ids.
    """

    view: "Neurons"
    theme: Theme
    names: Mapping[str, str] = field(default_factory=dict)
    shared: Mapping[str, str] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    following: Mapping[str, Sequence[str]] = field(default_factory=dict)
    limits: Mapping[str, int] = field(default_factory=dict)

    @property
    def is_across(self) -> bool:
        """Whether the data flows to a side, so that columns stand upright."""
        return self.view.direction in {"right", "left"}

    def measures(self, node: str) -> Measures:
        """Return the lengths at a node; those that nobody gives follow the theme's type."""
        view, unit = self.view, self.theme.sizes.operation / 8.0
        own = view.own.get(node, {})
        diameter = own.get("node_size", view.node_size) or 12.0 * unit
        gap, between = own.get("node_spacing", view.node_spacing), own.get("layer_spacing", view.layer_spacing)
        limit = own.get("limit", self.limits.get(node, view.limit))
        return Measures(
            diameter=diameter,
            gap=diameter / 3 if gap is None else gap,
            between=6.0 * diameter if between is None else between,
            pad=2.5 * unit if view.frames else 0.0,
            limit=limit or None,
        )

    def made(self, graph: Graph, totals: Mapping[str, int], found: Mapping[str, Joint]) -> dict[str, Column]:
        """Return the columns of a graph, by the ids of their nodes."""
        columns = {node.id: self._column(node, totals[node.id]) for node in graph.nodes if node.id in totals}
        groups = together(found.values(), totals)
        spans, rooms = dict[str, float](), dict[str, float]()
        for node, column in columns.items():
            group, measures = groups[node], self.measures(node)
            spans[group] = max(spans.get(group, 0.0), column.length + 2 * measures.pad)
            heads, feet = column.lines[: column.heads], column.lines[column.heads :]
            room = max(words_room(part, self.theme, is_across=self.is_across) for part in (heads, feet))
            rooms[group] = max(rooms.get(group, 0.0), room)
        sides = self._sides(found)
        return {
            node: self._placed(column, spans[groups[node]], rooms[groups[node]], sides.get(node, {}), node)
            for node, column in columns.items()
        }

    def _column(self, node: Node, total: int) -> Column:
        measures = self.measures(node.id)
        heads, feet = self._words(node, total) if self.view.words else ((), ())
        return Column(
            lines=(*heads, *feet),
            heads=len(heads),
            role=node.kind,
            size=Size(0.0, 0.0),
            shown=drawn_units(total, measures.limit),
            total=total,
            diameter=measures.diameter,
            gap=measures.gap,
            before=0.0,
            is_across=self.is_across,
            pad=measures.pad,
            room=0.0,
            is_framed=self.view.frames,
        )

    def _sides(self, found: Mapping[str, Joint]) -> dict[str, dict[str, float]]:
        """Return the room that lines ask for before and behind each column: a half of it each, all beside a box."""
        sides: dict[str, dict[str, float]] = {}
        for joint in found.values():
            if joint.kind == "gather":
                continue
            between = self.measures(joint.source if joint.kind != "fan" else joint.target).between
            free = max(0.0, between * (_NEAR if joint.kind == "each" else 1.0) - self.theme.spacing.rank)
            shares = {"fan": ((joint.target, "before", 0.7),)}.get(
                joint.kind, ((joint.source, "after", 0.5), (joint.target, "before", 0.5))
            )
            for node, side, share in shares:
                own = sides.setdefault(node, {})
                own[side] = max(own.get(side, 0.0), free * share)
        return sides

    def _placed(self, column: Column, length: float, room: float, sides: Mapping[str, float], node: str) -> Column:
        """Return a column in the room that its lines, its words and those of its row take."""
        diameter, pad = column.diameter, self.measures(node).pad
        words = max((text_width(line, self.theme) for line in column.lines), default=0.0) if self.is_across else 0.0
        if not self.is_across:
            words = max(0.0, (len(column.lines) // 2 + 1) * self.theme.sizes.leading) if column.lines else 0.0
        least = max(pad + (_LEAST_ROOM if self.view.frames else 0.0), (words - diameter) / 2 + 2.0 * bool(words))
        before, after = (max(least, sides.get(side, 0.0)) for side in ("before", "after"))
        along, across = before + diameter + after, length + 2 * room
        size = Size(along, across) if self.is_across else Size(across, along)
        if self.view.direction in {"left", "up"}:
            before = after
        margin = (across - column.length) / 2 - pad
        return replace(column, size=size, before=before, margin=margin, room=room)

    def _words(self, node: Node, total: int) -> tuple[tuple[TextLine, ...], tuple[TextLine, ...]]:
        """Return what stands above a column and below it."""
        sizes, face = self.theme.sizes, self.theme.face
        told = describe(node, activations="activations" in self.view.show)
        title, details = told.title, list(told.details)
        for number in (f" {total}", f" {node.attributes.get('units')}"):
            title = title.removesuffix(number)
        details = [detail for detail in details if detail not in {str(total), f"{total} filters"}]
        if node.kind is Kind.INPUT:
            title, details = self.names.get(node.id, node.name), []
        if node.id in self.labels:
            title, *details = [line.strip() for line in self.labels[node.id].splitlines()] or [""]
            feet = [(detail,) for detail in details]
        else:
            feet = [(self._count(node, total),), (*details, *self.following.get(node.id, ()))]
            feet += [(self.shared[node.id],)] if node.id in self.shared else []
        if "trainable" in self.view.show and node.trainable is False:
            feet.append(("frozen",))
        heads = [
            TextLine(text=text, size=sizes.operation, weight=700, role="ink")
            for text in broken(title, sizes.operation, face, _LIMIT, 700, slack=1.3)
        ]
        if "names" in self.view.show and node.name and node.kind is not Kind.INPUT:
            heads += self._small([(node.name,)])
        return tuple(heads), tuple(self._small(feet))

    def _count(self, node: Node, total: int) -> str:
        """Say how many neurons there are, and where they are the same at many places."""
        word = _WORDS.get(node.kind, "value")
        told = f"{total} {word}{'' if total == 1 else 's'}"
        if steps_of(node):
            return f"{told} at each position"
        shape = node.outputs[0].tensor.shape if node.outputs else None
        if node.kind is Kind.CONVOLUTION and "shapes" in self.view.show and shape is not None:
            return f"{told}, {shape_text(shape)}"
        return told

    def _small(self, said: Iterable[Sequence[str]]) -> list[TextLine]:
        size, face = self.theme.sizes.detail, self.theme.face
        return [TextLine(text=text, size=size) for each in said for text in joined(each, size, face, _LIMIT)]
