"""Configs of Keras 1 and before: arguments by today's names, chains that begin with a Merge, flat dicts, Graphs."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cutaway.analysis.shapes import infer
from cutaway.errors import InputError, UnsupportedError
from cutaway.graph import Kind
from cutaway.sources import read
from cutaway.sources.configs.keras1 import is_old
from cutaway.sources.configs.keras1_names import SIGNS, renamed

MODELS = Path(__file__).parents[2] / "models"


def layer(op, name, **config):
    return {"class_name": op, "config": {"name": name, **config}}


def called(item, *sources):
    return {**item, "name": item["config"]["name"], "inbound_nodes": [[[source, 0, 0] for source in sources]]}


def chain(*layers):
    return {"class_name": "Sequential", "config": list(layers)}


def convolution(name, **config):
    return layer("Convolution2D", name, nb_filter=8, nb_row=3, nb_col=5, border_mode="same", **config)


def edges(graph):
    return [(edge.source, edge.target) for edge in graph.edges]


def shapes(graph):
    return {node.id: node.outputs[0].tensor.shape for node in infer(graph).nodes}


FIRST = convolution("c", batch_input_shape=[None, 32, 32, 3], input_dtype="float32", dim_ordering="tf", bias=False)


def test_arguments_go_by_the_names_of_today():
    graph = read(chain(FIRST, layer("Dropout", "d", p=0.5), layer("LSTM", "l", output_dim=4, inner_activation="tanh")))
    _, first, drop, recurrent = graph.nodes
    assert first.op == "Convolution2D"
    assert first.attributes["filters"] == 8
    assert first.attributes["kernel_size"] == (3, 5)
    assert first.attributes["padding"] == "same"
    assert first.attributes["data_format"] == "channels_last"
    assert first.attributes["use_bias"] is False
    assert not SIGNS & first.attributes.keys()
    assert drop.attributes["rate"] == 0.5
    assert (recurrent.attributes["units"], recurrent.attributes["recurrent_activation"]) == (4, "tanh")
    assert all(node.trainable for node in (first, drop, recurrent))


def test_shapes_follow_from_what_the_file_says():
    dense = layer("Dense", "o", output_dim=10, W_regularizer=None)
    pool = layer("MaxPooling2D", "p", pool_size=[2, 2], border_mode="valid", dim_ordering="tf")
    graph = read(chain(FIRST, pool, layer("Flatten", "f"), dense))
    assert shapes(graph) == {
        "convolution2d_input_1": (None, 32, 32, 3),
        "c": (None, 32, 32, 8),
        "p": (None, 16, 16, 8),
        "f": (None, 2048),
        "o": (None, 10),
    }


@pytest.mark.parametrize(
    ("op", "old", "new"),
    [
        ("Embedding", {"output_dim": 4, "input_dim": 9}, {"output_dim": 4, "input_dim": 9}),
        ("Convolution1D", {"filter_length": 3, "subsample_length": 2}, {"kernel_size": 3, "strides": 2}),
        ("Convolution3D", {"kernel_dim1": 1, "kernel_dim2": 2, "kernel_dim3": 3}, {"kernel_size": [1, 2, 3]}),
        ("MaxPooling1D", {"pool_length": 2, "stride": 3}, {"pool_size": 2, "strides": 3}),
        ("UpSampling1D", {"length": 2}, {"size": 2}),
        ("ZeroPadding2D", {"padding": [1, 2]}, {"padding": [1, 2]}),
        ("ZeroPadding2D", {"padding": [1, 2, 3, 4]}, {"padding": [[1, 2], [3, 4]]}),
        ("ZeroPadding2D", {"padding": {"top_pad": 1, "right_pad": 2}}, {"padding": [[1, 0], [0, 2]]}),
        ("ZeroPadding1D", {"padding": {"left_pad": 1}}, {"padding": [1, 0]}),
        ("GRU", {"consume_less": "gpu"}, {"implementation": 2}),
        ("LSTM", {"forget_bias_init": "one"}, {"unit_forget_bias": True}),
        ("Convolution2D", {"dim_ordering": "th"}, {"data_format": "channels_first"}),
        ("Merge", {"mode": "concat", "concat_axis": 1, "dot_axes": -1}, {"mode": "concat", "axis": 1}),
        ("Merge", {"mode": "cos", "concat_axis": 1, "dot_axes": 2}, {"mode": "cos", "axes": 2}),
        ("Mine", {"p": 1, "stride": 2, "output_dim": 3}, {"p": 1, "stride": 2, "output_dim": 3}),
    ],
)
def test_each_renaming(op, old, new):
    assert renamed(op, old) == new


@given(st.dictionaries(st.sampled_from(sorted(SIGNS)), st.integers() | st.none()), st.sampled_from(["Dense", "LSTM"]))
def test_a_renamed_config_stays_as_it_is(config, op):
    assert renamed(op, renamed(op, config)) == renamed(op, config)


def test_code_of_a_lambda_is_not_kept():
    code = "c\x01\x00\x00\x00"
    config = layer("Lambda", "l", function=code, function_type="lambda", output_shape=code, output_shape_type="lambda")
    (node,) = [node for node in read(chain(FIRST, config)).nodes if node.op == "Lambda"]
    assert node.attributes["function"] == node.attributes["output_shape"] == "λ"


def test_a_merge_at_the_beginning_joins_its_branches():
    graph = read(MODELS / "keras1_merge.json")
    assert graph.op == "Sequential"
    assert graph.inputs == ("dense_input_1", "embedding_input_1")
    assert [scope.id for scope in graph.scopes] == ["sequential_2", "sequential_3"]
    assert [edge for edge in edges(graph) if edge[1] == "merge_1"] == [
        ("sequential_2/dense_1", "merge_1"),
        ("sequential_3/dense_2", "merge_1"),
    ]
    merge = next(node for node in graph.nodes if node.id == "merge_1")
    assert (merge.op, merge.kind, merge.attributes["mode"]) == ("Merge", Kind.MERGE, "mul")
    assert shapes(graph)["sequential_3/embedding_1"] == (None, 26, 300)


def test_merges_of_merges_open_to_any_depth():
    inner = chain(layer("Merge", "m1", layers=[chain(FIRST), chain(convolution("c2", input_shape=[4, 4, 3]))]))
    graph = read(chain(layer("Merge", "m2", layers=[inner, chain(layer("Dense", "d", input_dim=3))]), FIRST))
    assert [scope.id for scope in graph.scopes] == [
        "sequential_2",
        "sequential_2/sequential_3",
        "sequential_2/sequential_4",
        "sequential_5",
    ]
    assert len(graph.inputs) == 3
    assert ("sequential_2/m1", "m2") in edges(graph)
    assert ("sequential_5/d", "m2") in edges(graph)


def test_a_chain_in_a_chain_reads_the_input_of_the_inner_one():
    graph = read(chain(chain(FIRST, layer("Dense", "d", output_dim=2)), layer("Activation", "a")))
    assert edges(graph) == [
        ("convolution2d_input_1", "sequential_2/c"),
        ("sequential_2/c", "sequential_2/d"),
        ("sequential_2/d", "a"),
    ]
    assert graph.nodes[0].outputs[0].tensor.shape == (None, 32, 32, 3)


def test_a_graph_of_layers_has_calls_without_arguments():
    given = layer("InputLayer", "i", batch_input_shape=[None, 8], input_dtype="float32", sparse=False)
    dense = layer("Dense", "d", output_dim=8, W_constraint=None)
    config = {
        "name": "net",
        "layers": [
            {**given, "name": "i", "inbound_nodes": []},
            called(dense, "i"),
            called(layer("Merge", "m", mode="sum", concat_axis=-1), "i", "d"),
        ],
        "input_layers": [["i", 0, 0]],
        "output_layers": [["m", 0, 0]],
    }
    graph = read({"class_name": "Model", "config": config, "keras_version": "1.2.2"})
    assert edges(graph) == [("i", "d"), ("i", "m"), ("d", "m")]
    assert shapes(graph)["m"] == (None, 8)
    assert "axis" not in graph.nodes[2].attributes


def test_calls_of_a_nested_chain_count_from_1():
    def start(name):
        return {**layer("InputLayer", name, batch_input_shape=[None, 4], input_dtype="float32"), "name": name}

    shared = {**chain(layer("Dense", "d", output_dim=8, batch_input_shape=[None, 4])), "name": "shared"}
    merge = {**layer("Merge", "m", mode="concat", concat_axis=-1), "name": "m"}
    config = {
        "name": "net",
        "layers": [
            {**start("a"), "inbound_nodes": []},
            {**start("b"), "inbound_nodes": []},
            {**shared, "inbound_nodes": [[["a", 0, 0]], [["b", 0, 0]]]},
            {**merge, "inbound_nodes": [[["shared", 2, 0], ["shared", 1, 0]]]},
        ],
        "input_layers": [["a", 0, 0], ["b", 0, 0]],
        "output_layers": [["m", 0, 0], ["shared", 1, 0]],
    }
    graph = read({"class_name": "Model", "config": config, "keras_version": "1.2.0"})
    assert edges(graph) == [("a", "shared/d"), ("b", "shared#2/d"), ("shared#2/d", "m"), ("shared/d", "m")]
    assert [output.node for output in graph.outputs] == ["m", "shared/d"]


FLAT = {
    "name": "Sequential",
    "layers": [
        {"name": "Dense", "custom_name": "one", "input_dim": 20, "output_dim": 8, "init": "uniform"},
        {"name": "Activation", "activation": "relu", "custom_name": "two"},
        {"name": "Dense", "output_dim": 3},
    ],
    "loss": "mse",
}


def test_layers_of_before_1_0_are_flat_dicts():
    graph = read(FLAT)
    assert [(node.id, node.op) for node in graph.nodes] == [
        ("dense_input_1", "InputLayer"),
        ("one", "Dense"),
        ("two", "Activation"),
        ("dense_1", "Dense"),
    ]
    assert shapes(graph)["dense_1"] == (None, 3)
    assert graph.nodes[1].attributes["kernel_initializer"] == "uniform"


def graph_of_nodes(**more):
    node = {"merge_mode": "concat", "concat_axis": -1, "create_output": False}
    return {
        "name": "Graph",
        "input_config": [
            {"name": "left", "input_shape": [4], "dtype": "float"},
            {"name": "right", "input_shape": [4], "dtype": "float"},
        ],
        "nodes": {"a": {"name": "Dense", "output_dim": 4}, "b": {"name": "Dense", "output_dim": 2}},
        "node_config": [
            {"name": "a", "input": "left", "inputs": [], **node},
            {"name": "b", "input": None, "inputs": ["a", "right"], **node, **more},
        ],
        "output_config": [{"name": "out", "input": "b", "inputs": []}],
    }


@pytest.mark.parametrize(
    "config",
    [
        graph_of_nodes(),
        {"class_name": "Graph", "config": {key: each for key, each in graph_of_nodes().items() if key != "name"}},
    ],
    ids=["0.3", "1.0"],
)
def test_a_graph_of_before_1_0_has_a_merge_before_nodes_with_several_inputs(config):
    graph = read(config)
    merge = "merge_inputs_for_b"
    assert edges(graph) == [("left", "a"), ("a", merge), ("right", merge), (merge, "b")]
    assert graph.inputs == ("left", "right")
    assert [output.node for output in graph.outputs] == ["b"]
    assert shapes(graph)[merge] == (None, 8)


def test_shared_nodes_of_a_graph_are_refused():
    with pytest.raises(UnsupportedError, match="'b' is shared between several places"):
        read(graph_of_nodes(layer={}, outputs=["x", "y"]))


def test_a_graph_without_nodes_is_refused():
    with pytest.raises(InputError, match="a Graph: its 'input_config' is no list"):
        read({**graph_of_nodes(), "input_config": [1]})
    with pytest.raises(InputError, match="it has no 'nodes'"):
        read({**graph_of_nodes(), "nodes": []})


def test_layers_that_only_keras_1_has_know_their_shapes():
    deconvolution = convolution("d", output_shape=[None, 64, 64, 8], subsample=[2, 2])
    deconvolution["class_name"] = "Deconvolution2D"
    holes = {**convolution("a", atrous_rate=[2, 2], dim_ordering="tf"), "class_name": "AtrousConvolution2D"}
    rest = [layer("Flatten", "f"), layer("MaxoutDense", "m", output_dim=5, nb_feature=4), layer("Highway", "h")]
    graph = read(chain(FIRST, deconvolution, holes, layer("SReLU", "s"), *rest))
    assert shapes(graph) == {
        "convolution2d_input_1": (None, 32, 32, 3),
        "c": (None, 32, 32, 8),
        "d": (None, 64, 64, 8),
        "a": (None, 64, 64, 8),
        "s": (None, 64, 64, 8),
        "f": (None, 64 * 64 * 8),
        "m": (None, 5),
        "h": (None, 5),
    }


@pytest.mark.parametrize(
    ("mode", "more", "shape"),
    [
        ("sum", {}, (None, 4)),
        ("ave", {}, (None, 4)),
        ("max", {}, (None, 4)),
        ("concat", {"concat_axis": -1}, (None, 8)),
        ("dot", {"dot_axes": [1, 1]}, (None, 1)),
        ("cos", {"dot_axes": 1}, (None, 1)),
        ("c\x00", {"mode_type": "lambda"}, None),
    ],
)
def test_the_shape_of_each_merge(mode, more, shape):
    branches = [chain(layer("Dense", name, output_dim=4, input_dim=3)) for name in ("a", "b")]
    graph = read(chain(layer("Merge", "m", mode=mode, layers=branches, **more)))
    assert shapes(graph)["m"] == shape


def test_later_configs_are_left_alone():
    dense = layer("Dense", "d", units=2, activation="relu", batch_input_shape=[None, 2])
    assert not is_old({"class_name": "Sequential", "config": [dense]})
    assert is_old({"class_name": "Sequential", "config": [dense], "keras_version": "1.0.3"})
    assert is_old({"class_name": "Sequential", "config": [dense, layer("Merge", "m")]})
    mine = layer("Mine", "m", W_regularizer=None)
    assert is_old({"class_name": "Sequential", "config": [dense, mine]})
    assert not is_old({"class_name": "Sequential", "config": [dense, mine], "keras_version": "2.1.6"})


def test_inputs_of_a_later_chain_that_begins_with_a_merge_go_by_their_readers():
    one, two = (layer("Dense", name, units=2, batch_input_shape=[None, 4]) for name in ("one", "two"))
    merge = layer("Merge", "m", mode="concat", layers=[chain(one), chain(two)])
    graph = read({**chain(merge), "keras_version": "2.0.4"})
    assert graph.inputs == ("one_input", "two_input")
    assert shapes(graph)["m"] == (None, 4)


def test_a_model_within_itself_ends():
    loop = chain(FIRST)
    loop["config"].append(layer("TimeDistributed", "t", layer=loop))
    with pytest.raises(InputError):
        read(loop)


def test_a_deep_nesting_ends_in_words():
    deep = chain(FIRST)
    for _ in range(3000):
        deep = chain(deep)
    with pytest.raises((InputError, UnsupportedError)):
        read(deep)


LEAVES = st.none() | st.booleans() | st.integers(-2, 5) | st.text(max_size=4) | st.lists(st.integers(0, 3), max_size=2)


@pytest.mark.filterwarnings("ignore::cutaway.errors.CutawayWarning")
@given(st.data())
def test_damaged_configs_are_read_or_refused(data):
    text = json.dumps(data.draw(st.sampled_from([FLAT, graph_of_nodes(), chain(layer("Merge", "m", layers=[FLAT]))])))
    whole = json.loads(text)
    holders = [whole]
    for holder in holders:
        held = holder.values() if isinstance(holder, dict) else holder
        holders.extend(each for each in held if isinstance(each, (dict, list)) and each)
    holder = data.draw(st.sampled_from(holders))
    key = data.draw(st.sampled_from(sorted(holder) if isinstance(holder, dict) else range(len(holder))))
    holder[key] = data.draw(LEAVES)
    try:
        read(whole)
    except (InputError, UnsupportedError) as error:
        assert str(error).startswith("cannot read")  # noqa: PT017 - either outcome is right
