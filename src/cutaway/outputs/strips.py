"""Large pictures in strips: the rows of a PNG file from what is drawn of the cells of each, and nothing in between.

A row is what differs from the row above, so that it is zeros wherever there is nothing, and in plain faces too.
"""

from collections.abc import Iterator, Sequence
from io import BytesIO
from typing import TYPE_CHECKING, Final, TypeAlias

from cutaway.outputs.cells import SIDE, Cell, cells
from cutaway.outputs.png_bytes import NONE, RGBA_BYTES, UP, Row
from cutaway.record import Record
from cutaway.scene import Scene

if TYPE_CHECKING:
    from PIL.Image import Image

Ground: TypeAlias = tuple[int, int, int, int]
_LEAST: Final = 64
"""Strips are not cut lower than so many pixels."""


class Strip(Record, eq=False):
    """Some rows of a picture, with the cells in them."""

    top: int
    height: int
    cells: Sequence[Cell]

    @property
    def covered(self) -> int:
        """How many pixels there are of cells."""
        return sum(cell.width * cell.height for cell in self.cells)


def strips(scene: Scene, size: tuple[int, int], scale: float, most: int) -> list[Strip]:
    """Cut a picture, `size` pixels large, into strips of which no more than `most` pixels are covered, if possible."""
    height = SIDE
    while True:
        found: dict[int, list[Cell]] = {}
        for cell in cells(scene, size, scale, height):
            found.setdefault(cell.top // height, []).append(cell)
        largest = max((sum(cell.width * cell.height for cell in each) for each in found.values()), default=0)
        if largest <= most or height <= _LEAST:
            break
        height //= 2
    return [
        Strip(top=top, height=min(height, size[1] - top), cells=found.get(top // height, ()))
        for top in range(0, size[1], height)
    ]


def rows(strip: Strip, drawn: Sequence[bytes], width: int, ground: Ground) -> Iterator[Row]:
    """Give the filtered rows of a strip of `width` pixels; `drawn` are PNG files of its cells in their order."""
    from PIL import Image

    pieces: list[list[tuple[int, bytes]]] = [[] for _ in range(strip.height + 1)]
    first = bytearray(bytes(ground) * width)
    for cell, data in zip(strip.cells, drawn, strict=True):
        with Image.open(BytesIO(data)) as image:
            steps = _steps(image, ground)
            if cell.top == strip.top:
                top = image.crop((0, 0, cell.width, 1)).tobytes()
                first[RGBA_BYTES * cell.left : RGBA_BYTES * (cell.left + cell.width)] = top
        length = RGBA_BYTES * cell.width
        nothing = bytes(length)
        for number in range(cell.height + 1):
            piece = steps[length * number : length * (number + 1)]
            if piece != nothing:
                pieces[cell.top - strip.top + number].append((RGBA_BYTES * cell.left, piece))
    yield Row(NONE, ((0, bytes(first)),))
    for row in pieces[1 : strip.height]:
        yield Row(UP, row)


def _steps(image: "Image", ground: Ground) -> bytes:
    """Return what differs in each row of a picture on a ground from the row above, and in the row below it."""
    from PIL import Image, ImageChops

    width, height = image.size
    around = Image.new("RGBA", (width, height + 2), ground)
    around.paste(image, (0, 1))
    below, above = (around.crop((0, row, width, row + height + 1)) for row in (1, 0))
    return ImageChops.subtract_modulo(below, above).tobytes()
