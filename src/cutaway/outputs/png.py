"""A Scene as pixels: our own SVG, drawn by resvg.

Two packages bind resvg. `resvg` reads a document once and draws any part of it at any scale, and takes fonts as
bytes; `resvg-py` takes files, reads them and the document again for every picture, and knows no parts, so a large
picture has to fit into memory whole. For the same pixels it took 1.6 to 3 times the CPU time (benchmarks/raster.py:
2000 nodes at 300 dpi, 50,000 pixels high, 13.3 s and 1.9 GB; with `resvg` in bands 8.0 s and 0.15 GB). Hence `resvg`.

Large pictures are drawn in cells, where there is something, and put together without packing what is empty; where a
cell cuts a curve, the smoothing of single pixels differs a little. Only the fonts of the scene are loaded, never one of
the system, so the same scene gives the same bytes everywhere; what they lack is shown as `?`, with a warning.
"""

import math
from collections.abc import Iterator
from io import BytesIO
from typing import TYPE_CHECKING

from cutaway.errors import InputError, InternalError, UnsupportedError
from cutaway.outputs import DPI
from cutaway.outputs.cells import Cell, cells
from cutaway.outputs.paint import color, fonts, legible
from cutaway.outputs.png_bytes import Row, packed, stored, with_resolution
from cutaway.outputs.svg import to_svg
from cutaway.record import Record, replace
from cutaway.ruler import font_bytes
from cutaway.scene import Scene

if TYPE_CHECKING:
    from PIL.Image import Image as Picture
    from resvg.usvg import Tree

RESVG_DPI = 96.0
WHOLE_PIXELS = 64_000_000
"""Up to so many pixels a file is drawn in one piece, in 0.6 GB, which needs not be packed a second time."""
STRIP_PIXELS = 16_000_000
"""So many pixels of a larger one are held at once, if possible."""
CELL_PIXELS = 1_000_000
"""An image with more pixels is drawn in cells, those without marks not at all."""
MOST_PIXELS = 1_000_000_000
"""No picture is drawn larger: a Pillow image of this size takes 4 GB."""

_NOTHING = (0, 0, 0, 0)
MOST_NODES = 1_000_000
"""The elements and pieces of text that resvg reads in one document."""


class Sheet(Record):
    """The pixels that a scene fills at `dpi` dots per inch."""

    width: int
    height: int
    dpi: float

    @property
    def pixels(self) -> int:
        """How many pixels there are."""
        return self.width * self.height

    @property
    def scale(self) -> float:
        """How many pixels a point is."""
        return self.dpi / 72


def to_png(scene: Scene, dpi: float = DPI) -> bytes:
    """Draw the scene as a PNG file, which states its `dpi` (dots per inch).

    The ground is transparent unless the palette has a `page`. Memory is bounded by WHOLE_PIXELS and the file.
    Raises InputError for a dpi that is no positive number, UnsupportedError for more than MOST_PIXELS.
    """
    sheet = sheet_of(scene, dpi)
    if sheet.pixels <= WHOLE_PIXELS:
        return with_resolution(_whole(scene, sheet), dpi)
    return packed(_rows(legible(scene), sheet), sheet.width, sheet.height, dpi)


def to_image(scene: Scene, dpi: float = DPI) -> "Picture":
    """Draw the scene as a Pillow image of mode RGBA; the limits are those of `to_png`."""
    from PIL import Image

    sheet = sheet_of(scene, dpi)
    image = Image.new("RGBA", (sheet.width, sheet.height), _ground(scene) or _NOTHING)
    for corner, data in _parts(scene, sheet):
        with Image.open(BytesIO(data)) as part:
            image.paste(part, corner)
    image.info["dpi"] = (dpi, dpi)
    return image


def _parts(scene: Scene, sheet: Sheet) -> Iterator[tuple[tuple[int, int], bytes]]:
    """Draw the parts of a page on which there is something; yield the upper left pixel and the PNG bytes of each."""
    if sheet.pixels <= CELL_PIXELS:
        yield (0, 0), _whole(scene, sheet)
        return
    scene = legible(scene)
    for cell in cells(scene, (sheet.width, sheet.height), sheet.scale):
        yield (cell.left, cell.top), _drawn(scene, cell, sheet)


def _rows(scene: Scene, sheet: Sheet) -> Iterator[Row]:
    """Draw a large scene whose texts are legible; yield its rows. Strips that are full are drawn in one piece."""
    from cutaway.outputs.strips import rows, strips

    tree: Tree | None = None
    for strip in strips(scene, (sheet.width, sheet.height), sheet.scale, STRIP_PIXELS):
        if 2 * strip.covered > sheet.width * strip.height:
            tree = tree or _tree(scene)
            area = Cell(left=0, top=strip.top, width=sheet.width, height=strip.height, marks=())
            yield from stored(_seen(tree, area, scene, sheet), sheet.width)
        else:
            drawn = [_drawn(scene, cell, sheet) for cell in strip.cells]
            yield from rows(strip, drawn, sheet.width, _ground(scene) or _NOTHING)


def _drawn(scene: Scene, cell: Cell, sheet: Sheet) -> bytes:
    """Draw one cell of a scene whose texts are legible."""
    return _seen(_tree(replace(scene, marks=cell.marks, title="", description="")), cell, scene, sheet)


def _whole(scene: Scene, sheet: Sheet) -> bytes:
    """Draw a page in one piece."""
    area = Cell(left=0, top=0, width=sheet.width, height=sheet.height, marks=())
    return _seen(_tree(legible(scene)), area, scene, sheet)


def _seen(tree: "Tree", area: Cell, scene: Scene, sheet: Sheet) -> bytes:
    """Draw what is seen of a document in a part of the page."""
    from resvg import render

    scale = sheet.dpi / RESVG_DPI
    way = (scale, 0.0, -float(area.left), 0.0, scale, -float(area.top))
    return render(tree, way, bg_size=(area.width, area.height), bg_color=_ground(scene))


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
