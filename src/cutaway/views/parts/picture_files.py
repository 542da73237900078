"""What files of pictures hold: sizes from the headers of PNG and JPEG (ISO 15948 and 10918-1), all else by Pillow."""

import zlib
from collections.abc import Iterable
from io import BytesIO

from cutaway.geometry import Size
from cutaway.typed import Any

_PNG = b"\x89PNG\r\n\x1a\n"
_PIXELS = {0: (1, (1, 2, 4, 8)), 2: (3, (8, 16)), 3: (1, (1, 2, 4, 8)), 4: (2, (8, 16)), 6: (4, (8, 16))}
"""By colour type, the samples of a pixel, and how many bits each may have (ISO 15948, 11.2.2).

Greys of 16 bits are not among them, because writers of PDF files cut them off at 8.
"""
_INDEXED = 3
_AT_ONCE = 1 << 20
"""Bytes that are inflated at once."""
_JPEG = b"\xff\xd8"
_FRAMES = frozenset({0xC0, 0xC1, 0xC2})
"""Markers of the frames that all readers know: baseline, extended and progressive, with Huffman codes."""
_BARE = frozenset({0x01, *range(0xD0, 0xD8)})
"""Markers without a segment."""
_MOST = 100_000_000
"""Pixels of a picture; a larger one is not read."""


def size_of(data: bytes) -> Size | None:
    """Return the size in pixels of a PNG or JPEG file that can be drawn as it is; None for all else."""
    if data.startswith(_PNG):
        return _of_png(data)
    return _of_jpeg(data) if data.startswith(_JPEG) else None


def through_pillow(data: bytes) -> bytes | None:
    """Return the picture in a file of any format as PNG, upright; None where Pillow cannot read it."""
    from PIL import Image, ImageOps

    try:
        with Image.open(BytesIO(data)) as opened:
            if opened.width * opened.height > _MOST:
                return None
            opened.load()
            return as_png(ImageOps.exif_transpose(opened))
    except Exception:  # noqa: BLE001  readers of damaged files raise whatever they stumble over
        return None


def as_png(given: object) -> bytes | None:
    """Return a Pillow image as PNG, without the time of day; None where it has no pixels."""
    image: Any = given
    if not image.width or not image.height:
        return None
    try:
        has_alpha = image.getbands()[-1] in {"A", "a"} or "transparency" in image.info
        mode = "RGBA" if has_alpha else "RGB"
        kept = {"icc_profile": image.info.get("icc_profile") if image.mode == mode else None}  # one for other inks
        out = BytesIO()
        _of_bytes(image).convert(mode).save(out, "PNG", **kept)
    except (OSError, ValueError, KeyError):
        return None
    return out.getvalue()


def _of_bytes(image: Any) -> Any:  # noqa: ANN401 - Pillow is loaded by those who use it
    """Return an image whose numbers are 0 to 255; those of larger ones, and shares, are taken as far as they may go."""
    if image.mode not in {"I", "F"} and not image.mode.startswith("I;16"):
        return image
    numbers = image if image.mode == "F" else image.convert("I")
    most = numbers.getextrema()[1]
    limits = (1.0, 255.0, 65535.0) if image.mode == "F" else (255.0, 65535.0) if image.mode == "I" else (65535.0,)
    scale = 255.0 / next((limit for limit in limits if most <= limit), most)
    return numbers.point(lambda value: value * scale + 0.0).convert("L")


def _of_png(data: bytes) -> Size | None:
    """Return the size in a PNG file whose chunks are whole and end as they should, and whose pixels are all there."""
    at, header, names, packed = len(_PNG), b"", set[bytes](), list[bytes]()
    while at + 12 <= len(data):
        length, name = int.from_bytes(data[at : at + 4], "big"), data[at + 4 : at + 8]
        end = at + 8 + length
        if end + 4 > len(data) or zlib.crc32(data[at + 4 : end]) != int.from_bytes(data[end : end + 4], "big"):
            return None
        if not header:
            if name != b"IHDR" or length != 13:
                return None
            header = data[at + 8 : end]
        elif name == b"IDAT":
            packed.append(data[at + 8 : end])
        elif name == b"IEND":
            size = _size(header[:4], header[4:8])
            return size if size and _has_pixels(header, packed, has_palette=b"PLTE" in names) else None
        names.add(name)
        at = end + 4
    return None


def _has_pixels(header: bytes, packed: Iterable[bytes], *, has_palette: bool) -> bool:
    """Tell whether as many bytes are packed as a picture of a header has; one in passes has some more."""
    wide, high = int.from_bytes(header[:4], "big"), int.from_bytes(header[4:8], "big")
    bits, kind = header[8], header[9]
    samples, depths = _PIXELS.get(kind, (0, ()))
    if bits not in depths or (kind == _INDEXED and not has_palette):
        return False
    left, inflating = high * ((wide * samples * bits + 7) // 8 + 1), zlib.decompressobj()
    if header[12]:
        left = (high * wide * samples * bits + 7) // 8
    try:
        for part in packed:
            waiting = part
            while waiting and left > 0:
                left -= len(inflating.decompress(waiting, _AT_ONCE))
                waiting = inflating.unconsumed_tail
    except zlib.error:
        return False
    return left <= 0


def _of_jpeg(data: bytes) -> Size | None:
    """Return the size in a JPEG file of one or three components, which is stored upright and has an end."""
    if b"\xff\xd9" not in data[-4096:]:
        return None
    at = 2
    while at + 4 <= len(data) and data[at] == 0xFF:
        marker = data[at + 1]
        if marker == 0xFF or marker in _BARE:
            at += 1 if marker == 0xFF else 2
            continue
        body = data[at + 4 : at + 2 + int.from_bytes(data[at + 2 : at + 4], "big")]
        if marker == 0xE1 and body.startswith(b"Exif\0\0") and _is_turned(body[6:]):
            return None
        if marker in _FRAMES:
            return _size(body[3:5], body[1:3]) if len(body) > 5 and body[0] == 8 and body[5] in {1, 3} else None
        if marker == 0xDA:
            return None
        at += 4 + len(body) if body else 4
    return None


def _is_turned(exif: bytes) -> bool:
    """Tell whether a reader that heeds the orientation (tag 0x0112, Exif 2.3, 4.6.4) would turn the picture."""
    order = "little" if exif.startswith(b"II") else "big"

    def number(at: int, length: int) -> int:
        return int.from_bytes(exif[at : at + length], order)  # type: ignore[arg-type]

    start = number(4, 4)
    for place in range(min(number(start, 2), 512)):
        entry = start + 2 + 12 * place
        if number(entry, 2) == 0x0112:
            return number(entry + 8, 2) not in {0, 1}
    return False


def _size(wide: bytes, high: bytes) -> Size | None:
    across, down = int.from_bytes(wide, "big"), int.from_bytes(high, "big")
    return Size(float(across), float(down)) if across and down and across * down <= _MOST else None
