import copy
import inspect
import pickle
import sys

import pydot
import pytest
from dot_models import branching, nested
from keras_configs import chain, given, layer
from test_ruler import own_font

from cutaway.compat.keras import model_to_dot
from cutaway.compat.keras.mistakes import ArgumentError, KeywordError, MissingError
from cutaway.errors import CutawayError, InputError


def nodes(graph):
    return {node.get_name(): node for node in graph.get_nodes() if node.get_name() != "node"}


def edges(graph):
    return [(edge.get_source(), edge.get_destination()) for edge in graph.get_edges()]


def test_it_is_an_object_of_pydot_with_the_attributes_of_keras():
    dot = model_to_dot(branching())
    assert isinstance(dot, pydot.Dot)
    assert dot.get_attributes() == {"rankdir": "TB", "concentrate": True, "dpi": 200, "splines": "ortho"}
    assert dot.get_node_defaults() == [{"shape": "record"}]
    assert dot.get_graph_type() == "digraph"
    assert all(edge.get_attributes() == {"penwidth": "2"} for edge in dot.get_edges())
    rest = {name: value for name, value in nodes(dot)["a"].get_attributes().items() if name != "label"}
    assert rest == {"fontname": "Helvetica", "border": "0", "margin": "0"}


def test_each_call_is_a_node_and_each_tensor_an_edge():
    dot = model_to_dot(branching())
    assert list(nodes(dot)) == ["x", "a", "b", "b#2", "sum"]
    assert edges(dot) == [("x", "a"), ("a", "b"), ("b", "b#2"), ("a", "sum"), ("b#2", "sum")]


def test_a_subgraph_is_a_cluster_of_keras():
    part = model_to_dot(branching(), subgraph=True)
    assert isinstance(part, pydot.Cluster)
    assert not isinstance(part, pydot.Dot)
    assert part.get_name() == "cluster_net"
    assert part.get_attributes() == {"style": "dashed", "label": "net", "labeljust": "l"}
    own = pydot.Dot()
    own.add_subgraph(part)
    assert '"net/a" -> "net/b"' in own.to_string()


def test_its_picture_has_the_font_that_is_asked_for(tmp_path):
    own = own_font(tmp_path / "own.ttf", family="My Own", characters="abcdefghijklmnopqrstuvwxyz ")
    assert b"My Own" in model_to_dot(branching(), font=own).create_svg()


def test_nested_models_are_clusters_whose_edges_lead_to_their_layers():
    dot = model_to_dot(nested(), expand_nested=True)
    clusters = dot.get_subgraphs()
    assert [each.get_name() for each in clusters] == ["cluster_inner", "cluster_inner_2"]
    assert {each.get_label() for each in clusters} == {"inner"}
    assert [list(nodes(each)) for each in clusters] == [["inner/one", "inner/two"], ["inner#2/one", "inner#2/two"]]
    assert edges(clusters[0]) == [("inner/one", "inner/two")]
    assert edges(dot) == [("x", "inner/one"), ("inner/two", "inner#2/one"), ("inner#2/two", "end")]
    assert list(nodes(model_to_dot(nested()))) == ["x", "inner", "inner#2", "end"]


def said(text):
    return f'<font point-size="14">{text}</font>'


def label(name="a", **options):
    return nodes(model_to_dot(branching(), **options))[name].get_label()


def test_labels_say_what_is_asked_for():
    head = '<tr><td colspan="1" bgcolor="black"><font point-size="16" color="white">{}</font></td></tr>'
    table = '<<table border="0" cellborder="1" bgcolor="black" cellpadding="10">{}</table>>'
    assert label() == table.format(head.format("<b>a</b> (Dense)"))
    assert label(show_layer_names=False) == table.format(head.format("<b>Dense</b>"))
    shapes = label(show_shapes=True)
    assert said("Input shape: <b>(None, 8)</b>") in shapes
    assert said("Output shape: <b>(None, 4)</b>") in shapes
    assert 'colspan="2" bgcolor="black"' in shapes
    assert said("Output dtype: <b>float32</b>") in label(show_dtype=True)
    assert said("Activation: <b>relu</b>") in label(show_layer_activations=True)
    assert "Trainable" in label(show_trainable=True)
    assert "Non-trainable" in label("b", show_trainable=True)
    assert "rainable" not in label("sum", show_trainable=True)  # it has no weights
    assert "Input shape: <b>[(None, 4), (None, 4)]</b>" in label("sum", show_shapes=True)
    assert "Input shape" not in label("x", show_shapes=True)
    assert 'colspan="1"' in label("x", show_shapes=True)


def test_the_graph_says_how_it_is_drawn():
    dot = model_to_dot(branching(), rankdir="LR", dpi=72.5, splines="spline")
    assert (dot.get_rankdir(), dot.get_dpi(), dot.get_splines()) == ("LR", 72.5, "spline")


def test_a_range_of_layers_is_a_part():
    assert list(nodes(model_to_dot(branching(), layer_range=["a", "b"]))) == ["a", "b", "b#2"]


@pytest.mark.parametrize("behind", [(["a", "b"], True, True), (None, True, True), (True, True, "spline")])
def test_arguments_have_the_places_of_either_generation(behind):
    dot = model_to_dot(branching(), True, True, True, "BT", False, 50, False, *behind)
    text = nodes(dot)["a"].get_label()
    assert all(word in text for word in ("Output shape", "Output dtype", "Activation", "Trainable"))
    assert dot.get_splines() == ("spline" if behind[2] == "spline" else "ortho")
    assert ("sum" in nodes(dot)) == (behind[0] != ["a", "b"])


def test_the_parameters_begin_in_keras_order():
    names = list(inspect.signature(model_to_dot).parameters)
    assert names[:8] == [
        "model", "show_shapes", "show_dtype", "show_layer_names", "rankdir", "expand_nested", "dpi", "subgraph",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("wrong", "error"),
    [
        ({"engine": "neato"}, ArgumentError),
        ({"rankdir": "XX"}, ArgumentError),
        ({"dpi": -5}, ArgumentError),
        ({"nonsense": 1}, KeywordError),
        ({"layer_range": ["a"]}, ArgumentError),
        ({"layer_range": ["zzz", "a"]}, ArgumentError),
    ],
)
def test_wrong_arguments_are_refused(wrong, error):
    with pytest.raises(error) as refused:
        model_to_dot(branching(), **wrong)
    assert isinstance(refused.value, ValueError)
    assert isinstance(refused.value, InputError)


def test_without_pydot_it_is_said_how_to_get_it(monkeypatch):
    monkeypatch.setitem(sys.modules, "pydot", None)
    with pytest.raises(MissingError, match="pip install pydot") as refused:
        model_to_dot(branching())
    assert isinstance(refused.value, ImportError)
    assert isinstance(refused.value, CutawayError)


NAMES = ["a:b", 'say "x"', "a\\", "<b>", '"q"', "a|{b}", "né", "node", "a b", "1a", "x\ny", "&amp;", "日本"]


@pytest.mark.filterwarnings("ignore:.*deprecated:DeprecationWarning")  # pydot's parser of pyparsing
@pytest.mark.parametrize("name", NAMES)
def test_any_name_comes_back_from_the_text(name):
    dot = model_to_dot(branching(a=name), show_shapes=True, show_dtype=True)
    read = pydot.graph_from_dot_data(dot.to_string())[0]
    assert read.to_string() == dot.to_string()
    assert len(nodes(read)) == 5
    assert edges(read) == edges(pydot.graph_from_dot_data(read.to_string())[0])
    ends = {end for edge in edges(dot) for end in edge}
    assert ends == set(nodes(dot))


def test_a_layer_for_each_time_step_lies_between_parts_of_its_wrapper():
    inner = {"module": "keras.layers", "class_name": "Dense", "config": {"name": "step", "units": 5}}
    source = chain("m", [given("x", (None, 7, 4)), layer("TimeDistributed", "each", layer=inner)])
    dot = model_to_dot(source, expand_nested=True)
    told = [each.get_label() for cluster in dot.get_subgraphs() for each in cluster.get_nodes()]
    for label, words in zip(told, ("each, each time step", "step", "each"), strict=True):
        assert f"<b>{words}</b>" in label
    assert not any("InputLayer" in label for label in told)


@pytest.mark.parametrize("names", [False, True])
def test_what_merges_both_ways_has_no_name(names):
    ways = {
        key: {"module": "keras.layers", "class_name": "LSTM", "config": {"name": f"{name}_lstm", "units": 3}}
        for key, name in (("layer", "forward"), ("backward_layer", "backward"))
    }
    source = chain("m", [given("x", (None, 7, 4)), layer("Bidirectional", "both", merge_mode="concat", **ways)])
    (both,) = model_to_dot(source, expand_nested=True, show_layer_names=names).get_subgraphs()
    assert "<b>Concatenate</b></font>" in both.get_nodes()[-1].get_label()


def test_equal_models_give_equal_texts():
    assert (
        model_to_dot(nested(), expand_nested=True).to_string() == model_to_dot(nested(), expand_nested=True).to_string()
    )


@pytest.mark.parametrize("copied", [copy.copy, copy.deepcopy, lambda dot: pickle.loads(pickle.dumps(dot))])  # noqa: S301
def test_copies_say_and_draw_the_same(copied):
    dot = model_to_dot(branching(), engine="graphviz")
    other = copied(dot)
    assert other.to_string() == dot.to_string()
    assert other.engine == "graphviz"
    other.engine = "cutaway"
    dot.engine = "cutaway"
    assert other.create_svg() == dot.create_svg()
    for each in (dot, other):
        each.get_node("a")[0].set_fillcolor("gold")
    assert other.create_svg() == dot.create_svg()


def test_a_deep_copy_is_its_own():
    dot = model_to_dot(branching())
    other = copy.deepcopy(dot)
    other.get_node("a")[0].set_label("changed")
    assert dot.get_node("a")[0].get_label() != "changed"


def test_keywords_of_its_own_are_among_those_that_are_told():
    with pytest.raises(KeywordError, match=r"'to_file'.*subgraph.*engine"):
        model_to_dot(branching(), to_file="net.png")
