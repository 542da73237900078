"""Room for lines: a glyph is as long, across the flow, as the lines need that arrive or leave side by side."""

from collections import Counter
from typing import TYPE_CHECKING

from cutaway.geometry import Size
from cutaway.graph import Graph
from cutaway.layered.problem import Direction
from cutaway.record import replace
from cutaway.theme import Theme

if TYPE_CHECKING:
    from collections.abc import Mapping
    from typing import TypeVar

    from cutaway.views.parts.shaped import Shaped

    G = TypeVar("G", bound=Shaped)  # for types alone: a bound in quotes would be compiled, in 2 ms

_AIR = 0.6
"""Points between two arrowheads."""
_LEAST = 5.0
"""Points between two lines that end side by side, however small their arrowheads."""
_CORNER = 1.2
"""Between the outermost lines and the corners of a box, in such distances: a little more than the layout asks for."""


def port_room(theme: Theme) -> float:
    """Return how far apart two lines end that end side by side, in points: as far as their arrowheads need."""
    return max(_LEAST, theme.strokes.arrow_width + _AIR)


def roomy(glyphs: "Mapping[str, G]", graph: Graph, direction: Direction, theme: Theme) -> "dict[str, G]":
    """Return the glyphs of the nodes of `graph`, those longer that have many lines on one side.

    One line may be straight and lie at the end of the others, so each half of a side holds them all. Into a circle up
    to three lines lead from as many sides.
    """
    arriving = Counter(edge.target for edge in graph.edges)
    several = {node.id for node in graph.nodes if len(node.outputs) > 1}
    ports = {(edge.source, edge.source_port) for edge in graph.edges if edge.source in several}
    ports.update((output.node, output.port) for output in graph.outputs if output.node in several)
    leaving = Counter(node for node, _ in ports)
    step = port_room(theme)
    found = dict(glyphs)
    for key, glyph in glyphs.items():
        lines = max(arriving.get(key, 0), leaving.get(key, 0))
        if lines <= 1:
            continue
        if glyph.form == "round":
            length = 2 * step * (lines - 1) + min(glyph.size.width, glyph.size.height) if lines > 3 else 0.0
        else:
            head, foot = getattr(glyph, "rooms", (glyph.margin, glyph.margin))  # no line ends on these
            length = 2 * step * (lines - 1) + 2 * _CORNER * step + head + foot
        found[key] = _lengthened(glyph, length, is_across=direction in {"right", "left"})
    return found


def _lengthened(glyph: "G", length: float, *, is_across: bool) -> "G":
    width, height = glyph.size.width, glyph.size.height
    size = Size(width, max(height, length)) if is_across else Size(max(width, length), height)
    return glyph if size == glyph.size else replace(glyph, size=size)
