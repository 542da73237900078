"""How `plot_model` is called: the order of arguments, all that it writes, returns and refuses."""

import importlib.machinery
import inspect
import json
import struct
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from keras_configs import chain, layer
from plotted import boxes, edges, figure, net

from cutaway.compat.keras import plot_model
from cutaway.compat.keras.plotting import RANKDIRS
from cutaway.errors import CutawayError, CutawayWarning, InputError
from cutaway.figure import Figure


class TestOrderOfArguments:
    def test_that_of_keras_3(self):
        found = figure(False, False, False, "TB", False, 200, True, True, "none")
        assert boxes(found)["conv"] == ["Conv2D", "activation", "relu", "trainable", "yes"]
        assert all(mark.marks == () for mark in edges(found))

    @pytest.mark.parametrize("layer_range", [["conv", "flat"], ("conv", "flat")])
    def test_that_of_keras_2(self, layer_range):
        found = boxes(figure(False, False, False, "TB", False, 96, layer_range, True, True))
        assert found == {"conv": ["Conv2D", "activation", "relu", "trainable", "yes"], "flat": ["Flatten"]}

    def test_none_is_no_range(self):
        assert boxes(figure(False, False, False, "TB", False, 96, None, True))["conv"] == [
            "Conv2D",
            "activation",
            "relu",
        ]

    def test_each_is_given_once(self):
        with pytest.raises(TypeError, match="multiple values for argument 'show_trainable'"):
            figure(False, False, False, "TB", False, 200, True, True, show_trainable=True)

    def test_not_too_many(self):
        with pytest.raises(TypeError, match="only 3 can stand"):
            figure(False, False, False, "TB", False, 200, True, True, "none", 1)


class TestFiles:
    @pytest.mark.parametrize(
        ("suffix", "begin"),
        [
            (".png", b"\x89PNG"), (".jpg", b"\xff\xd8"), (".jpeg", b"\xff\xd8"), (".svg", b"<svg"), (".pdf", b"%PDF"),
            (".gif", b"GIF8"), (".webp", b"RIFF"), (".bmp", b"BM"), (".tif", b"II*"), (".tiff", b"II*"),
            (".html", b"<!DOCTYPE html>"), ("", b"\x89PNG"), (".PNG", b"\x89PNG"),
        ],
    )  # fmt: skip
    @pytest.mark.parametrize("kind", [str, Path])
    def test_the_suffix_tells_the_format(self, tmp_path, suffix, begin, kind):
        path = kind(tmp_path / f"model{suffix}")
        assert isinstance(plot_model(net(), path, dpi=30), Figure)
        assert Path(path).read_bytes().startswith(begin)

    def test_the_default_is_a_file_beside_the_program(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        plot_model(net())
        assert [path.name for path in tmp_path.iterdir()] == ["model.png"]

    def test_none_writes_nothing(self, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        plot_model(net(), to_file=None)
        assert list(tmp_path.iterdir()) == []

    @pytest.mark.parametrize("dpi", [50, 96, 100, 200, 300.5])
    def test_dpi_is_exact_and_stored(self, tmp_path, dpi):
        found = plot_model(net(), tmp_path / "a.png", dpi=dpi)
        data = (tmp_path / "a.png").read_bytes()
        size = struct.unpack(">II", data[16:24])
        assert size == (round(found.scene.width * dpi / 72), round(found.scene.height * dpi / 72))
        at = data.index(b"pHYs") + 4
        assert struct.unpack(">IIB", data[at : at + 9]) == (*[round(dpi / 0.0254)] * 2, 1)

    def test_the_default_of_a_file_is_that_of_keras_3(self, tmp_path):
        plot_model(net(), tmp_path / "a.png")
        plot_model(net(), tmp_path / "b.png", dpi=200)
        assert (tmp_path / "a.png").read_bytes() == (tmp_path / "b.png").read_bytes()

    def test_a_path_is_a_model(self, tmp_path):
        (tmp_path / "net.json").write_text(json.dumps(net()))
        for source in (tmp_path / "net.json", str(tmp_path / "net.json")):
            assert boxes(plot_model(source, None)) == boxes(figure())


class TestMistakes:
    @pytest.mark.parametrize(
        ("keywords", "also", "told"),
        [
            ({"rankdir": "lr"}, ValueError, "rankdir='lr': did you mean 'LR'? allowed: 'TB', 'BT', 'LR', 'RL'"),
            ({"rankdir": ["TB"]}, ValueError, "rankdir=['TB']: allowed: 'TB'"),
            ({"rankdir": 5}, ValueError, "rankdir=5: allowed: 'TB'"),
            ({"splines": "orto"}, ValueError, "splines='orto': did you mean 'ortho'? allowed: 'ortho', 'polyline'"),
            ({"splines": []}, ValueError, "splines=[]"),
            ({"dpi": 0}, ValueError, "dpi=0: give dots per inch as a number above 0, such as 200"),
            ({"dpi": -5}, ValueError, "dpi=-5"),
            ({"dpi": "200"}, ValueError, "dpi='200'"),
            ({"dpi": True}, ValueError, "dpi=True"),
            ({"dpi": float("nan")}, ValueError, "dpi=nan"),
            ({"layer_range": ["conv"]}, ValueError, "layer_range=['conv']: give two names or patterns"),
            ({"layer_range": ["conv", 5]}, ValueError, "5 is no text; give names or patterns"),
            ({"layer_range": ["conv", "no"]}, ValueError, "no layer's name begins as 'no' says; there are 'image'"),
            ({"layer_range": ["conv", "("]}, ValueError, "'(' is no pattern"),
            ({"show_shape": True}, ValueError, "unexpected keyword argument 'show_shape': did you mean 'show_shapes'?"),
            ({"show_shape": True}, TypeError, "plot_model() got"),
            ({"to_file": "nowhere/a.png"}, FileNotFoundError, "there is no folder 'nowhere'; make it first"),
            ({"to_file": "a.docx"}, ValueError, "to_file='a.docx': cannot save a file with the suffix '.docx': give"),
            ({"to_file": 5}, InputError, "'int': give to_file a path, such as 'model.png', or None"),
            ({"model": None}, InputError, "cannot read None: expected a path"),
        ],
    )
    def test_are_told_in_the_class_that_keras_raises(self, keywords, also, told, tmp_path, monkeypatch):
        monkeypatch.chdir(tmp_path)
        with pytest.raises(InputError) as caught:
            plot_model(**{"model": net(), **keywords})
        assert isinstance(caught.value, also)
        assert told in str(caught.value)
        assert list(tmp_path.iterdir()) == []

    def test_a_model_that_is_not_built_is_drawn_with_one_warning(self):
        source = chain("open", [layer("Dense", "dense", units=4, activation="linear")])
        for keywords in ({}, {"show_trainable": True}):
            with pytest.warns(CutawayWarning) as told:
                found = plot_model(source, None, show_shapes=True, **keywords)
            assert [str(each.message) for each in told] == [
                (
                    "the sizes in 'open' are unknown, and shown as '?': it is not built; build it first, as in"
                    " model.build((None, 28, 28, 1)), or give its input_shape, as in input_shape=(28, 28, 1)"
                )
            ]
            assert boxes(found)["dense"][1:5] == ["in", "?", "out", "?"]


class TestNotebooks:
    """What is shown where IPython is loaded; a stand-in says what it was given."""

    @pytest.fixture
    def ipython(self, monkeypatch):
        package, display = ModuleType("IPython"), ModuleType("IPython.display")
        package.__spec__ = importlib.machinery.ModuleSpec("IPython", None)
        display.Image = lambda **keywords: SimpleNamespace(kind="Image", **keywords)
        display.SVG = type("SVG", (SimpleNamespace,), {"kind": "SVG"})
        package.display = display
        monkeypatch.setitem(sys.modules, "IPython", package)
        monkeypatch.setitem(sys.modules, "IPython.display", display)
        return display

    @pytest.mark.usefixtures("ipython")
    @pytest.mark.parametrize(("name", "kind"), [("a.png", "png"), ("a", "png"), ("a.jpg", "jpg"), ("a.GIF", "gif")])
    def test_pixels(self, tmp_path, name, kind):
        shown = plot_model(net(), str(tmp_path / name), dpi=30)
        assert (shown.kind, shown.filename, shown.format) == ("Image", str(tmp_path / name), kind)

    @pytest.mark.usefixtures("ipython")
    @pytest.mark.parametrize("name", ["a.svg", "a.pdf", "a.html", "a.tiff", None])
    def test_other_formats_are_shown_as_drawings(self, tmp_path, name):
        shown = plot_model(net(), name and tmp_path / name)
        assert shown.kind == "SVG"
        assert shown.data.startswith("<svg")

    def test_there_is_no_error_after_the_file_is_written(self, tmp_path, ipython):
        ipython.SVG = None
        assert isinstance(plot_model(net(), tmp_path / "a.svg"), Figure)
        assert (tmp_path / "a.svg").exists()


def test_the_arguments_of_both_generations_are_those_of_the_signature():
    names = list(inspect.signature(plot_model).parameters)
    first = ["model", "to_file", "show_shapes", "show_dtype", "show_layer_names", "rankdir", "expand_nested", "dpi"]
    assert names[:8] == first
    assert {"layer_range", "show_layer_activations", "show_trainable", "splines"} < set(names)
    assert set(RANKDIRS) == {"TB", "BT", "LR", "RL"}
    assert issubclass(InputError, CutawayError)
