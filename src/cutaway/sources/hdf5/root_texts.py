"""The texts at the root of an HDF5 file, such as `model_config`, where they are stored in the usual way.

Importing pyfive, and NumPy with it, takes three times as long as a whole figure, and a config is one text. So headers
and heaps as h5py writes them are read here, by the same Window with its budget; whatever else there is, and whatever is
wrong, is left to pyfive.
Source: HDF5 File Format Specification 3.0, III.E (global heap), IV.A.1 (object headers), IV.A.2 (messages).
"""

from collections.abc import Collection, Iterator

from cutaway.sources.files import CONFIG_BYTES
from cutaway.sources.hdf5.messages import attribute_name, attribute_parts
from cutaway.sources.hdf5.start import start_of
from cutaway.sources.hdf5.window import DamagedHdf5Error, Window

_CONTINUATION, _ATTRIBUTE, _ATTRIBUTE_INFO = 16, 12, 21
_STRING, _VARIABLE, _TEXT = 3, 9, 1
_NOWHERE = b"\xff" * 8
_HEADER_BYTES, _MESSAGES = 1 << 20, 256
"""Limits of what is read of a header here: that of a root has a few messages, of at most 64 kB."""


class _UnusualError(Exception):
    """Say that something is not stored in the usual way."""


def root_texts(path: str, names: Collection[str]) -> dict[str, str]:
    """Return those of the attributes of the root that are texts stored in the usual way; {} for what is not."""
    try:
        with open(path, "rb") as file:
            window, root = start_of(Window(file, 0, file.seek(0, 2)))
            found = {}
            for message in _attributes(window, root):
                name = attribute_name(message, 0)
                if name in names:
                    found[name] = _text(window, message)
            return found
    except (OSError, ValueError, IndexError, DamagedHdf5Error, _UnusualError):
        return {}


def _attributes(window: Window, root: int) -> Iterator[bytes]:
    """Give the messages of a header that are attributes; raises _UnusualError where there may be others elsewhere."""
    for kind, flags, data in _messages(window, root):
        if kind == _ATTRIBUTE_INFO:
            start = 4 if data[1] & 1 else 2
            if data[start : start + 8] != _NOWHERE:
                raise _UnusualError
        elif kind == _ATTRIBUTE:
            if flags & 2 or data[0] not in {1, 3} or data[1]:
                raise _UnusualError
            yield data


def _messages(window: Window, root: int) -> Iterator[tuple[int, int, bytes]]:
    """Give the kind, the flags and the data of each message of a header, the pieces that continue it included."""
    start = _read(window, root, 16)
    is_first_version = start[0] == 1
    if start.startswith(b"OHDR"):
        place, size, is_ordered = _second_start(window, root)
    elif is_first_version:
        place, size, is_ordered = root + 16, int.from_bytes(start[8:12], "little"), False
    else:
        raise _UnusualError
    length = 8 if is_first_version else 6 if is_ordered else 4
    pieces, met = [(place, size)], 0
    for at, long in pieces:
        if long > _HEADER_BYTES or len(pieces) > _MESSAGES:
            raise _UnusualError
        data, place = _read(window, at, long), 0
        while place + length <= long:
            met += 1
            if met > _MESSAGES:
                raise _UnusualError
            kind, wide, flags = _head(data, place, is_first_version=is_first_version)
            place += length
            message = data[place : place + wide]
            if len(message) < wide:
                raise _UnusualError
            place += wide
            if kind == _CONTINUATION:
                pieces.append(_continued(window, message, is_first_version=is_first_version))
            yield kind, flags, message


def _second_start(window: Window, root: int) -> tuple[int, int, bool]:
    """Return where the messages of a header of version 2 start, how long they are, and whether they are numbered."""
    flags = _read(window, root, 6)[5]
    place = root + 6 + (16 if flags & 32 else 0) + (4 if flags & 16 else 0)
    width = 1 << (flags & 3)
    return place + width, int.from_bytes(_read(window, place, width), "little"), bool(flags & 4)


def _head(data: bytes, place: int, *, is_first_version: bool) -> tuple[int, int, int]:
    if is_first_version:
        kind, wide = (int.from_bytes(data[place + at : place + at + 2], "little") for at in (0, 2))
        return kind, wide, data[place + 4]
    return data[place], int.from_bytes(data[place + 1 : place + 3], "little"), data[place + 3]


def _continued(window: Window, message: bytes, *, is_first_version: bool) -> tuple[int, int]:
    """Return where the messages of a piece that continues a header are, and how long."""
    place, size = (int.from_bytes(message[at : at + 8], "little") for at in (0, 8))
    if is_first_version:
        return place, size
    if size < 8 or _read(window, place, 4) != b"OCHK":
        raise _UnusualError
    return place + 4, size - 8  # its signature and its checksum


def _text(window: Window, message: bytes) -> str:
    """Return the one text that an attribute holds."""
    kind, space = attribute_parts(message, 0)
    if message[space + 1] or message[space] not in {1, 2} or (message[space] == 2 and message[space + 3]):
        raise _UnusualError  # several, or none
    size = int.from_bytes(message[6:8], "little")
    start = space + (-(-size // 8) * 8 if message[0] == 1 else size)
    family = message[kind] & 15
    if family == _STRING:
        value = message[start : start + int.from_bytes(message[kind + 4 : kind + 8], "little")]
    elif family == _VARIABLE and message[kind + 1] & 15 == _TEXT:
        value = _heaped(window, message[start : start + 16])
    else:
        raise _UnusualError
    return value.rstrip(b"\0").decode()


def _heaped(window: Window, reference: bytes) -> bytes:
    """Return what a reference to a global heap means: a length, the address of the heap, the number in it."""
    length, address, number = (int.from_bytes(reference[at:end], "little") for at, end in ((0, 4), (4, 12), (12, 16)))
    head = _read(window, address, 16)
    if not head.startswith(b"GCOL") or length > CONFIG_BYTES:
        raise _UnusualError
    place, end = address + 16, address + int.from_bytes(head[8:16], "little")
    while place + 16 <= end:
        item = _read(window, place, 16)
        found, size = int.from_bytes(item[:2], "little"), int.from_bytes(item[8:16], "little")
        if found == 0:
            break
        if found == number:
            return _read(window, place + 16, min(length, size))
        place += 16 + -(-size // 8) * 8
    raise _UnusualError


def _read(window: Window, place: int, size: int) -> bytes:
    window.seek(place)
    return window.read(size)
