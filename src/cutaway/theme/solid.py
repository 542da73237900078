"""The colours of cuboids: three tones of each kind, front, side (darker) and top (lighter), and their edges."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from cutaway.colors import luminance
from cutaway.record import replace
from cutaway.theme import PAPER, Hatching, Theme, mixed
from cutaway.theme.folded import FOLDED

GLOBAL = "pooling.global"
"""The role of what pools a whole image to one value: darker than other pooling."""
_DARKER = 1.6
_SHARES = (0.36, 0.49, 0.19)
"""How much of the stroke of a kind is in its front, its side and its top."""
_OWN_SHARES: Mapping[str, tuple[float, float, float]] = {
    "input": (0.0, 0.11, 0.05),
    "output": (0.0, 0.11, 0.05),
    "nested": (0.04, 0.16, 0.08),
    "merge": (0.27, 0.41, 0.17),
    "reshape": (0.17, 0.33, 0.07),
    "regularization": (0.24, 0.4, 0.12),
    "other": (0.6, 0.8, 0.42),
}
"""The same of kinds whose fill is white or nearly so."""
_CHOSEN: Mapping[str, tuple[str, str, str, str]] = {
    "convolution": ("#8FBFE0", "#6FA5CC", "#B5D6EC", "#2B5F86"),
    "dense": ("#E9A48B", "#D0886D", "#F2C4B4", "#96492A"),
    "pooling": ("#7CC9B0", "#5FAE95", "#A6DCCB", "#1E6B54"),
    GLOBAL: ("#3E9E81", "#2F8268", "#72BBA3", "#164F3E"),
    "upsampling": ("#E8B27A", "#CF9860", "#F1CDA6", "#8A5415"),
    "merge": ("#C9CED6", "#AEB5BF", "#DEE2E7", "#5C6673"),
    "input": ("#FFFFFF", "#E9ECF0", "#F6F7F9", "#3B4252"),
    "output": ("#FFFFFF", "#E9ECF0", "#F6F7F9", "#3B4252"),
}
"""Front, side, top and edges of kinds that have the colours of `paper`."""
_HATCHINGS = MappingProxyType({"regularization": Hatching(angle=45.0, gap=2.2, width=0.5)})
"""What is on the fronts of kinds whose boxes are told by dashes only, which edges are too short for."""
_DARK = 0.02
"""Strokes that are no lighter are nearly black: of these, half as much is in a tone."""
_EDGE, _SOFT = 0.38, 0.22
"""How much ink there is in the edges, and how much of the side."""
_SIDE, _TOP = 0.16, 0.34
"""How much darker a side, and how much lighter a top is than a fill that a caller gives."""


def with_solids(theme: Theme, roles: Iterable[str]) -> Theme:
    """Return a theme that also has `<role>.front`, `.side`, `.top` and `.edge` for each of the roles."""
    palette, hatchings = dict(theme.palette), dict(theme.hatchings)
    is_dark = luminance(palette.get("page", "#FFFFFF")) < 0.2
    for role in dict.fromkeys(roles):
        bare = role.replace(FOLDED, "")
        own = bare if bare in palette else role  # folded blocks are as strong as what leads in them
        tones = _tones(own, palette)
        edge = mixed(mixed(palette[f"{own}.stroke"], palette["ink"], _EDGE), tones[1], _SOFT)
        if own in _CHOSEN and _is_paper(own, palette):
            front, side, top, edge = _CHOSEN[own]
            tones = front, side, top
        elif is_dark:
            tones = (tones[0], tones[2], tones[1])
        for tone, color in zip(("front", "side", "top", "edge"), (*tones, edge), strict=True):
            palette.setdefault(f"{role}.{tone}", color)
        if (kind := role.partition(".")[0]) in _HATCHINGS and kind not in theme.hatchings:
            hatchings[f"{role}.front"] = _HATCHINGS[kind]
            palette.setdefault(f"{role}.front.hatch", edge)
    return replace(theme, palette=MappingProxyType(palette), hatchings=MappingProxyType(hatchings))


def with_global(theme: Theme) -> Theme:
    """Return a theme that also has the role of global pooling."""
    palette = {**theme.palette, GLOBAL: theme.palette["pooling"], f"{GLOBAL}.stroke": theme.palette["pooling.stroke"]}
    hatchings = theme.hatchings
    if "pooling" in hatchings:
        hatchings = MappingProxyType({**hatchings, GLOBAL: hatchings["pooling"]})
        palette[f"{GLOBAL}.hatch"] = theme.palette.get("pooling.hatch", palette[f"{GLOBAL}.stroke"])
    return replace(theme, palette=MappingProxyType(palette), hatchings=hatchings)


def _is_paper(role: str, palette: Mapping[str, str]) -> bool:
    """Tell whether a role has the colours that it, or its kind, has in `paper`."""
    kind = role.partition(".")[0]
    return palette[role] == PAPER.palette[kind] and palette[f"{role}.stroke"] == PAPER.palette[f"{kind}.stroke"]


def _tones(role: str, palette: Mapping[str, str]) -> tuple[str, str, str]:
    """Return the colours of front, side and top on a light page."""
    fill, stroke = palette[role], palette[f"{role}.stroke"]
    if role.startswith("style."):
        return fill, mixed(fill, "#000000", _SIDE), mixed(fill, "#FFFFFF", _TOP)
    weight = (_DARKER if role == GLOBAL else 1.0) * (0.5 if luminance(stroke) < _DARK else 1.0)
    front, side, top = (weight * share for share in _OWN_SHARES.get(role.partition(".")[0], _SHARES))
    return mixed(fill, stroke, front), mixed(fill, stroke, side), mixed(fill, stroke, top)
