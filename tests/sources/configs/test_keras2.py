import copy
import json
import warnings

import keras_configs as keras3
import pytest
from hypothesis import given as sampled
from hypothesis import settings
from hypothesis import strategies as st
from keras2_configs import chain, encoder, end, function, given, layer, model, net

from cutaway.analysis.check import check
from cutaway.analysis.shapes import infer
from cutaway.errors import CutawayError, CutawayWarning, InputError, UnsupportedError
from cutaway.graph import Kind, Output
from cutaway.sources import read


def by_id(graph):
    return {node.id: node for node in graph.nodes}


def edges(graph):
    assert check(graph) == ()
    return [edge.id for edge in graph.edges]


def ports(graph):
    return {node.id: [port.name for port in node.inputs] for node in graph.nodes}


def test_a_layer_called_twice_is_two_nodes():
    shared = layer("Dense", "d", [end("a")], [end("b")])
    merge = layer("Add", "sum", [end("d", 0), end("d", 1)])
    graph = read(net(shared, merge, inputs=("a", "b")))
    assert edges(graph) == ["a:0->d:0", "b:0->d#2:0", "d:0->sum:0", "d#2:0->sum:1"]
    assert (graph.inputs, graph.outputs) == (("a", "b"), (Output(name="sum", node="sum"),))


def test_a_model_of_keras_2_gives_the_graph_of_the_same_one_in_keras_3():
    tensor, called = keras3.tensor, keras3.called
    inner = [
        keras3.given("i"),
        keras3.layer("Dense", "d", called(tensor("i"))),
        keras3.layer("Add", "s", called([tensor("i"), tensor("d")])),
    ]
    new = keras3.model(
        "net",
        [
            keras3.given("x"),
            keras3.model("enc", inner, ["i", 0, 0], ["s", 0, 0], called(tensor("x")), called(tensor("enc", 0))),
            keras3.layer("LSTM", "rnn", called(tensor("enc", 1), initial_state=[tensor("x"), tensor("x")])),
            keras3.layer("Mine", "m", called({"p": tensor("rnn"), "q": tensor("x")}, mode="fast")),
        ],
        ["x", 0, 0],
        ["m", 0, 0],
    )
    old = net(
        encoder([end("x")], [end("enc", 1)]),
        layer("LSTM", "rnn", [end("enc", 2), end("x"), end("x")]),
        layer("Mine", "m", {"p": end("rnn", mode="fast"), "q": end("x", mode="fast")}),
    )
    one, other = read(old), read(new)
    assert edges(one) == edges(other)
    assert ports(one) == ports(other)
    assert [(node.op, node.kind, node.scope) for node in one.nodes] == [
        (node.op, node.kind, node.scope) for node in other.nodes
    ]
    assert [(scope.id, scope.op) for scope in one.scopes] == [(scope.id, scope.op) for scope in other.scopes]
    assert by_id(one)["m"].attributes["call"] == by_id(other)["m"].attributes["call"] == {"mode": "fast"}


def test_a_frozen_part_freezes_what_is_in_it_whatever_that_says():
    part = encoder([end("x")])
    part["config"]["trainable"] = False
    assert by_id(read(net(part)))["enc/d"].trainable is False


def test_the_calls_of_a_nested_model_count_from_1():
    graph = read(net(encoder([end("x")], [end("x")]), outputs=[["enc", 2, 0], ["enc", 1, 0]]))
    assert [output.node for output in graph.outputs] == ["enc#2/s", "enc/s"]


@pytest.mark.parametrize("start", ["InputLayer", "batch_input_shape"])
def test_the_calls_of_a_sequential_that_knows_its_input_count_from_1(start):
    layers = [given("i"), layer("Dense", "d")]
    if start == "batch_input_shape":
        layers = [layer("Dense", "d", batch_input_shape=[None, 4])]
    graph = read(net(chain("s", layers, [end("x")], [end("s", 1)]), outputs=[["s", 2, 0]]))
    assert edges(graph) == ["x:0->s/d:0", "s/d:0->s#2/d:0"]
    assert graph.outputs[0].node == "s#2/d"


def test_the_calls_of_a_sequential_that_does_not_know_its_input_count_from_0():
    graph = read(net(chain("s", [layer("Dense", "d")], [end("x")], [end("s", 0)]), outputs=[["s", 1, 0]]))
    assert edges(graph) == ["x:0->s/d:0", "s/d:0->s#2/d:0"]
    assert graph.outputs[0].node == "s#2/d"


def test_a_nested_model_without_layers_in_the_file_counts_as_it_is_referred_to():
    hidden = layer("Backbone", "b", [end("x")])
    for number in (0, 1):
        assert read(net(hidden, outputs=[["b", number, 0]])).outputs == (Output(name="b", node="b"),)


def test_a_dict_of_inputs_and_outputs_is_flattened_by_sorted_key():
    inner = [given("p"), given("q"), layer("Dense", "u", [end("p")]), layer("Dense", "v", [end("q")])]
    inputs, outputs = {"b": ["q", 0, 0], "a": ["p", 0, 0]}, {"z": ["u", 0, 0], "y": ["v", 0, 0]}
    nested = model("m", inner, inputs, outputs, {"a": end("x"), "b": end("w")})
    last = layer("Dense", "last", [end("m", 1, 1)])
    graph = read(net(nested, last, inputs=("x", "w"), outputs={"two": ["m", 1, 0], "one": ["last", 0, 0]}))
    assert edges(graph) == ["x:0->m/u:0", "w:0->m/v:0", "m/u:0->last:0"]
    assert graph.outputs == (Output(name="one", node="last"), Output(name="two", node="m/v"))


def test_a_dict_of_inputs_is_not_taken_for_the_calls_of_keras_3():
    graph = read(net(layer("Mine", "m", {"args": end("x"), "kwargs": end("x")})))
    assert ports(graph)["m"] == ["args", "kwargs"]


def test_tensors_stand_in_kwargs_at_any_depth():
    deep = {"masks": [None, {"left": ["x", 0, 0]}], "rate": 0.5, "training": None}
    attention = layer("MultiHeadAttention", "mha", [end("x", value=["x", 0, 0], key=["x", 0, 0])])
    graph = read(net(attention, layer("Mine", "m", [end("mha", **deep)])))
    assert ports(graph) == {"x": [], "mha": ["query", "value", "key"], "m": ["inputs", "masks 1 left"]}
    assert by_id(graph)["m"].attributes["call"] == {"rate": 0.5}


@pytest.mark.parametrize("constant", [["x", 1, 0], ["x", 0, -1], ["x", 0, 0.5], ["x", True, 0], ["gone", 0, 0], ["x"]])
def test_a_constant_that_looks_like_a_tensor_stays_one(constant):
    graph = read(net(layer("Mine", "m", [end("x", axes=constant)])))
    assert edges(graph) == ["x:0->m:0"]
    assert by_id(graph)["m"].attributes["call"] == {"axes": tuple(constant)}


def test_a_constant_may_be_the_first_argument():
    minus = function("tf.math.subtract", "math.subtract", ["_CONSTANT_VALUE", -1, 2.0, {"y": ["x", 0, 0]}])
    table = function("tf.math.add", "math.add", ["_CONSTANT_VALUE", -1, [[1, 2], [3, 4]], {"y": ["x", 0, 0]}])
    mixed = layer("Mine", "m", [end("tf.math.subtract"), ["_CONSTANT_VALUE", -1, 3, {}], end("tf.math.add")])
    graph = read(net(minus, table, mixed))
    assert edges(graph) == [
        "x:0->tf.math.subtract:0",
        "x:0->tf.math.add:0",
        "tf.math.subtract:0->m:0",
        "tf.math.add:0->m:1",
    ]
    assert by_id(graph)["tf.math.subtract"].attributes["call"] == {"input 0": 2.0}
    assert by_id(graph)["tf.math.add"].attributes["call"] == {"input 0": "array (2, 2)"}


def test_tensors_that_keras_has_dropped_are_told_by_name():
    einsum = function("tf.einsum", "einsum", ["_CONSTANT_VALUE", -1, "bij,bjk->bik", {}])
    with pytest.warns(CutawayWarning, match=r"inputs not stored by Keras 2: 'tf.einsum' in 'net'"):
        graph = read(net(einsum))
    node = by_id(graph)["tf.einsum"]
    assert (node.operation, node.inputs, node.attributes["subscripts"]) == ("Einsum", (), "bij,bjk->bik")


def test_a_layer_that_takes_no_tensor_is_drawn_without_a_warning():
    graph = read(net(layer("Weights", "w"), layer("Mine", "m", [end("x"), end("w")])))
    assert edges(graph) == ["x:0->m:0", "w:0->m:1"]


OTHER, RESHAPE, MERGE, ACTIVATION = Kind.OTHER, Kind.RESHAPE, Kind.MERGE, Kind.ACTIVATION
X = ["x", 0, 0]
FUNCTIONS = [
    ("math.reduce_mean", end("x", axis=[1], name=None), "Mean", OTHER, {"axis": (1,)}),
    ("math.reduce_max", end("x"), "Max", OTHER, {"axis": None}),
    ("compat.v1.transpose", end("x", perm=[1, 0], name="t", conjugate=False), "Transpose", RESHAPE, {"axes": (1, 0)}),
    ("reshape", end("x", shape=[-1, 2]), "Reshape", RESHAPE, {"newshape": (-1, 2)}),
    ("concat", [end("x", axis=-1), end("x", axis=-1)], "Concatenate", MERGE, {"axis": -1}),
    ("split", end("x", num_or_size_splits=[1, 2, 1]), "Split", RESHAPE, {"indices_or_sections": (1, 3)}),
    ("split", end("x", num_or_size_splits=2), "Split", RESHAPE, {"indices_or_sections": 2}),
    ("split", end("x", num_or_size_splits=[-1, 2]), "Split", RESHAPE, {"num_or_size_splits": (-1, 2)}),
    ("nn.relu", end("x"), "Relu", ACTIVATION, {}),
    ("nn.leaky_relu", end("x", alpha=0.1), "LeakyRelu", ACTIVATION, {"alpha": 0.1}),
    ("nn.swish", end("x"), "Silu", ACTIVATION, {}),
    ("nn.max_pool2d", end("x", ksize=2), "MaxPool", Kind.POOLING, {"ksize": 2}),
    ("image.resize", end("x", size=[8, 8]), "Resize", Kind.UPSAMPLING, {"size": (8, 8)}),
    ("__operators__.add", end("x", y=X), "Add", MERGE, {}),
    ("math.add", end("x", y=1.0), "Add", OTHER, {}),
    ("linalg.matmul", end("x", b=X, transpose_b=True), "Matmul", OTHER, {"transpose_b": True}),
    ("expand_dims", end("x", axis=1), "ExpandDims", RESHAPE, {"axis": 1}),
    ("tile", end("x", multiples=[1, 2]), "Tile", RESHAPE, {"repeats": (1, 2)}),
    ("compat.v1.squeeze", end("x", axis=[1], squeeze_dims=None), "Squeeze", RESHAPE, {"axis": (1,)}),
    ("compat.v1.nn.dropout_v2", end("x", rate=0.5), "Dropout", Kind.REGULARIZATION, {"rate": 0.5}),
    ("math.special.bessel_j0", end("x"), "BesselJ0", OTHER, {}),
    ("__", end("x"), "__", OTHER, {}),
]


@pytest.mark.parametrize(("tf", "node", "op", "kind", "stated"), FUNCTIONS)
def test_a_function_of_tensorflow_is_the_operation_of_keras_3(tf, node, op, kind, stated):
    read_as = by_id(read(net(function("f", tf, node))))["f"]
    assert (read_as.op, read_as.operation, read_as.kind) == ("TFOpLambda", op, kind)
    assert (read_as.weights, read_as.trainable) == ((), None)
    assert {key: value for key, value in read_as.attributes.items() if key != "call"} == {"function": tf, **stated}


def square(*layers):
    """Return a model of an input `x` of three axes and `layers`."""
    return model("net", [given("x", (None, 4, 4)), *layers], [["x", 0, 0]], [[layers[-1]["name"], 0, 0]])


def test_shapes_follow_from_functions_as_from_operations():
    layers = [
        function("t", "transpose", end("x", perm=[0, 2, 1])),
        function("c", "concat", [end("x", axis=2), end("t", axis=2)]),
        function("m", "math.reduce_mean", end("c", axis=-1)),
        function(
            "s", "math.reduce_sum", [end("m", axis=0), end("m", axis=0)]
        ),  # of both in one, which has one axis more
    ]
    shapes = {node.id: node.outputs[0].tensor.shape for node in infer(read(square(*layers))).nodes}
    assert shapes == {"x": (None, 4, 4), "t": (None, 4, 4), "c": (None, 4, 8), "m": (None, 4), "s": None}


def cut(*spec):
    return function("cut", "__operators__.getitem", end("x", slice_spec=list(spec)), op="SlicingOpLambda")


def part(start=None, stop=None, step=None):
    return {"start": start, "stop": stop, "step": step}


def test_a_slice_is_written_as_in_python():
    node = by_id(read(square(cut(part(), 0, part(1, step=2)))))["cut"]
    assert (node.op, node.operation, node.kind) == ("SlicingOpLambda", "GetItem", Kind.RESHAPE)
    assert node.attributes["call"] == {"key": (":", 0, "1::2")}
    node = by_id(read(square(cut({"class_name": "__ellipsis__"}, part(stop=-1)))))["cut"]
    assert node.attributes["call"] == {"key": ("...", ":-1")}
    whole = function("cut", "__operators__.getitem", end("x", slice_spec=0), op="SlicingOpLambda")
    assert by_id(read(square(whole)))["cut"].attributes["call"] == {"key": 0}


def test_a_slice_may_depend_on_tensors():
    size = function("size", "cast", end("x", dtype="int32"))
    graph = read(square(size, cut(part(stop=["size", 0, 0]), 0)))
    assert edges(graph) == ["x:0->size:0", "x:0->cut:0", "size:0->cut:1"]
    assert by_id(graph)["cut"].attributes["call"] == {"key": (":…", 0)}


def test_operations_of_tensorflow_2_0_have_constants_among_their_tensors():
    name = "tf_op_layer_RealDiv"
    definition = {"node_def": "\n\x07RealDiv\x12\x07RealDiv*\x07\n\x01T\x12\x020\x01", "constants": {"0": 2.0}}
    graph = read(net(layer("TensorFlowOpLayer", name, [end("x")], **definition)))
    node = by_id(graph)[name]
    assert (node.operation, node.attributes["call"]) == ("Divide", {"input 0": 2.0})
    both = layer("TensorFlowOpLayer", name, [end("x"), end("x")], node_def="what no protocol buffer is", constants={})
    assert by_id(read(net(both)))[name].op == "TensorFlowOpLayer"


def test_states_and_constants_of_a_recurrence_stand_in_the_list_of_its_inputs():
    tensors = [end("x"), end("x"), end("x"), end("x")]
    graph = read(
        net(
            layer("Bidirectional", "b", tensors[:3]),
            layer("RNN", "r", tensors, num_constants=1),
            layer("Mine", "m", [end("b"), end("r")]),
        )
    )
    assert ports(graph)["b"] == ["sequences", "initial_state 0", "initial_state 1"]
    assert ports(graph)["r"] == ["sequences", "initial_state 0", "initial_state 1", "constants 0"]


def built(item, shape):
    return item | {"build_config": {"input_shape": shape}}


def test_what_layers_were_built_on_is_the_shape_of_their_tensors():
    layers = [
        layer("Mine", "a", [end("x")]),
        layer("Mine", "b", [end("x")]),
        built(layer("Add", "c", [end("a"), end("b")]), [[None, 5], [None, 6]]),
        built(layer("Mine", "d", {"p": end("c"), "q": end("c", 0, 1)}), {"p": [None, 7], "q": [None, 8]}),
    ]
    shapes = {node.id: [port.tensor.shape for port in node.outputs] for node in read(net(*layers)).nodes}
    assert shapes == {"x": [(None, 4)], "a": [(None, 5)], "b": [(None, 6)], "c": [(None, 7), (None, 8)], "d": [None]}


def test_what_was_built_elsewhere_says_nothing_of_tensors_here():
    inner = [given("i", (None, None)), built(layer("Dense", "d", [end("i")]), [None, None])]
    nested = model("m", inner, [["i", 0, 0]], [["d", 0, 0]], [end("t")])
    adapted = built(layer("Normalization", "n", [end("t")]), [32, 4])
    twice = built(layer("Dense", "two", [end("t")], [end("n")]), [None, 9])
    graph = read(net(layer("Text", "t", [end("x")]), built(nested, [None, None]), adapted, twice))
    assert by_id(graph)["t"].outputs[0].tensor.shape is None


@pytest.mark.parametrize("name", ["Functional", "Model", "Backbone", "mine>Backbone"])
def test_a_graph_is_told_by_what_it_holds(name):
    graph = read(net(encoder([end("x")]) | {"class_name": name}, outputs=[["enc", 1, 0]]))
    assert [scope.op for scope in graph.scopes] == [name.rpartition(">")[2]]


def test_a_sequential_is_a_list_of_layers_up_to_2_2_2():
    layers = [layer("Dense", "a", batch_input_shape=[None, 4]), layer("Dense", "b")]
    graph = read({"class_name": "Sequential", "config": layers, "keras_version": "2.1.3"})
    assert edges(graph) == ["a_input:0->a:0", "a:0->b:0"]
    assert by_id(graph)["a_input"].outputs[0].tensor.shape == (None, 4)
    nested = {"class_name": "Sequential", "config": layers, "name": "s", "inbound_nodes": [[end("x")]]}
    assert edges(read(net(nested, layer("Dense", "y", [end("s", 1)])))) == ["x:0->s/a:0", "s/a:0->s/b:0", "s/b:0->y:0"]
    wrapped = layer("TimeDistributed", "td", [end("x")], layer={"class_name": "Sequential", "config": layers})
    assert edges(read(net(wrapped)))[1:] == ["td/a_input:0->td/a:0", "td/a:0->td/b:0", "td/b:0->td/td:0"]


def test_a_sequential_begins_with_the_input_of_the_model_that_it_begins_with():
    start = model("enc", encoder()["config"]["layers"], [["i", 0, 0]], [["s", 0, 0]])
    graph = read(chain("net", [start, layer("Dense", "y")]))
    assert edges(graph) == ["enc_input:0->enc/d:0", "enc_input:0->enc/s:0", "enc/d:0->enc/s:1", "enc/s:0->y:0"]
    assert by_id(graph)["enc_input"].outputs[0].tensor.shape == (None, 4)


def test_a_sequential_that_was_built_on_a_call_knows_its_input():
    graph = read(chain("net", [layer("Dense", "a")], build_input_shape=[None, 6]))
    assert edges(graph) == ["a_input:0->a:0"]
    assert graph.nodes[0].outputs[0].tensor.shape == (None, 6)


def test_a_layer_that_was_adapted_to_data_states_no_input():
    graph = read(chain("net", [layer("Normalization", "n", batch_input_shape=[None, None]), layer("Dense", "d")]))
    assert edges(graph) == ["n:0->d:0"]


def test_a_lambda_keeps_no_code():
    code = {"function": ["4wEAAAAAAAA\n", None, None], "function_type": "lambda", "arguments": {"k": 2}}
    shape = {"output_shape": ["4wEBBBBBBBB\n", None, None], "output_shape_type": "lambda"}
    graph = read(net(layer("Lambda", "l", [end("x")], **code, **shape)))
    assert by_id(graph)["l"].attributes["function"] == by_id(graph)["l"].attributes["output_shape"] == "λ"
    assert "4wE" not in repr(graph)
    named = layer("Lambda", "l", [end("x")], function="scaled", function_type="function")
    assert by_id(read(net(named)))["l"].attributes["function"] == "scaled"


def test_a_policy_is_its_name():
    policy = {"class_name": "Policy", "config": {"name": "mixed_float16"}}
    assert by_id(read(net(layer("Dense", "d", [end("x")], dtype=policy))))["d"].attributes["dtype"] == "mixed_float16"


def test_an_input_that_the_model_is_not_fed_by_keeps_its_shape():
    graph = read(net(given("free", (None, 7)), layer("Add", "a", [end("x"), end("free")])))
    assert graph.inputs == ("x", "free")
    assert by_id(graph)["free"].outputs[0].tensor.shape == (None, 7)


@pytest.mark.parametrize("shape", [[None, -1], [None, True], [None, "4"], [None, [4]], {"0": 4}, 4, None])
def test_what_is_no_shape_is_unknown(shape):
    start = given("x") | {"config": {"name": "x", "batch_input_shape": shape}}
    graph = read(model("net", [start], [["x", 0, 0]], [["x", 0, 0]]))
    assert graph.nodes[0].outputs[0].tensor.shape is None


def test_a_model_nested_three_hundred_deep_is_read():
    inner = encoder([end("i")], name="m0")
    for level in range(1, 300):
        inner = model(f"m{level}", [given("i"), inner], [["i", 0, 0]], [[inner["name"], 1, 0]], [end("i")])
    graph = read(inner)
    assert check(graph) == ()
    assert len(graph.scopes) == 299


def nested_list(levels, value):
    for _ in range(levels):
        value = [value]
    return value


BROKEN = {
    r"refers to a layer 'gone' that it lacks \(in the calls of 'd'\)": net(layer("Dense", "d", [end("gone")])),
    "two of its layers are called 'x'": net(given("x")),
    "refers to call 3 of 'x', which is called 1 times": net(layer("Dense", "d", [end("x", 3)])),
    "refers to call 1000000000000 of 'd'": net(layer("Dense", "d", [end("x")]), outputs=[["d", 10**12, 0]]),
    "reference to tensor 1000000000 of 'x': no call gives that many": net(layer("Dense", "d", [end("x", 0, 10**9)])),
    "wait for each other in a circle": net(layer("Dense", "a", [end("b")]), layer("Dense", "b", [end("a")])),
    r"is not \[layer, call, tensor\]": net(layer("Dense", "d", [["x", "0", 0, {}]])),
    "'x' is not": net(layer("Dense", "d", "x")),
    "'layers' are not a list of objects": net(3, outputs=[["x", 0, 0]]),
    "nested deeper than 64": net(layer("Dense", "d", nested_list(100, end("x")))),
    "arguments are nested deeper than 64": net(layer("Dense", "d", [end("x", mask=nested_list(100, 0))])),
}


@pytest.mark.parametrize("reason", BROKEN)
def test_a_config_that_contradicts_itself_is_refused(reason):
    with pytest.raises(InputError, match=reason):
        read(BROKEN[reason])


def test_tensors_without_number_are_refused():
    splits = [function(f"s{place}", "split", end("x")) for place in range(150)]
    with pytest.raises(UnsupportedError, match="its calls give over 500000 tensors"):
        read(net(*splits, layer("Add", "sum", [end(split["name"], 0, 4000) for split in splits])))


NET = net(
    encoder([end("a")], [end("b")]),
    layer("Add", "add", [end("enc", 1, 0, mask=None), end("enc", 2, 0, mask=None)]),
    layer("TimeDistributed", "td", [end("add")], layer=chain("s", [given("i"), layer("Dense", "d")])),
    cut(part(stop=["add", 0, 0]), {"class_name": "__ellipsis__"}, 0)
    | {"inbound_nodes": [end("td", slice_spec=[part(), 0])]},
    function("f", "split", ["_CONSTANT_VALUE", -1, [1.0, 2.0], {"y": ["cut", 0, 0], "num_or_size_splits": [1, 1]}]),
    built(
        layer("Mine", "m", {"p": end("f", 0, 1, deep=[{"k": ["a", 0, 0]}]), "q": end("f")}), {"p": [None, 4], "q": None}
    ),
    layer("TensorFlowOpLayer", "op", [end("m")], node_def="\n\x01a\x12\x03Mul", constants={"1": 2.0}),
    layer("LSTM", "rnn", [end("op"), end("b"), end("a")], num_constants=1),
    layer("Lambda", "l", [end("rnn")], function=["4wE=", None, None], function_type="lambda"),
    {
        "class_name": "Sequential",
        "config": [layer("Dense", "d", batch_input_shape=[None, 4])],
        "name": "tail",
        "inbound_nodes": [[end("l")]],
    },
    inputs=("a", "b"),
    outputs={"one": ["tail", 1, 0], "two": ["m", 0, 0]},
)


def places(value, path=()):
    """Give every place in a JSON value."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from places(item, (*path, key))


def at(value, path):
    """Return what stands at a place; None where there is no such place any more."""
    for key in path:
        try:
            value = value[key]
        except (KeyError, IndexError, TypeError):
            return None
    return value


def put(value, path, thing):
    holder = at(value, path[:-1])
    if isinstance(holder, dict) or (isinstance(holder, list) and isinstance(path[-1], int) and path[-1] < len(holder)):
        holder[path[-1]] = thing


PLACES = [place for place in places(NET) if place]
JUNK = (
    st.none()
    | st.booleans()
    | st.integers(-2, 3)
    | st.sampled_from(
        [10**9, 2**80, 1.5, "", "a", "x>y", [], {}, ["a", 0, 0], ["enc", 1, 0, {}], [[]], {"args": [], "kwargs": {}}]
    )
)
CHANGES = st.lists(
    st.tuples(
        st.sampled_from(PLACES), JUNK | st.sampled_from(PLACES).map(lambda place: ("copy", place)) | st.just("delete")
    ),
    min_size=1,
    max_size=4,
)


def test_the_model_to_damage_is_whole():
    assert len(edges(read(NET))) > 10


@settings(max_examples=300, deadline=None)
@sampled(CHANGES)
def test_a_damaged_config_is_read_or_refused(changes):
    config = copy.deepcopy(NET)
    for path, junk in changes:
        holder = at(config, path[:-1])
        if junk == "delete" and isinstance(holder, dict):
            holder.pop(path[-1], None)
        elif isinstance(junk, tuple):
            put(config, path, copy.deepcopy(at(config, junk[1])))
        else:
            put(config, path, junk)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", CutawayWarning)
            graph = read(json.loads(json.dumps(config)))
    except CutawayError:
        return
    assert check(graph) == ()
