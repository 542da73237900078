"""`plot_model` on what is not live: each keyword by its effect on the figure, and all that it writes and refuses."""

import importlib.machinery
import inspect
import json
import struct
import sys
from pathlib import Path
from types import ModuleType, SimpleNamespace

import pytest
from keras_configs import called, chain, given, layer, model, tensor

from cutaway.compat.keras import plot_model
from cutaway.compat.keras.plotting import LINES, RANKDIRS
from cutaway.errors import CutawayError, CutawayWarning, InputError
from cutaway.faults import faults
from cutaway.figure import Figure
from cutaway.scene import Group, Text

CONVOLUTION = {"filters": 4, "kernel_size": [3, 3], "strides": [1, 1], "padding": "valid", "activation": "relu"}
LSTM = {"units": 3, "return_sequences": False, "return_state": False, "activation": "tanh"}


def net():
    """Return a model with a nested one, a frozen layer and a tensor that is used twice."""
    head = chain(
        "head",
        [given("head_in"), layer("Dense", "inner", units=4, activation="linear")],
        called(tensor("flat", shape=(None, 144))),
    )
    frozen = layer("Dense", "frozen", called(tensor("head")), units=4, activation="softmax")
    frozen["config"]["trainable"] = False
    layers = [
        given("image", (None, 8, 8, 1)),
        layer("Conv2D", "conv", called(tensor("image", shape=(None, 8, 8, 1))), **CONVOLUTION),
        layer("Flatten", "flat", called(tensor("conv", shape=(None, 6, 6, 4)))),
        head,
        frozen,
        layer("Add", "twice", called([tensor("frozen"), tensor("frozen")])),
    ]
    return model("net", layers, [["image", 0, 0]], [["twice", 0, 0]])


def skipping():
    """Return a chain with a skip, the line of which leads around a box."""
    layers = [
        given("x"),
        *[layer("Dense", to, called(tensor(at)), units=4) for at, to in (("x", "one"), ("one", "two"))],
    ]
    layers.append(layer("Add", "sum", called([tensor("one"), tensor("two")])))
    return model("skipping", layers, [["x", 0, 0]], [["sum", 0, 0]])


def wrapped():
    """Return a model with a layer for each time step, and one in both directions."""
    inner = {"module": "keras.layers", "class_name": "Dense", "config": {"name": "step", "units": 5}}
    ways = {
        key: {"module": "keras.layers", "class_name": "LSTM", "config": {"name": f"{name}_lstm", **LSTM}}
        for key, name in (("layer", "forward"), ("backward_layer", "backward"))
    }
    return chain(
        "wrapped",
        [
            given("words", (None, 7, 4)),
            layer("TimeDistributed", "each", layer=inner),
            layer("Bidirectional", "both", merge_mode="concat", **ways),
        ],
    )


def figure(*args, source=None, **keywords) -> Figure:
    """Return what is drawn: without hard faults, unless there are to be no lines, which is one for each of them."""
    found = plot_model(source or net(), None, *args, **keywords)
    unlined = "none" in args or keywords.get("splines") in {"none", ""}
    assert all(fault.rule == "missing" and unlined for fault in faults(found.scene, found.graph))
    return found


def boxes(found: Figure) -> dict[str, list[str]]:
    """Return what the boxes of nodes say, by their ids."""
    marks = [mark for mark in found.scene.marks if isinstance(mark, Group) and mark.part == "node"]
    return {mark.ref: texts(mark) for mark in marks}


def texts(mark) -> list[str]:
    if isinstance(mark, Text):
        return [mark.text]
    return [text for each in getattr(mark, "marks", ()) for text in texts(each)]


def places(found: Figure) -> dict[str, tuple[float, float]]:
    """Return where the titles of boxes stand."""
    marks = [mark for mark in found.scene.marks if isinstance(mark, Group) and mark.part == "node"]
    first = {mark.ref: next(each for each in mark.marks if isinstance(each, Text)) for mark in marks}
    return {name: (text.at.x, text.at.y) for name, text in first.items()}


def edges(found: Figure) -> list[Group]:
    return [mark for mark in found.scene.marks if isinstance(mark, Group) and mark.part == "edge"]


def keys(found: Figure) -> list[str]:
    return [
        text for mark in found.scene.marks if isinstance(mark, Group) and mark.part == "key" for text in texts(mark)
    ]


def columns(found: Figure) -> tuple[set[float], set[float]]:
    """Return where the heads and the texts of tables begin in all boxes."""
    marks = [mark for mark in found.scene.marks if isinstance(mark, Group) and mark.part == "node"]
    texts = [each for mark in marks for each in mark.marks if isinstance(each, Text) and each.anchor == "start"]
    heads = {round(each.at.x, 3) for each in texts if each.text in {"in", "out", "activation", "trainable"}}
    return heads, {round(each.at.x, 3) for each in texts} - heads


class TestKeywords:
    def test_each_call_is_a_box_of_its_class(self):
        assert boxes(figure()) == {
            "image": ["InputLayer"],
            "conv": ["Conv2D"],
            "flat": ["Flatten"],
            "head": ["Sequential"],
            "frozen": ["Dense"],
            "twice": ["Add"],
        }

    @pytest.mark.parametrize("rankdir", ["TB", "BT"])
    def test_tables_of_boxes_below_each_other_have_common_columns(self, rankdir):
        found = figure(show_shapes=True, show_layer_names=True, show_layer_activations=True, rankdir=rankdir)
        heads, values = columns(found)
        assert len(heads) == len(values) == 1

    def test_a_box_that_is_much_wider_than_others_has_columns_of_its_own(self):
        many = [given(f"x{place}", (None, 10 + place)) for place in range(4)]
        inputs = [tensor(each["name"], shape=(None, 10 + place)) for place, each in enumerate(many)]
        join = layer("Concatenate", "a_name_that_is_much_longer_than_those_of_all_other_layers", called(inputs))
        ends = [[each["name"], 0, 0] for each in many]
        source = model("net", [*many, join], ends, [[join["name"], 0, 0]])
        heads, _ = columns(figure(source=source, show_shapes=True, show_layer_names=True))
        assert len(heads) == 5

    def test_parallel_edges_are_kept(self):
        lines = [mark.ref for mark in edges(figure())]
        assert "frozen:0->twice:0" in lines
        assert "frozen:0->twice:1" in lines

    def test_show_shapes(self):
        found = boxes(figure(show_shapes=True))
        assert found["image"] == ["InputLayer", "out", "(None, 8, 8, 1)"]
        assert found["conv"] == ["Conv2D", "in", "(None, 8, 8, 1)", "out", "(None, 6, 6, 4)"]
        assert found["twice"] == ["Add", "in", "2 × (None, 4)", "out", "(None, 4)"]

    def test_show_dtype(self):
        assert boxes(figure(show_dtype=True))["conv"] == ["Conv2D", "in", "float32", "out", "float32"]
        assert boxes(figure(show_dtype=True, show_shapes=True))["conv"][-1] == "(None, 6, 6, 4) float32"

    def test_show_layer_names(self):
        assert boxes(figure(show_layer_names=True))["conv"] == ["conv", "Conv2D"]
        assert boxes(figure(show_layer_names=True))["head"] == ["head", "Sequential"]

    @pytest.mark.parametrize(("rankdir", "way"), [("TB", (0, 1)), ("BT", (0, -1)), ("LR", (1, 0)), ("RL", (-1, 0))])
    def test_rankdir(self, rankdir, way):
        found = places(figure(rankdir=rankdir))
        (x, y), (to_x, to_y) = found["image"], found["conv"]
        assert ((to_x > x + 1) - (to_x < x - 1), (to_y > y + 1) - (to_y < y - 1)) == way

    def test_expand_nested(self):
        found = figure(expand_nested=True)
        assert boxes(found)["head/inner"] == ["Dense"] or boxes(found)["head/inner"][-1] == "Dense"
        assert "head" not in boxes(found)

    def test_expand_nested_opens_wrappers(self):
        assert list(boxes(figure(source=wrapped()))) == ["each", "both"]
        assert boxes(figure(source=wrapped()))["each"] == ["TimeDistributed(Dense)"]
        found = boxes(figure(source=wrapped(), expand_nested=True, show_shapes=True, show_layer_names=True))
        assert found["each/step"] == ["step", "Dense", "in", "(None, 4)", "out", "(None, 5)"]
        assert found["both/forward_lstm"] == ["forward_lstm", "LSTM", "in", "(None, 7, 5)", "out", "(None, 3)"]
        assert found["both/backward_lstm"][1:] == found["both/forward_lstm"][1:]
        assert found["both/concatenate"][2:] == ["in", "2 × (None, 3)", "out", "(None, 6)"]

    def test_a_wrapper_of_a_layer_with_several_inputs_keeps_them(self):
        plus = {"module": "keras.layers", "class_name": "Add", "config": {"name": "plus"}}
        both = called([tensor("a", shape=(None, 5, 4)), tensor("b", shape=(None, 5, 4))])
        layers = [given("a", (None, 5, 4)), given("b", (None, 5, 4)), layer("TimeDistributed", "td", both, layer=plus)]
        source = model("sum", layers, [["a", 0, 0], ["b", 0, 0]], [["td", 0, 0]])
        found = figure(source=source, expand_nested=True, show_shapes=True, show_layer_names=True)
        assert boxes(found)["td/plus"] == ["plus", "Add", "in", "2 × (None, 4)", "out", "(None, 4)"]
        assert len(edges(found)) == 5

    def test_layer_range(self):
        found = boxes(figure(layer_range=["fl", "fro"]))
        assert list(found) == ["flat", "head", "frozen"]
        assert boxes(figure(layer_range=("frozen", "flat"))) == found
        assert boxes(figure(layer_range=["flat", "head"], show_shapes=True))["head"][-1] == "(None, 4)"

    def test_layer_range_of_a_chain_counts_no_input(self):
        assert list(boxes(figure(source=wrapped(), layer_range=[".*", "each"]))) == ["each"]

    def test_show_layer_activations(self):
        found = boxes(figure(show_layer_activations=True, expand_nested=True, show_layer_names=True))
        assert found["conv"] == ["conv", "Conv2D", "activation", "relu"]
        assert found["head/inner"] == ["inner", "Dense", "activation", "linear"]
        assert found["flat"] == ["flat", "Flatten"]

    def test_show_trainable(self):
        found = boxes(figure(show_trainable=True))
        assert found["conv"] == ["Conv2D", "trainable", "yes"]
        assert found["frozen"] == ["Dense", "trainable", "no"]
        assert found["flat"] == ["Flatten"]

    def test_splines(self):
        drawn = {
            splines: [mark.marks for mark in edges(figure(source=skipping(), splines=splines))] for splines in LINES
        }
        assert all(lines == () for lines in drawn["none"])
        assert len({repr(lines) for lines in drawn.values()}) >= 5
        for other, same in ((True, "spline"), (False, "line"), ("true", "spline"), ("", "none")):
            assert [mark.marks for mark in edges(figure(source=skipping(), splines=other))] == drawn[same]

    def test_show_layer_numbers(self):
        found = figure(show_layer_numbers=True, show_layer_names=True)
        assert keys(found)[:4] == ["1", "image", "2", "conv"]
        assert boxes(found)["conv"][:2] == ["2", "conv"]

    def test_boxes_that_say_the_same_are_numbered(self):
        assert keys(figure()) == []
        found = figure(expand_nested=True)  # two of Dense
        assert "head/inner" in keys(found)
        assert keys(figure(expand_nested=True, show_layer_names=True)) == []

    def test_numbers_that_are_not_wanted(self):
        assert keys(figure(expand_nested=True, show_layer_numbers=False)) == []

    def test_long_names_in_the_key_have_several_lines(self):
        def named(name):
            return chain("long", [given("x"), layer("Dense", name, units=4), layer("Dense", "b", units=4)])

        found, short = (figure(source=named(name), show_layer_numbers=True) for name in ("x" * 90, "a"))
        assert "".join(word for word in keys(found) if set(word) == {"x"}) == "x" * 90
        assert found.scene.width < short.scene.width + 200

    def test_types_that_are_not_known_are_told_as_such(self):
        source = chain("open", [layer("Dense", "dense", units=4, activation="linear")])
        found = plot_model(source, None, show_shapes=True, show_dtype=True, input_shape=(8,))
        assert "? is a size or type that is not fixed or not known." in texts(found.scene)

    def test_the_title_says_the_same_whatever_is_known_of_weights(self):
        words = {frozenset(texts(figure(show_trainable=trained).scene)) for trained in (False, True)}
        assert not any("parameters" in word for found in words for word in found)

    @pytest.mark.parametrize("rankdir", RANKDIRS)
    def test_one_row_or_column_unless_it_is_far_too_long(self, rankdir):
        def long(count):
            named = [layer("Dense", f"dense_{place}", units=4, activation="linear") for place in range(count)]
            return figure(source=chain("long", [given("x"), *named]), rankdir=rankdir, show_layer_names=True)

        drawn = long(18 if rankdir in {"LR", "RL"} else 26)
        assert drawn.fit is None
        size = sorted((drawn.scene.width, drawn.scene.height))
        assert 842 < size[1] < 1684
        assert size[0] < 300
        assert long(80).fit.parts > 1

    def test_merges_look_like_inputs_and_the_legend_says_so(self):
        assert "input, merge" in texts(figure().scene)

    def test_input_shape(self):
        source = chain("open", [layer("Dense", "dense", units=4, activation="linear")])
        found = plot_model(source, None, show_shapes=True, input_shape=(8,))
        assert boxes(found)["dense"] == ["Dense", "in", "(None, 8)", "out", "(None, 4)"]


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
        display.SVG = lambda **keywords: SimpleNamespace(kind="SVG", **keywords)
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


def test_links_of_a_diagram_have_the_order_of_the_inputs():
    layers = [given(name, (None, size)) for name, size in (("a", 2), ("b", 3), ("c", 4))]
    join = layer("Concatenate", "join", called([tensor("c"), tensor("a"), tensor("b")]))
    double = layer("Add", "double", called([tensor("join"), tensor("join")]))
    own = layer("Add", "own", called([tensor("double"), tensor("a")]), module="mine")  # which may do anything
    source = model("net", [*layers, join, double, own], [[x, 0, 0] for x in "abc"], [["own", 0, 0]])
    dot = plot_model(source, None).dot()
    assert [line.split()[0] for line in dot.splitlines() if '-> "join"' in line] == ['"c"', '"a"', '"b"']
    assert [line.split()[0] for line in dot.splitlines() if "ordering=in" in line] == ['"join"', '"own"']
