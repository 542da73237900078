import json
import math

import pytest
from hypothesis import given as sampled
from hypothesis import settings
from hypothesis import strategies as st
from keras_configs import called, chain, given, identity, layer, model, tensor

from cutaway.analysis.check import check
from cutaway.analysis.collapse import collapse
from cutaway.errors import CutawayError, CutawayWarning, InputError, UnsupportedError
from cutaway.graph import Kind, Output, PortRef
from cutaway.sources import read


def by_id(graph):
    return {node.id: node for node in graph.nodes}


def edges(graph):
    return [edge.id for edge in graph.edges]


def two_layers(**changes):
    return model("net", [given("x"), layer("Dense", "y", called(tensor("x")), **changes)], ["x", 0, 0], ["y", 0, 0])


def test_a_layer_called_twice_is_two_nodes():
    shared = layer("Dense", "d", called(tensor("a")), called(tensor("b")))
    merge = layer("Add", "sum", called([tensor("d", 0), tensor("d", 1)]))
    graph = read(model("net", [given("a"), given("b"), shared, merge], [["a", 0, 0], ["b", 0, 0]], ["sum", 0, 0]))
    assert [node.id for node in graph.nodes] == ["a", "b", "d", "d#2", "sum"]
    assert edges(graph) == ["a:0->d:0", "b:0->d#2:0", "d:0->sum:0", "d#2:0->sum:1"]
    assert graph.inputs == ("a", "b")
    assert graph.outputs == (Output(name="sum", node="sum"),)
    assert check(graph) == ()


def encoder(*calls):
    inner = [given("i"), layer("Dense", "d", called(tensor("i"))), layer("Add", "s", called(tensor("i"), tensor("d")))]
    return model("enc", inner, ["i", 0, 0], ["s", 0, 0], *calls)


def test_a_nested_model_called_twice_is_two_scopes():
    layers = [given("a"), given("b"), encoder(called(tensor("a")), called(tensor("b")))]
    outputs = {"z": ["enc", 1, 0], "last": ["enc", 2, 0]}  # a nested Functional's calls count from 1 here
    graph = read(model("net", layers, {"a": ["a", 0, 0], "b": ["b", 0, 0]}, outputs))
    assert check(graph) == ()
    assert [scope.id for scope in graph.scopes] == ["enc", "enc#2"]
    assert edges(graph)[2:5] == ["enc/d:0->enc/s:1", "b:0->enc#2/d:0", "b:0->enc#2/s:0"]
    assert graph.scopes[1].inputs[0].ends == (PortRef("enc#2/d", 0), PortRef("enc#2/s", 0))
    assert graph.scopes[1].outputs[0].ends == (PortRef("enc#2/s", 0),)
    assert graph.outputs == (Output(name="last", node="enc#2/s"), Output(name="z", node="enc/s"))


def test_an_input_that_is_handed_on_stays_a_node():
    layers = [
        given("x"),
        identity("id", called(tensor("x"))),
        layer("Add", "y", called(tensor("id", 0, 0), tensor("id", 0, 1))),
    ]
    graph = read(model("net", layers, ["x", 0, 0], ["y", 0, 0]))
    assert check(graph) == ()
    assert by_id(graph)["id/i"].op == "InputLayer"
    assert by_id(graph)["id/i"].kind is Kind.OTHER
    assert edges(graph) == ["x:0->id/i:0", "id/i:0->id/d:0", "id/i:0->y:0", "id/d:0->y:1"]


def test_an_input_that_nobody_reads_stays_a_node():
    inner = [given("i"), given("j"), layer("Dense", "d", called(tensor("i")))]
    nested = model("m", inner, [["i", 0, 0], ["j", 0, 0]], ["d", 0, 0], called([tensor("x"), tensor("x")]))
    graph = read(model("net", [given("x"), nested], ["x", 0, 0], ["m", 1, 0]))
    assert check(graph) == ()
    assert edges(graph) == ["x:0->m/j:0", "x:0->m/d:0"]
    assert [port.name for port in graph.scopes[0].inputs] == ["i", "j"]


def test_an_empty_pass_through_in_another_keeps_the_flow():
    inner = [given("i"), identity("deep", called(tensor("i")), read=False)]
    outer = model("mid", inner, ["i", 0, 0], ["deep", 1, 0], called(tensor("x")))
    graph = read(
        model("net", [given("x"), outer, layer("Dense", "y", called(tensor("mid")))], ["x", 0, 0], ["y", 0, 0])
    )
    assert check(graph) == ()
    assert edges(graph) == ["x:0->mid/deep/i:0", "mid/deep/i:0->y:0"]
    assert graph.scopes[0].inputs[0].ends == graph.scopes[1].inputs[0].ends == (PortRef("mid/deep/i", 0),)


def test_inputs_in_a_dict_are_matched_by_name():
    inner = [given("p"), given("q"), layer("Subtract", "d", called([tensor("p"), tensor("q")]))]
    nested = model(
        "m", inner, {"q": ["q", 0, 0], "p": ["p", 0, 0]}, ["d", 0, 0], called({"q": tensor("b"), "p": tensor("a")})
    )
    graph = read(model("net", [given("a"), given("b"), nested], [["a", 0, 0], ["b", 0, 0]], ["m", 1, 0]))
    assert edges(graph) == ["a:0->m/d:0", "b:0->m/d:1"]


def test_a_subclass_of_functional_is_a_scope_by_what_it_holds():
    nested = encoder(called(tensor("x"))) | {"class_name": "Backbone", "module": "mine"}
    graph = read(model("net", [given("x"), nested], ["x", 0, 0], ["enc", 1, 0]))
    assert [scope.op for scope in graph.scopes] == ["Backbone"]


def test_a_subclass_of_functional_that_hides_its_layers_is_one_node():
    hidden = layer("Backbone", "b", called(tensor("x")), module="mine")
    graph = read(model("net", [given("x"), hidden], ["x", 0, 0], ["b", 1, 0]))  # counted from 1 all the same
    assert graph.outputs == (Output(name="b", node="b"),)


def test_a_time_distributed_model_is_a_scope_that_ends_in_the_wrapper():
    frame = chain("frame", [given("i"), layer("Dense", "d"), layer("ReLU", "r")])
    wrapper = layer("TimeDistributed", "td", called(tensor("x", shape=(None, 9, 4))), layer=frame)
    last = layer("Dense", "y", called(tensor("td", shape=(None, 9, 2))))
    graph = read(model("net", [given("x", (None, 9, 4)), wrapper, last], ["x", 0, 0], ["y", 0, 0]))
    assert check(graph) == ()
    assert edges(graph) == [
        "x:0->td/i:0",
        "td/i:0->td/d:0",
        "td/d:0->td/r:0",
        "td/r:0->td/td:0",
        "td/td:0->y:0",
    ]
    assert by_id(graph)["td/i"].inputs[0].tensor.shape == (None, 9, 4)
    assert by_id(graph)["td/i"].outputs[0].tensor.shape == (None, 4)
    assert by_id(graph)["td/td"].attributes["layer"] == {"class_name": "Sequential", "config": {"name": "frame"}}
    closed = collapse(graph, 0).graph
    assert [node.id for node in closed.nodes] == ["x", "td", "y"]
    assert closed.nodes[1].op == "TimeDistributed"
    assert closed.nodes[1].outputs[0].tensor.shape == (None, 9, 2)


def test_a_wrapped_layer_is_an_attribute():
    inner = layer("LSTM", "lstm", units=3)
    graph = read(two_layers(layer=inner))
    held = by_id(graph)["y"].attributes["layer"]
    assert held["class_name"] == "LSTM"
    assert held["config"] == {"name": "lstm", "dtype": "float32", "units": 3}


def test_operations_are_told_from_layers_by_their_module():
    op = layer("Add", "add", called(tensor("x"), 1.0), module="keras.src.ops.numpy")
    both = layer("Add", "add_1", called(tensor("x"), tensor("add")), module="keras.src.ops.numpy")
    cut = layer(
        "GetItem",
        "cut",
        called(tensor("add_1"), [{"class_name": "__slice__", "config": {"start": None, "stop": 2, "step": None}}, 0]),
        module="keras.src.ops.numpy",
    )
    nodes = by_id(read(model("net", [given("x"), op, both, cut], ["x", 0, 0], ["cut", 0, 0])))
    assert nodes["add"].kind is Kind.OTHER
    assert nodes["add"].attributes["call"] == {"input 1": 1.0}
    assert nodes["add"].weights == ()
    assert nodes["add"].trainable is None
    assert nodes["add_1"].kind is Kind.MERGE
    assert nodes["cut"].attributes["call"] == {"key": (":2", 0)}


def without_modules(item):
    """Return a layer as Keras 3 writes it into HDF5."""
    return {key: value for key, value in item.items() if key not in {"module", "registered_name"}}


def test_operations_are_told_from_layers_by_their_config_in_hdf5():
    op = without_modules(layer("Softmax", "op", called(tensor("x")), module="keras.src.ops.nn", axis=-1))
    same = without_modules(layer("Softmax", "same", called(tensor("op")), axis=-1))
    custom = without_modules(layer("Softmax", "custom", called(tensor("same")))) | {"config": {"axis": 2}}
    nodes = by_id(read(model("net", [given("x"), op, same, custom], ["x", 0, 0], ["custom", 0, 0])))
    assert [(nodes[name].weights, nodes[name].trainable) for name in ("op", "same", "custom")] == [
        ((), None),
        (None, True),
        (None, None),
    ]


def test_ports_have_the_names_of_arguments():
    attention = layer("MultiHeadAttention", "mha", called(tensor("x"), value=tensor("x"), key=tensor("x")))
    lstm = layer("LSTM", "lstm", called(tensor("mha"), initial_state=[tensor("x"), tensor("x")]))
    custom = layer("Mine", "m", called({"left": tensor("lstm"), "right": tensor("x")}, context=tensor("x")))
    graph = read(model("net", [given("x"), attention, lstm, custom], ["x", 0, 0], ["m", 0, 0]))
    names = {node.id: [port.name for port in node.inputs] for node in graph.nodes}
    assert names["mha"] == ["query", "value", "key"]
    assert names["lstm"] == ["sequences", "initial_state 0", "initial_state 1"]
    assert names["m"] == ["left", "right", "context"]


def test_shapes_stand_on_both_ends_of_an_edge():
    layers = [given("x", (None, 8)), layer("Dense", "a", called(tensor("x", shape=(None, 8))))]
    layers.append(layer("Dense", "b", called(tensor("a", shape=(None, 3)))))
    graph = read(model("net", layers, ["x", 0, 0], ["b", 0, 0]))
    for edge in graph.edges:
        nodes = by_id(graph)
        assert nodes[edge.source].outputs[0].tensor == nodes[edge.target].inputs[0].tensor
    assert by_id(graph)["a"].outputs[0].tensor.shape == (None, 3)
    assert by_id(graph)["b"].outputs[0].tensor.shape is None


def test_the_shapes_of_a_call_count_more_than_those_of_the_nested_models_making():
    free = (None, None, 3)
    inner = [given("i", free), layer("Conv1D", "c", called(tensor("i", shape=free)))]
    inner.append(layer("Conv1D", "d", called(tensor("c", shape=(None, None, 5)))))
    nested = model("m", inner, ["i", 0, 0], ["d", 0, 0], called(tensor("x", shape=(None, 64, 3))))
    last = layer("Dense", "y", called(tensor("m", shape=(None, 60, 7))))
    nodes = by_id(read(model("net", [given("x", (None, 64, 3)), nested, last], ["x", 0, 0], ["y", 0, 0])))
    assert nodes["m/c"].inputs[0].tensor.shape == (None, 64, 3)
    assert nodes["m/d"].outputs[0].tensor.shape == (None, 60, 7)


def test_attributes_are_plain_and_short():
    regular = {"module": "keras.regularizers", "class_name": "L2", "config": {"l2": 0.01}}
    glorot = {"module": "keras.initializers", "class_name": "GlorotUniform", "config": {"seed": None}}
    mine = {"module": "builtins", "class_name": "function", "config": "swish2", "registered_name": "function"}
    config = {
        "units": 3,
        "kernel_regularizer": regular,
        "kernel_initializer": glorot,
        "activation": mine,
        "threshold": math.inf,
        "axes": [1, [2, 3]],
        "table": {"class_name": "__numpy__", "config": {"value": [[1, 2, 3], [4, 5, 6]], "dtype": "int32"}},
    }
    node = by_id(read(two_layers(**config)))["y"]
    assert node.attributes == {
        "dtype": "float32",
        "units": 3,
        "kernel_regularizer": {"class_name": "L2", "config": {"l2": 0.01}},
        "kernel_initializer": "GlorotUniform",
        "activation": "swish2",
        "threshold": math.inf,
        "axes": (1, (2, 3)),
        "table": "array (2, 3) int32",
    }
    assert node.trainable is True
    assert node.weights is None


def test_a_lambda_keeps_no_code():
    code = {"class_name": "__lambda__", "config": {"code": "4wEAAAAAAAA", "defaults": None, "closure": None}}
    graph = read(
        model("n", [given("x"), layer("Lambda", "l", called(tensor("x")), function=code)], ["x", 0, 0], ["l", 0, 0])
    )
    assert by_id(graph)["l"].op == "Lambda"
    assert by_id(graph)["l"].attributes["function"] == "λ"
    assert "4wEAAAAAAAA" not in repr(graph)


def test_each_layer_of_a_frozen_part_has_its_own_word_but_not_that_of_a_frozen_whole():
    """Keras 3 freezes the variables in a part one by one, and so they may be thawed."""
    nested = encoder(called(tensor("x")))
    nested["config"]["trainable"] = False
    for whole in (True, False):
        graph = read(model("net", [given("x"), nested], ["x", 0, 0], ["enc", 1, 0], trainable=whole))
        assert by_id(graph)["enc/d"].trainable is whole


def test_a_sequential_without_an_input_has_no_input_unless_its_shape_is_given():
    net = chain("net", [layer("Dense", "a"), layer("Dense", "b")])
    graph = read(net)
    assert (graph.inputs, edges(graph)) == ((), ["a:0->b:0"])
    graph = read(net, input_shape=(None, 5))
    assert (graph.inputs, edges(graph)) == (("input",), ["input:0->a:0", "a:0->b:0"])
    assert graph.nodes[0].outputs[0].tensor.shape == (None, 5)


@pytest.mark.parametrize(
    ("given_shape", "full"),
    [((5,), (None, 5)), ([5], (None, 5)), (("?", 5), (None, 5)), (("n", 5), ("n", 5)), ((1, 8), (None, 1, 8))],
)
def test_a_batch_axis_is_put_in_front_unless_the_first_is_open(given_shape, full):
    graph = read(chain("net", [layer("Dense", "a")]), input_shape=given_shape)
    assert graph.nodes[0].outputs[0].tensor.shape == full


@pytest.mark.parametrize("wrong", [8, "8", (0, 5), (-1, 5), (2.5,), (True,), {}, {"x": 3}, [(5,), 3]])
def test_what_is_no_shape_is_refused_with_an_example(wrong):
    with pytest.raises(InputError, match=r"cannot use the input_shape .*: expected .* as \(224, 224, 3\)"):
        read(chain("net", [layer("Dense", "a")]), input_shape=wrong)


def test_several_shapes_are_no_shape_of_a_sequential():
    with pytest.raises(InputError, match="a Sequential has one input"):
        read(chain("net", [layer("Dense", "a")]), input_shape=[(5,), (6,)])


@pytest.mark.parametrize("net", [chain("net", [given("x"), layer("Dense", "a")]), two_layers()])
def test_a_shape_for_a_model_that_knows_its_own_is_not_used_with_a_warning(net):
    with pytest.warns(CutawayWarning, match=r"the input_shape \(None, 9\) is not used: 'net' knows the shape"):
        graph = read(net, input_shape=(9,))
    assert graph == read(net)


def test_an_empty_sequential_is_an_empty_graph():
    assert read(chain("net", [])).nodes == ()


def test_a_sequential_takes_shapes_from_what_the_next_layer_was_built_on():
    second = layer("Dense", "b") | {"build_config": {"input_shape": [None, 7]}}
    adapted = layer("Normalization", "c") | {"build_config": {"input_shape": [5, 3]}}
    nodes = by_id(read(chain("net", [given("x"), layer("Dense", "a"), second, adapted])))
    assert nodes["a"].outputs[0].tensor.shape == (None, 7)
    assert nodes["b"].outputs[0].tensor.shape is None


def test_a_sequential_in_a_functional_counts_its_calls_from_zero():
    inner = chain("s", [given("i"), layer("Dense", "d")], called(tensor("x")), called(tensor("x")))
    graph = read(model("net", [given("x"), inner], ["x", 0, 0], [["s", 0, 0], ["s", 1, 0]]))
    assert [output.node for output in graph.outputs] == ["s/d", "s#2/d"]


def test_a_layer_that_stands_twice_in_a_sequential_has_two_ids():
    graph = read(chain("net", [given("x"), layer("Dense", "d"), layer("Dense", "d")]))
    assert edges(graph) == ["x:0->d:0", "d:0->d#2:0"]


def test_names_that_collide_with_paths_get_ids_of_their_own():
    layers = [given("x"), encoder(called(tensor("x"))), layer("Dense", "enc/d", called(tensor("enc")))]
    graph = read(model("net", layers, ["x", 0, 0], ["enc/d", 0, 0]))
    assert check(graph) == ()
    assert [node.id for node in graph.nodes] == ["x", "enc/d", "enc/s", "enc/d#2"]


def test_a_bare_get_config_is_read():
    assert edges(read(two_layers()["config"])) == ["x:0->y:0"]
    assert edges(read(chain("s", [given("x"), layer("Dense", "d")])["config"])) == ["x:0->d:0"]


def test_a_subclassed_model_is_one_node_with_a_warning():
    config = {"module": "mine", "class_name": "Net", "config": {"width": 3}, "build_config": {"input_shape": [None, 4]}}
    with pytest.warns(CutawayWarning, match="says nothing of the layers of 'Net' .*as one layer; give the live model"):
        graph = read(config)
    with pytest.warns(CutawayWarning, match="and the input_shape is not used"):
        assert read(config, input_shape=(4,)) == graph
    assert [node.op for node in graph.nodes] == ["Net"]
    assert graph.nodes[0].attributes == {"width": 3}


def test_a_model_nested_three_hundred_deep_is_read():
    net = model(
        "m0", [given("i"), layer("Dense", "d", called(tensor("i")))], ["i", 0, 0], ["d", 0, 0], called(tensor("i"))
    )
    for level in range(1, 300):
        name = net["name"]
        net = model(f"m{level}", [given("i"), net], ["i", 0, 0], [name, 1, 0], called(tensor("i")))
    graph = read(net)
    assert check(graph) == ()
    assert len(graph.scopes) == 299
    assert len(edges(graph)) == 1


def net(*layers, inputs=None, outputs=None):
    """Return a model of an input `x` and `layers`; its output is the last layer's unless said otherwise."""
    last = ["x", *layers][-1]
    name = last if isinstance(last, str) else last["name"]
    return model("n", [given("x"), *layers], inputs or ["x", 0, 0], outputs or [name, 0, 0])


def dense(name, source, call=0):
    return layer("Dense", name, called(tensor(source, call)))


def nested_list(levels):
    value = tensor("x")
    for _ in range(levels):
        value = [value]
    return value


BROKEN = {
    "refers to a layer 'gone'": net(dense("y", "gone")),
    "two of its layers are called 'x'": net(given("x")),
    "refers to call 4 of 'x', which is called 1 times": net(dense("y", "x", 4)),
    "refers to call 6 of 'y', which is called 1 times": net(dense("y", "x"), outputs=["y", 6, 0]),
    "output 5 of 'enc' is used, and it has 1": net(encoder(called(tensor("x"))), outputs=["enc", 1, 5]),
    "wait for each other in a circle": net(dense("a", "b"), dense("b", "a")),
    r"is not \[layer, call, tensor\]": net(outputs=["x", "0", 0]),
    "'layers' are not a list of objects": model("n", [given("x"), 3], ["x", 0, 0], ["x", 0, 0]),
    "nested deeper than 64": net(layer("Add", "y", called(nested_list(100)))),
}


@pytest.mark.parametrize("reason", BROKEN)
def test_a_config_that_contradicts_itself_is_refused(reason):
    with pytest.raises(InputError, match=reason):
        read(BROKEN[reason])


def test_nesting_that_multiplies_is_refused():
    net = model("m0", [given("i"), layer("Dense", "d", called(tensor("i")))], ["i", 0, 0], ["d", 0, 0])
    for level in range(1, 30):
        name = net["name"]
        net["inbound_nodes"] = [called(tensor("i")), called(tensor(name))]
        net = model(f"m{level}", [given("i"), net], ["i", 0, 0], [name, 2, 0])
    with pytest.raises(UnsupportedError, match="over 100000 calls"):
        read(net)


NET = model(
    "net",
    [
        given("a"),
        given("b"),
        encoder(called(tensor("a")), called(tensor("b"))),
        layer("Add", "add", called([tensor("enc", 0), tensor("enc", 1)], mask=None)),
        layer("TimeDistributed", "td", called(tensor("add")), layer=chain("s", [given("i"), layer("Dense", "d")])),
        chain("tail", [given("i"), layer("Dense", "d", activation="relu")], called(tensor("td"))),
    ],
    {"a": ["a", 0, 0], "b": ["b", 0, 0]},
    ["tail", 0, 0],
)


def places(value, path=()):
    """Give every place in a JSON value."""
    yield path
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        yield from places(item, (*path, key))


JUNK = (
    st.none()
    | st.booleans()
    | st.integers(-2, 5)
    | st.text(max_size=3)
    | st.just([])
    | st.just({})
    | st.just(["a", 0, 0])
)


@settings(max_examples=300)
@sampled(st.lists(st.tuples(st.sampled_from([place for place in places(NET) if place]), JUNK), min_size=1, max_size=3))
def test_a_damaged_config_is_read_or_refused(changes):
    config = json.loads(json.dumps(NET))
    for path, junk in changes:
        spot = config
        for key in path[:-1]:
            try:
                spot = spot[key]
            except (KeyError, IndexError, TypeError):
                break
        else:
            if isinstance(spot, dict) or (
                isinstance(spot, list) and isinstance(path[-1], int) and path[-1] < len(spot)
            ):
                spot[path[-1]] = junk
    try:
        graph = read(config)
    except CutawayError:
        return
    except CutawayWarning:
        return
    assert check(graph) == ()
