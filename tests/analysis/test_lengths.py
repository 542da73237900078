"""Open lengths of sequences have names, as far as they are known to be such."""

import paper_models
import pytest
from paper_models import Net

from cutaway.analysis.lengths import named_lengths
from cutaway.analysis.shapes import infer
from cutaway.graph import Graph, Kind, Port, Tensor
from cutaway.record import replace


def read_by_embedding(*names: str, joins: str | None = None, width: int = 4, dtype: str = "int32") -> Graph:
    net = Net("net")
    inputs = [net.add("InputLayer", name=name) for name in names]
    embedded = [net.add("Embedding", each, input_dim=9, output_dim=width, kind=Kind.EMBEDDING) for each in inputs]
    graph = net.graph(*([net.add(joins, *embedded)] if joins else embedded))
    port = Port(name="output", tensor=Tensor(shape=(None, None), dtype=dtype))
    nodes = [replace(node, outputs=(port,)) if node.id in graph.inputs else node for node in graph.nodes]
    return infer(replace(graph, nodes=tuple(nodes)), verify=False)


def shapes(graph: Graph) -> dict[str, object]:
    return {node.id: node.outputs[0].tensor.shape for node in named_lengths(graph).nodes}


def test_the_length_of_what_an_embedding_reads_is_t():
    graph = read_by_embedding("tokens")
    assert list(shapes(graph).values()) == [(None, "T"), (None, "T", 4)]


def test_lengths_that_are_added_are_one():
    found = list(shapes(read_by_embedding("tokens", "positions", "segments", joins="Add")).values())
    assert found[:3] == [(None, "T")] * 3
    assert found[-1] == (None, "T", 4)


def test_lengths_that_never_meet_have_two_names_that_of_the_output_t():
    graph = read_by_embedding("source", "target")
    graph = replace(graph, outputs=graph.outputs[1:])
    assert {name: shape[1] for name, shape in shapes(graph).items() if name in graph.inputs} == dict(
        zip(graph.inputs, ("S", "T"), strict=True)
    )


@pytest.mark.parametrize("joins", ["Concatenate", "Dot"])
def test_what_is_not_joined_place_by_place_has_no_common_length(joins):
    graph = read_by_embedding("one", "two", joins=joins)
    assert len({shapes(graph)[name] for name in graph.inputs}) == 2


def test_an_embedding_reads_indices_whatever_type_the_input_says():
    """That of an input of Keras is float32 where none is given, and its embeddings cast."""
    assert list(shapes(read_by_embedding("tokens", dtype="float32")).values()) == [(None, "T"), (None, "T", 4)]


def test_what_is_no_sequence_stays_as_it_is():
    graph = paper_models.resnet()
    assert named_lengths(graph) is graph
