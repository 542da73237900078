"""Zip archives: the same members as the standard library reads, within limits, damaged or not."""

import io
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cutaway.sources.files.archive import ArchiveError, DamagedArchiveError, content, members, unpacked

files = st.dictionaries(
    st.text(st.characters(codec="utf-8", exclude_characters="\0\\:P"), min_size=1, max_size=12),
    st.binary(max_size=300),
    max_size=5,
)


def packed(held: dict[str, bytes], method: int, before: bytes = b"", comment: bytes = b"") -> io.BytesIO:
    file = io.BytesIO()
    file.write(before)
    with zipfile.ZipFile(file, "a", method) as archive:
        archive.comment = comment
        for name, data in held.items():
            archive.writestr(name, data)
    return file


@given(
    files, st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]), st.binary(max_size=40), st.binary(max_size=40)
)
def test_members_are_those_of_the_standard_library(held, method, before, comment):
    file = packed(held, method, before.replace(b"P", b""), comment.replace(b"P", b""))  # no marks of zip's own
    with zipfile.ZipFile(file) as archive:
        wanted = {name: archive.read(name) for name in archive.namelist()}
    assert {member.name: content(file, member, 1000) for member in members(file)} == wanted


def test_zip64_archives_are_read():
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive, archive.open("config.json", "w", force_zip64=True) as member:
        member.write(b"{}")
    (found,) = members(file)
    assert content(file, found, 10) == b"{}"
    many = packed({str(place): b"" for place in range(66_000)}, zipfile.ZIP_STORED)
    assert len(members(many)) == 66_000


def test_sizes_beyond_32_bits_are_taken_from_their_own_field(tmp_path):
    path = tmp_path / "large.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("a", b"first")
    raw = bytearray(path.read_bytes())
    place = raw.index(b"PK\1\2")
    size, header = (5).to_bytes(8, "little"), (0).to_bytes(8, "little")
    raw[place + 20 : place + 28] = b"\xff" * 8
    raw[place + 42 : place + 46] = b"\xff" * 4
    raw[place + 30 : place + 32] = (28).to_bytes(2, "little")
    field = (1).to_bytes(2, "little") + (24).to_bytes(2, "little") + size + size + header
    raw[place + 47 : place + 47] = field
    end = raw.index(b"PK\5\6")
    raw[end + 12 : end + 16] = (end - place).to_bytes(4, "little")
    file = io.BytesIO(raw)
    (found,) = members(file)
    assert (found.size, found.packed, found.header) == (5, 5, 0)
    assert content(file, found, 10) == b"first"


@given(files, st.integers(0, 10**6), st.integers(0, 255))
def test_a_damaged_archive_gives_its_bytes_or_our_error(held, place, value):
    raw = bytearray(packed({"config.json": b"{}" * 20, **held}, zipfile.ZIP_DEFLATED).getvalue())
    raw[place % len(raw)] = value
    file = io.BytesIO(raw)
    try:
        for member in members(file):
            content(file, member, 10_000)
    except ArchiveError:
        pass


@given(st.integers(0, 200))
def test_a_truncated_archive_is_refused(length):
    raw = packed({"config.json": b"{}" * 50}, zipfile.ZIP_STORED).getvalue()
    with pytest.raises(DamagedArchiveError):
        members(io.BytesIO(raw[: min(length, len(raw) - 22)]))


def test_a_member_that_grows_beyond_the_limit_is_refused():
    file = packed({"bomb": b"\0" * 100_000}, zipfile.ZIP_DEFLATED)
    (member,) = members(file)
    with pytest.raises(ArchiveError, match="over 1000 bytes"):
        content(file, member, 1000)


@given(st.binary(max_size=3000), st.sampled_from([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED]), st.binary(max_size=40))
def test_a_member_is_a_window_or_is_unpacked(data, method, before):
    file = packed({"a": b"x", "weights": data}, method, before.replace(b"P", b""))
    _, member = members(file)
    whole, start, length = unpacked(file, member)
    with whole:
        whole.seek(start)
        assert whole.read(length) == data
        assert (whole is file) == (method == zipfile.ZIP_STORED)


def test_a_deflated_member_is_unpacked_to_its_size_at_most():
    raw = bytearray(packed({"bomb": b"\0" * 5_000_000}, zipfile.ZIP_DEFLATED).getvalue())
    place = raw.index(b"PK\1\2") + 24
    raw[place : place + 4] = (1000).to_bytes(4, "little")
    file = io.BytesIO(raw)
    (member,) = members(file)
    with pytest.raises(DamagedArchiveError, match="length and checksum"):
        unpacked(file, member)


def test_a_stored_member_that_ends_behind_the_file_is_refused():
    raw = bytearray(packed({"a": b"data"}, zipfile.ZIP_STORED).getvalue())
    place = raw.index(b"PK\1\2") + 20
    raw[place : place + 8] = (5000).to_bytes(4, "little") * 2
    file = io.BytesIO(raw)
    (member,) = members(file)
    with pytest.raises(DamagedArchiveError, match="cut short"):
        unpacked(file, member)
