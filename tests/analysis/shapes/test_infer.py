"""What inference does with a whole graph: what it fills in, what it leaves, and what it says."""

import warnings
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from random_graphs import graphs

from cutaway.analysis.shapes import Call, infer
from cutaway.errors import CutawayWarning
from cutaway.graph import Edge, Graph, Kind, Node, Port, PortRef, Scope, ScopePort, Tensor
from cutaway.record import replace
from cutaway.sources.attributes import plain

BLANK = (Port(name="output 0"), Port(name="output 1"))
IMAGE = Tensor(shape=(None, 8, 8, 3), dtype="float32")


def layer(identity: str, op: str, *, scope: str | None = None, given: Tensor = Tensor(), **attributes) -> Node:
    """Return a layer with one input and one output, of which `given` is stored."""
    return Node(
        id=identity,
        name=identity.rpartition("/")[2],
        op=op,
        inputs=(Port(name="inputs"),),
        outputs=(Port(name="output", tensor=given),),
        attributes=plain({"dtype": "float32", **attributes}),
        trainable=True,
        scope=scope,
    )


def entry(identity: str = "image", tensor: Tensor = IMAGE) -> Node:
    return Node(
        id=identity, name=identity, op="InputLayer", kind=Kind.INPUT, outputs=(Port(name="output", tensor=tensor),)
    )


def chain(*nodes: Node) -> Graph:
    """Return the nodes one after the other."""
    edges = tuple(Edge(source=a.id, target=b.id) for a, b in pairwise(nodes))
    return Graph(name="chain", nodes=nodes, edges=edges, inputs=(nodes[0].id,))


def conv(identity: str = "conv", **more) -> Node:
    return layer(identity, "Conv2D", filters=4, kernel_size=[3, 3], data_format="channels_last", **more)


def outputs(graph: Graph) -> dict[str, Tensor]:
    return {node.id: node.outputs[0].tensor for node in graph.nodes}


def test_shapes_flow_through_a_chain():
    found = infer(chain(entry(), conv(), layer("flat", "Flatten"), layer("dense", "Dense", units=10)))
    assert outputs(found)["conv"] == Tensor(shape=(None, 6, 6, 4), dtype="float32")
    assert outputs(found)["flat"] == Tensor(shape=(None, 144), dtype="float32")
    assert outputs(found)["dense"] == Tensor(shape=(None, 10), dtype="float32")
    assert found.nodes[2].inputs[0].tensor == Tensor(shape=(None, 6, 6, 4), dtype="float32")


def test_the_order_of_nodes_does_not_matter():
    graph = chain(entry(), conv(), layer("flat", "Flatten"))
    backwards = replace(graph, nodes=graph.nodes[::-1])
    assert outputs(infer(backwards)) == outputs(infer(graph))
    assert [node.id for node in infer(backwards).nodes] == ["flat", "conv", "image"]


def test_nothing_but_tensors_changes():
    graph = chain(entry(), conv(), layer("mine", "MyLayer"))
    found = infer(graph)
    assert found.edges == graph.edges
    assert [(n.id, n.op, n.attributes, len(n.inputs), len(n.outputs)) for n in found.nodes] == [
        (n.id, n.op, n.attributes, len(n.inputs), len(n.outputs)) for n in graph.nodes
    ]
    assert infer(found) == found


def test_unknown_axes_stay_unknown_and_the_others_stay():
    free = Tensor(shape=(None, None, None, 3), dtype="float32")
    found = infer(chain(entry(tensor=free), conv(), layer("up", "UpSampling2D", size=2, data_format="channels_last")))
    assert outputs(found)["up"].shape == (None, None, None, 4)


def test_an_unknown_input_gives_an_unknown_output():
    found = infer(chain(entry(tensor=Tensor()), conv(), layer("dense", "Dense", units=3)))
    assert outputs(found)["conv"].shape is None
    assert outputs(found)["dense"].shape is None


def test_a_missing_attribute_is_not_guessed():
    found = infer(chain(entry(), layer("conv", "Conv2D", kernel_size=3, data_format="channels_last")))
    assert outputs(found)["conv"].shape == (None, 6, 6, None)
    nameless = infer(chain(entry(), layer("conv", "Conv2D", filters=4, kernel_size=3)))
    assert outputs(nameless)["conv"].shape == (None, None, None, None)


def test_a_custom_layer_is_unknown_and_what_follows_is_found_again():
    dense = layer("dense", "Dense", units=10)
    known = replace(dense, inputs=(Port(name="inputs", tensor=Tensor(shape=(None, 7), dtype="float32")),))
    found = infer(chain(entry(), layer("mine", "MyLayer"), known))
    assert outputs(found)["mine"] == Tensor(shape=(None, 7), dtype="float32")
    assert outputs(found)["dense"].shape == (None, 10)


def test_what_is_stored_wins_and_a_disagreement_is_said():
    stored = Tensor(shape=(None, 5, 5, 4), dtype="float32")
    with pytest.warns(CutawayWarning) as caught:
        found = infer(chain(entry(), conv(given=stored)))
    assert outputs(found)["conv"] == stored
    text = str(caught[0].message)
    assert "(?, 5, 5, 4) float32" in text
    assert "(?, 6, 6, 4) float32" in text
    assert "Conv2D 'conv'" in text
    assert caught[0].filename == __file__


def test_nothing_is_verified_where_that_is_not_asked_for():
    graph = chain(entry(), conv(given=Tensor(shape=(None, 5, 5, 4), dtype="float32")), layer("flat", "Flatten"))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = infer(graph, verify=False)
    with pytest.warns(CutawayWarning):
        assert infer(graph) == found
    assert outputs(found)["flat"].shape == (None, 100)


@given(graphs(), st.data())
def test_verifying_changes_nothing(graph, data):
    nodes = tuple(replace(node, outputs=data.draw(st.sampled_from([node.outputs, BLANK]))) for node in graph.nodes)
    graph = replace(graph, nodes=nodes)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CutawayWarning)
        assert infer(graph, verify=False) == infer(graph)


def test_knowing_more_than_the_file_is_no_disagreement():
    stored = Tensor(shape=(None, None, None, 4))
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        found = infer(chain(entry(), conv(given=stored)))
    assert outputs(found)["conv"] == Tensor(shape=(None, None, None, 4), dtype="float32")


def test_a_user_can_say_what_a_custom_layer_gives():
    def doubled(call: Call) -> tuple[Tensor, ...]:
        return (Tensor(shape=(*call.shape[:-1], 2 * call.shape[-1]), dtype=call.dtype),)

    graph = chain(entry(), layer("mine", "MyLayer"))
    assert outputs(infer(graph, rules={"MyLayer": doubled}))["mine"].shape == (None, 8, 8, 6)
    assert outputs(infer(graph))["mine"].shape is None
    own = infer(chain(entry(), layer("flat", "Flatten")), rules={"Flatten": doubled})
    assert outputs(own)["flat"].shape == (None, 8, 8, 6)


def test_a_users_rule_serves_inside_a_wrapper():
    graph = chain(entry(), layer("each", "TimeDistributed", layer={"class_name": "MyLayer", "config": {"n": 5}}))
    rules = {"MyLayer": lambda call: (Tensor(shape=(call.shape[0], call.whole("n")), dtype=call.dtype),)}
    assert outputs(infer(graph, rules=rules))["each"].shape == (None, 8, 5)
    assert outputs(infer(graph))["each"].shape is None


def test_a_cycle_is_left_alone():
    nodes = (entry(), layer("a", "Dense", units=3), layer("b", "Dense", units=4))
    edges = (Edge(source="a", target="b"), Edge(source="b", target="a"))
    found = infer(Graph(name="cycle", nodes=nodes, edges=edges, inputs=("image",)))
    assert outputs(found)["a"] == outputs(found)["b"] == Tensor()


def test_an_operation_is_told_from_the_layer_of_the_same_name():
    def average(**more) -> Graph:
        node = replace(layer("average", "Average"), inputs=(Port(name="input 0"), Port(name="input 1")))
        node = replace(node, **more)
        edges = tuple(Edge(source="image", target="average", target_port=port) for port in range(len(node.inputs)))
        return Graph(name="average", nodes=(entry(), node), edges=edges, inputs=("image",))

    assert outputs(infer(average()))["average"].shape == (None, 8, 8, 3)
    operation = average(attributes=plain({"axis": 1}), trainable=None, inputs=(Port(name="inputs"),))
    assert outputs(infer(operation))["average"].shape == (None, 8, 3)


def test_ports_of_scopes_are_filled_in():
    scope = Scope(
        id="part",
        name="part",
        op="Functional",
        inputs=(ScopePort(name="in", ends=(PortRef("part/conv", 0),)),),
        outputs=(ScopePort(name="out", ends=(PortRef("part/conv", 0),)),),
    )
    found = infer(replace(chain(entry(), conv("part/conv", scope="part")), scopes=(scope,)))
    assert found.scopes[0].inputs[0].tensor == IMAGE
    assert found.scopes[0].outputs[0].tensor.shape == (None, 6, 6, 4)


def test_the_time_axis_goes_away_inside_a_model_that_runs_at_each_step():
    video = Tensor(shape=(None, 5, 8, 8, 3), dtype="float32")
    inner = replace(entry("each/in", Tensor()), kind=Kind.OTHER, scope="each", inputs=(Port(name="inputs"),))
    last = layer("each/each", "TimeDistributed", scope="each", layer={"class_name": "Functional", "config": {}})
    scope = Scope(
        id="each",
        name="each",
        op="TimeDistributed",
        inputs=(ScopePort(name="in", ends=(PortRef("each/in", 0),)),),
        outputs=(ScopePort(name="out", ends=(PortRef("each/each", 0),)),),
    )
    inside = (inner, conv("each/conv", scope="each"), layer("each/flat", "Flatten", scope="each"))
    found = infer(replace(chain(entry("video", video), *inside, last), scopes=(scope,)))
    assert outputs(found)["each/in"].shape == (None, 8, 8, 3)
    assert outputs(found)["each/flat"].shape == (None, 144)
    assert outputs(found)["each/each"] == Tensor(shape=(None, 5, 144), dtype="float32")
    assert found.scopes[0].inputs[0].tensor == video


@pytest.mark.parametrize(
    ("policy", "dtype"),
    [
        ("float32", "float32"),
        ("mixed_float16", "float16"),
        ("mixed_bfloat16", "bfloat16"),
        ("int8_from_mixed_bfloat16", "bfloat16"),
        ("float8_from_float32", "float32"),
        ("my_policy", None),
        ({"class_name": "Policy", "config": {"name": "mixed_float16"}}, "float16"),
    ],
)
def test_a_layer_hands_out_the_type_that_its_policy_computes_in(policy, dtype):
    found = infer(chain(entry(), dense_with(policy)))
    assert outputs(found)["dense"].dtype == dtype


def dense_with(policy: object) -> Node:
    node = layer("dense", "Dense", units=2)
    return replace(node, attributes=plain({**node.attributes, "dtype": policy}))


def test_a_long_chain_needs_no_recursion():
    nodes = [entry(tensor=Tensor(shape=(None, 4), dtype="float32"))]
    nodes += [layer(f"dense{place}", "Dense", units=4) for place in range(5000)]
    assert outputs(infer(chain(*nodes)))["dense4999"].shape == (None, 4)
