"""The colours of cuboids: three tones of each kind, front, side (darker) and top (lighter), and their edges."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType
from typing import Final

from cutaway.colors import luminance, mixed
from cutaway.record import replace
from cutaway.theme import Theme
from cutaway.theme.folded import FOLDED

_SHARES: Final = (0.36, 0.55, 0.19)
"""How much of the stroke of a kind is in its front, its side and its top."""
_OWN_SHARES: Final[Mapping[str, tuple[float, float, float]]] = {
    "input": (0.0, 0.11, 0.05),
    "output": (0.0, 0.11, 0.05),
    "nested": (0.04, 0.16, 0.08),
    "merge": (0.27, 0.41, 0.17),
    "reshape": (0.24, 0.4, 0.12),
    "regularization": (0.24, 0.4, 0.12),
    "other": (0.3, 0.5, 0.15),
}
"""The same of kinds whose fill is white or nearly so."""
_EDGE: Final = 0.38
"""How much ink there is in the edges."""
_SIDE, _TOP = 0.16, 0.34
"""How much darker a side, and how much lighter a top is than a fill that a caller gives."""


def with_solids(theme: Theme, roles: Iterable[str]) -> Theme:
    """Return a theme that also has `<role>.front`, `.side`, `.top` and `.edge` for each of the roles."""
    palette = dict(theme.palette)
    is_dark = luminance(palette.get("page", "#FFFFFF")) < 0.2
    for role in dict.fromkeys(roles):
        tones = _tones(role, palette)
        if is_dark:
            tones = (tones[0], tones[2], tones[1])
        for tone, color in zip(("front", "side", "top"), tones, strict=True):
            palette.setdefault(f"{role}.{tone}", color)
        palette.setdefault(f"{role}.edge", mixed(palette[f"{role}.stroke"], palette["ink"], _EDGE))
    return replace(theme, palette=MappingProxyType(palette))


def _tones(role: str, palette: Mapping[str, str]) -> tuple[str, str, str]:
    """Return the colours of front, side and top on a light page."""
    fill, stroke = palette[role], palette[f"{role}.stroke"]
    if role.startswith("style."):
        return fill, mixed(fill, "#000000", _SIDE), mixed(fill, "#FFFFFF", _TOP)
    front, side, top = _OWN_SHARES.get(role.partition(".")[0], _SHARES)
    if FOLDED in role:
        front, side, top = 0.8 * front, 0.8 * side, 0.8 * top
    return mixed(fill, stroke, front), mixed(fill, stroke, side), mixed(fill, stroke, top)
