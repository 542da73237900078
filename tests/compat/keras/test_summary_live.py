"""Summaries of live models, against those that Keras 3 and tf_keras print themselves."""

import itertools

import keras2_zoo
import keras3_zoo
import pytest
from summary_text import cells, printed, same, widths

from cutaway.compat.keras import print_summary

pytestmark = [pytest.mark.framework, pytest.mark.filterwarnings("ignore")]

OPTIONS = [
    dict(zip(("expand_nested", "show_trainable", "line_length", "positions"), values, strict=True))
    for values in itertools.product((False, True), (False, True), (None, 60, 110), (None, [0.3, 0.5, 0.7, 1.0]))
]
RANGES = [["d", ".*e"], ("x", "sum"), ["sum", "x"], ["zzz", "a"], ["a"], [1, 2], ["x0|a", "b|m3"]]
LACKING = {"operations", "functions", "ragged", "losses"}
"""What is of tf_keras alone."""


@pytest.fixture
def _wide(monkeypatch):
    monkeypatch.setenv("COLUMNS", "240")


SHARED = [build for build in keras2_zoo.ZOO if build.__name__ not in LACKING]


@pytest.mark.usefixtures("_wide")
@pytest.mark.parametrize("build", [*keras3_zoo.ZOO, *SHARED], ids=lambda build: build.__name__)
def test_a_summary_is_that_of_keras_3_or_holds_all_that_it_shortens(keras, build):
    keras.utils.clear_session()
    model = build(keras)
    for options in [*OPTIONS, *({"layer_range": names} for names in RANGES)]:
        theirs = printed(model.summary, **options)
        ours = printed(lambda model=model, **given: print_summary(model, **given), **options)
        if isinstance(theirs, list) and "…" in theirs[0]:
            everything = printed(
                lambda model=model, **given: print_summary(model, **given),
                **options | {"line_length": 236, "positions": None},
            )
            assert cells(ours[0]) == cells(everything[0]), options
            assert "…" not in ours[0]
        else:
            assert same(theirs, ours), options


@pytest.mark.parametrize("build", keras2_zoo.ZOO, ids=lambda build: build.__name__)
def test_a_summary_is_that_of_keras_2(tf_keras, build):
    tf_keras.backend.clear_session()
    model = build(tf_keras)
    for options in [*OPTIONS, *({"layer_range": names} for names in RANGES)]:
        theirs = printed(model.summary, **options)
        assert same(theirs, printed(lambda **given: print_summary(model, **given), **options)), options


@pytest.mark.usefixtures("_wide")
@pytest.mark.parametrize("name", ["VGG16", "ResNet50", "MobileNetV2", "EfficientNetB0", "InceptionV3", "DenseNet121"])
def test_a_summary_of_an_application_is_that_of_keras(keras, name):
    model = getattr(keras.applications, name)(weights=None)
    options = {"line_length": 230, "show_trainable": True}
    theirs = printed(model.summary, **options)
    assert theirs == printed(lambda **given: print_summary(model, **given), **options)
    assert theirs == printed(lambda **given: print_summary(model.to_json(), **given), **options)
    assert "…" not in theirs[0]


@pytest.mark.parametrize("kind", ["keras", "tf_keras"])
def test_what_is_printed_is_what_keras_prints(kind, request, capsys):
    module = request.getfixturevalue(kind)
    model = keras2_zoo.nested_and_shared(module)
    model.summary(expand_nested=True)
    theirs = capsys.readouterr().out
    assert print_summary(model, expand_nested=True) is None
    assert capsys.readouterr().out == theirs != ""


def test_a_captured_summary_keeps_to_a_line_length_that_keras_cuts_off(keras, monkeypatch, capsys):
    model = keras2_zoo.nested_and_shared(keras)
    monkeypatch.setenv("COLUMNS", "240")
    (whole,) = printed(model.summary, line_length=140)
    monkeypatch.delenv("COLUMNS")
    (cut,) = printed(model.summary, line_length=140)
    assert printed(lambda **given: print_summary(model, **given), line_length=140) == [whole] != [cut]
    print_summary(model, line_length=140)
    assert capsys.readouterr().out == whole
    assert max(widths(whole)) == 140


def test_a_header_is_never_shortened(keras):
    model = keras2_zoo.nested_and_shared(keras)
    (theirs,) = printed(model.summary, show_trainable=True, line_length=76)
    (ours,) = printed(lambda **given: print_summary(model, **given), show_trainable=True, line_length=76)
    assert "Trai…" in theirs
    assert " Trainable ┃" in ours


def test_colours_are_those_of_keras(keras, monkeypatch):
    import sys
    from io import StringIO

    class Terminal(StringIO):
        def isatty(self):
            return True

    texts = []
    monkeypatch.setenv("COLUMNS", "150")
    monkeypatch.setenv("TERM", "xterm-256color")
    model = keras2_zoo.frozen(keras)
    for summary in (model.summary, lambda **options: print_summary(model, **options)):
        output = Terminal()
        monkeypatch.setattr(sys, "stdout", output)
        summary(show_trainable=True, expand_nested=True)
        monkeypatch.undo()
        monkeypatch.setenv("COLUMNS", "150")
        monkeypatch.setenv("TERM", "xterm-256color")
        texts.append(output.getvalue())
    assert texts[0] == texts[1]
    assert "\x1b[38;5;33m" in texts[0]
    assert "\x1b[1;91m" in texts[0]


def test_a_summary_goes_to_the_log_where_keras_is_told_to_print_nothing(keras, capsys):
    model = keras2_zoo.chain(keras)
    keras.config.disable_interactive_logging()
    try:
        print_summary(model)
    finally:
        keras.config.enable_interactive_logging()
    assert capsys.readouterr().out == ""


def test_positions_of_the_caller_stay_as_they_are(tf_keras):
    model = keras2_zoo.chain(tf_keras)
    positions = [20, 45, 60]
    printed(lambda **given: print_summary(model, **given), positions=positions, show_trainable=True)
    assert positions == [20, 45, 60]
