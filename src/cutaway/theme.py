"""The look of a figure as a value: colours by role, type sizes, strokes, radii and gaps, all lengths in points."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from cutaway.ruler import Face


@dataclass(frozen=True, slots=True, kw_only=True)
class TypeSizes:
    """Sizes of the type, by what it says."""

    title: float = 11.0
    facts: float = 7.5
    operation: float = 8.0
    detail: float = 7.0
    label: float = 6.5
    caption: float = 7.5
    legend: float = 6.5
    sign: float = 9.0
    leading: float = 9.2


@dataclass(frozen=True, slots=True, kw_only=True)
class Strokes:
    """Widths of lines and the sizes of what ends or rounds them."""

    box: float = 0.9
    edge: float = 1.0
    region: float = 0.8
    rule: float = 0.8
    arrow_length: float = 4.5
    arrow_width: float = 4.4
    edge_radius: float = 4.0
    box_radius: float = 3.0
    region_radius: float = 6.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Spacing:
    """Room between and inside things."""

    margin: float = 10.0
    pad_x: float = 6.0
    pad_y: float = 5.0
    rank: float = 12.0
    box: float = 12.0
    lane: float = 8.0
    label: float = 3.5
    region: float = 9.0
    caption: float = 5.0
    legend: float = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Theme:
    """A whole look. `palette` maps roles to `#rrggbb`.

    Every kind has the roles `<kind>` (fill) and `<kind>.stroke`; beside them stand `page`, `ink`, `grey`, `edge`,
    `region`, `region.stroke`, `rule`, `pill`, `pill.ink`, `merge` and `merge.stroke`.
    """

    name: str
    palette: Mapping[str, str]
    face: Face = field(default_factory=Face)
    sizes: TypeSizes = field(default_factory=TypeSizes)
    strokes: Strokes = field(default_factory=Strokes)
    spacing: Spacing = field(default_factory=Spacing)
