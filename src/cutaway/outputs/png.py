"""A Scene as pixels, which pdfium draws: as a PNG file, and as a Pillow image.

Only the fonts of the scene are loaded, never one of the system, so the same scene gives the same bytes everywhere; what
they lack is shown as `?`, with a warning.
"""

from collections.abc import Iterator

from cutaway.outputs import DPI
from cutaway.outputs.drawing import Drawing, drawing
from cutaway.outputs.png_bytes import packed
from cutaway.outputs.sheet import sheet_of
from cutaway.scene import Scene, color
from cutaway.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image as Picture


def to_png(scene: Scene, dpi: float = DPI) -> bytes:
    """Draw the scene as a PNG file, which states its `dpi` (dots per inch).

    The ground is transparent unless the palette has a `page`. Memory is bounded by the file.
    Raises InputError for a dpi that is no positive number, UnsupportedError for more pixels than a picture may have.
    """
    sheet, ground = sheet_of(scene, dpi), _ground(scene)
    with drawing(scene, sheet, "RGB" if len(ground) == 3 else "RGBA", ground) as drawn:
        return packed(_rows(drawn), (sheet.width, sheet.height), len(ground), dpi)


def to_image(scene: Scene, dpi: float = DPI) -> "Picture":
    """Draw the scene as a Pillow image of mode RGBA; the limits are those of `to_png`."""
    from PIL import Image

    sheet, ground = sheet_of(scene, dpi), _ground(scene)
    stride, pixel = 4 * sheet.width, (ground + b"\xff")[:4]
    pixels = bytearray(pixel) * (sheet.width * sheet.height)
    with drawing(scene, sheet, "RGBX" if len(ground) == 3 else "RGBA", pixel) as drawn:
        for top, height in drawn.strips(stride):
            drawn.draw(top, height, pixels, top * stride, stride)
    image = Image.frombuffer("RGBA", (sheet.width, sheet.height), pixels, "raw", "RGBA", 0, 1)
    image.info["dpi"] = (dpi, dpi)
    return image


def _rows(drawn: Drawing) -> Iterator[bytearray]:
    """Draw a picture; yield its rows strip by strip, each behind a byte for its filter."""
    size = len(drawn.ground)
    before = 1 if size == 3 else 4  # pixels of four bytes begin at a multiple of four
    stride = before + size * drawn.width
    row = bytes(before) + drawn.ground * drawn.width
    strip, blank = bytearray(), b""
    for top, height in drawn.strips(stride):
        if len(strip) != stride * height:
            strip, blank = bytearray(stride * height), row * height
        strip[:] = blank
        drawn.draw(top, height, strip, before, stride)
        if before == 1:
            yield strip
        else:
            yield bytearray().join([strip[at + before - 1 : at + stride] for at in range(0, len(strip), stride)])


def _ground(scene: Scene) -> bytes:
    """Return the pixel of the page: three bytes, or four where it is transparent."""
    if "page" not in scene.palette:
        return b"\0\0\0\0"
    page = color("page", scene.palette)
    return bytes((page.red, page.green, page.blue))
