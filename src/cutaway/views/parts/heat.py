"""Boxes in the colours of a scale or of a size by a number, and the bar with ticks that explains the colours."""

from collections.abc import Mapping
from itertools import pairwise

from cutaway.geometry import Point, Rect, Size
from cutaway.layered.problem import Direction
from cutaway.record import replace
from cutaway.ruler import metrics, width
from cutaway.scene import Mark, Text
from cutaway.theme import Hatching, Theme
from cutaway.views.parts.box import Glyph, Looks, swatch
from cutaway.views.readings import Readings, ScaleKey

NONE, UNKNOWN = "heat.none", "heat.unknown"
"""Roles beside the steps of a scale, for what has nothing of the measure, and for what is not known."""

_CELL = 8.0
_AIR = 4.0
"""Points between two texts below the bar."""
_LONGEST = {"down": 130.0, "across": 90.0}
"""Points by which the box of the largest amount is longer, across the flow, than that of none."""


def step_role(step: int, steps: int, theme: Theme) -> str:
    """Return the role of one of `steps` steps; few steps are spread over all colours of the theme."""
    last = len(theme.heat) - 1
    return f"heat.{round(step * last / (steps - 1)) if steps > 1 else last // 2}"


def heated(theme: Theme) -> Theme:
    """Return the theme with the roles of a scale in it."""
    palette = theme.palette
    ground = palette.get("page", palette["input"])
    fills = {f"heat.{place}": fill for place, fill in enumerate(theme.heat)} | {NONE: ground, UNKNOWN: ground}
    strokes = {f"{role}.stroke": palette["edge"] for role in fills} | {f"{UNKNOWN}.stroke": palette["grey"]}
    return replace(
        theme,
        palette={"hatch": palette["rule"], **palette, **fills, **strokes},
        dashes={**theme.dashes, UNKNOWN: (2.4, 1.8)},
        hatchings={**theme.hatchings, UNKNOWN: Hatching(angle=45.0)},
    )


def applied(glyphs: Mapping[str, Glyph], readings: Readings, direction: Direction) -> dict[str, Glyph]:
    """Return the glyphs in the sizes and colours that numbers give them."""
    long = _LONGEST["across" if direction in {"right", "left"} else "down"]
    boxes = {key: glyphs[key] for key in readings.lengths if glyphs[key].form == "box"}
    found = dict(glyphs)
    if direction in {"right", "left"}:
        least = max((glyph.size.height for glyph in boxes.values()), default=0.0)
        for key, glyph in boxes.items():
            size = Size(glyph.size.width, least + long * readings.lengths[key])
            found[key] = replace(glyph, size=size)
    else:
        least = max((glyph.size.width for glyph in boxes.values()), default=0.0)
        for key, glyph in boxes.items():
            size = Size(least + long * readings.lengths[key], glyph.size.height)
            found[key] = replace(glyph, size=size)
    return found | {key: coloured(found[key], role) for key, role in readings.roles.items()}


def coloured(glyph: Glyph, role: str) -> Glyph:
    """Return a glyph in the colours of a role, all of its text in ink, because grey is too faint on a strong colour."""
    lines = tuple([replace(line, role="ink", lead_role="ink") for line in glyph.lines])
    return replace(glyph, role=role, lines=lines)


def bar(key: ScaleKey, breadth: float, looks: Looks) -> tuple[list[Mark], float]:
    """Draw title, cells and ticks from the origin on, within `breadth`; return them and their height."""
    theme = looks.theme
    size, face = theme.sizes.legend, theme.face
    cap = metrics(face).cap_height * size
    marks: list[Mark] = [Text(at=Point(0.0, cap), text=key.title, size=size, face=face, fill="grey")]
    if not key.cells:
        return marks, cap + size
    widths = [width(tick, size, face) for tick in key.ticks]
    left = widths[0] / 2
    cell = min(max(widths) + _AIR, (breadth - left - widths[-1] / 2) / len(key.cells))
    top = cap + size * 0.8
    for place, role in enumerate(key.cells):
        marks.append(swatch(role, Rect(left + place * cell, top, cell, _CELL), 0.0, looks))
    baseline = top + _CELL + size * 0.5 + cap
    for place in _apart(widths, cell):
        at = Point(left + place * cell, baseline)
        marks.append(Text(at=at, text=key.ticks[place], size=size, face=face, fill="grey", anchor="middle"))
    return marks, baseline + size


def _apart(widths: list[float], cell: float) -> list[int]:
    """Return the ticks that have room for their texts: both ends, and as many between as fit."""
    last = len(widths) - 1
    for stride in range(1, last + 1):
        kept = [0, *range(last, 0, -stride)[::-1]]
        rooms = [(b - a) * cell - (widths[a] + widths[b]) / 2 for a, b in pairwise(kept)]
        if min(rooms) >= _AIR / 2:
            return kept
    return [0, last]
