import struct
import zlib
from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Pillow

from cutaway.outputs.png_bytes import joined


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


@given(st.data(), st.integers(1, 4), st.lists(st.integers(1, 3), min_size=1, max_size=3))
def test_joined_bands_show_their_rows_whatever_the_filters(data, width, heights):
    bands, rows = [], []
    for height in heights:
        own = [data.draw(st.binary(min_size=4 * width, max_size=4 * width)) for _ in range(height)]
        bands.append(encoded([data.draw(st.integers(0, 4)) for _ in own], own))
        rows += own
    image = Pillow.open(BytesIO(joined(bands, width, len(rows), 96)))
    assert image.tobytes() == b"".join(rows)
