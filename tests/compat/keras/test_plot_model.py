"""`plot_model` on what is not live: each keyword by its effect on the figure."""

import pytest
from keras_configs import called, chain, given, layer, model, tensor
from plotted import boxes, columns, edges, figure, keys, places, skipping, texts, wrapped
from test_ruler import own_font

from cutaway.compat.keras import plot_model
from cutaway.compat.keras.plotting import LINES, RANKDIRS
from cutaway.errors import InputError
from cutaway.scene import Group


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

    def test_lists_of_shapes_have_commas_at_their_ends(self):
        shapes = [(None, 100 + place) for place in range(7)]
        given_in = [given(f"x{place}", shape) for place, shape in enumerate(shapes)]
        every = called([tensor(f"x{place}", shape=shape) for place, shape in enumerate(shapes)])
        source = model("m", [*given_in, layer("Concatenate", "all", every)], [], [["all", 0, 0]])
        lines = boxes(figure(source=source, show_shapes=True))["all"]
        whole = lines[lines.index("in") + 1 : lines.index("out")]
        assert len(whole) > 2
        assert " ".join(whole) == ", ".join(map(str, shapes))

    def test_a_shape_stays_on_one_line(self):
        large = tensor("x", shape=(None, 32, 32, 3))
        source = model(
            "m", [given("x", (None, 32, 32, 3)), layer("Add", "sum", called([large, large]))], [], [["sum", 0, 0]]
        )
        assert boxes(figure(source=source, show_shapes=True, rankdir="LR"))["sum"][2] == "2 × (None, 32, 32, 3)"

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
        assert found["both/concatenate"] == ["Concatenate", "in", "2 × (None, 3)", "out", "(None, 6)"]
        assert found["each#each"] == ["each time step", "in", "(None, 7, 4)", "out", "(None, 4)"]
        assert found["each#all"] == ["all time steps", "in", "(None, 5)", "out", "(None, 7, 5)"]

    def test_wrappers_that_are_opened_say_what_they_are(self):
        found = texts(Group(marks=figure(source=wrapped(), expand_nested=True).scene.marks))
        assert {"each, TimeDistributed", "both, Bidirectional", "3 layers · 1 operation"} <= set(found)

    def test_the_key_has_names_of_layers_and_of_nothing_else(self):
        found = keys(figure(source=wrapped(), expand_nested=True, show_layer_numbers=True))
        assert found[1::2] == ["each/step", "both/forward_lstm", "both/backward_lstm"]

    def test_the_key_tells_later_calls_of_what_is_in_a_model(self):
        inner = [given("head_in"), layer("Dense", "inner", units=4)]
        head = chain("head", inner, called(tensor("x")), called(tensor("y")))
        layers = [given("x"), given("y"), head, layer("Add", "sum", called([tensor("head"), tensor("head", 1)]))]
        twice = model("net", layers, [["x", 0, 0], ["y", 0, 0]], [["sum", 0, 0]])
        assert keys(figure(source=twice, show_layer_numbers=True))[1::2] == ["x", "y", "head", "head, call 2", "sum"]
        found = keys(figure(source=twice, expand_nested=True, show_layer_numbers=True))
        assert found[1::2] == ["x", "y", "head/inner", "head/inner, call 2", "sum"]

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

    def test_font(self, tmp_path):
        letters = sorted(set("слой модель InputLayer Dense layers 0123456789"))
        own = own_font(tmp_path / "own.ttf", wide=900, family="My Own", characters="".join(letters))
        source = chain("модель", [given("x"), layer("Dense", "слой", units=4, activation="linear")])
        kept, given_one = (plot_model(source, None, show_layer_names=True, font=font) for font in (None, own))
        assert "My Own" in given_one.svg()
        assert "My Own" not in kept.svg()
        with pytest.raises(InputError, match=r"absent\.ttf"):
            plot_model(source, None, font=tmp_path / "absent.ttf")


def test_links_of_a_diagram_have_the_order_of_the_inputs():
    layers = [given(name, (None, size)) for name, size in (("a", 2), ("b", 3), ("c", 4))]
    join = layer("Concatenate", "join", called([tensor("c"), tensor("a"), tensor("b")]))
    double = layer("Add", "double", called([tensor("join"), tensor("join")]))
    own = layer("Add", "own", called([tensor("double"), tensor("a")]), module="mine")  # which may do anything
    source = model("net", [*layers, join, double, own], [[x, 0, 0] for x in "abc"], [["own", 0, 0]])
    dot = plot_model(source, None).dot()
    assert [line.split()[0] for line in dot.splitlines() if '-> "join"' in line] == ['"c"', '"a"', '"b"']
    assert [line.split()[0] for line in dot.splitlines() if "ordering=in" in line] == ['"join"', '"own"']
