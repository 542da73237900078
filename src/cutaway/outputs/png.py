"""A Scene as pixels: our own SVG, drawn by resvg.

Two packages bind resvg. `resvg` reads a document once and draws any part of it at any scale, and takes fonts as
bytes; `resvg-py` takes files, reads them and the document again for every picture, and knows no parts, so a large
picture has to fit into memory whole. For the same pixels it took 1.6 to 3 times the CPU time (benchmarks/raster.py:
2000 nodes at 300 dpi, 50,000 pixels high, 13.3 s and 1.9 GB; with `resvg` in bands 8.0 s and 0.15 GB). Hence `resvg`.

Large pictures are drawn in bands; where one cuts a curve, the smoothing of single pixels differs a little. Only the
fonts of the scene are loaded, never one of the system, so the same scene gives the same bytes everywhere; what they
lack is shown as `?`, with a warning.
"""

import math
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from cutaway.errors import InputError, InternalError, UnsupportedError
from cutaway.outputs import DPI
from cutaway.outputs.cells import cells
from cutaway.outputs.paint import color, fonts, legible
from cutaway.outputs.png_bytes import joined, with_resolution
from cutaway.outputs.svg import to_svg
from cutaway.record import Record, replace
from cutaway.ruler import font_bytes
from cutaway.scene import Scene

if TYPE_CHECKING:
    from PIL.Image import Image as Picture
    from resvg.usvg import Tree

RESVG_DPI = 96.0
BAND_PIXELS = 4_000_000
WHOLE_PIXELS = 16_000_000
"""Up to so many pixels a picture is one band, which needs not be packed a second time: less than half of the work."""
CELL_PIXELS = 1_000_000
"""An image with more pixels is drawn in cells, those without marks not at all."""
MOST_PIXELS = 1_000_000_000
"""No picture is drawn larger: a Pillow image of this size takes 4 GB."""

MOST_NODES = 1_000_000
"""The elements and pieces of text that resvg reads in one document."""


class Sheet(Record):
    """The pixels that a scene fills at `dpi` dots per inch."""

    width: int
    height: int
    dpi: float

    @property
    def rows_per_band(self) -> int:
        """How many rows are drawn at once."""
        if self.width * self.height <= WHOLE_PIXELS:
            return self.height
        return max(1, BAND_PIXELS // self.width)


def to_png(scene: Scene, dpi: float = DPI) -> bytes:
    """Draw the scene as a PNG file, which states its `dpi` (dots per inch).

    The ground is transparent unless the palette has a `page`. Memory is bounded by a band of pixels and the file.
    Raises InputError for a dpi that is no positive number, UnsupportedError for more than MOST_PIXELS.
    """
    sheet = sheet_of(scene, dpi)
    bands = _bands(scene, sheet)
    if sheet.rows_per_band >= sheet.height:
        return with_resolution(next(bands)[1], dpi)
    return joined((band for _, band in bands), sheet.width, sheet.height, dpi)


def to_image(scene: Scene, dpi: float = DPI) -> "Picture":
    """Draw the scene as a Pillow image of mode RGBA; the limits are those of `to_png`."""
    from PIL import Image

    sheet = sheet_of(scene, dpi)
    image = Image.new("RGBA", (sheet.width, sheet.height), _ground(scene) or (0, 0, 0, 0))
    for corner, data in _parts(scene, sheet):
        with Image.open(BytesIO(data)) as part:
            image.paste(part, corner)
    image.info["dpi"] = (dpi, dpi)
    return image


def _parts(scene: Scene, sheet: Sheet) -> Iterator[tuple[tuple[int, int], bytes]]:
    """Draw the parts of a page on which there is something; yield the upper left pixel and the PNG bytes of each."""
    if sheet.width * sheet.height <= CELL_PIXELS:
        for top, band in _bands(scene, sheet):
            yield (0, top), band
        return
    from resvg import render

    scene, scale, ground = legible(scene), sheet.dpi / RESVG_DPI, _ground(scene)
    for cell in cells(scene, (sheet.width, sheet.height), sheet.dpi / 72):
        tree = _tree(replace(scene, marks=cell.marks, title="", description=""))
        way = (scale, 0.0, -float(cell.left), 0.0, scale, -float(cell.top))
        yield (cell.left, cell.top), render(tree, way, bg_size=(cell.width, cell.height), bg_color=ground)


def _ground(scene: Scene) -> tuple[int, int, int, int] | None:
    """Return the colour of the page; None where it is transparent."""
    if "page" not in scene.palette:
        return None
    page = color("page", scene.palette)
    return page.red, page.green, page.blue, 255


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


def _bands(scene: Scene, sheet: Sheet) -> Iterator[tuple[int, bytes]]:
    """Draw from top to bottom; yield the first row and the PNG bytes of each band."""
    from resvg import render

    tree = _tree(legible(scene))
    scale = sheet.dpi / RESVG_DPI
    ground = _ground(scene)
    for top in range(0, sheet.height, sheet.rows_per_band):
        size = (sheet.width, min(sheet.rows_per_band, sheet.height - top))
        yield top, render(tree, (scale, 0.0, 0.0, 0.0, scale, -float(top)), bg_size=size, bg_color=ground)


def _tree(scene: Scene) -> "Tree":
    """Let resvg read the scene, with the fonts that it names and no others."""
    from resvg import usvg

    options = usvg.Options.default()
    for face, weight in fonts(scene):
        options.load_font_data(font_bytes(face, weight))
    svg = to_svg(scene)
    nodes = svg.count("<") - svg.count("</") + svg.count(">") - svg.count("><")
    if nodes >= MOST_NODES:  # asked for more, resvg panics
        raise UnsupportedError(
            f"cannot draw a figure of {nodes:,} SVG nodes as pixels: resvg reads at most {MOST_NODES:,}; "
            "save as .svg or .pdf, or draw a part of the model"
        )
    return usvg.Tree.from_str(svg, options)
