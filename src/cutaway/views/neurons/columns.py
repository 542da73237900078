"""From layers to columns of neurons: how many circles they have, and how much room lies around them."""

from collections.abc import Mapping

from cutaway.geometry import Size
from cutaway.graph import Node
from cutaway.record import Record, field, replace
from cutaway.theme import Theme
from cutaway.typed import TYPE_CHECKING, Literal
from cutaway.views.neurons.column import AIR, Column, words_size
from cutaway.views.neurons.inner import Core
from cutaway.views.neurons.joints import Joint
from cutaway.views.neurons.words import ColumnWords, Lines

if TYPE_CHECKING:
    from cutaway.views.neurons import Neurons
    from cutaway.views.neurons.plan import Plan

Side = Literal["head", "foot", ""]
Shifts = tuple[float, float]

_ROOM = 6.0
"""Points between the border of a column's room and its frame, where arrows turn."""
_NEAR = 0.5
"""How far from each other columns are whose neurons are joined one by one, compared with others."""
_FAN = 0.7
"""The same for a box and a column."""
CLEAR = 2.5
"""Points between words and the lines beside them."""


class Asked(Record):
    """Where the words at a column stand so that lines pass them: all at one `side`, so far from both of its ends.

    `rooms` are those beyond the words.
    """

    side: Side = ""
    shifts: Shifts = (0.0, 0.0)
    rooms: Shifts = (0.0, 0.0)


_NOTHING = Asked()


class Measures(Record):
    """Lengths in points: of circles, between them, between columns, and from the circles to their frame."""

    diameter: float
    gap: float
    between: float
    pad: float


class Columns(Record):
    """Makes the columns of a plan; `cores` show biases, `asked` is what words need beside lines, by ids of nodes."""

    view: "Neurons"
    plan: "Plan"
    theme: Theme
    words: ColumnWords
    cores: Mapping[str, Mapping[int, Core]] = field(default_factory=dict)
    asked: "Mapping[str, Asked]" = field(default_factory=dict)

    @property
    def is_across(self) -> bool:
        """Whether the data flows to a side, so that columns stand upright."""
        return self.view.direction in {"right", "left"}

    def made(self) -> dict[str, Column]:
        """Return the columns, by the ids of their nodes."""
        totals = self.plan.totals
        leading = {joint.source for joint in self.plan.joints.values()}
        columns = {
            node.id: replace(self._bare(node, totals[node.id]), leads_on=len(node.outputs) == 1 and node.id in leading)
            for node in self.plan.graph.nodes
            if node.id in totals
        }
        rooms = self._rooms()
        shifts = self._shifts(columns, rooms)
        return {
            node: self._placed(
                column, rooms.get(node, {}), shifts.get(node, (0.0, 0.0)), self.asked.get(node, _NOTHING)
            )
            for node, column in columns.items()
        }

    def measures(self, node: str) -> Measures:
        """Return the lengths at a node; those that nobody gives follow the theme's type."""
        view, unit = self.view, self.theme.sizes.operation / 8.0
        own = view.own.get(node, {})
        diameter = own.get("node_size", view.node_size) or 12.0 * unit
        gap, between = own.get("node_spacing", view.node_spacing), own.get("layer_spacing", view.layer_spacing)
        return Measures(
            diameter=diameter,
            gap=diameter / 3 if gap is None else gap,
            between=6.0 * diameter if between is None else between,
            pad=2.5 * unit if view.frames else 0.0,
        )

    def _bare(self, node: Node, total: int) -> Column:
        """Return a column without room around it."""
        measures, side = self.measures(node.id), self.asked.get(node.id, _NOTHING).side
        heads, feet = self.words.of(node, total) if self.view.words else ((), ())
        if side:
            heads, feet = ((*heads, *feet), ()) if side == "head" else ((), (*heads, *feet))
        return Column(
            lines=(*heads, *feet),
            heads=len(heads),
            role=node.kind,
            size=Size(0.0, 0.0),
            shown=self.plan.shown(node.id),
            diameter=measures.diameter,
            gap=measures.gap,
            pad=measures.pad,
            is_across=self.is_across,
            is_framed=self.view.frames,
            cores=self.cores.get(node.id, {}),
            picture=self.plan.pictures.get(node.id),
            curve=self.plan.curves.get(node.id, ""),
        )

    def _rooms(self) -> dict[str, dict[str, float]]:
        """Return the room that lines ask for before and after each column: a half of it each, all beside a box."""
        found: dict[str, dict[str, float]] = {}

        def ask(node: str, side: str, room: float) -> None:
            rooms = found.setdefault(node, {})
            rooms[side] = max(rooms.get(side, 0.0), room)

        for joint in self.plan.joints.values():
            free = self._free(joint)
            if joint.kind in {"all", "each"}:
                ask(joint.source, "after", free / 2)
                ask(joint.target, "before", free / 2)
            elif joint.kind == "fan":
                ask(joint.target, "before", free)
            else:
                ask(joint.source, "after", free)
        return found

    def _free(self, joint: Joint) -> float:
        """Return how far lines lead beside what the layout leaves between things anyway."""
        own = joint.target if joint.kind == "fan" else joint.source
        share = {"each": _NEAR, "fan": _FAN, "gather": _FAN}.get(joint.kind, 1.0)
        if self.view.layer_spacing is not None and joint.kind != "each":
            share = 1.0
        return max(0.0, self.measures(own).between * share - self.theme.spacing.rank)

    def _shifts(self, columns: Mapping[str, Column], rooms: Mapping[str, Mapping[str, float]]) -> dict[str, Shifts]:
        """Return how far the words at both ends stand away from a column because lines to a longer one rise there."""
        found = {node: each.shifts for node, each in self.asked.items()}
        for joint in self.plan.joints.values():
            if joint.kind not in {"all", "each"}:
                continue
            ends = ((joint.source, joint.target), (joint.target, joint.source))
            free = rooms[joint.source]["after"] + rooms[joint.target]["before"] + self.theme.spacing.rank
            for node, other in ends:
                column, far = columns[node], columns[other]
                rise = (far.length - column.length) / 2
                way = free + (column.diameter + far.diameter) / 2
                if rise > 0:
                    head, foot = (shift(part, column, rise / way, self.theme) for part in column.parts)
                    found[node] = larger(found.get(node, (0.0, 0.0)), (head, foot))
        return found

    def _placed(self, column: Column, sides: Mapping[str, float], shifts: Shifts, asked: Asked) -> Column:
        """Return a column in the room that its lines and its words take."""
        words, rooms = 0.0, list(asked.rooms)
        for end, (part, away) in enumerate(zip(column.parts, shifts, strict=True)):
            if part:
                size = words_size(part, self.theme)
                along, beyond = (size.width, size.height) if self.is_across else (size.height, size.width)
                words, rooms[end] = max(words, along), rooms[end] + beyond + away + 2 * AIR
        least = max(column.pad + (_ROOM if self.view.frames else 0.0), (words - column.diameter) / 2 + 2.0)
        before, after = (max(least, sides.get(side, 0.0)) for side in ("before", "after"))
        wide, high = before + column.diameter + after, column.length + 2 * column.pad + sum(rooms)
        return replace(
            column,
            size=Size(wide, high) if self.is_across else Size(high, wide),
            before=after if self.view.direction in {"left", "up"} else before,
            margin=min(rooms),
            rooms=(rooms[0], rooms[1]),
            shifts=shifts,
        )


def shift(part: Lines, column: Column, slope: float, theme: Theme) -> float:
    """Return how far words stand away from the end of a column so that lines pass that rise there by a slope."""
    if not part:
        return 0.0
    size = words_size(part, theme)
    half = (size.width if column.is_across else size.height) / 2 + CLEAR
    return max(0.0, half * slope + CLEAR - column.pad - AIR)


def larger(one: Shifts, other: Shifts) -> Shifts:
    """Return the larger shift at each end."""
    return max(one[0], other[0]), max(one[1], other[1])
