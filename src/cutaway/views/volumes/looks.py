"""How volumes and lines look where a caller asks for it: shades, colours and widths of lines, heads or none."""

from cutaway.record import replace
from cutaway.scene import Rgba
from cutaway.theme import Theme
from cutaway.typed import TYPE_CHECKING
from cutaway.views.parts.cuboid import Cuboid

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cutaway.style import Style
    from cutaway.views.volumes import Volumes


def looked(view: "Volumes", theme: Theme) -> Theme:
    """Return the theme with the lines and the margin that are asked for."""
    if view.connector_color is not None:
        theme = replace(theme, palette={**theme.palette, "edge": view.connector_color})
    if view.connector_width is not None:
        theme = replace(theme, strokes=replace(theme.strokes, edge=view.connector_width))
    if not view.arrows:
        theme = replace(theme, strokes=replace(theme.strokes, arrow_length=0.0, arrow_width=0.0))
    if view.padding is not None:
        theme = replace(theme, spacing=replace(theme.spacing, margin=view.padding))
    return theme


def shaded(
    cuboids: dict[str, Cuboid], step: int | None, styles: "Mapping[str, Style]", theme: Theme
) -> dict[str, Cuboid]:
    """Return the cuboids whose top is a step darker than their front, and whose side is two, where steps are given."""
    found = dict(cuboids)
    for node, cuboid in cuboids.items():
        style = styles.get(node)
        own = step if style is None or style.shade is None else style.shade
        if own is not None:
            front = theme.palette[f"{cuboid.role}.front"]
            found[node] = replace(cuboid, paints={"top": darker(front, own), "side": darker(front, 2 * own)})
    return found


def darker(color: str, steps: int) -> Rgba:
    """Return a colour with each of its parts so many steps lower."""
    red, green, blue = (max(0, int(color[place : place + 2], 16) - steps) for place in (1, 3, 5))
    return Rgba(red, green, blue)
