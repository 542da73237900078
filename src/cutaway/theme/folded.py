"""The colours of folded blocks: a lighter tint of the kind that leads in them, in its outline and its hatch; counts."""

from collections.abc import Iterable
from types import MappingProxyType

from cutaway.record import replace
from cutaway.theme import Theme, mixed

FOLDED = ".folded"
"""What the role of a folded block ends with; before it stands the kind."""
COUNT = "count"
"""The role of the text in a pill, which is filled with ink."""
_SHARE = 0.5


def folded(theme: Theme, roles: Iterable[str]) -> Theme:
    """Return a theme that also has some roles of folded blocks; those that it has already stay as they are."""
    palette, dashes, hatchings = dict(theme.palette), dict(theme.dashes), dict(theme.hatchings)
    palette.setdefault(COUNT, palette.get("page") or _best_on(palette["ink"]))
    for role in roles:
        kind = role.removesuffix(FOLDED)
        fill, stroke = palette[kind], palette[f"{kind}.stroke"]
        palette.setdefault(role, mixed(fill, palette.get("page", fill), _SHARE))
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


def _best_on(ground: str) -> str:
    from cutaway.colors import contrast  # few figures have no page

    return max("#FFFFFF", "#000000", key=lambda color: contrast(color, ground))
