import struct
import zlib
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Pillow

from cutaway.outputs.png_bytes import NONE, SIGNATURE, UP, Row, packed, stored

WIDTH = 70_000
"""Pixels of a row that holds long stretches of zeros."""


def chunk(kind, data):
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def encoded(filters, rows):
    """Encode rows of RGBA bytes with the given filter types, by the formulas of the standard."""
    before, packed = bytes(len(rows[0])), b""
    for kind, row in zip(filters, rows, strict=True):
        packed += bytes([kind])
        for at, value in enumerate(row):
            left = row[at - 4] if at >= 4 else 0
            corner = before[at - 4] if at >= 4 else 0
            above = before[at]
            nearest = min((left, above, corner), key=lambda p: abs(left + above - corner - p))
            packed += bytes([(value - (0, left, above, (left + above) // 2, nearest)[kind]) % 256])
        before = row
    header = struct.pack(">IIBBBBB", len(rows[0]) // 4, len(rows), 8, 6, 0, 0, 0)
    parts = (chunk(b"IHDR", header), chunk(b"IDAT", zlib.compress(packed)), chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


pieces = st.lists(st.tuples(st.integers(0, 4 * WIDTH - 1), st.binary(max_size=40)), max_size=4)


def filled(row: Row) -> bytes:
    """Return all bytes of a row as it is stored."""
    found = bytearray(4 * WIDTH)
    for start, piece in row.pieces:
        found[start : start + len(piece)] = piece
    return bytes(found)


@given(st.lists(st.tuples(st.sampled_from([NONE, UP]), pieces), min_size=1, max_size=3))
def test_rows_are_what_they_hold(given_rows):
    rows = []
    for kind, found in given_rows:
        at, kept = 0, []
        for start, piece in sorted(found):
            if start >= at and start + len(piece) <= 4 * WIDTH:
                kept.append((start, piece))
                at = start + len(piece)
        rows.append(Row(kind, kept))
    image = Pillow.open(BytesIO(packed(rows, WIDTH, len(rows), 96)))
    above = bytes(4 * WIDTH)
    for number, row in enumerate(rows):
        shown = image.crop((0, number, WIDTH, number + 1)).tobytes()
        stored = filled(row)
        if row.filter == UP:
            assert shown == bytes(map(lambda one, other: (one + other) % 256, stored, above))
        else:
            assert shown == stored
        above = shown


def test_zeros_take_next_to_nothing():
    rows = [Row(UP, ((4 * place, b"\x01\x02"),)) for place in range(0, 60_000, 30_000)] * 100
    data = packed(rows, WIDTH, len(rows), 96)
    assert len(data) < len(rows) * 4 * WIDTH / 500
    packer = zlib.decompressobj()
    start = data.index(b"IDAT") + 4
    assert len(packer.decompress(data[start:])) == len(rows) * (4 * WIDTH + 1)
    assert data.startswith(SIGNATURE)


@given(st.data(), st.integers(1, 4), st.lists(st.integers(1, 3), min_size=1, max_size=3))
def test_stored_rows_are_shown_whatever_their_filters(data, width, heights):
    bands, rows = [], []
    for height in heights:
        own = [data.draw(st.binary(min_size=4 * width, max_size=4 * width)) for _ in range(height)]
        bands.append(encoded([data.draw(st.integers(0, 4)) for _ in own], own))
        rows += own
    image = Pillow.open(BytesIO(packed([row for band in bands for row in stored(band, width)], width, len(rows), 96)))
    assert image.tobytes() == b"".join(rows)
