"""The tables of what goes in and out of a model, and of what is inside its layers."""

from pathlib import Path

import cutaway
from cutaway.graph import Graph, Node, Output, Port, Tensor, Weight
from cutaway.views.ends import ends_table
from cutaway.views.inside import HeldWeight, Inside, Values, insides
from cutaway.views.inside_table import inside_table

SIAMESE = Path(__file__).parents[2] / "examples" / "siamese.keras"


def texts(table):
    return [tuple(cell.text for cell in row.cells) for row in table.rows]


def keys(table):
    return [column.key for column in table.columns]


def test_a_row_for_each_weight_of_each_layer_once():
    store = cutaway.read_weights(SIAMESE)
    table = inside_table(store.graph, insides(store.graph, store))
    assert keys(table) == [
        *("layer", "activation", "weight", "shape", "dtype", "trainable", "initializer"),
        *("minimum", "maximum", "mean", "deviation", "sparsity"),
    ]
    found = texts(table)
    assert [row[0] for row in found] == ["encoder/conv1", "", "encoder/conv2", "", "encoder/code", "", "same", ""]
    assert found[0][1:7] == ("ReLU", "kernel", "(3, 3, 1, 8)", "float32", "yes", "Glorot uniform")
    assert found[1][:7] == ("", "", "bias", "(8)", "float32", "yes", "zeros")


def test_without_values_there_are_no_columns_for_them():
    graph = cutaway.read(SIAMESE, weights=True)
    assert keys(inside_table(graph, insides(graph)))[-1] == "initializer"


def test_what_is_unknown_and_what_is_odd():
    weight = Weight(key="a/w", shape=None, dtype=None, trainable=None)
    graph = Graph(
        name="net",
        nodes=(
            Node(id="a", name="a", op="Mine", weights=(weight,)),
            Node(id="b", name="b", op="Mine"),
            Node(id="c", name="c", op="ReLU", weights=()),
            Node(id="d", name="d", op="Activation", weights=(), attributes={"activation": "relu"}),
        ),
    )
    odd = HeldWeight(name="w", weight=weight, values=Values(count=3, finite=0))
    found = {node.id: Inside(node=node.id, weights=node.weights) for node in graph.nodes}
    table = inside_table(graph, found | {"a": Inside(node="a", weights=(odd,)), "d": insides(graph)["d"]})
    at = {key: place for place, key in enumerate(keys(table))}
    first, second, third = texts(table)
    assert (first[at["shape"]], first[at["dtype"]], first[at["trainable"]], first[at["odd"]]) == ("?", "?", "?", "3")
    assert first[at["minimum"]] == first[at["sparsity"]] == "–"
    assert (second[at["layer"]], second[at["weight"]], second[at["minimum"]]) == ("b", "?", "")
    assert (third[at["layer"]], third[at["activation"]], third[at["weight"]]) == ("d", "ReLU", "")


def test_ends():
    image = Tensor(shape=(None, 8, 8, 3), dtype="float32")
    nodes = (
        Node(id="x", name="x", op="InputLayer", outputs=(Port(name="o", tensor=image),)),
        Node(id="y", name="y", op="InputLayer", outputs=(Port(name="o"),)),
    )
    graph = Graph(name="net", nodes=nodes, inputs=("x", "y"), outputs=(Output(name="z", node="x"),))
    assert texts(ends_table(graph)) == [
        ("Input", "x", "(?, 8, 8, 3)", "float32"),
        ("Input", "y", "?", "?"),
        ("Output", "z", "(?, 8, 8, 3)", "float32"),
    ]
    assert ends_table(graph).rows[0].cells[2].value == (None, 8, 8, 3)
