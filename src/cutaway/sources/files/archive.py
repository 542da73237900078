"""Members of a zip archive, read within limits: what `.keras` files are packed in.

The standard library's `zipfile` costs more to import (8 ms: shutil, threading, pathlib, urllib) than a ResNet50 costs
to read, and unpacks a member to whatever size it grows to. Source: PKWARE's APPNOTE 6.3.10, sections 4.3.7 (local
header), 4.3.12 (central directory), 4.3.14 to 4.3.16 (its ends) and 4.5.3 (Zip64 sizes).
"""

from cutaway.record import Record
from cutaway.sources.files import DIRECTORY_BYTES, UNPACKED_BYTES
from cutaway.typed import BinaryIO

STORED, DEFLATED = 0, 8
_BIT = 1 << 20
"""Bytes in memory while a large member is unpacked."""
_VERY_MUCH = 1 << 63
_LONG, _VERY_LONG = 0xFFFFFFFF, 0xFFFF
_END, _END_64, _LOCATOR, _ENTRY, _HEADER = b"PK\5\6", b"PK\6\6", b"PK\6\7", b"PK\1\2", b"PK\3\4"


class ArchiveError(ValueError):
    """Say why an archive cannot be read, though nothing is wrong with it."""


class DamagedArchiveError(ArchiveError):
    """Say how an archive is damaged."""


class Member(Record):
    """One file in an archive: how it is packed, its sizes in bytes, and where its local header starts."""

    name: str
    method: int
    encrypted: bool
    checksum: int
    packed: int
    size: int
    header: int


def members(file: BinaryIO) -> tuple[Member, ...]:
    """Return what an archive's directory lists, in order; raises DamagedArchiveError."""
    directory, count, shift = _directory(file)
    found, place = [], 0
    for _ in range(count):
        member, place = _entry(directory, place, shift)
        found.append(member)
    return tuple(found)


def content(file: BinaryIO, member: Member, most: int) -> bytes:
    """Return the bytes of a member, which must be no more than `most`; raises ArchiveError."""
    import zlib

    file.seek(_start(file, member, most))
    data = file.read(member.packed)
    if member.method == DEFLATED:
        try:
            data = zlib.decompressobj(-zlib.MAX_WBITS).decompress(data, member.size + 1)
        except zlib.error as error:
            raise DamagedArchiveError(f"{member.name!r} cannot be unpacked: {error}") from error
    if len(data) != member.size or zlib.crc32(data) != member.checksum:
        raise DamagedArchiveError(f"{member.name!r} does not have the length and checksum that it should have")
    return data


def unpacked(file: BinaryIO, member: Member) -> tuple[BinaryIO, int, int]:
    """Return a file that holds a member's bytes, where they start, and how many they are; raises ArchiveError.

    It is `file` itself where the member is stored as it is, whatever its size. A deflated one is unpacked to a
    temporary file, bit by bit and to its stated size at most, and `file` is closed.
    """
    start = _start(file, member, UNPACKED_BYTES if member.method == DEFLATED else _VERY_MUCH)
    if member.method == STORED:
        return file, start, member.size
    import tempfile
    import zlib

    whole = tempfile.TemporaryFile()  # noqa: SIM115 - the caller closes it
    try:
        file.seek(start)
        _unpack(file, whole, member)
    except zlib.error as error:
        whole.close()
        raise DamagedArchiveError(f"{member.name!r} cannot be unpacked: {error}") from error
    except BaseException:
        whole.close()
        raise
    file.close()
    return whole, 0, member.size


def _unpack(file: BinaryIO, whole: BinaryIO, member: Member) -> None:
    import zlib

    unpacking = zlib.decompressobj(-zlib.MAX_WBITS)
    data, left, checksum = b"", member.packed, 0
    while whole.tell() <= member.size and not unpacking.eof:
        if not data:
            data = file.read(min(left, _BIT))
            left -= len(data)
        piece = unpacking.decompress(data, _BIT)
        if not piece and not data:
            break
        data = unpacking.unconsumed_tail
        whole.write(piece)
        checksum = zlib.crc32(piece, checksum)
    if whole.tell() != member.size or checksum != member.checksum:
        raise DamagedArchiveError(f"{member.name!r} does not have the length and checksum that it should have")


def _start(file: BinaryIO, member: Member, most: int) -> int:
    """Return where a member's data starts; raises ArchiveError if it cannot be read, or is over `most` bytes."""
    if member.encrypted or member.method not in {STORED, DEFLATED}:
        way = "encrypted" if member.encrypted else f"packed by method {member.method}"
        raise ArchiveError(f"{member.name!r} is {way}, which Keras never does")
    if max(member.size, member.packed) > most:
        raise ArchiveError(f"{member.name!r} is over {most} bytes long, which is the limit")
    file.seek(member.header)
    header = file.read(30)
    if len(header) < 30 or not header.startswith(_HEADER):
        raise DamagedArchiveError(f"{member.name!r} is not where the directory says")
    names, extras = _numbers(header, 26, 2, 2)
    start = member.header + 30 + names + extras
    if start + max(member.packed, member.size if member.method == STORED else 0) > file.seek(0, 2):
        raise DamagedArchiveError(f"{member.name!r} is cut short")
    return start


def _directory(file: BinaryIO) -> tuple[bytes, int, int]:
    """Return the central directory, its number of entries, and how far everything is shifted by what stands before."""
    file.seek(0, 2)
    length = file.tell()
    file.seek(max(0, length - 22 - _VERY_LONG))
    tail = file.read()
    end = tail.rfind(_END)
    if end < 0:
        raise DamagedArchiveError("its end is missing")
    count, size, offset = _numbers(tail, end + 10, 2, 4, 4)
    finish = length - len(tail) + end
    if (_LONG in {size, offset} or count == _VERY_LONG) and tail[max(0, end - 20) : end].startswith(_LOCATOR):
        (place,) = _numbers(tail, end - 20 + 8, 8)
        file.seek(min(place, length))
        block = file.read(56)
        if not block.startswith(_END_64):
            raise DamagedArchiveError("its Zip64 end is missing")
        count, size, offset = _numbers(block, 32, 8, 8, 8)
        finish = place
    if size > min(finish, DIRECTORY_BYTES):
        raise DamagedArchiveError("its directory is longer than it can be")
    file.seek(finish - size)
    return file.read(size), count, finish - size - offset


def _entry(directory: bytes, place: int, shift: int) -> tuple[Member, int]:
    if directory[place : place + 4] != _ENTRY:
        raise DamagedArchiveError("its directory is damaged")
    flags, method = _numbers(directory, place + 8, 2, 2)
    checksum, packed, size, names, extras, comments = _numbers(directory, place + 16, 4, 4, 4, 2, 2, 2)
    (header,) = _numbers(directory, place + 42, 4)
    start = place + 46
    name = directory[start : start + names].decode("utf-8" if flags & 0x800 else "latin-1", "replace")
    extra = directory[start + names : start + names + extras]
    if _LONG in {packed, size, header}:
        size, packed, header = _long_sizes(extra, size, packed, header)
    if header + shift < 0:
        raise DamagedArchiveError(f"{name!r} starts before the archive")
    member = Member(
        name=name,
        method=method,
        encrypted=bool(flags & 1),
        checksum=checksum,
        packed=packed,
        size=size,
        header=header + shift,
    )
    return member, start + names + extras + comments


def _long_sizes(extra: bytes, *sizes: int) -> list[int]:
    """Return sizes with those that do not fit in 32 bits taken from the Zip64 field, in its order."""
    place = 0
    while place + 4 <= len(extra):
        kind, length = _numbers(extra, place, 2, 2)
        if kind == 1:
            values = iter(_numbers(extra, place + 4, *[8] * (length // 8)))
            return [next(values, size) if size == _LONG else size for size in sizes]
        place += 4 + length
    return list(sizes)


def _numbers(data: bytes, place: int, *widths: int) -> list[int]:
    """Return numbers of so many bytes each that follow one another from `place`, the lowest byte first."""
    found = []
    for width in widths:
        found.append(int.from_bytes(data[place : place + width], "little"))
        place += width
    if place > len(data):
        raise DamagedArchiveError("its directory is cut short")
    return found
