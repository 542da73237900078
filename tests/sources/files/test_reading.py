import gzip
import json
import os
import zipfile

import h5py
import pytest
from keras_configs import called, given, layer, model, tensor

from cutaway.errors import InputError, UnsupportedError
from cutaway.sources import read
from cutaway.sources.files import reading
from cutaway.sources.files.reading import config_of_path

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
    b" " * 10_000: "it is empty",
    b"<!DOCTYPE html><html>": "it is a web page",
    b'<?xml version="1.0"?>\n<html xmlns="x">': "it is a web page",
    b'<?xml version="1.0"?><Error><Code>AccessDenied</Code>': "an XML text, .* what a server said in place of the file",
    b'<?xml version="1.0"?><svg>': "it is an SVG image",
    b"\x80\x04\x95\x00": "it is a Python pickle, which is never opened",
    b"ccopy_reg\n_reconstructor\n(": "it is a Python pickle, which is never opened",
    b"(dp0\nS'a'\n": "it is a Python pickle, which is never opened",
    b"\x80\x02\x8a\nl\xfc\x9cF\xf9 j\xa8P\x19.\x80\x02M": "it is a PyTorch file, a pickle",
    b"version https://git-lfs.github.com/spec/v1\n": "Git LFS pointer",
    b"/annex/objects/SHA256E-s100--1f.keras\n": "git-annex pointer",
    b"../.git/annex/objects/Wq/2p/SHA256E-s100--1f.keras": "git-annex pointer",
    b"../models/net.keras": "names another file, '../models/net.keras': a link",
    b"\x93NUMPY\x01\x00": "NumPy array: weights, no architecture",
    b'\x30\x00\x00\x00\x00\x00\x00\x00{"kernel":{"dtype":"F32"': "safetensors file: weights, no architecture",
    b"GGUF\x03": "GGUF file",
    b"\x89PNG\r\n": "a PNG image",
    b"%PDF-1.7": "a PDF document",
    b'model_checkpoint_path: "c-1"\n': "the index of TensorFlow checkpoints",
    b"import keras\n\nmodel = keras.Sequential()\n": "Python source, which is never run",
    b"PK\x05\x06": "empty or split zip",
    b"PK\x03\x04 and no more": "damaged or cut short",
    b"\x1f\x8b and no more": "damaged or cut short",
    gzip.compress(b"hello", mtime=0): "gzipped, and neither JSON nor YAML",
    b"\x89HDF\r\n\x1a\n": "the HDF5 file is cut short",
    b'{"class_name": "Functional", "config": {"layers"': "not whole JSON .*line 1 column 49",
    b'{"class_name": "Functional\xff\xff"}': "no whole text in UTF-8",
    b"[1, 2]": "holds a list",
    b"{}": "it holds nothing, not 'class_name' and 'config'",
    b'{"weight_map": {}}': "index of sharded weights",
    b'{"a": ' * 100_000: "nested too deeply",
    b"[" + b"0," * (1 << 22) + b"0]": "over 4194304 values, which no model's config does",
    b"hello": "no Keras file",
    bytes(range(256)): "no Keras file",
}


@pytest.mark.parametrize("content", REFUSED, ids=lambda content: repr(content[:24]))
def test_what_is_no_model_is_refused_with_its_reason(tmp_path, content):
    path = tmp_path / "net.keras"
    path.write_bytes(content)
    with pytest.raises(InputError, match=REFUSED[content]) as caught:
        read(path)
    assert str(path) in str(caught.value)


UNSUPPORTED = {
    b'{"modelTopology": {"node": [], "versions": {}}}': "TensorFlow.js graph model",
    b"\x1c\x00\x00\x00TFL3\x14\x00": "a TensorFlow Lite model",
    b"\x08\x01\x12\x9aP\n\x8fC\x12": "a TensorFlow SavedModel",
    b"\x08\x08\x12\x07pytorch\x1a\x052.1.0": "an ONNX model",
    b"\n\x15\n\x01x\x12\x0bPlaceholder": "a graph of TensorFlow",
    gzip.compress(b"\x89HDF\r\n\x1a\n", mtime=0): "an HDF5 file, gzipped; unpack it",
    gzip.compress(b"net/".ljust(257, b"\0") + b"ustar\x0000", mtime=0): "an archive, gzipped; unpack it",
    b"net/".ljust(257, b"\0") + b"ustar\x0000": "packed as tar; unpack it",
    b"BZh91AY": "packed as bzip2; unpack it",
    b"7z\xbc\xaf\x27\x1c\x00": "packed as 7z; unpack it",
}


@pytest.mark.parametrize("content", UNSUPPORTED, ids=lambda content: repr(content[:24]))
def test_formats_that_are_not_read_are_named(tmp_path, content):
    path = tmp_path / "net.h5"
    path.write_bytes(content)
    with pytest.raises(UnsupportedError, match=UNSUPPORTED[content]):
        read(path)


def hdf5(path, *names, **attributes):
    with h5py.File(path, "w") as file:
        file.attrs.update(attributes)
        for name in names:
            file[name] = [1.0]
    return path


OLD = {"class_name": "Sequential", "config": [{"class_name": "Dense", "config": {"name": "a", "units": 3}}]}


@pytest.mark.parametrize("name", ["net.h5", "net.keras", "net.json", "net"])
def test_hdf5_is_read_under_any_name(tmp_path, name):
    path = hdf5(tmp_path / name, model_config=json.dumps(OLD), keras_version="2.1.6", backend="theano")
    assert [node.id for node in read(path).nodes if node.op != "InputLayer"] == ["a"]
    path = hdf5(tmp_path / name, model_config=TEXT.encode())
    assert [node.id for node in read(path).nodes] == ["x", "y"]


def test_hdf5_behind_a_user_block_is_read(tmp_path):
    with h5py.File(tmp_path / "net.h5", "w", userblock_size=2048) as file:
        file.attrs["model_config"] = TEXT
    with (tmp_path / "net.h5").open("r+b") as file:
        file.write(b"mine")
    assert [node.id for node in read(tmp_path / "net.h5").nodes] == ["x", "y"]


def test_hdf5_without_a_config_is_told_from_weights(tmp_path):
    path = tmp_path / "net.h5"
    for names, attributes in (
        (["dense/kernel:0"], {"layer_names": ["dense"]}),
        (["dense/kernel:0"], {"layer_names0": ["dense"]}),
        (["layers/dense/vars/0"], {}),
        (["_layer_checkpoint_dependencies/dense/vars/0"], {}),
        (["model_weights/dense/kernel:0"], {"keras_version": "2.3.1"}),
    ):
        with pytest.raises(InputError, match=r"holds only weights, no architecture; save the whole model"):
            read(hdf5(path, *names, **attributes))
    with pytest.raises(
        InputError, match=r"HDF5 file that is no Keras model \(it holds 'policy', and no 'model_config'\)"
    ):
        read(hdf5(path, "policy/a"))
    with pytest.raises(InputError, match=r"'model_config' in '.*net.h5': it is not whole JSON"):
        read(hdf5(path, model_config=TEXT[:100]))


def test_the_version_of_keras_is_taken_from_beside_the_config(tmp_path):
    old = {
        "class_name": "Sequential",
        "config": {"name": "s", "layers": [{"class_name": "Dense", "config": {"name": "a"}}]},
    }
    for version in ("2.12.0", "3.5.0"):
        beside = json.dumps({"keras_version": version})
        path = archive(tmp_path / "net.keras", config_json=json.dumps(old), metadata_json=beside)
        assert config_of_path(str(path)) == {"keras_version": version, **old}
    path = archive(tmp_path / "net.keras", config_json=json.dumps(old), metadata_json="no JSON")
    assert config_of_path(str(path)) == old
    with zipfile.ZipFile(path) as file:
        file.extractall(tmp_path / "net")
    (tmp_path / "net" / "metadata.json").write_text('{"keras_version": "2.15.0"}')
    assert config_of_path(str(tmp_path / "net")) == {"keras_version": "2.15.0", **old}


def test_archives_of_other_things_are_named(tmp_path):
    path = tmp_path / "net.keras"
    for names, reason in (
        (["archive/data.pkl", "archive/data/0"], "a PyTorch file"),
        (["kernel.npy", "bias.npy"], "a NumPy archive: weights, no architecture"),
        (["m/saved_model.pb", "m/variables/variables.index"], "a packed TensorFlow SavedModel"),
        (["[Content_Types].xml", "word/document.xml"], "a document or program"),
        ([], "zip archive"),
    ):
        with zipfile.ZipFile(path, "w") as file:
            for name in names:
                file.writestr(name, "x")
        with pytest.raises((InputError, UnsupportedError), match=reason):
            read(path)


def test_what_is_too_large_is_said_to_be(tmp_path, monkeypatch):
    monkeypatch.setattr(reading, "CONFIG_BYTES", 1000)
    path = tmp_path / "net.keras"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("config.json", " " * 1001)
    with pytest.raises(InputError, match=r"'config.json' is over 1000 bytes long, which is the limit"):
        read(path)
    path.write_bytes(b"{" + b" " * 1000)
    with pytest.raises(InputError, match="is over 1000 bytes long"):
        read(path)
    path.write_bytes(gzip.compress(b"{" + b" " * 1000))
    with pytest.raises(InputError, match="unpacks to over 1000 bytes"):
        read(path)


def test_pipes_and_devices_are_not_waited_for(tmp_path):
    os.mkfifo(tmp_path / "pipe")
    for path in (tmp_path / "pipe", "/dev/zero"):
        with pytest.raises(InputError, match="a pipe or a device, not a file"):
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


def test_a_text_may_begin_with_a_byte_order_mark():
    text = '{"class_name": "Sequential", "config": {"name": "s", "layers": []}}'
    assert read("\ufeff" + text) == read(text)
