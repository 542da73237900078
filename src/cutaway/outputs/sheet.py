"""The size of a Scene in pixels, checked before anything is drawn."""

import math

from cutaway.errors import InputError, InternalError, UnsupportedError
from cutaway.record import Record
from cutaway.scene import Scene

MOST_PIXELS = 1_000_000_000
"""No picture is drawn larger: a Pillow image of this size takes 4 GB."""


class Sheet(Record):
    """The pixels that a scene fills at `dpi` dots per inch."""

    width: int
    height: int
    dpi: float

    @property
    def scale(self) -> float:
        """How many pixels a point is."""
        return self.dpi / 72


def sheet_of(scene: Scene, dpi: float) -> Sheet:
    """Work out the size in pixels; raise where it cannot be drawn."""
    if isinstance(dpi, bool) or not isinstance(dpi, int | float) or not math.isfinite(dpi) or dpi <= 0:
        raise InputError(f"cannot draw at {dpi!r} dpi: give dots per inch as a number above 0, such as 300")
    if min(scene.width, scene.height) < 0.01:
        raise InternalError(f"the scene has no extent: {scene.width} × {scene.height} pt")
    width = max(1, round(scene.width * dpi / 72))
    height = max(1, round(scene.height * dpi / 72))
    if width * height > MOST_PIXELS:
        enough = math.floor(math.sqrt(MOST_PIXELS / (scene.width * scene.height)) * 72)
        raise UnsupportedError(
            f"cannot draw {width} × {height} pixels ({dpi:g} dpi): the limit is {MOST_PIXELS:,} pixels; "
            f"draw at {enough} dpi or less, or save as .svg or .pdf, which have no pixels"
        )
    return Sheet(width=width, height=height, dpi=dpi)
