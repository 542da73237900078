"""What must hold of completed graphs, whatever their layers say; which weights are one, and what is trained."""

import json
import warnings
import zipfile
from pathlib import Path

import pytest
from analysis.any_calls import attributes, tensors
from hypothesis import given, settings
from hypothesis import strategies as st
from keras_configs import called, layer, model, tensor
from keras_configs import given as given_input
from random_graphs import graphs

from cutaway.analysis.check import check
from cutaway.analysis.complete import complete
from cutaway.analysis.cost import costs
from cutaway.analysis.count import count
from cutaway.analysis.formulas import LAYERS as FORMULAS
from cutaway.analysis.rules import LayerRule
from cutaway.analysis.shapes.rules import LAYERS
from cutaway.errors import CutawayError, CutawayWarning
from cutaway.graph import Graph, Node, Weight
from cutaway.record import replace
from cutaway.sources import read
from cutaway.sources.attributes import plain
from cutaway.sources.complete import read_complete

OPS = (*sorted({*LAYERS, *FORMULAS}), "Mine")
NAMES = (
    *("units", "filters", "kernel_size", "strides", "padding", "data_format", "use_bias", "axis", "input_dim"),
    *("output_dim", "num_heads", "key_dim", "layer", "cell", "cells", "merge_mode", "return_sequences", "groups"),
    *("target_shape", "output_shape", "equation", "bias_axes", "mean", "lora_rank", "dtype", "batch_shape", "name"),
)
WORDS = ("same", "valid", "channels_last", "channels_first", "float32", "mixed_float16", "int8", "ab,bc->ac", "concat")
configs = attributes(NAMES, WORDS, OPS)
weights = st.lists(
    st.builds(
        Weight,
        key=st.sampled_from("abc"),
        shape=st.none() | st.lists(st.none() | st.integers(1, 9), max_size=3).map(tuple),
        dtype=st.sampled_from(["float32", "int8", None]),
        trainable=st.sampled_from([True, False, None]),
    ),
    max_size=2,
    unique_by=lambda weight: weight.key,
).map(tuple)


@st.composite
def models(draw: st.DrawFn) -> Graph:
    """Draw a graph of layers that say anything, some of them called before, some with stored shapes and weights."""
    graph = draw(graphs(most=4))
    nodes: list[Node] = []
    for place, node in enumerate(graph.nodes):
        outputs = tuple(replace(port, tensor=draw(tensors)) for port in node.outputs)
        first = draw(st.none() | st.sampled_from(nodes)) if place else None
        made = replace(node, outputs=outputs, op=draw(st.sampled_from(OPS)), attributes=plain(draw(configs)))
        made = replace(made, weights=draw(st.none() | weights), trainable=draw(st.none() | st.booleans()))
        if first is not None:  # another call of that layer
            same = {key: getattr(first, key) for key in ("op", "attributes", "weights", "trainable")}
            made = replace(made, **same, layer=first.owner)
        nodes.append(made)
    return replace(graph, nodes=tuple(nodes))


assumptions = st.none() | st.integers(-1, 40) | st.lists(st.none() | st.integers(1, 9), max_size=4)


def quietly(graph: Graph, **options: object) -> Graph | None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CutawayWarning)
        try:
            return complete(graph, **options)
        except CutawayError:  # of what is assumed: nothing else can be a mistake here
            assert options.get("assume") is not None
            return None


@given(models(), assumptions)
@settings(max_examples=60)
def test_any_graph_can_be_completed_and_stays_sound(graph, assume):
    before = check(graph)
    done = quietly(graph, assume=assume)
    if done is not None:
        assert check(done) == before
        assert [node.id for node in done.nodes] == [node.id for node in graph.nodes]
        assert quietly(done) == done


@given(models())
@settings(max_examples=60)
def test_verifying_changes_nothing_and_what_is_stored_stays(graph):
    done = quietly(graph)
    assert done == quietly(graph, verify=False)
    for before, after in zip(graph.nodes, done.nodes, strict=True):
        assert before.weights in {None, after.weights}
        for stored, found in zip(before.outputs, after.outputs, strict=True):
            assert stored.tensor.shape in {None, found.tensor.shape}
            assert stored.tensor.dtype in {None, found.tensor.dtype}


def dense(name: str, *calls: dict, **config: object) -> dict:
    return layer("Dense", name, *calls, units=3, use_bias=False, **config)


def keys(graph: Graph) -> dict[str, list[str]]:
    return {node.id: [weight.key for weight in node.weights] for node in graph.nodes if node.weights}


def test_calls_of_one_layer_have_the_same_weights_counted_once():
    shared = dense("d", called(tensor("x", shape=(None, 3))), called(tensor("d", shape=(None, 3))))
    graph = complete(read(model("net", [given_input("x", (None, 3)), shared], [["x", 0, 0]], [["d", 1, 0]])))
    assert keys(graph) == {"d": ["d/kernel"], "d#2": ["d/kernel"]}
    assert [node.layer for node in graph.nodes] == [None, None, "d"]
    assert count(graph.nodes).total == 9


def encoder(**config: object) -> dict:
    inside = dense("d", called(tensor("i", shape=(None, 3))), **config)
    return model("encoder", [given_input("i", (None, 3)), inside], [["i", 0, 0]], [["d", 0, 0]])


def test_calls_of_one_model_have_the_same_weights():
    calls = [called(tensor("x", shape=(None, 3))), called(tensor("encoder", shape=(None, 3)))]
    graph = complete(
        read(
            model(
                "net",
                [given_input("x", (None, 3)), encoder() | {"inbound_nodes": calls}],
                [["x", 0, 0]],
                [["encoder", 2, 0]],
            )
        )
    )
    assert keys(graph) == {"encoder/d": ["encoder/d/kernel"], "encoder#2/d": ["encoder/d/kernel"]}
    assert count(graph.nodes).total == 9


def two_parts(**second: object) -> dict:
    """Return a model of two models that each hold a layer `d`; `second` is what is noted of that in the second."""
    parts = []
    for name, noted in (("left", {}), ("right", second)):
        inside = dense("d", called(tensor("i", shape=(None, 3)))) | noted
        call = called(tensor("x" if name == "left" else "left", shape=(None, 3)))
        parts.append(model(name, [given_input("i", (None, 3)), inside], [["i", 0, 0]], [["d", 0, 0]], call))
    return model("net", [given_input("x", (None, 3)), *parts], [["x", 0, 0]], [["right", 1, 0]])


def test_a_layer_that_is_written_again_under_a_number_is_the_first_of_its_name():
    graph = complete(read(two_parts(shared_object_id=7)))
    assert keys(graph) == {"left/d": ["left/d/kernel"], "right/d": ["left/d/kernel"]}
    assert count(graph.nodes).total == 9


def test_layers_that_only_bear_one_name_are_two():
    graph = complete(read(two_parts()))
    assert keys(graph) == {"left/d": ["left/d/kernel"], "right/d": ["right/d/kernel"]}
    assert count(graph.nodes).total == 18


def test_layers_with_equal_parts_may_have_one_part():
    """Keras writes a cell that two layers share twice, and names no two cells alike."""
    cell = {"class_name": "LSTMCell", "config": {"name": "cell", "units": 2}}
    other = {"class_name": "LSTMCell", "config": {"name": "other", "units": 2}}
    rows = [("a", cell), ("b", cell), ("c", other)]
    runs = [layer("RNN", name, called(tensor("x", shape=(None, 5, 3))), cell=held) for name, held in rows]
    outputs = [[name, 0, 0] for name, _ in rows]
    graph = complete(read(model("net", [given_input("x", (None, 5, 3)), *runs], [["x", 0, 0]], outputs)))
    assert [node.weights is None for node in graph.nodes] == [False, False, True, False]
    assert count(graph.nodes).total == 2 * (3 * 8 + 2 * 8 + 8)
    assert not count(graph.nodes).exact


def test_what_is_frozen_trains_nothing():
    inside = [given_input("x", (None, 3)), dense("a", called(tensor("x", shape=(None, 3))), trainable=False)]
    graph = complete(read(model("net", inside, [["x", 0, 0]], [["a", 0, 0]])))
    assert [weight.trainable for weight in graph.nodes[1].weights] == [False]


def archive(path: Path, config: dict) -> Path:
    """Write an archive whose weights cannot be read, so that reading them is noticed."""
    with zipfile.ZipFile(path, "w") as file:
        file.writestr("config.json", json.dumps(config))
        file.writestr("model.weights.h5", b"\x89HDF\r\n\x1a\n of nothing")
    return path


@pytest.mark.filterwarnings("error")
def test_stored_weights_are_left_alone_where_formulas_tell_all(tmp_path):
    path = archive(tmp_path / "net.keras", two_parts(shared_object_id=7))
    assert count(read_complete(path).nodes).total == 9
    assert read_complete(path, weights=False) == read_complete(path)


def test_stored_weights_are_read_where_formulas_leave_any_open(tmp_path):
    own = layer("Scale", "s", called(tensor("x"))) | {"module": None}
    path = archive(tmp_path / "net.keras", model("net", [given_input("x"), own], [["x", 0, 0]], [["s", 0, 0]]))
    with pytest.warns(CutawayWarning, match="the weights of 'net' stay unknown"):
        assert read_complete(path).nodes[1].weights is None
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        assert read_complete(path, weights=False).nodes[1].weights is None


def test_stored_weights_are_read_where_two_layers_may_share_them(tmp_path):
    path = archive(tmp_path / "net.keras", two_parts())
    with pytest.warns(CutawayWarning, match="the weights of 'net' stay unknown"):
        assert count(read_complete(path).nodes).total == 18


def test_what_is_stored_wins_over_a_formula_with_a_warning():
    graph = complete(read(encoder()))
    stored = (replace(graph.nodes[1].weights[0], shape=(5, 3)),)
    changed = replace(graph, nodes=(graph.nodes[0], replace(graph.nodes[1], weights=stored)))
    with pytest.warns(CutawayWarning, match=r"the weights of Dense 'd' are \(5, 3\), but .* they are \(3, 3\)"):
        assert complete(changed) == changed


def test_a_file_with_weights_of_a_custom_layer_tells_them():
    path = Path(__file__).parents[1] / "models" / "keras3_custom.h5"
    found = read_complete(path)
    assert all(node.weights is not None for node in found.nodes)
    assert count(found.nodes) == count(read(path, weights=True).nodes)
    assert any(node.weights is None for node in read_complete(path, weights=False).nodes)


def test_a_graph_is_completed_as_it_is():
    graph = read(encoder())
    assert read_complete(graph) == complete(graph)


OWN = {"module": None, "class_name": "Dense", "config": {"name": "d", "units": 9}, "registered_name": "Dense"}
"""A layer inside another one, of a class that is called as one of Keras' own is."""


def of_steps() -> dict:
    steps = layer("TimeDistributed", "t", called(tensor("x", shape=(None, 2, 7))), layer=OWN)
    return model("net", [given_input("x", (None, 2, 7)), steps], [["x", 0, 0]], [["t", 0, 0]])


def test_nothing_is_guessed_of_a_custom_layer_inside_a_wrapper():
    node = complete(read(of_steps())).nodes[1]
    assert (node.weights, node.outputs[0].tensor.shape) == (None, None)


def test_a_rule_says_what_a_custom_layer_inside_a_wrapper_does():
    rule = LayerRule(outputs=lambda call: (*call.shape[:-1], 3), weights=lambda call: {"k": (call.shape[-1], 3)})
    node = complete(read(of_steps()), rules={"Dense": rule}).nodes[1]
    assert node.outputs[0].tensor.shape == (None, 2, 3)
    assert [(weight.key, weight.shape) for weight in node.weights] == [("t/d/k", (7, 3))]


@pytest.mark.parametrize("listed", [False, True])
def test_nothing_is_guessed_of_a_custom_cell(listed):
    own = OWN | {"class_name": "GRUCell"}
    cell = {"class_name": "StackedRNNCells", "config": {"cells": [own]}} if listed else own
    run = layer("RNN", "r", called(tensor("x", shape=(None, 2, 7))), cell=cell)
    graph = complete(read(model("net", [given_input("x", (None, 2, 7)), run], [["x", 0, 0]], [["r", 0, 0]])))
    assert (graph.nodes[1].weights, graph.nodes[1].outputs[0].tensor.shape) == (None, (None, None))
    assert costs(graph)["r"].multiply_adds is None
