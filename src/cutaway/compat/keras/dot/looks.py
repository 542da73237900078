"""What attributes of the DOT language ask of the looks of a node, an edge or a cluster; which have no meaning here."""

import re
from collections.abc import Collection, Iterator, Mapping

from cutaway.compat.keras.dot.colors import is_plain, readable_on, rgba
from cutaway.compat.keras.dot.outlines import OUTLINES
from cutaway.compat.keras.dot.sketch import Attributes, number
from cutaway.geometry import Size
from cutaway.record import Record
from cutaway.scene import Rgba

_DASHES: Mapping[str, tuple[float, ...]] = {"dashed": (3.6, 2.4), "dotted": (0.9, 2.0), "solid": ()}
_STYLES = frozenset({*_DASHES, "filled", "rounded", "bold", "invis", "invisible", ""})
_BOLD = 2.0
_INCH = 72.0
_NUMBERS = frozenset({"penwidth", "fontsize", "width", "height", "nodesep", "ranksep"})
_COLORS = ("color", "fillcolor", "fontcolor", "bgcolor", "pencolor")
_OF_ALL = frozenset({"label", "style", "penwidth", "color", "id", "class", "comment"})
_READ: Mapping[str, frozenset[str]] = {
    "node": _OF_ALL | {"fillcolor", "fontcolor", "fontsize", "tooltip", "shape", "width", "height"},
    "edge": _OF_ALL | {"xlabel", "dir", "arrowhead", "arrowtail"},
    "cluster": _OF_ALL | {"fillcolor", "bgcolor", "pencolor", "fontcolor"},
    "graph": frozenset(
        {"label", "bgcolor", "rankdir", "dpi", "splines", "concentrate", "nodesep", "ranksep", "comment"}
    ),
}
_SAID: Mapping[str, Collection[str]] = {
    "fontname": ("Helvetica", "helvetica", "Arial", "arial", "sans-serif"),
    "margin": ("0",),
    "border": ("0",),
    "labeljust": ("l",),
    "dir": ("forward", "back", "both", "none"),
    "arrowhead": ("normal", "none", ""),
    "arrowtail": ("normal", "none", ""),
    "arrowsize": ("1",),
    "peripheries": ("1",),
}
"""Values that say what is drawn anyway, or all that are told apart."""


class Look(Record):
    """What a caller asks for; None leaves it as it is. `width` is a multiple of the usual stroke."""

    fill: Rgba | None = None
    stroke: Rgba | None = None
    ink: Rgba | None = None
    width: float = 1.0
    dash: tuple[float, ...] | None = None
    shape: str | None = None
    least: Size = Size(0.0, 0.0)
    is_hidden: bool = False


def look_of(now: Attributes, before: Attributes, *, pen: float = 1.0) -> Look:
    """Return the look that attributes ask for beyond those that were there before.

    A fill is drawn whether or not the style says "filled". The usual penwidth is `pen`.
    """
    asked = {name: value for name, value in now.items() if before.get(name) != value}
    styles = _styles(asked.get("style", ""))
    fill = readable_on(_fill(asked, styles))
    width = (number(asked.get("penwidth")) or pen) / pen
    if "penwidth" in asked and number(asked["penwidth"]) == 0:
        width = 0.0
    return Look(
        fill=None if fill is None else fill.fill,
        stroke=rgba(asked.get("pencolor") or asked.get("color")),
        ink=rgba(asked.get("fontcolor")) or (None if fill is None else fill.ink),
        width=_BOLD * width if "bold" in styles else width,
        dash=next((_DASHES[style] for style in styles if style in _DASHES), None),
        shape=asked.get("shape"),
        least=Size(*[_INCH * (number(asked.get(name)) or 0.0) / 2 for name in ("width", "height")]),
        is_hidden=bool({"invis", "invisible"}.intersection(styles)),
    )


def _fill(asked: Attributes, styles: Collection[str]) -> str | None:
    if "fillcolor" in asked or "bgcolor" in asked:
        return asked.get("fillcolor") or asked.get("bgcolor")
    return asked.get("color", "lightgrey") if "filled" in styles else None


def undrawn(kind: str, now: Attributes, before: Attributes) -> Iterator[str]:
    """Name what a caller set of the attributes of a graph, a node, an edge or a cluster that nothing is drawn of."""
    for name, value in now.items():
        if before.get(name) == value or value in _SAID.get(name, ()):
            continue
        if name not in _READ[kind] and not (
            name in _SAID and kind == "edge" and name.startswith(("dir", "arrowh", "arrowt"))
        ):
            yield name
        elif (
            (name in _COLORS and not is_plain(value))
            or (name in _NUMBERS and number(value) is None)
            or (name == "style" and not _STYLES.issuperset(_styles(value)))
            or (name == "shape" and value.lower() not in OUTLINES)
            or (name in _SAID and value not in _SAID[name])
        ):
            yield f"{name}={value}"


def _styles(text: str) -> list[str]:
    return [re.sub(r"\(.*\)", "", word).strip().lower() for word in text.split(",")]


def ground(text: str | None) -> str | None:
    """Return a colour as `#rrggbb`; None for what is none, or is not seen."""
    found = readable_on(text)
    return None if found is None else f"#{found.fill.red:02X}{found.fill.green:02X}{found.fill.blue:02X}"
