"""The pixels of a document's page, as pdfium draws them: through its plain functions, as fpdfview.h has them.

pdfium is made for one thread, so that one drawing waits for the other.
"""

import ctypes
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock

from cutaway.errors import InternalError
from cutaway.record import Record
from cutaway.typed import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from types import ModuleType

Form = Literal["RGB", "RGBX", "RGBA"]
"""The bytes of a pixel: only RGBA can be transparent; what was in X stays there."""
MOST_REACH = 32_000
"""Places further than so many pixels from the corner of what is drawn at once are moved there: lines to them bend."""
_ALONE = Lock()


class Area(Record):
    """A part of a page in pixels."""

    left: int
    top: int
    width: int
    height: int


class Page:
    """An open page at so many pixels per unit."""

    def __init__(self, pdfium: "ModuleType", page: object, scale: float) -> None:
        self._pdfium: Any = pdfium
        self._page = page
        self._scale = scale

    def draw(self, area: Area, form: Form, into: bytearray, start: int, stride: int) -> None:
        """Draw a part of the page over the pixels that are there: rows of `stride` bytes, the first at `start`."""
        pdfium = self._pdfium
        forms = {"RGB": pdfium.FPDFBitmap_BGR, "RGBX": pdfium.FPDFBitmap_BGRx, "RGBA": pdfium.FPDFBitmap_BGRA}
        pixels = ctypes.c_char.from_buffer(into, start)
        bitmap = pdfium.FPDFBitmap_CreateEx(area.width, area.height, forms[form], ctypes.byref(pixels), stride)
        if not bitmap:
            raise InternalError(f"pdfium draws no {area.width} × {area.height} pixels")
        way = pdfium.FS_MATRIX(self._scale, 0, 0, self._scale, -area.left, -area.top)
        seen = pdfium.FS_RECTF(0, 0, area.width, area.height)
        pdfium.FPDF_RenderPageBitmapWithMatrix(bitmap, self._page, way, seen, pdfium.FPDF_REVERSE_BYTE_ORDER)
        pdfium.FPDFBitmap_Destroy(bitmap)


@contextmanager
def opened(document: bytes, scale: float) -> Iterator[Page]:
    """Open the only page of a document, to be drawn at `scale` pixels per unit."""
    import pypdfium2_raw as pdfium

    with _ALONE:
        pdfium.FPDF_InitLibraryWithConfig(pdfium.FPDF_LIBRARY_CONFIG(version=2))  # all but the first call do nothing
        held = pdfium.FPDF_LoadMemDocument64(document, len(document), None)
        page = pdfium.FPDF_LoadPage(held, 0) if held else None
        try:
            if not page:
                raise InternalError(f"pdfium cannot read its page (error {pdfium.FPDF_GetLastError()})")
            yield Page(pdfium, page, scale)
        finally:
            if page:
                pdfium.FPDF_ClosePage(page)
            if held:
                pdfium.FPDF_CloseDocument(held)
