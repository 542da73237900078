"""PNG files as bytes: the stored resolution, and one picture put together from bands without decoding it.

The format: W3C, Portable Network Graphics (Third Edition), sections 5 (datastream), 9 (filtering), 11.3.4.3 (pHYs).
"""

import struct
import zlib
from collections.abc import Iterable, Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
RGBA_BYTES = 4


def with_resolution(png: bytes, dpi: float) -> bytes:
    """Store the resolution in a finished file."""
    end_of_header = len(SIGNATURE) + 12 + 13
    return png[:end_of_header] + _resolution(dpi) + png[end_of_header:]


def joined(bands: Iterable[bytes], width: int, height: int, dpi: float) -> bytes:
    """Put bands, each an RGBA picture of 8 bits and `width` pixels, under each other.

    The filtered rows are kept as they are; only one band is held unpacked at a time.
    """
    packer = zlib.compressobj(6)
    parts = [SIGNATURE, _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0)), _resolution(dpi)]
    for band in bands:
        rows = bytearray(zlib.decompress(b"".join(data for kind, data in _chunks(band) if kind == b"IDAT")))
        _free_first_row(rows, width)
        if packed := packer.compress(rows):
            parts.append(_chunk(b"IDAT", packed))
    parts.extend((_chunk(b"IDAT", packer.flush()), _chunk(b"IEND", b"")))
    return b"".join(parts)


def _free_first_row(rows: bytearray, width: int) -> None:
    """Rewrite the first row so that it no longer counts on a row of zeros above it."""
    none, sub, up, average, paeth = range(5)
    if rows[0] == up:
        rows[0] = none
    elif rows[0] == paeth:  # below zeros, the Paeth predictor is the pixel to the left
        rows[0] = sub
    elif rows[0] == average:
        rows[0] = none
        for at in range(1 + RGBA_BYTES, 1 + RGBA_BYTES * width):
            rows[at] = (rows[at] + rows[at - RGBA_BYTES] // 2) & 0xFF


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += length + 12


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _resolution(dpi: float) -> bytes:
    per_meter = round(dpi / 0.0254)
    return _chunk(b"pHYs", struct.pack(">IIB", per_meter, per_meter, 1))
