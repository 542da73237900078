"""What is merged, marked and left out: nothing is lost, nothing is merged over a branch, and the order is told."""

from collections import Counter
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from random_graphs import LAYERS, layers

from cutaway.analysis.check import check
from cutaway.analysis.count import count
from cutaway.analysis.simplify import AUTO, WORDS, Simplified, merged_into, simplify
from cutaway.errors import InputError
from cutaway.graph import Edge, Graph, Kind, Node, Output, Port, Scope, Weight
from cutaway.record import replace

SOME = st.sets(st.sampled_from(WORDS))


def unaccounted(graph: Graph, found: Simplified) -> list[str]:
    """Return the ids that are not drawn or accounted for exactly once."""
    original = Counter(each.id for part in (graph.nodes, graph.edges, graph.scopes) for each in part)
    left = found.graph
    told = Counter(each.id for part in (left.nodes, left.edges, left.scopes) for each in part if each.id in original)
    told.update(each for ids in found.stands_for.values() for each in ids)
    return sorted(((original - told) + (told - original)).elements())


MERGING = st.sets(st.sampled_from([word for word in WORDS if not word.startswith("no-")]))


@settings(max_examples=200)
@given(layers(), MERGING)
def test_everything_is_drawn_or_accounted_for_once(graph, words):
    found = simplify(graph, words)
    assert unaccounted(graph, found) == []
    assert set(check(found.graph)) <= set(check(graph))


@settings(max_examples=100)
@given(layers(), SOME)
def test_what_is_left_out_is_accounted_for(graph, words):
    found = simplify(graph, words)
    everything = {each.id for part in (graph.nodes, graph.edges, graph.scopes) for each in part}
    left = found.graph
    drawn = {each.id for part in (left.nodes, left.edges, left.scopes) for each in part}
    accounted = {each for ids in found.stands_for.values() for each in ids}
    assert everything - drawn <= accounted <= everything


@settings(max_examples=150)
@given(layers(), SOME)
def test_twice_is_as_once(graph, words):
    once = simplify(graph, words)
    again = simplify(once.graph, words)
    assert again.graph == once.graph
    assert (again.merged, again.hidden) == ({}, {})
    assert again.marks == once.marks


@settings(max_examples=150)
@given(layers(), MERGING)
def test_no_weight_is_lost(graph, words):
    assert count(simplify(graph, words).graph.nodes) == count(graph.nodes)


@settings(max_examples=200)
@given(layers(), MERGING)
def test_nothing_else_reads_what_flows_within_a_merged_node(graph, words):
    found = simplify(graph, words)
    nodes = {node.id: node for node in graph.nodes}
    masks = {each for ids in found.stands_for.values() for each in ids} if found.hidden else set()
    edges = [edge for edge in graph.edges if not (nodes[edge.target].op == "Attention" and edge.target_port)]
    results = {output.node for output in graph.outputs}
    for main, merged in found.merged.items():
        assert main in {node.id for node in merged}
        assert len({node.scope for node in merged}) == 1
        for one, other in pairwise(merged):
            read = [edge.target for edge in (edges if "masks" in words else graph.edges) if edge.source == one.id]
            assert other.id in read
            assert {each for each in read if each not in masks} <= {other.id}
            assert one.id not in results


def chain(*ops: str, **more: Node) -> Graph:
    """Return a chain of layers that are called like their classes, numbered."""
    nodes = []
    for place, op in enumerate(ops):
        kind, attributes = LAYERS.get(op, (Kind.OTHER, {}))
        weights = (Weight(key=f"{op}{place}/w", shape=(3,), dtype="float32", trainable=True),)
        node = Node(
            id=f"{op}{place}",
            name=f"{op}{place}",
            op=op,
            kind=kind,
            inputs=(Port(name="x"),) if place else (),
            outputs=(Port(name="y"),),
            attributes=attributes,
            weights=weights if op in {"Conv2D", "Dense", "BatchNormalization"} else (),
        )
        nodes.append(node)
    return linked(*nodes)


def linked(*nodes: Node, more: tuple[Edge, ...] = ()) -> Graph:
    edges = [Edge(source=one.id, target=other.id) for one, other in pairwise(nodes)]
    return Graph(name="m", nodes=nodes, edges=(*edges, *more), outputs=(Output(name="out", node=nodes[-1].id),))


def left(graph: Graph, *words: str) -> list[list[str]]:
    """Return the nodes that are left, each with those merged into it, in the order of the flow."""
    found = simplify(graph, words or AUTO)
    return [[each.op for each in found.merged.get(node.id, (node,))] for node in found.graph.nodes]


def test_a_convolution_takes_in_padding_normalization_and_activation():
    graph = chain("MaxPooling2D", "ZeroPadding2D", "Conv2D", "BatchNormalization", "ReLU", "Add")
    assert left(graph) == [["MaxPooling2D"], ["ZeroPadding2D", "Conv2D", "BatchNormalization", "ReLU"], ["Add"]]
    found = simplify(graph)
    (conv,) = [node for node in found.graph.nodes if node.op == "Conv2D"]
    assert (conv.id, conv.kind) == ("Conv2D2", Kind.CONVOLUTION)
    assert [weight.key for weight in conv.weights or ()] == ["Conv2D2/w", "BatchNormalization3/w"]
    assert [(part.node.op, part.role, part.before) for part in merged_into(conv)] == [
        ("ZeroPadding2D", "padding", True),
        ("BatchNormalization", "normalizations", False),
        ("ReLU", "activations", False),
    ]
    assert {edge.id for edge in found.graph.edges} == {"MaxPooling2D0:0->Conv2D2:0", "Conv2D2:0->Add5:0"}


@pytest.mark.parametrize(
    ("ops", "expected"),
    [
        ("Dense ReLU BatchNormalization Dense", [["Dense", "ReLU", "BatchNormalization"], ["Dense"]]),
        ("Add BatchNormalization ReLU Conv2D", [["Add"], ["BatchNormalization", "ReLU"], ["Conv2D"]]),
        ("Add ReLU Conv2D", [["Add"], ["ReLU"], ["Conv2D"]]),
        ("Conv2D ReLU ReLU", [["Conv2D", "ReLU"], ["ReLU"]]),
        ("ZeroPadding2D MaxPooling2D ReLU", [["ZeroPadding2D", "MaxPooling2D"], ["ReLU"]]),
        ("ZeroPadding2D ZeroPadding2D Conv2D", [["ZeroPadding2D"], ["ZeroPadding2D", "Conv2D"]]),
        ("Dense Reshape Reshape Cast Dense", [["Dense"], ["Reshape", "Reshape"], ["Cast"], ["Dense"]]),
    ],
)
def test_lines_tell_the_order_of_the_flow(ops, expected):
    assert left(chain(*ops.split())) == expected


def test_only_what_the_words_say_is_merged():
    graph = chain("ZeroPadding2D", "Conv2D", "BatchNormalization", "ReLU", "Dropout")
    assert left(graph, "padding") == [["ZeroPadding2D", "Conv2D"], ["BatchNormalization"], ["ReLU"], ["Dropout"]]
    assert left(graph, "normalizations")[1] == ["Conv2D", "BatchNormalization"]
    assert left(graph, "activations")[2] == ["BatchNormalization", "ReLU"]
    assert left(graph, "dropouts") == [[node.op] for node in graph.nodes]
    assert simplify(graph, ["dropouts"]).marks == {"Dropout4"}
    gone = simplify(graph, ["no-dropouts"])
    assert (len(gone.graph.nodes), gone.hidden) == (4, {"dropouts": 1})


def test_another_word_is_refused():
    with pytest.raises(InputError, match=r"cannot simplify 'bn': choose from activations, "):
        simplify(chain("Conv2D"), ["bn"])


def test_an_output_of_the_model_within_is_kept():
    graph = chain("Conv2D", "BatchNormalization", "ReLU")
    more = Graph(
        name="m",
        nodes=graph.nodes,
        edges=graph.edges,
        outputs=(Output(name="features", node="Conv2D0"), *graph.outputs),
    )
    assert left(more) == [["Conv2D"], ["BatchNormalization", "ReLU"]]
    assert simplify(more).graph.outputs[1] == Output(name="out", node="BatchNormalization1")


def test_borders_of_scopes_are_not_crossed():
    conv, norm = chain("Conv2D", "BatchNormalization").nodes
    inside = Node(id="s/n", name="n", op=norm.op, kind=norm.kind, inputs=norm.inputs, outputs=norm.outputs, scope="s")
    graph = linked(conv, inside)
    scoped = Graph(name="m", nodes=graph.nodes, edges=graph.edges, scopes=(Scope(id="s", name="s", op="Model"),))
    assert simplify(scoped).graph == scoped


def test_custom_layers_stay():
    conv, relu = chain("Conv2D", "ReLU").nodes
    own = Node(id="r", name="r", op="ReLU", kind=relu.kind, inputs=relu.inputs, outputs=relu.outputs, custom=True)
    assert len(simplify(linked(conv, own)).graph.nodes) == 2


def test_a_shared_layer_with_normalizations_of_its_calls_keeps_them_apart():
    """A box that is called `shared` must not hold what each call has of its own, such as in heads of detectors."""
    calls = [
        Node(
            id=f"conv{call}",
            name="conv",
            op="Conv2D",
            kind=Kind.CONVOLUTION,
            inputs=(Port(name="x"),),
            outputs=(Port(name="y"),),
            weights=(Weight(key="conv/kernel", shape=(1,), dtype=None, trainable=True),),
            layer="conv" if call else None,
        )
        for call in ("", "#2")
    ]
    norms = [
        Node(
            id=f"bn{number}",
            name="bn",
            op="BatchNormalization",
            kind=Kind.NORMALIZATION,
            inputs=(Port(name="x"),),
            outputs=(Port(name="y"),),
            weights=(Weight(key=f"bn{number}/gamma", shape=(1,), dtype=None, trainable=True),),
        )
        for number in range(2)
    ]
    apart = linked(calls[0], norms[0], calls[1], norms[1])
    assert simplify(apart).merged == {}
    together = [norms[0], replace(norms[0], id="bn0#2", layer="bn0")]
    assert len(simplify(linked(calls[0], together[0], calls[1], together[1])).merged) == 2


def test_an_activation_that_many_layers_share_goes_into_each():
    dense, relu = chain("Dense", "ReLU").nodes
    unknown = replace(relu, weights=None)
    other = replace(dense, id="other", inputs=relu.inputs)
    graph = linked(dense, unknown, other, replace(unknown, id="ReLU1#2", layer="ReLU1"))
    assert left(graph) == [["Dense", "ReLU"], ["Dense", "ReLU"]]


def attending(name: str, mask: str = "mask") -> Node:
    ports = (Port(name="query"), Port(name=mask))
    return Node(id=name, name=name, op="Attention", kind=Kind.ATTENTION, inputs=ports, outputs=(Port(name="y"),))


def one(name: str, op: str, kind: Kind = Kind.OTHER, inputs: int = 1) -> Node:
    ports = tuple(Port(name=f"x{place}") for place in range(inputs))
    return Node(id=name, name=name, op=op, kind=kind, inputs=ports, outputs=(Port(name="y"),))


def test_masks_go_with_all_that_only_makes_them():
    nodes = (
        one("tokens", "InputLayer", Kind.INPUT, 0),
        one("embed", "Embedding", Kind.EMBEDDING),
        one("other", "NotEqual"),
        one("expand", "ExpandDims"),
        attending("first"),
        attending("second", "attention_mask"),
    )
    edges = (
        Edge(source="tokens", target="embed"),
        Edge(source="tokens", target="other"),
        Edge(source="other", target="expand"),
        Edge(source="embed", target="first"),
        Edge(source="expand", target="first", target_port=1),
        Edge(source="first", target="second"),
        Edge(source="expand", target="second", target_port=1),
    )
    graph = Graph(name="m", nodes=nodes, edges=edges, inputs=("tokens",), outputs=(Output(name="out", node="second"),))
    found = simplify(graph)
    assert [node.id for node in found.graph.nodes] == ["tokens", "embed", "first", "second"]
    assert found.hidden == {"masks": 2}
    assert unaccounted(graph, found) == []


def test_an_input_that_is_a_mask_stays():
    nodes = (
        one("x", "InputLayer", Kind.INPUT, 0),
        one("padding", "InputLayer", Kind.INPUT, 0),
        one("cast", "Cast"),
        attending("first"),
    )
    edges = (
        Edge(source="x", target="first"),
        Edge(source="padding", target="cast"),
        Edge(source="cast", target="first", target_port=1),
    )
    graph = Graph(name="m", nodes=nodes, edges=edges, inputs=("x", "padding"))
    found = simplify(graph, ["masks"])
    assert found.graph == graph
    assert found.hidden == {}


def test_a_scope_that_only_makes_masks_goes_with_them():
    maker = Node(id="s/m", name="m", op="NotEqual", inputs=(Port(name="x"),), outputs=(Port(name="y"),), scope="s")
    nodes = (one("x", "InputLayer", Kind.INPUT, 0), maker, attending("first"))
    edges = (
        Edge(source="x", target="first"),
        Edge(source="x", target="s/m"),
        Edge(source="s/m", target="first", target_port=1),
    )
    graph = Graph(name="m", nodes=nodes, edges=edges, scopes=(Scope(id="s", name="s", op="Model"),), inputs=("x",))
    found = simplify(graph)
    assert found.graph.scopes == ()
    assert unaccounted(graph, found) == []


def test_repeats_know_what_is_merged():
    """Two convolutions of which only one has an activation merged into it are not equal."""
    from cutaway.analysis.repeat.labels import Labels

    plain, active = (simplify(chain(*ops)).graph.nodes[0] for ops in (("Conv2D",), ("Conv2D", "ReLU")))
    labels = Labels()
    assert labels.node(plain) != labels.node(active)
    assert labels.node(active) == labels.node(simplify(chain("Conv2D", "ReLU", "Add")).graph.nodes[0])


def test_one_line_of_a_tensor_leads_into_an_attention():
    tensor = Port(name="x")
    nodes = (
        Node(id="x", name="x", op="InputLayer", kind=Kind.INPUT, outputs=(tensor,)),
        Node(id="m", name="m", op="InputLayer", kind=Kind.INPUT, outputs=(tensor,)),
        Node(id="a", name="a", op="MultiHeadAttention", kind=Kind.ATTENTION, inputs=(tensor,) * 3, outputs=(tensor,)),
        Node(id="s", name="s", op="Multiply", kind=Kind.MERGE, inputs=(tensor,) * 2, outputs=(tensor,)),
    )
    edges = (
        Edge(source="x", target="a"),
        Edge(source="x", target="a", target_port=1),
        Edge(source="m", target="a", target_port=2),
        Edge(source="a", target="s"),
        Edge(source="a", target="s", target_port=1),
    )
    graph = Graph(name="g", nodes=nodes, edges=edges, inputs=("x", "m"), outputs=(Output(name="s", node="s"),))
    found = simplify(graph, ["lines"])
    assert [edge.id for edge in found.graph.edges] == ["x:0->a:0", "m:0->a:2", "a:0->s:0", "a:0->s:1"]
    assert found.stands_for == {"x:0->a:0": ("x:0->a:1",)}
    assert found.hidden == {"lines": 1}
