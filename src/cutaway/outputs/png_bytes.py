"""PNG files as bytes: the stored resolution, and rows packed so that long stretches of zeros take no work.

The formats: W3C, Portable Network Graphics (Third Edition), sections 5 (datastream), 9 (filtering), 11.3.4.3 (pHYs);
RFC 1950 (zlib: the Adler-32 sum) and RFC 1951 (deflate).
"""

import struct
import zlib
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

from cutaway.record import Record

SIGNATURE: Final = b"\x89PNG\r\n\x1a\n"
RGBA_BYTES: Final = 4
NONE: Final = 0
"""The filter of a row that is stored as it is."""
UP: Final = 2
"""The filter of a row that is stored as what differs from the row above."""
_SUB, _AVERAGE, _PAETH = 1, 3, 4
_LEAST: Final = 1 << 15
"""Stretches of fewer bytes are packed with what is around them; deflate looks back no further."""
_MOST: Final = 1 << 18
"""Stretches that are packed once are no longer, if possible."""
_LEVEL: Final = 4
"""Packs as small as 6 does, but for a hundredth, in four fifths of the time."""
_ADLER: Final = 65521
_CHUNK: Final = 1 << 20


class Row(Record, kw_only=False, eq=False):
    """A filtered row: pieces of it, each with the number of the byte at which it begins; all else is zeros."""

    filter: int
    pieces: Sequence[tuple[int, bytes]]


def with_resolution(png: bytes, dpi: float) -> bytes:
    """Store the resolution in a finished file."""
    end_of_header = len(SIGNATURE) + 12 + 13
    return png[:end_of_header] + _resolution(dpi) + png[end_of_header:]


def stored(png: bytes, width: int) -> Iterator[Row]:
    """Give the rows of a picture of `width` RGBA pixels of 8 bits, filtered as they are, but counting on none above."""
    rows = bytearray(zlib.decompress(b"".join([data for kind, data in _chunks(png) if kind == b"IDAT"])))
    _free_first_row(rows, width)
    length = 1 + RGBA_BYTES * width
    for start in range(0, len(rows), length):
        yield Row(rows[start], ((0, bytes(rows[start + 1 : start + length])),))


def packed(rows: Iterable[Row], width: int, height: int, dpi: float) -> bytes:
    """Return a file of rows of `width` RGBA pixels of 8 bits."""
    packing, length, blank = _Packing(), RGBA_BYTES * width, 0
    for row in rows:
        pieces = [stripped for piece in row.pieces if (stripped := _stripped(*piece))]
        if row.filter == UP and not pieces:
            blank += 1
            continue
        packing.skip(bytes([UP]), length, blank)
        packing.put(bytes([row.filter]))
        at = blank = 0
        for start, data in pieces:
            packing.skip(b"", start - at)
            packing.put(data)
            at = start + len(data)
        packing.skip(b"", length - at)
    packing.skip(bytes([UP]), length, blank)
    header = _chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 6, 0, 0, 0))
    return b"".join((SIGNATURE, header, _resolution(dpi), *packing.chunks(), _chunk(b"IEND", b"")))


def _stripped(start: int, piece: bytes) -> tuple[int, bytes] | None:
    """Return a piece without the zeros around it; None where it is nothing else."""
    data = piece.lstrip(b"\0")
    return (start + len(piece) - len(data), data.rstrip(b"\0")) if data else None


class _Stretch(Record, eq=False):
    """Bytes that are packed for themselves, with their Adler-32 sum and their number."""

    packed: bytes
    sum: int
    length: int


class _Packing:
    """Bytes while they are packed.

    A long stretch of zeros is packed once: what is before it is flushed, so that nothing behind refers to it, and ends
    on a whole byte.
    """

    def __init__(self) -> None:
        self._packer = _packer()
        self._parts = [b"\x78\x9c"]
        self._sum = 1
        self._stretches: dict[tuple[bytes, int, int], _Stretch] = {}

    def put(self, data: bytes) -> None:
        """Pack some bytes."""
        self._sum = zlib.adler32(data, self._sum)
        self._parts.append(self._packer.compress(data))

    def skip(self, head: bytes, zeros: int, count: int = 1) -> None:
        """Pack so many times a head with so many zeros behind it."""
        if (len(head) + zeros) * count < _LEAST:
            self.put((head + bytes(zeros)) * count)
            return
        if not head and count == 1:
            head, (count, rest), zeros = b"", divmod(zeros, _LEAST), _LEAST
            self.put(bytes(rest))
        self._parts.append(self._packer.flush(zlib.Z_FULL_FLUSH))
        most = max(1, _MOST // (len(head) + zeros))
        while count:
            times = min(most, 1 << count.bit_length() - 1)
            self._add(self._stretch(head, zeros, times))
            count -= times

    def _add(self, stretch: _Stretch) -> None:
        """Put a stretch behind all else; the sum of both follows from that of each."""
        low, high, behind = self._sum & 0xFFFF, self._sum >> 16, stretch.sum
        low_behind, high_behind = behind & 0xFFFF, behind >> 16
        high = (high + high_behind + stretch.length * (low - 1)) % _ADLER
        self._sum = high << 16 | (low + low_behind - 1) % _ADLER
        self._parts.append(stretch.packed)

    def _stretch(self, head: bytes, zeros: int, count: int) -> _Stretch:
        key = head, zeros, count
        if key not in self._stretches:
            data, packer = (head + bytes(zeros)) * count, _packer()
            self._stretches[key] = _Stretch(
                packed=packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH),
                sum=zlib.adler32(data),
                length=len(data),
            )
        return self._stretches[key]

    def chunks(self) -> Iterable[bytes]:
        """Return all that is packed, in chunks of a file."""
        data = b"".join((*self._parts, self._packer.flush(), struct.pack(">I", self._sum)))
        return [_chunk(b"IDAT", data[start : start + _CHUNK]) for start in range(0, len(data), _CHUNK)]


def _free_first_row(rows: bytearray, width: int) -> None:
    """Rewrite the first row so that it no longer counts on a row of zeros above it."""
    if rows[0] == UP:
        rows[0] = NONE
    elif rows[0] == _PAETH:  # below zeros, the Paeth predictor is the pixel to the left
        rows[0] = _SUB
    elif rows[0] == _AVERAGE:
        rows[0] = NONE
        for at in range(1 + RGBA_BYTES, 1 + RGBA_BYTES * width):
            rows[at] = (rows[at] + rows[at - RGBA_BYTES] // 2) & 0xFF


def _chunks(png: bytes) -> Iterator[tuple[bytes, bytes]]:
    at = len(SIGNATURE)
    while at < len(png):
        (length,) = struct.unpack_from(">I", png, at)
        yield png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        at += length + 12


def _packer() -> "zlib._Compress":
    """Return what packs bytes into a stream without a head and a sum."""
    return zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _resolution(dpi: float) -> bytes:
    per_meter = round(dpi / 0.0254)
    return _chunk(b"pHYs", struct.pack(">IIB", per_meter, per_meter, 1))
