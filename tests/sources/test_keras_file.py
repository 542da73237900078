import gzip
import json
import zipfile

import pytest
from keras_configs import called, given, layer, model, tensor

from cutaway.errors import InputError, UnsupportedError
from cutaway.sources import read

NET = model("net", [given("x"), layer("Dense", "y", called(tensor("x")))], ["x", 0, 0], ["y", 0, 0])
TEXT = json.dumps(NET)


def archive(path, **members):
    with zipfile.ZipFile(path, "w") as file:
        for name, text in members.items():
            file.writestr(name.replace("__", "/").replace("_json", ".json"), text)
    return path


def test_every_form_gives_the_same_graph(tmp_path):
    (tmp_path / "net.json").write_text(TEXT)
    (tmp_path / "net.txt").write_bytes(b"\xef\xbb\xbf" + TEXT.encode())
    (tmp_path / "net.wide").write_text(TEXT, "utf-16")
    (tmp_path / "net.gz").write_bytes(gzip.compress(TEXT.encode()))
    archive(tmp_path / "net.keras", config_json=TEXT, metadata_json="{}")
    archive(tmp_path / "again.zip", net__config_json=TEXT)
    (tmp_path / "folder").mkdir()
    (tmp_path / "folder" / "config.json").write_text(TEXT)
    wanted = read(NET)
    assert [node.id for node in wanted.nodes] == ["x", "y"]
    assert read(TEXT) == wanted
    for path in sorted(tmp_path.iterdir()):
        assert read(path) == wanted, path.name
        assert read(str(path)) == wanted, path.name


REFUSED = {
    b"": "it is empty",
    b"  \n": "it is empty",
    b"<!DOCTYPE html><html>": "it is a web page",
    b"\x80\x04\x95\x00": "it is a Python pickle, which is never opened",
    b"version https://git-lfs.github.com/spec/v1\n": "Git LFS pointer",
    b"\x93NUMPY\x01\x00": "NumPy array: weights, no architecture",
    b"PK\x05\x06": "empty or split zip",
    b"PK\x03\x04 and no more": "damaged or cut short",
    b"\x1f\x8b and no more": "damaged or cut short",
    gzip.compress(b"hello"): "gzipped, and neither JSON nor YAML",
    b'{"class_name": "Functional", "config": {"layers"': "not whole JSON .*line 1 column 49",
    b"[1, 2]": "holds a list",
    b"{}": "it holds nothing, not 'class_name' and 'config'",
    b'{"weight_map": {}}': "index of sharded weights",
    b'{"a": ' * 100_000: "nested too deeply",
    b"hello": "no Keras file",
}


@pytest.mark.parametrize("content", REFUSED, ids=lambda content: repr(content[:12]))
def test_what_is_no_model_is_refused_with_its_reason(tmp_path, content):
    path = tmp_path / "net.keras"
    path.write_bytes(content)
    with pytest.raises(InputError, match=REFUSED[content]) as caught:
        read(path)
    assert str(path) in str(caught.value)


def test_formats_that_are_not_read_yet_are_named(tmp_path):
    path = tmp_path / "net.h5"
    for content, reason in ((b'{"modelTopology": {"node": [], "versions": {}}}', "TensorFlow.js graph model"),):
        path.write_bytes(content)
        with pytest.raises(UnsupportedError, match=reason):
            read(path)


@pytest.mark.parametrize("cut", [0.3, 0.6, 0.95])
def test_a_truncated_archive_is_refused(tmp_path, cut):
    whole = archive(tmp_path / "net.keras", config_json=TEXT, metadata_json="{}").read_bytes()
    (tmp_path / "net.keras").write_bytes(whole[: int(len(whole) * cut)])
    with pytest.raises(InputError, match="damaged or cut short"):
        read(tmp_path / "net.keras")


def test_an_archive_with_broken_data_is_refused(tmp_path):
    path = archive(tmp_path / "net.keras", config_json=TEXT)
    whole = bytearray(path.read_bytes())
    whole[200] ^= 0xFF
    path.write_bytes(whole)
    with pytest.raises(InputError, match="damaged or cut short"):
        read(path)


def test_an_archive_without_a_config_says_what_it_holds(tmp_path):
    with pytest.raises(InputError, match=r"no architecture \('config.json' is missing\)"):
        read(archive(tmp_path / "net.keras", **{"model.weights.h5": "x"}))
    with pytest.raises(
        InputError, match=r"without 'config.json' \(it holds a.txt, my/net.h5\); unpack it, and give 'my/net"
    ):
        read(archive(tmp_path / "net.keras", **{"a.txt": "x", "my__net.h5": "x"}))


def test_folders_that_hold_no_config_are_refused(tmp_path):
    with pytest.raises(InputError, match=r"no 'config.json'"):
        read(tmp_path)
    (tmp_path / "saved_model.pb").touch()
    with pytest.raises(UnsupportedError, match="SavedModel"):
        read(tmp_path)


def test_a_file_that_is_not_there_is_named(tmp_path):
    with pytest.raises(InputError, match="there is no such file"):
        read(tmp_path / "net.keras")


def test_a_text_or_name_that_can_be_no_model_is_refused():
    for source, reason in (("[1, 2]", "holds a list"), ("a\0b", "null"), ("x" * 5000, "File name too long")):
        with pytest.raises(InputError, match=reason):
            read(source)


def test_anything_else_is_refused():
    with pytest.raises(InputError, match="cannot read an int: expected"):
        read(3)


def test_a_folder_of_models_is_told_to_be_given_as_files(tmp_path):
    with pytest.raises(InputError, match=r"unpacked .keras archive$"):
        read(tmp_path)
    (tmp_path / "b.json").write_text("{}")
    with pytest.raises(InputError, match=r"give the files: '.*\*\.json'"):
        read(tmp_path)
    (tmp_path / "a.keras").write_text("")
    with pytest.raises(InputError, match=r"give the files: '.*\*\.keras'"):
        read(tmp_path)
