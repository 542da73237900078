"""A Scene as a document of its own that pdfium draws, strip by strip and, where it is wide, part by part.

What was drawn of a strip is still in the processor's cache when it is read, and a large file takes little memory.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from math import inf

from cutaway.outputs.operators import Device
from cutaway.outputs.paint import legible
from cutaway.outputs.pdfium import MOST_REACH, Area, Form, Page, opened
from cutaway.outputs.private_page import private_page
from cutaway.outputs.sheet import Sheet
from cutaway.scene import Scene

STRIP_BYTES = 1 << 21
"""So many bytes of pixels are drawn at once, if possible."""
LEAST_HEIGHT = 64
"""Strips are not cut lower than so many pixels."""
SIDE = MOST_REACH // 2
"""Parts are no wider than so many pixels."""
_MARGIN = 256
"""Pixels around a part that are drawn with it, since letters that are cut at its side come out shifted."""


class Drawing:
    """A scene that is drawn on pixels of the `ground`."""

    def __init__(self, page: Page, sheet: Sheet, form: Form, ground: bytes) -> None:
        self.width, self.height = sheet.width, sheet.height
        self.ground = ground
        self._page = page
        self._form: Form = form

    def strips(self, stride: int) -> Iterator[tuple[int, int]]:
        """Cut the picture, whose rows take `stride` bytes, into strips; yield the top and the height of each."""
        height = max(LEAST_HEIGHT, STRIP_BYTES // stride)
        for top in range(0, self.height, height):
            yield top, min(height, self.height - top)

    def draw(self, top: int, height: int, into: bytearray, start: int, stride: int) -> None:
        """Draw a strip over bytes that are its ground: rows of `stride` bytes, the first pixel at `start`."""
        if self.width <= SIDE:
            area = Area(left=0, top=top, width=self.width, height=height)
            self._page.draw(area, self._form, into, start, stride)
            return
        size = len(self.ground)
        for left in range(0, self.width, SIDE):
            first, right = max(0, left - _MARGIN), min(left + SIDE, self.width)
            area = Area(left=first, top=top, width=min(right + _MARGIN, self.width) - first, height=height)
            part = bytearray(self.ground * (area.width * height))
            self._page.draw(area, self._form, part, 0, size * area.width)
            for row in range(height):
                here, there = size * (row * area.width + left - first), start + row * stride + size * left
                length = size * (right - left)
                into[there : there + length] = memoryview(part)[here : here + length]


@contextmanager
def drawing(scene: Scene, sheet: Sheet, form: Form, ground: bytes) -> Iterator[Drawing]:
    """Open a scene to be drawn on pixels of the `ground`."""
    reach = SIDE / 2 / sheet.scale if max(sheet.width, sheet.height) > SIDE else inf
    document = private_page(legible(scene), Device(thinnest=1 / sheet.scale, reach=reach))
    with opened(document, sheet.scale) as page:
        yield Drawing(page, sheet, form, ground)
