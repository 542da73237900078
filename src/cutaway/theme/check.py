"""What is wrong with the colours of a theme, in numbers: text that is hard to read, kinds that look alike."""

from collections.abc import Iterator
from itertools import combinations

from cutaway.colors import contrast, least_distance
from cutaway.theme import Theme
from cutaway.theme.folded import FOLDED, folded

LEAST_CONTRAST = 4.5
"""Of text on its ground (WCAG 2.2, success criterion 1.4.3)."""
LEAST_DISTANCE = 8.0
"""CIEDE2000 between two kinds, by fill or by outline, to the eye that tells them apart least."""

_SHAPED = frozenset({"input", "merge", "output", "nested", "region"})
"""What is told by its form, its place or its words, and not by its colour."""


def shortcomings(theme: Theme, least: float = LEAST_CONTRAST) -> Iterator[str]:
    """Say which text has less contrast than `least` on its ground, then which kinds are hard to tell apart."""
    yield from _faint(theme, least)
    yield from _alike(theme)


def kinds(theme: Theme) -> list[str]:
    """List the roles that have a fill and an outline."""
    return [role for role in theme.palette if f"{role}.stroke" in theme.palette]


def _faint(theme: Theme, least: float) -> Iterator[str]:
    palette = theme.palette
    grounds = {role: palette[role] for role in ("page", *kinds(theme)) if role in palette}
    if theme.hatchings and "hatch" in palette:
        grounds["hatch"] = palette["hatch"]
    tints = folded(theme, [f"{kind}{FOLDED}" for kind in kinds(theme)]).palette
    for kind in kinds(theme):  # a tint between two colours may be darker, or lighter, than both of them
        if all(contrast(palette[text], palette[kind]) >= least for text in ("ink", "grey")):
            grounds[f"folded {kind}"] = tints[f"{kind}{FOLDED}"]
    pairs = [(text, role, fill) for text in ("ink", "grey") for role, fill in grounds.items()]
    pairs += [("ink", f"step {place} of heat", fill) for place, fill in enumerate(theme.heat, 1)]
    for text, role, fill in pairs:
        ratio = contrast(palette[text], fill)
        if ratio < least:
            yield f"{text} {palette[text]} on {role} {fill} has a contrast of {ratio:.1f}:1, under {least:g}:1"


def _alike(theme: Theme) -> Iterator[str]:
    palette = theme.palette
    for one, other in combinations([kind for kind in kinds(theme) if kind not in _SHAPED], 2):
        if theme.dashes.get(one) != theme.dashes.get(other) or theme.hatchings.get(one) != theme.hatchings.get(other):
            continue
        looks = [(palette[kind], palette[f"{kind}.stroke"]) for kind in (one, other)]
        found, vision = least_distance(looks[0], looks[1])
        if found < LEAST_DISTANCE:
            yield f"{one} and {other} are {found:.1f} apart to {vision} vision, under {LEAST_DISTANCE:g}"
