"""Patterns are found where they stand, closed and apart from each other."""

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_models import Net
from random_graphs import graphs
from work_done import steps

from cutaway.analysis.pattern import matches
from cutaway.errors import InputError
from cutaway.graph import Edge, Graph, Node, Output, Port

OPS = {"c": "Conv2D", "b": "BatchNormalization", "r": "ReLU", "d": "Dropout", "a": "Add", "x": "Dense"}


def model(*paths: str, output: str = "") -> Graph:
    """Return the graph of paths such as "x0 c1 r1": the letter tells the operation."""
    names = list(dict.fromkeys(name for path in paths for name in path.split()))
    fed = dict.fromkeys(names, 0)
    edges = []
    for path in paths:
        for source, target in pairwise(path.split()):
            edges.append(Edge(source=source, target=target, target_port=fed[target]))
            fed[target] += 1
    nodes = [
        Node(
            id=name,
            name=name,
            op=OPS[name[0]],
            inputs=(Port(name="x"),) * fed[name],
            outputs=(Port(name="y"),),
            attributes={"strides": int(name[1:])},
        )
        for name in names
    ]
    outputs = tuple(Output(name=name, node=name) for name in output.split())
    return Graph(name="m", nodes=tuple(nodes), edges=tuple(edges), outputs=outputs)


def found(graph: Graph, pattern: str) -> list[str]:
    return [" ".join(match) for match in matches(graph, pattern)]


CHAIN = model("x0 c1 b1 r1 c2 b2 r2 d2 c3 r3")
RESIDUAL = model("x0 c1 r1 c2 a2 r2", "x0 a2", "r2 c3 r3 c4 a4 r4", "r2 c5 a4")


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("Conv2D > BatchNormalization > ReLU", ["c1 b1 r1", "c2 b2 r2"]),
        ("Conv2D>BatchNormalization>ReLU", ["c1 b1 r1", "c2 b2 r2"]),
        ("Conv* > Batch*", ["c1 b1", "c2 b2"]),
        ("Conv2D > * > ReLU", ["c1 b1 r1", "c2 b2 r2"]),
        ("Conv2D > (BatchNormalization)? > ReLU", ["c1 b1 r1", "c2 b2 r2", "c3 r3"]),
        ("Conv2D[strides=2] > BatchNormalization", ["c2 b2"]),
        ("name:c3 > ReLU", ["c3 r3"]),
        ("Conv2D > BatchNormalization or ReLU", ["c1 b1", "c2 b2", "c3 r3"]),
        ("(Conv2D > (BatchNormalization)* > ReLU > (Dropout)*)+", ["c1 b1 r1 c2 b2 r2 d2 c3 r3"]),
        ("(Conv2D > BatchNormalization > ReLU){2}", ["c1 b1 r1 c2 b2 r2"]),
        ("(Conv2D > BatchNormalization > ReLU){3}", []),
        ("(Conv2D > BatchNormalization > ReLU){1,2} > Dropout", ["c1 b1 r1 c2 b2 r2 d2"]),
        ("ReLU+", ["r1", "r2", "r3"]),
        ("ReLU{1,}", ["r1", "r2", "r3"]),
        ("*[strides=2]", ["c2", "b2", "r2", "d2"]),
        ("*[strides=2]+", ["c2 b2 r2 d2"]),
        ("LSTM", []),
    ],
)
def test_chains(pattern, expected):
    assert found(CHAIN, pattern) == expected


@pytest.mark.parametrize(
    ("pattern", "expected"),
    [
        ("(Conv2D > ReLU > Conv2D | ) > Add > ReLU", ["c1 r1 c2 a2 r2"]),
        ("( | Conv2D > ReLU > Conv2D) > Add", ["c1 r1 c2 a2"]),
        ("(Conv2D > ReLU > Conv2D | Conv2D) > Add > ReLU", ["c3 r3 c4 c5 a4 r4"]),
        ("(Conv2D | Conv2D > ReLU > Conv2D) > Add > ReLU", ["c5 c3 r3 c4 a4 r4"]),
        ("(Conv2D > ReLU > Conv2D | (Conv2D)?) > Add > ReLU", ["c1 r1 c2 a2 r2", "c3 r3 c4 c5 a4 r4"]),
        ("((Conv2D > ReLU > Conv2D | (Conv2D)?) > Add > ReLU){2}", ["c1 r1 c2 a2 r2 c3 r3 c4 c5 a4 r4"]),
        ("((Conv2D > ReLU > Conv2D | (Conv2D)?) > Add > ReLU)+", ["c1 r1 c2 a2 r2 c3 r3 c4 c5 a4 r4"]),
        ("Conv2D > ReLU > Conv2D > Add", []),
        ("Dense > (Conv2D > ReLU > Conv2D | ) > Add", ["x0 c1 r1 c2 a2"]),
        ("Add > ReLU", ["a2 r2", "a4 r4"]),
    ],
)
def test_branches(pattern, expected):
    assert found(RESIDUAL, pattern) == expected


def test_nested_branches():
    graph = model("x0 c1 r1 a1 a3", "x0 c2 a1", "x0 b1 a3", "a3 d1")
    assert found(graph, "((Conv2D > ReLU | Conv2D) > Add | BatchNormalization) > Add") == ["c1 r1 c2 a1 b1 a3"]
    assert found(graph, "Dense > (BatchNormalization | (Conv2D > ReLU | Conv2D) > Add) > Add > Dropout") == [
        "x0 b1 c1 r1 c2 a1 a3 d1"
    ]


def test_what_leaks_is_no_match():
    assert found(model("x0 c1 r1", "c1 d1"), "Conv2D > ReLU") == []
    assert found(model("x0 c1 r1", output="c1 r1"), "Conv2D > ReLU") == []
    assert found(model("x0 c1 r1", output="r1"), "Conv2D > ReLU") == ["c1 r1"]
    assert found(model("x0 c1 a1", "x0 c2 a1", "c2 d1"), "(Conv2D | Conv2D) > Add") == []
    assert found(model("x0 c1 a1", "x0 c2 a1", "x0 d1"), "Dense > (Conv2D | Conv2D) > Add") == []
    assert found(model("x0 c1 a1", "x0 c2 a1", "x0 d1"), "(Conv2D | Conv2D) > Add") == ["c1 c2 a1"]
    assert found(model("x0 c1 a1", "x1 a1"), "Conv2D > Add") == []
    assert found(model("x0 c1 a1", "x1 c2 a1"), "(Conv2D | Conv2D) > Add") == []


def test_branches_share_one_tensor():
    graph = model("x0 c1 a1", "x0 c2 a1")
    edges = [
        Edge(source="x0", source_port=int(edge.target == "c2"), target=edge.target, target_port=edge.target_port)
        if edge.source == "x0"
        else edge
        for edge in graph.edges
    ]
    two = Graph(name="m", nodes=graph.nodes, edges=tuple(edges))
    assert found(two, "(Conv2D | Conv2D) > Add") == []
    assert found(two, "Dense > (Conv2D | Conv2D) > Add") == ["x0 c1 c2 a1"]


@pytest.mark.parametrize(
    ("wrong", "words"),
    [
        ("", "there is the end where a node is expected"),
        ("()", "it holds no node"),
        ("Conv2D >", "there is the end where a node is expected"),
        ("Conv2D ReLU", "there is 'ReLU' where '>' or the end is expected"),
        ("(Conv2D", "there is the end where '>', '\\|' or '\\)' is expected"),
        ("Conv2D)", "there is '\\)' where '>' or the end is expected"),
        ("(Conv2D | ReLU)", "it ends in branches; add the node that joins them"),
        ("(Conv2D | ReLU) > (Add | ReLU) > Add", "branches follow branches"),
        ("((Conv2D | ReLU) | Add) > Add", "a branch ends in branches"),
        ("(Conv2D | ReLU)+ > Add", "branches alone cannot repeat"),
        ("( | ) > Add", "more than one branch is empty"),
        ("((Conv2D)*)*", "what repeats without an end may be empty"),
        ("Conv2D[", "there is the end where an attribute such as strides=2 is expected"),
        ("Conv2D[strides=2", "there is the end where ',' or '\\]' is expected"),
        ("Conv2D{0}", "\\{0} is no range of 1 to 1000"),
        ("Conv2D{4,2}", "\\{4,2} is no range of 1 to 1000"),
        ("((Conv2D){1000}){1000}", "its repetitions are too many"),
        ("kind:conv", "there is no kind 'conv'"),
        ("Conv2D > #", "'#' is no part of one"),
        ("(" * 3000 + "Conv2D" + ")" * 3000, "more than 50 parentheses"),
        ("or", "there is 'or' where a node is expected"),
    ],
)
def test_what_is_no_pattern(wrong, words):
    with pytest.raises(InputError, match=words):
        matches(CHAIN, wrong)


def test_too_many_orders_are_refused():
    paths = [f"x0 c{place} a1" for place in range(24)]
    graph = model(*paths, "x1 a1")
    with pytest.raises(InputError, match="too many orders of its branches fit at 'c0'; give the branches attributes"):
        matches(graph, f"({' | '.join(['Conv2D'] * 24)}) > Add")


def long_chain(count: int) -> Graph:
    return model(" ".join(["x0", *(f"{'cr'[place % 2]}{place + 1}" for place in range(count))]))


def test_a_long_chain_takes_steps_in_proportion_to_its_length():
    short, long = long_chain(200), long_chain(1600)
    for pattern in ("(Conv2D > ReLU)+", "(Conv2D > ReLU)+ > Add", "(*)+ > Dropout", "Conv2D > ReLU"):
        assert steps(lambda pattern=pattern: matches(long, pattern)) < 12 * steps(
            lambda pattern=pattern: matches(short, pattern)
        )


def test_a_wide_fan_takes_steps_in_proportion_to_its_width():
    counts = []
    for width in (50, 400):
        net = Net("fan")
        x = net.add("InputLayer")
        graph = net.graph(net.add("Concatenate", *[net.add("Conv2D", x) for _ in range(width)]))
        counts.append(steps(lambda graph=graph: matches(graph, "Conv2D > Concatenate")))
    assert counts[1] < 12 * counts[0]


PATTERNS = (
    "Dense > Dense",
    "Dense{2,}",
    "(Dense | Dense) > Dense",
    "(Dense | ) > Dense",
    "(Dense > Dense | Dense) > *",
)


@settings(max_examples=60)
@given(graphs(), st.sampled_from(PATTERNS))
def test_matches_are_closed_and_apart(graph, pattern):
    taken: set[str] = set()
    for match in matches(graph, pattern):
        members = set(match)
        assert len(members) == len(match)
        assert not members & taken
        taken |= members
        entering = [edge for edge in graph.edges if edge.target in members and edge.source not in members]
        leaving = [edge.source for edge in graph.edges if edge.source in members and edge.target not in members]
        leaving += [output.node for output in graph.outputs if output.node in members]
        assert set(leaving) <= {match[-1]}
        assert len({edge.target for edge in entering}) <= 1 or len({(e.source, e.source_port) for e in entering}) == 1
