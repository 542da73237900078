"""Several files are written together or not at all."""

import os

import pytest

from cutaway.errors import InputError
from cutaway.writing import write_all


def test_all_are_written_and_keep_their_permissions(tmp_path):
    old, new = tmp_path / "old", tmp_path / "new"
    old.write_text("before")
    old.chmod(0o640)
    write_all({str(old): b"one", str(new): b"two"})
    assert (old.read_bytes(), new.read_bytes()) == (b"one", b"two")
    assert old.stat().st_mode & 0o777 == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["new", "old"]


@pytest.mark.parametrize("bad", ["folder", "no/such/file", "a\0b"])
def test_none_is_touched_where_one_cannot_be_written(tmp_path, bad):
    (tmp_path / "folder").mkdir()
    (tmp_path / "good").write_text("precious")
    with pytest.raises(InputError, match="cannot write"):
        write_all({str(tmp_path / "good"): b"one", str(tmp_path / bad): b"two"})
    assert (tmp_path / "good").read_text() == "precious"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["folder", "good"]


@pytest.mark.skipif(not os.path.exists("/dev/null"), reason="needs that device")  # noqa: PTH110
def test_a_device_takes_what_it_gets(tmp_path):
    write_all({str(tmp_path / "a"): b"one", os.devnull: b"two"})
    assert (tmp_path / "a").read_bytes() == b"one"
