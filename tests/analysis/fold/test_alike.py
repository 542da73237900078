"""Whether a block holds all that is called alike."""

import pytest

from cutaway.analysis.fold import Block
from cutaway.analysis.fold.recognition import Alike
from cutaway.graph import Graph, Node


def alike(held: tuple[str, ...], *others: str) -> tuple[Alike, Block]:
    block = Block(id="down1", name="", instances=(held,), pattern=0)
    graph = Graph(name="net", nodes=tuple([Node(id=each, name=each, op="Layer") for each in ("down1", *others)]))
    return Alike(graph, (block,)), block


@pytest.mark.parametrize(
    ("others", "is_all"),
    [
        (("head",), True),
        (("down10_conv", "down"), True),
        (("down1_pool",), False),
        (("down1.pool",), False),
        (("a/down1",), False),
    ],
)
def test_a_block_holds_a_name_where_no_other_node_begins_with_its_words(others, is_all):
    model, block = alike(("down1_conv", "down1.conv2"), *others)
    assert model.is_all("down1", block) is is_all


def test_a_block_holds_a_scope_where_all_nodes_of_it_are_in_the_block():
    model, block = alike(("encoder/one", "encoder/two"), "encoder2/one", "head/encoder")
    assert model.is_whole("encoder", block)
    model, block = alike(("encoder/one", "encoder/two"), "encoder/three")
    assert not model.is_whole("encoder", block)
