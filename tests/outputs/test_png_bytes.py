import struct
import zlib
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Pillow

from cutaway.outputs.png_bytes import SIGNATURE, packed

WIDTH = 5000
"""Pixels of a row of which few make a stretch that is packed once."""


def opened(data):
    return Pillow.open(BytesIO(data))


def strips(rows, heights):
    """Put rows into strips of so many rows, each row behind a zero."""
    at = 0
    for height in heights:
        yield bytearray().join([b"\0" + row for row in rows[at : at + height]])
        at += height


@given(st.data(), st.sampled_from([3, 4]), st.lists(st.integers(1, 30), min_size=1, max_size=4))
def test_rows_are_what_they_hold(data, pixel, heights):
    """Whatever stretches of equal rows there are, and wherever strips end."""
    kinds = [bytes(pixel * WIDTH), b"\xff" * pixel * WIDTH, bytes(range(1, 1 + pixel)) * WIDTH]
    rows = list[bytes]()
    while len(rows) < sum(heights):
        rows += [data.draw(st.sampled_from(kinds))] * data.draw(st.integers(1, 20))
    del rows[sum(heights) :]
    image = opened(packed(strips(rows, heights), (WIDTH, len(rows)), pixel, 96))
    assert image.mode == {3: "RGB", 4: "RGBA"}[pixel]
    assert image.size == (WIDTH, len(rows))
    assert image.tobytes() == b"".join(rows)


@given(st.data(), st.integers(1, 4), st.integers(1, 5))
def test_any_pixels_are_kept(data, width, height):
    rows = [data.draw(st.binary(min_size=4 * width, max_size=4 * width)) for _ in range(height)]
    assert opened(packed(strips(rows, [height]), (width, height), 4, 96)).tobytes() == b"".join(rows)


def test_equal_rows_take_next_to_nothing():
    rows = [bytes([number]) * 4 * WIDTH for number in range(3) for _ in range(2000)]
    data = packed(strips(rows, [500] * 12), (WIDTH, len(rows)), 4, 96)
    assert len(data) < len(rows) * 4 * WIDTH / 150
    packer = zlib.decompressobj()
    start = data.index(b"IDAT") + 4
    assert len(packer.decompress(data[start:])) == len(rows) * (4 * WIDTH + 1)
    assert data.startswith(SIGNATURE)


def test_the_resolution_is_stored_in_pixels_per_metre():
    data = packed(strips([b"\0\0\0"], [1]), (1, 1), 3, 254)
    at = data.index(b"pHYs") + 4
    assert struct.unpack(">IIB", data[at : at + 9]) == (10_000, 10_000, 1)
