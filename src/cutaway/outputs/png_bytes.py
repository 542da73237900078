"""PNG files as bytes: rows packed so that a stretch of rows that are as the row above takes no work.

The formats: W3C, Portable Network Graphics (Third Edition), sections 5 (datastream), 9 (filtering), 11.3.4.3 (pHYs);
RFC 1950 (zlib: the Adler-32 sum) and RFC 1951 (deflate).

Rows are not filtered: figures are faces and letters, whose rows deflate finds again as they are.
"""

import struct
import zlib
from collections.abc import Iterable

SIGNATURE = b"\x89PNG\r\n\x1a\n"
_UP = 2
"""The filter of a row that is stored as what differs from the row above."""
_LEAST = 1 << 15
"""Stretches of fewer bytes are packed with what is around them; deflate looks back no further."""
_LEVEL = 2
"""Packs faster than 3 by a sixth, and larger by a fiftieth; 4 takes twice the time for a tenth."""
_MEMORY = 6
"""With tables this small, which stay in the processor's cache, faces are packed a third faster than by default."""
_ADLER = 65521
_CHUNK = 1 << 20


def packed(strips: Iterable[bytearray], size: tuple[int, int], pixel: int, dpi: float) -> bytes:
    """Return a file of rows of pixels of 3 (RGB) or 4 (RGBA) bytes; `strips` are rows, each behind a zero."""
    width, height = size
    packing = _Packing(1 + pixel * width)
    for strip in strips:
        packing.put(strip)
    header = struct.pack(">IIBBBBB", width, height, 8, 2 if pixel == 3 else 6, 0, 0, 0)
    return b"".join((SIGNATURE, _chunk(b"IHDR", header), _resolution(dpi), *packing.chunks(), _chunk(b"IEND", b"")))


class _Packing:
    """Rows of `length` bytes while they are packed.

    A stretch of rows that are as the row above is packed once: what is before it is flushed, so that nothing behind
    refers to it, and ends on a whole byte.
    """

    def __init__(self, length: int) -> None:
        self._length = length
        self._least = -(-_LEAST // length)
        self._packer = _packer()
        self._parts = [b"\x78\x9c"]
        self._sum = 1
        self._stretch: bytes | None = None
        self._stretch_sum = 1
        self._above = b""

    def put(self, strip: bytearray) -> None:
        """Pack some rows."""
        length, above = self._length, self._above
        seen, since, at = memoryview(strip), 0, 0
        while at < len(strip):
            first = at
            while above and at < len(strip) and strip.startswith(above, at):
                at += length
            times = (at - first) // (self._least * length)
            if times:
                self._plain(seen[since:first])
                self._repeat(times)
                since = first + times * self._least * length
            if at < len(strip):
                above = bytes(seen[at : at + length])
                at += length
        self._plain(seen[since:])
        self._above = above

    def _plain(self, data: memoryview) -> None:
        if data:
            self._sum = zlib.adler32(data, self._sum)
            self._parts.append(self._packer.compress(data))

    def _repeat(self, times: int) -> None:
        """Put so many stretches behind all else; the sum of both follows from that of each."""
        if self._stretch is None:
            data, packer = (bytes([_UP]) + bytes(self._length - 1)) * self._least, _packer()
            self._stretch = packer.compress(data) + packer.flush(zlib.Z_FULL_FLUSH)
            self._stretch_sum = zlib.adler32(data)
        self._parts.append(self._packer.flush(zlib.Z_FULL_FLUSH) + self._stretch * times)
        low_behind, high_behind = self._stretch_sum & 0xFFFF, self._stretch_sum >> 16
        for _ in range(times):
            low, high = self._sum & 0xFFFF, self._sum >> 16
            high = (high + high_behind + self._least * self._length * (low - 1)) % _ADLER
            self._sum = high << 16 | (low + low_behind - 1) % _ADLER

    def chunks(self) -> Iterable[bytes]:
        """Return all that is packed, in chunks of a file."""
        data = b"".join((*self._parts, self._packer.flush(), struct.pack(">I", self._sum)))
        return [_chunk(b"IDAT", data[start : start + _CHUNK]) for start in range(0, len(data), _CHUNK)]


def _packer() -> "zlib._Compress":
    """Return what packs bytes into a stream without a head and a sum."""
    return zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS, _MEMORY)


def _chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def _resolution(dpi: float) -> bytes:
    per_meter = round(dpi / 0.0254)
    return _chunk(b"pHYs", struct.pack(">IIB", per_meter, per_meter, 1))
