"""How large a glyph is that shows the shape of an output: what its axes mean, and how lengths grow with their sizes."""

from cutaway.views.sizing.asked import asked_for
from cutaway.views.sizing.meaning import Axes, axes_of, meanings
from cutaway.views.sizing.room import Room, roomy
from cutaway.views.sizing.sizes import MODES, Extent, Mode, Sizing, grown, natural_sizing

__all__ = [
    "MODES", "Axes", "Extent", "Mode", "Room", "Sizing", "asked_for", "axes_of", "grown", "meanings", "natural_sizing",
    "roomy",
]  # fmt: skip
