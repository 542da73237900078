"""Stages of a line: brackets below volumes in one strip take the place of regions around them."""

from collections.abc import Collection, Mapping

from cutaway.geometry import Point, Rect
from cutaway.record import Record, replace
from cutaway.ruler import metrics, width
from cutaway.scene import Line, Mark, Move, Path, Stroke, Text
from cutaway.theme import Theme
from cutaway.typed import TYPE_CHECKING
from cutaway.views.volumes.chains import chains

if TYPE_CHECKING:
    from cutaway.graph import Graph
    from cutaway.views.preparing import Prepared

_TICK = 3.0
"""Points by which the ends of a bracket are bent."""


class Bracketed(Record):
    """What is drawn without the regions of stages that brackets show, with the `names` of these by node."""

    prepared: "Prepared"
    names: Mapping[str, str]


def bracketed(prepared: "Prepared", cuts: Collection[str]) -> Bracketed:
    """Return stages as brackets where all of them lie in one chain, which ends before `cuts`."""
    from cutaway.analysis.regions import without

    reduction = prepared.reduction
    stages = reduction.stages
    if not stages:
        return Bracketed(prepared=prepared, names={})
    flat = without(reduction.graph, stages)
    homes = {member: stage for stage, members in stages.items() for member in members}
    if not _are_in_line(flat, homes, cuts):
        return Bracketed(prepared=prepared, names={})
    called = {scope.id: scope.name for scope in reduction.graph.scopes}
    reduction = replace(reduction, graph=flat, stages={})
    styling = prepared.styling and replace(prepared.styling, reduction=reduction)
    names = {node: called[stage] for node, stage in homes.items()}
    return Bracketed(prepared=replace(prepared, reduction=reduction, styling=styling), names=names)


def _are_in_line(flat: "Graph", homes: Mapping[str, str], cuts: Collection[str]) -> bool:
    """Tell whether what lies in stages follows each other in one chain, each stage as a whole."""
    for chain in chains(flat, cuts):
        inside = [homes[node] for node in chain.nodes if node in homes]
        if inside:
            runs = [stage for place, stage in enumerate(inside) if not place or stage != inside[place - 1]]
            return len(inside) == len(homes) and len(runs) == len(set(runs))
    return False


class Bracket(Record):
    """The name of a stage below the volumes from the `first` place to the `last`."""

    name: str
    first: int
    last: int

    def width(self, theme: Theme) -> float:
        """Return how wide the name is."""
        return width(self.name, theme.sizes.caption, theme.face, 700)

    def room(self, left: float, right: float, y: float, theme: Theme) -> Rect:
        """Return what it takes below `y`, under fronts from `left` to `right`."""
        wide = max(self.width(theme), right - left)
        cap = metrics(theme.face, 700).cap_height * theme.sizes.caption
        return Rect((left + right - wide) / 2, y, wide, 2 * _TICK + cap + 0.4 * theme.spacing.caption)

    def marks(self, room: Rect, theme: Theme) -> tuple[Mark, ...]:
        """Draw it in its room."""
        y = room.y + _TICK
        corners = (Point(room.x, room.y), Point(room.x, y), Point(room.right, y), Point(room.right, room.y))
        line = Path(
            segments=(Move(corners[0]), *[Line(point) for point in corners[1:]]),
            stroke=Stroke(paint="edge", width=0.8 * theme.strokes.box),
        )
        at = Point(room.center.x, room.bottom)
        size = theme.sizes.caption
        return line, Text(at=at, text=self.name, size=size, face=theme.face, fill="grey", anchor="middle", weight=700)
