"""How a mark looks: the colours of its fill and outline, and what else tells it from others."""

from collections.abc import Mapping

from cutaway.graph import Kind
from cutaway.record import Record
from cutaway.scene import Hatch, Paint, Path, Rgba, Rounded
from cutaway.views.parts.tint import PALE

KINDS = frozenset({*map(str, Kind), "nested", "edge"})
"""Roles of which there are shades."""


class Look(Record):
    """Colours as `#rrggbb`, None for what is not painted; a hatch by its angle and gap, its lines by their colour."""

    fill: str | None = None
    stroke: str | None = None
    width: float = 0.0
    dash: tuple[float, ...] = ()
    hatch: tuple[float, float] | None = None
    lines: str | None = None
    is_round: bool = False


def look_of(path: Path, palette: Mapping[str, str]) -> Look:
    """Return how a path looks."""
    fill, stroke = path.fill, path.stroke
    hatch = fill if isinstance(fill, Hatch) else None
    return Look(
        fill=_hex(hatch.ground if hatch else fill, palette),
        stroke=_hex(stroke.paint, palette) if stroke else None,
        width=stroke.width if stroke else 0.0,
        dash=tuple(stroke.dash) if stroke else (),
        hatch=(hatch.angle, hatch.gap) if hatch else None,
        lines=_hex(hatch.paint, palette) if hatch else None,
        is_round=_is_round(path),
    )


def role_of(path: Path) -> str:
    """Return the role of a path's fill, else of its stroke; empty for a plain colour."""
    fill = path.fill
    paint = fill.ground if isinstance(fill, Hatch) else fill
    if paint is None and path.stroke is not None:
        paint = path.stroke.paint
    return paint if isinstance(paint, str) else ""


def kind_of(role: str) -> str:
    """Return the kind of which a role is a shade, such as that of a muted or a marked box; any other role is itself."""
    kind = role.partition(".")[0]
    return kind if kind in KINDS else role


def is_pale(role: object) -> bool:
    """Tell whether a role is that of a mark which recedes because its author wants it to."""
    return isinstance(role, str) and role.endswith(PALE)


def _hex(paint: Paint | None, palette: Mapping[str, str]) -> str | None:
    match paint:
        case None | Hatch():
            return None
        case Rgba(red=red, green=green, blue=blue):
            return f"#{red:02X}{green:02X}{blue:02X}"
        case _:
            return palette.get(paint)


def _is_round(path: Path) -> bool:
    shape = path.segments
    return isinstance(shape, Rounded) and shape.radius >= min(shape.rect.width, shape.rect.height) / 2 - 0.01
