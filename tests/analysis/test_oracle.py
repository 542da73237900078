"""What Keras 3.15 says of 218 calls of 127 layer classes, against the rules of shapes and the formulas of weights."""

import json
from collections.abc import Mapping
from math import prod
from pathlib import Path

import pytest

from cutaway.analysis.complete import complete
from cutaway.analysis.count import count
from cutaway.graph import Edge, Graph, Kind, Node, Port, Tensor
from cutaway.sources.attributes import plain

pytestmark = pytest.mark.corpus

STORED = {"dtype": "float32", "data_format": "channels_last"}
"""What every config holds, and the oracle's arguments leave out because they are Keras' defaults."""

OWN = {"HashedCrossing": {"dtype": "int64"}}
"""The same of classes that have a default of their own."""


@pytest.fixture(scope="module")
def rows(corpus: Path) -> list[dict]:
    return json.loads((corpus / "layer_oracle.json").read_text())


def config(arguments: Mapping) -> dict:
    """Return the attributes that a file has for a layer made with these arguments."""
    held = {**STORED, **arguments}
    for key in ("layer", "cell"):
        if key in held:
            name, inner = held[key]
            held[key] = {"class_name": name, "config": config(inner)}
    return held


def asked(row: Mapping) -> Graph:
    """Return a graph of one call of the layer; the inputs are known and the output is not."""
    several = isinstance(row["input_shape"][0], list)
    shapes = row["input_shape"] if several else [row["input_shape"]]
    number = len(row["out"]) if isinstance(row["out"][0], list) else 1
    sources = [
        Node(
            id=f"in{place}",
            name=f"in{place}",
            op="InputLayer",
            kind=Kind.INPUT,
            outputs=(Port(name="out", tensor=Tensor(shape=(None, *shape), dtype="float32")),),
        )
        for place, shape in enumerate(shapes)
    ]
    layer = Node(
        id="layer",
        name="layer",
        op=row["cls"],
        inputs=tuple(Port(name=f"input {place}") for place in range(len(shapes))),
        outputs=tuple(Port(name=f"out {place}") for place in range(number)),
        attributes=plain({**config(row["kwargs"]), **OWN.get(row["cls"], {})}),
        trainable=True,
    )
    edges = tuple(Edge(source=node.id, target="layer", target_port=place) for place, node in enumerate(sources))
    return Graph(name="one", nodes=(*sources, layer), edges=edges, inputs=tuple(node.id for node in sources))


def test_every_output_is_equal(rows):
    wrong = []
    for row in rows:
        outputs = [port.tensor for port in complete(asked(row)).nodes[-1].outputs]
        shapes = row["out"] if isinstance(row["out"][0], list) else [row["out"]]
        dtypes = row["out_dtype"] if isinstance(row["out_dtype"], list) else [row["out_dtype"]]
        for tensor, shape, dtype in zip(outputs, shapes, dtypes, strict=True):
            if tensor.shape is None or (list(tensor.shape), tensor.dtype) != (shape, dtype):
                wrong.append(f"{row['cls']} {row['kwargs']}: {tensor} instead of {shape} {dtype}")
    assert wrong == []


def test_every_weight_is_equal(rows):
    wrong = []
    for row in rows:
        node = complete(asked(row)).nodes[-1]
        told = [(weight.key, weight.shape, weight.dtype, weight.trainable) for weight in node.weights or ()]
        expected = [(within(name), tuple(shape), dtype, trained) for name, shape, dtype, trained in row["weights"]]
        if node.weights is None or told != expected:
            wrong.append(f"{row['cls']} {row['kwargs']}: {told} instead of {expected}")
    assert wrong == []


def within(path: str) -> str:
    """Return the key in the graph of the weight of this path, in which the layer has the name that Keras gave it."""
    return f"layer/{path.partition('/')[2]}"


def test_every_count_is_equal(rows):
    wrong = []
    for row in rows:
        found = count(complete(asked(row)).nodes)
        trained = sum(prod(shape) for _, shape, _, trained in row["weights"] if trained)
        if (found.total, found.trainable, found.untold, found.exact) != (row["params"], trained, 0, True):
            wrong.append(f"{row['cls']} {row['kwargs']}: {found} instead of {row['params']} of which {trained} trained")
    assert wrong == []


def test_the_oracle_is_whole(rows):
    assert len(rows) == 218
    assert len({row["cls"] for row in rows}) == 127
