"""The colours of folded blocks: a lighter tint of the kind that leads in them, in its outline and its hatch."""

from collections.abc import Iterable
from types import MappingProxyType
from typing import Final

from cutaway.colors import mixed
from cutaway.record import replace
from cutaway.theme import Theme

FOLDED: Final = ".folded"
"""What the role of a folded block ends with; before it stands the kind."""
_SHARE: Final = 0.5


def folded(theme: Theme, roles: Iterable[str]) -> Theme:
    """Return a theme that also has some roles of folded blocks; those that it has already stay as they are."""
    palette, dashes, hatchings = dict(theme.palette), dict(theme.dashes), dict(theme.hatchings)
    for role in roles:
        kind = role.removesuffix(FOLDED)
        fill, stroke = palette[kind], palette[f"{kind}.stroke"]
        palette.setdefault(role, mixed(fill, palette["page"], _SHARE))
        palette.setdefault(f"{role}.stroke", stroke)
        if kind in dashes:
            dashes.setdefault(role, dashes[kind])
        if kind in hatchings:
            hatchings.setdefault(role, hatchings[kind])
            if f"{kind}.hatch" in palette:
                palette.setdefault(f"{role}.hatch", palette[f"{kind}.hatch"])
    return replace(
        theme,
        palette=MappingProxyType(palette),
        dashes=MappingProxyType(dashes),
        hatchings=MappingProxyType(hatchings),
    )
