"""A theme in another size: smaller type down to the least that can be read, and less room between things."""

from cutaway.page import LEAST_SIZE, Page
from cutaway.record import fields_of, replace
from cutaway.theme import Theme

_LEAST_GAPS = {"rank": 8.0, "lane": 6.0, "label": 2.0, "label_air": 1.6, "pad_x": 3.0, "pad_y": 3.0, "caption": 4.0}
"""Points; below this arrows have no room, or lines and texts touch."""
MARGIN = 0.01
"""Of the page's width: a figure in a column needs no margin of its own, a large one does."""


def scaled(theme: Theme, scale: float, air: float, page: Page) -> Theme:
    """Return a theme whose type is `scale` times as large, but not under the page's least size, and with less `air`."""
    unit = page.least_size / LEAST_SIZE
    type_scale = scale * unit
    sizes = {
        name: max(page.least_size, getattr(theme.sizes, name) * type_scale)
        for name in fields_of(type(theme.sizes))
        if name != "leading"
    }
    sizes["sign"] = max(sizes["sign"], theme.sizes.sign * unit)  # three arrows need room around the circle of a merge
    sizes["leading"] = max(theme.sizes.leading * type_scale, 1.28 * sizes["detail"])
    lines = unit * max(scale, 0.85)
    strokes = {name: getattr(theme.strokes, name) * lines for name in fields_of(type(theme.strokes))}
    spacing = {
        name: max(getattr(theme.spacing, name) * type_scale * air, _LEAST_GAPS.get(name, 0.0) * unit)
        for name in fields_of(type(theme.spacing))
        if name != "margin"
    }
    margin = theme.spacing.margin if page.width is None else min(theme.spacing.margin * unit, MARGIN * page.width)
    return replace(
        theme,
        least_size=page.least_size,
        sizes=replace(theme.sizes, **sizes),
        strokes=replace(theme.strokes, **strokes),
        spacing=replace(theme.spacing, **spacing, margin=margin),
    )
