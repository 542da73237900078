"""Graphs in JSON: written, valid by the schema, read back equal; damaged ones end in an error that tells the place."""

import json
import math
import warnings
from collections.abc import Mapping
from dataclasses import replace
from random import Random

import jsonschema
import pytest
from command_line import command, model
from hypothesis import given
from hypothesis import strategies as st
from random_graphs import graphs, layers
from small_graphs import chain

import cutaway
from benchmarks.mutants import VALUES, places
from cutaway.analysis.check import check
from cutaway.compat.keras import print_summary
from cutaway.errors import CutawayError, InputError, UnsupportedError
from cutaway.graph import Edge, Graph, Kind, Node, Output, Port, PortRef, Scope, ScopePort, Tensor, Weight
from cutaway.outputs.graph_json import to_graph_json
from cutaway.record import fields_of
from cutaway.schema import graph_schema

SCHEMA = jsonschema.Draft202012Validator(graph_schema())

scalars = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.sampled_from(["\ud800", "\u2028"])
keys = st.text() | st.sampled_from(["$number", "$object"])
values = st.recursive(
    scalars,
    lambda inner: st.lists(inner, max_size=3).map(tuple) | st.dictionaries(keys, inner, max_size=3),
    max_leaves=8,
)
shapes = st.none() | st.lists(st.none() | st.integers() | st.text(max_size=3), max_size=4).map(tuple)
tensors = st.builds(Tensor, shape=shapes, dtype=st.none() | st.just("float32"))
weights = st.builds(
    Weight, key=st.text(), shape=shapes, dtype=st.none() | st.just("float32"), trainable=st.none() | st.booleans()
)


@st.composite
def described(draw: st.DrawFn) -> Graph:
    """Draw a random graph of which everything is told that a graph can tell."""
    graph = draw(graphs(most=5))
    nodes = [
        replace(
            node,
            op=draw(st.text()),
            kind=node.kind
            if node.kind is Kind.INPUT
            else draw(st.sampled_from([each for each in Kind if each != "input"])),
            outputs=tuple(Port(name=draw(st.text()), tensor=draw(tensors)) for _ in node.outputs),
            attributes=draw(st.dictionaries(keys, values, max_size=3)),
            weights=draw(st.none() | st.lists(weights, max_size=2).map(tuple)),
            trainable=draw(st.none() | st.booleans()),
            computes=draw(st.none() | st.text()),
            layer=draw(st.none() | st.sampled_from([each.id for each in graph.nodes])),
            custom=draw(st.booleans()),
        )
        for node in graph.nodes
    ]
    scopes = [replace(scope, attributes=draw(st.dictionaries(keys, values, max_size=2))) for scope in graph.scopes]
    return replace(graph, name=draw(st.text()), op=draw(st.text()), nodes=tuple(nodes), scopes=tuple(scopes))


def exact(value):
    """Return a graph, or a part of it, as what is equal only for equal types and for NaN in both."""
    if isinstance(value, Mapping):
        return {key: exact(item) for key, item in value.items()}
    if isinstance(value, tuple):
        return tuple(map(exact, value))
    if hasattr(type(value), "__record_fields__"):
        return type(value).__name__, {name: exact(getattr(value, name)) for name in fields_of(type(value))}
    return type(value).__name__, repr(value)


@given(described())
def test_what_is_read_back_is_what_was_written(graph):
    text = to_graph_json(graph)
    text.encode()
    SCHEMA.validate(json.loads(text, parse_constant=lambda name: pytest.fail(f"{name} is no JSON")))
    assert exact(cutaway.read(text)) == exact(graph)
    assert exact(cutaway.read(json.loads(text))) == exact(graph)
    assert to_graph_json(cutaway.read(text)) == text


@given(layers(most=8))
def test_figures_of_what_is_read_back_are_the_same(graph):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        assert cutaway.draw(cutaway.read(to_graph_json(graph))).svg() == cutaway.draw(graph).svg()


@pytest.mark.parametrize(
    ("record", "where", "apart"),
    [
        (Graph, (), {"format", "version"}),
        (Node, ("$defs", "node"), set()),
        (Edge, ("$defs", "edge"), set()),
        (Scope, ("$defs", "scope"), set()),
        (Weight, ("$defs", "weight"), set()),
        (Output, ("properties", "outputs", "items"), set()),
        (PortRef, ("$defs", "scope_port", "properties", "ends", "items"), set()),
        (Port, ("$defs", "port"), {"shape", "dtype"}),
        (ScopePort, ("$defs", "scope_port"), {"shape", "dtype"}),
    ],
)
def test_schema_describes_every_field(record, where, apart):
    described = graph_schema()
    jsonschema.Draft202012Validator.check_schema(described)
    for key in where:
        described = described[key]
    assert set(described["properties"]) - apart == set(fields_of(record)) - {"tensor"}
    assert set(described["required"]) == set(described["properties"])
    assert described["additionalProperties"] is False


def test_schema_knows_every_kind():
    assert graph_schema()["$defs"]["node"]["properties"]["kind"]["enum"] == list(Kind)


def test_one_line_per_node_edge_and_output():
    graph = chain("Conv2D", "Dense")
    lines = to_graph_json(graph).splitlines()
    assert sum(line.startswith('  {"id"') for line in lines) == 3
    assert sum(line.startswith('  {"source"') for line in lines) == 2


def test_deep_attributes_are_written():
    value = ()
    for _ in range(100_000):
        value = (value,)
    node = Node(id="a", name="a", op="Dense", attributes={"deep": value})
    assert "[" * 100_000 in to_graph_json(Graph(name="deep", nodes=(node,)))


@pytest.mark.parametrize(("value", "said"), [({1, 2}, "a set"), (10**5000, "16610 bits")], ids=["set", "number"])
def test_what_no_json_holds_is_refused(value, said):
    node = Node(id="a", name="a", op="Dense", attributes={"odd": value})
    with pytest.raises(UnsupportedError, match=said):
        to_graph_json(Graph(name="odd", nodes=(node,)))


def damaged(*path, value):
    whole = json.loads(to_graph_json(chain("Conv2D", "Dense", shapes=((None, 8, 8, 3), (None, 4, 4, 8), (None, 10)))))
    holder = whole
    for key in path[:-1]:
        holder = holder[key]
    holder[path[-1]] = value
    return whole


@pytest.mark.parametrize(
    ("path", "value", "said"),
    [
        (("nodes",), 5, "nodes is 5, not a list"),
        (("nodes", 1), [], r"nodes\[1\] is \[\], not an object"),
        (("nodes", 1, "outputs", 0, "shape", 2), 2.5, r"nodes\[1\]\.outputs\[0\]\.shape\[2\] is 2\.5, not a whole"),
        (("nodes", 1, "outputs", 0, "shape", 2), True, r"shape\[2\] is True, not a whole"),
        (("nodes", 1, "kind"), "konvolution", "kind is 'konvolution', not one of input, convolution"),
        (("nodes", 1, "attributes"), {"$number": "many"}, r"attributes is .*not \{'\$number': …\} of NaN"),
        (("nodes", 1, "attributes"), {"$number": "NaN"}, r"attributes is .*not an object"),
        (("nodes", 1, "attributes"), {"$object": 1}, r"attributes is 1, not an object in \{'\$object': …\}"),
        (("nodes", 1, "extra"), 1, r"nodes\[1\] has 'extra', and knows only id, name"),
        (("extra",), 1, "the whole has 'extra'"),
        (("edges", 0, "target_port"), -1, r"edges\[0\]\.target_port is -1, not the place of a port"),
        (("edges", 0, "target_port"), 7, "not whole: edge .* ends at input 7 of .* which does not exist"),
        (("nodes", 1, "id"), "dense_2", "2 nodes and scopes have the id 'dense_2'; edge"),
        (("nodes", 1, "layer"), "nobody", "is a call of the layer of 'nobody', which does not exist"),
        (("version",), 0, "version is 0, not 1"),
    ],
)
def test_errors_tell_the_place_of_the_fault(path, value, said):
    with pytest.raises(InputError, match=said):
        cutaway.read(damaged(*path, value=value))


def test_missing_keys_are_told():
    whole = damaged("name", value="net")
    del whole["nodes"][2]["weights"]
    with pytest.raises(InputError, match=r"nodes\[2\] has no 'weights'"):
        cutaway.read(json.dumps(whole))


def test_later_versions_ask_for_a_newer_cutaway():
    with pytest.raises(UnsupportedError, match=r"version 2 of the form.* use a newer cutaway"):
        cutaway.read(damaged("version", value=2))


@given(st.integers(0, 2**32), layers(most=5))
def test_damage_never_gives_a_traceback(seed, graph):
    random = Random(seed)  # noqa: S311
    whole = json.loads(to_graph_json(graph))
    for _ in range(random.choice((1, 2, 5))):
        holder, key = random.choice(places(whole))
        holder[key] = random.choice(VALUES)
    said, read = "cannot read the config", Graph(name="none")
    try:
        read = cutaway.read(whole)
    except CutawayError as error:
        said = str(error)
    assert said.startswith("cannot read the config")
    assert not check(read)
    SCHEMA.validate(json.loads(to_graph_json(read)))


def test_it_is_known_by_its_content(tmp_path):
    graph = chain("Dense")
    for name in ("net.txt", "net.keras"):
        (tmp_path / name).write_text(to_graph_json(graph), "utf-8")
        assert cutaway.read(tmp_path / name) == graph


def test_no_weights_can_be_read_for_a_graph():
    text = to_graph_json(chain("Dense"))
    with pytest.raises(InputError, match=r"cannot read 'net.weights.h5' for a graph"):
        cutaway.read(text, weights="net.weights.h5")
    with pytest.warns(cutaway.CutawayWarning, match="holds none"):
        cutaway.read(text, weights=True)
    with pytest.warns(cutaway.CutawayWarning, match="input_shape .* is not used"):
        cutaway.read(text, input_shape=(3, 3))
    assert not cutaway.read_weights(text)


def test_numbers_stay_what_they_are():
    held = {"a": 1, "b": 1.0, "c": True, "d": -0.0, "e": 10**30, "f": math.inf, "g": ((), {}), "h": None}
    node = Node(id="a", name="a", op="Dense", attributes=held)
    read = cutaway.read(to_graph_json(Graph(name="net", nodes=(node,))))
    assert exact(read.nodes[0].attributes) == exact(held)


def test_summaries_are_those_of_the_graph(tmp_path, capsys):
    graph = chain("Conv2D", "Dense")
    (tmp_path / "net.json").write_text(to_graph_json(graph), "utf-8")
    assert str(cutaway.summarize(tmp_path / "net.json")) == str(cutaway.summarize(graph))
    said = []
    for source in (graph, tmp_path / "net.json"):
        print_summary(source)
        said.append(capsys.readouterr().out)
    assert said[0] == said[1] != ""


def test_it_takes_the_place_of_a_graph_but_of_no_model(tmp_path):
    source = model(tmp_path / "a.json")
    taken = model(tmp_path / "b.json", "other")
    for _ in range(2):
        assert command("draw", source, "-o", tmp_path / "graph.json").returncode == 0
    assert cutaway.read(tmp_path / "graph.json") == cutaway.read(source)
    done = command("draw", source, "-o", taken)
    assert done.returncode == 2
    assert b"a model is in that file" in done.stderr
