"""Where a model is folded unasked: where something in it repeats, or where its layers are too many to read."""

from dataclasses import replace

import pytest
from small_graphs import chain

from cutaway.analysis.reduction import Reducing, reduced
from cutaway.graph import Graph
from cutaway.sources.attributes import plain


def dilated(layers: int, *, equal: int = 0) -> Graph:
    """Return a chain of convolutions no two of which are dilated alike, but `equal` ones at its end."""
    graph = chain(*["Conv1D"] * layers)
    nodes = [
        replace(node, attributes=plain({"dilation_rate": min(place, layers + 1 - equal)}))
        for place, node in enumerate(graph.nodes)
    ]
    return replace(graph, nodes=tuple(nodes))


@pytest.mark.parametrize("layers", [20, 45, 59])
def test_a_small_model_in_which_nothing_repeats_is_drawn_whole(layers: int) -> None:
    graph = dilated(layers)
    left = reduced(graph, Reducing())
    assert left.graph.nodes == graph.nodes
    assert not left.blocks


def test_a_large_one_is_readable_all_the_same() -> None:
    assert len(reduced(dilated(60), Reducing()).graph.nodes) <= 40


def test_repeats_of_a_small_one_are_folded() -> None:
    left = reduced(dilated(45, equal=8), Reducing())
    assert 8 in {block.count for block in left.blocks.values()}


def test_who_asks_for_fewer_boxes_gets_no_more() -> None:
    assert len(reduced(dilated(45), Reducing(most=28)).graph.nodes) <= 28
