"""Summaries of files, texts and graphs, without Keras: equal to what it printed of them, and true to every keyword."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from summary_goldens import CASES, COLUMNS, FILES, ROOT, golden
from summary_text import cells, printed, widths

import cutaway
from cutaway.compat.keras import print_summary, summary

SIAMESE, CHAIN, TWINS = (
    str(ROOT / file) for file in ("examples/siamese.keras", "examples/stripes_cnn.keras", list(FILES)[3])
)


def of(source, **options):
    return printed(lambda **given: print_summary(source, **given), **options)


@pytest.fixture(autouse=True)
def _terminal(monkeypatch):
    monkeypatch.setenv("COLUMNS", COLUMNS)


@pytest.mark.parametrize(("file", "name", "options"), CASES)
def test_a_summary_is_what_keras_printed(file, name, options):
    assert "\n".join(of(str(ROOT / file), **options)) == golden(file, name).read_text("utf-8")


@pytest.mark.framework
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize(("file", "name", "options"), CASES)
def test_the_goldens_are_what_keras_prints(file, name, options):
    from summary_goldens import by_keras

    assert by_keras(file, options) == golden(file, name).read_text("utf-8")


def test_print_fn_is_called_once_by_keras_3_and_for_each_line_by_keras_2():
    assert len(of(SIAMESE)) == 1
    assert len(of(TWINS)) > 20
    assert not any("\n" in line for line in of(TWINS))


def test_without_print_fn_it_is_printed_and_nothing_is_returned(capsys):
    for source in (SIAMESE, TWINS):
        expected = of(source, show_trainable=True)
        assert summary(source, show_trainable=True) is None
        shown = capsys.readouterr().out
        assert shown in (expected[0], "\n".join(expected) + "\n")


@given(line=st.integers(40, 300), nested=st.booleans(), trainable=st.booleans())
def test_every_line_length_is_kept_to_and_nothing_is_lost(line, nested, trainable):
    (whole,) = of(SIAMESE, line_length=400, expand_nested=nested, show_trainable=trainable)
    (text,) = of(SIAMESE, line_length=line, expand_nested=nested, show_trainable=trainable)
    table = "\n".join(row for row in text.splitlines() if row[:1] in "┏┃┡│├└")
    assert widths(table) == {line}
    assert cells(text) == cells(whole)
    assert "…" not in text


@given(line=st.integers(60, 200), trainable=st.booleans())
def test_lines_of_keras_2_have_the_length_that_is_asked_for(line, trainable):
    rows = of(TWINS, line_length=line, show_trainable=trainable)
    assert len(rows[1]) == line + 11 * trainable
    assert {len(row) for row in rows[1:-4]} == {line + 11 * trainable}


def test_positions_above_one_are_the_columns_where_the_table_has_its_lines():
    (text,) = of(SIAMESE, positions=[30, 60, 75, 110], line_length=110)
    edges = [place + 1 for place, mark in enumerate(text.splitlines()[2]) if mark == "┃"]
    assert edges == [1, 30, 60, 75, 110]
    (text,) = of(SIAMESE, positions=[30, 60, 75, 110], show_trainable=True)
    edges = [place + 1 for place, mark in enumerate(text.splitlines()[2]) if mark == "┃"]
    assert edges == [1, 30, 60, 75, 110, 122]


def test_positions_of_keras_2_may_be_columns_too():
    header = of(TWINS, positions=[30, 60, 75, 110], line_length=110)[2]
    assert [header.index(name) for name in ("Layer", "Output", "Param", "Connected")] == [1, 30, 60, 75]


def test_a_range_is_of_patterns_in_either_order():
    names = [row[0] for row in cells(of(SIAMESE)[0])[1:]]
    ranges = {("right", "encoder"): slice(1, 3), ("enc.*", "ri"): slice(1, 3), (".", "right"): slice(0, 2)}
    for ends, part in ranges.items():
        (text,) = of(SIAMESE, layer_range=ends)
        assert [row[0] for row in cells(text)[1:]] == names[part]
        assert text.splitlines()[-4:] == of(SIAMESE)[0].splitlines()[-4:]  # totals are those of the whole model


@pytest.mark.parametrize("source", [SIAMESE, TWINS])
@pytest.mark.parametrize(
    ("options", "kind", "told"),
    [
        ({"layer_range": ["left"]}, ValueError, "give two names or patterns"),
        ({"layer_range": "ab"}, ValueError, "give two names or patterns"),
        ({"layer_range": ["left", 3]}, ValueError, "3 is no text; give names or patterns"),
        (
            {"layer_range": ["left", "zzz"]},
            ValueError,
            "no layer's name begins as 'zzz' says; there are 'left', 'right'",
        ),
        ({"layer_range": ["left", "("]}, ValueError, r"'\(' is no pattern"),
        ({"line_length": "80"}, ValueError, "line_length='80': give a number of columns"),
        ({"positions": "abcd"}, ValueError, "positions='abcd': give a list of numbers"),
        ({"line_length": 9}, ValueError, "give a larger line_length"),
        ({"print_fn": 3}, TypeError, "print_fn=3: give a function of one text"),
        ({"positions": [0.5, 1.0]}, IndexError, r"positions=\[0.5, 1.0\]: give 4 of them"),
        ({"positions": [50, 30, 60, 90]}, ValueError, "or other positions"),
    ],
)
def test_a_mistake_is_an_error_of_the_class_that_keras_raises(source, options, kind, told):
    with pytest.raises(cutaway.InputError, match=told) as caught:
        print_summary(source, **options)
    assert isinstance(caught.value, kind)


def test_a_header_is_not_shortened_where_keras_shortens_it():
    (text,) = of(SIAMESE, line_length=76, show_trainable=True)
    assert " Trainable ┃" in text.splitlines()[2]


def test_what_is_no_model_is_refused():
    for source in (None, 3, "no such file.keras", "{}", {"a": 1}):
        with pytest.raises(cutaway.InputError):
            print_summary(source)


def test_models_in_each_other_are_listed_at_any_depth_that_python_can_follow():
    start = {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "i", "batch_shape": [None, 4]}}
    item = {"module": "keras.layers", "class_name": "Dense", "config": {"name": "d", "units": 4}}
    for depth in range(60):
        config = {"name": f"s{depth}", "layers": [start, item]}
        item = {"module": "keras", "class_name": "Sequential", "config": config}
    (text,) = of(item, expand_nested=True, line_length=900)
    assert len(cells(text)) == 61
    assert f"{'   ' * 59}└ d (Dense)" in text
    for depth in range(60, 450):
        config = {"name": f"s{depth}", "layers": [start, item]}
        item = {"module": "keras", "class_name": "Sequential", "config": config}
    assert len(cells(of(item)[0])) == 2


def test_a_model_of_keras_3_that_is_not_built_is_listed_without_numbers():
    dense = {"module": "keras.layers", "class_name": "Dense", "config": {"name": "d", "units": 3}}
    config = {"module": "keras", "class_name": "Sequential", "config": {"name": "seq", "layers": [dense]}}
    (text,) = of(config)
    assert "d (Dense)" in text
    assert "0 (unbuilt)" in text
    assert " Total params: 0 (0.00 B)" in text


def test_a_layer_that_knows_its_own_shape_is_built_in_a_chain_that_is_not():
    known = {"class_name": "Dense", "config": {"name": "a", "units": 2}, "build_config": {"input_shape": [None, 4]}}
    others = [{"class_name": name, "config": {"name": name}} for name in ("BatchNormalization", "Dropout")]
    layers = [layer | {"module": "keras.layers"} for layer in (known, *others)]
    (text,) = of({"module": "keras", "class_name": "Sequential", "config": {"name": "s", "layers": layers}})
    assert [row[1:] for row in cells(text)[1:]] == [["(None,2)", "10"], ["?", "0(unbuilt)"], ["?", "0"]]
    assert " Trainable params: 10 (40.00 B)" in text


def test_a_model_of_keras_2_that_is_not_built_is_refused_as_keras_2_does():
    layers = [{"class_name": "Dense", "config": {"name": "d", "units": 3}}]
    config = {"class_name": "Sequential", "keras_version": "2.15.0", "config": {"name": "seq", "layers": layers}}
    with pytest.raises(ValueError, match="not built") as caught:
        print_summary(config)
    assert isinstance(caught.value, cutaway.InputError)


def test_a_graph_is_listed_as_its_file_is_with_nested_models_as_they_are_called():
    graph = cutaway.read(SIAMESE)
    (text,) = of(graph, expand_nested=True, show_trainable=True)
    (whole,) = of(SIAMESE, expand_nested=True, show_trainable=True)
    assert cells(text) == cells(whole)
    assert re.findall(r"(Total|rainable) params: .*", text)[1:] == re.findall(r"(Total|rainable) params: .*", whole)[1:]


def test_what_a_file_does_not_tell_is_a_question_mark_and_totals_are_at_least():
    with pytest.warns(cutaway.CutawayWarning):
        lines = of(str(ROOT / "tests/models/keras2_subclassed.json.gz"))
    assert any("VAE (VAE)" in line and "?" in line for line in lines)
    assert [line for line in lines if " params: " in line] == [
        f"{name} params: ?" for name in ("Total", "Trainable", "Non-trainable")
    ]


def test_an_output_without_the_marks_gets_others(monkeypatch):
    import io
    import sys

    for source in (SIAMESE, TWINS):
        output = io.TextIOWrapper(io.BytesIO(), "ascii")
        monkeypatch.setattr(sys, "stdout", output)
        print_summary(source, expand_nested=True)
        output.flush()
        text = output.buffer.getvalue().decode("ascii")
        monkeypatch.undo()
        assert "encoder (Functional)" in text
        assert "+ " in text or "|---" in text
