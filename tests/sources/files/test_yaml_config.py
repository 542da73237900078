"""YAML of old Keras: plain values only, within bounds, told by its keys."""

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st
from work_done import steps

from cutaway.errors import InputError, UnsupportedError
from cutaway.sources import read
from cutaway.sources.files.yaml_config import is_yaml, parse_yaml

TEXT = """backend: tensorflow
class_name: Sequential
config:
- class_name: Dense
  config:
    activation: relu
    batch_input_shape: !!python/tuple [null, 4]
    name: !!python/unicode 'one'
    units: 3
- class_name: Dense
  config: {activation: linear, name: two, trainable: true, units: &id001 2}
- class_name: Dense
  config: {activation: linear, name: three, units: *id001}
keras_version: 2.0.8
"""


def test_a_file_is_read(tmp_path):
    for name, content in (("net.yaml", TEXT.encode()), ("net.gz", gzip.compress(TEXT.encode()))):
        path = tmp_path / name
        path.write_bytes(content)
        graph = read(path)
        assert [node.name for node in graph.nodes] == ["one_input", "one", "two", "three"]
        assert graph.nodes[0].outputs[0].tensor.shape == (None, 4)
        assert graph.nodes[3].attributes["units"] == 2


@pytest.mark.parametrize("encode", ["utf-8", "utf-8-sig", "utf-16"])
def test_a_file_in_any_encoding_is_read(tmp_path, encode):
    path = tmp_path / "net.yaml"
    path.write_bytes(TEXT.replace("two", "zwölf").encode(encode))
    assert read(path).nodes[2].name == "zwölf"


def test_a_text_is_read():
    assert len(read(TEXT).nodes) == 4
    assert len(read(TEXT.replace("\n", "\r\n")).nodes) == 4


def test_plain_values_are_those_of_json():
    text = """
    a: [1, -2, 0x10, 1_000, 1.5, 1.0e-07, .inf, ~, null, true, off, 2001-01-01, 1:30, 010, 'on', ! 'off', "x\\ty"]
    b: {1: x, null: y}
    c: !!python/long 3
    d: !!float 1
    e: {}
    f: |
      long
    """
    texts = ["2001-01-01", "1:30", "010", "on", "off", "x\ty"]
    assert parse_yaml(text, "it") == {
        "a": [1, -2, 16, 1000, 1.5, 1e-7, float("inf"), None, None, True, False, *texts],
        "b": {"1": "x", "None": "y"},
        "c": 3,
        "d": 1.0,
        "e": {},
        "f": "long\n",
    }


@pytest.mark.parametrize(
    ("value", "tag"),
    [
        ("!!python/object/apply:os.system ['echo hi']", "python/object/apply:os.system"),
        ("!!python/name:os.system", "python/name:os.system"),
        ("!!python/object:keras.models.Sequential {}", "python/object:keras.models.Sequential"),
        ("!!python/module:os", "python/module:os"),
        ("!!binary aGk=", "binary"),
        ("!!set {a, b}", "set"),
        ("!mine [1]", "!mine"),
        ("!!python/tuple x", "python/tuple"),
    ],
)
def test_any_other_tag_is_refused(value, tag):
    with pytest.raises(UnsupportedError, match=f"line 2 has the tag '{tag}'"):
        parse_yaml(f"class_name: Model\nconfig: {value}", "it")


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("a: [1, 2", "not whole YAML .* at line .*, column"),
        ("a: \x07", "not whole YAML"),
        ("a: *nobody", "alias 'nobody' stands for nothing before it"),
        ("a: &a [*a]", "alias 'a' stands for nothing before it"),
        ("a: 1\n---\na: 2", "holds 2 YAML documents"),
        ("", "holds 0 YAML documents"),
        ("[1, 2]", "holds a list"),
        ("a: !!int x", "'x' is no int"),
        ("[" * 1000, "nested deeper than 200 levels"),
        ("a: " + "{b: " * 1000, "nested deeper than 200 levels"),
        ("x" * (1 << 24) + "x", "characters is none"),
    ],
)
def test_what_is_no_config_is_refused(text, reason):
    with pytest.raises(InputError, match=f"cannot read it: .*{reason}"):
        parse_yaml(text, "it")


def test_aliases_do_not_multiply():
    laughs = ["a: &a [x, x, x, x, x, x, x, x, x, x]"]
    laughs += [f"{to}: &{to} [{', '.join([f'*{of}'] * 10)}]" for of, to in zip("abcdefghij", "bcdefghijk", strict=True)]

    def refused():
        with pytest.raises(InputError, match="holds over 524288 values, aliases counted"):
            parse_yaml("\n".join(laughs), "it")

    assert steps(refused) < 50_000


def test_yaml_is_told_from_other_texts():
    assert is_yaml(TEXT)
    assert is_yaml("# made by Keras\nconfig:\n  layers: []\nclass_name: Model")
    assert not is_yaml("<html>\nconfig: 1")
    assert not is_yaml("version https://git-lfs.github.com/spec/v1\n")
    assert not is_yaml("\x00\x00config:")


@given(st.text(st.sampled_from("ab:-[]{}&*!|>'\"#%@ \n\t,0.~<?"), max_size=40))
def test_any_text_is_parsed_or_refused(text):
    try:
        parse_yaml(text, "it")
    except (InputError, UnsupportedError) as error:
        assert str(error).startswith("cannot read it: ")  # noqa: PT017 - either outcome is right
