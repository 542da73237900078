"""Boxes for what a caller's patterns mean."""

import pytest
from fold_accounts import unaccounted, unfolds
from hypothesis import given
from hypothesis import strategies as st
from paper_models import Net, resnet, unet
from random_graphs import graphs

from cutaway.analysis.check import check
from cutaway.analysis.fold import fold, unfold
from cutaway.errors import CutawayWarning, InputError
from cutaway.graph import Scope
from cutaway.record import replace

TRIPLE = {"ConvBNReLU": "Conv2D > BatchNormalization > ReLU"}
BODY = "(Conv2D > BatchNormalization > ReLU){2} > Conv2D > BatchNormalization"
BOTTLENECK = f"({BODY} | (Conv2D > BatchNormalization)?) > Add > ReLU"


def test_each_match_is_a_box_of_its_name_and_equal_ones_in_a_row_are_one():
    net = Net("triples")
    x = net.add("InputLayer")
    for filters in (8, 8, 8, 16):
        x = net.add("ReLU", net.add("BatchNormalization", net.add("Conv2D", x, filters=filters)))
    folded = fold(net.graph(net.add("Dense", x)), TRIPLE)
    assert [(block.id, block.name, block.count, len(block.nodes)) for block in folded.blocks.values()] == [
        ("ConvBNReLU", "ConvBNReLU", 3, 9),
        ("ConvBNReLU (4)", "ConvBNReLU", 1, 3),
    ]
    assert [node.op for node in folded.graph.nodes] == ["InputLayer", "Block", "Block", "Dense"]
    assert folded.patterns[0].family == folded.patterns[1].family


def test_branches_are_a_box_and_the_first_block_of_a_stage_another():
    folded = fold(resnet(), {"Bottleneck": BOTTLENECK})
    assert [(block.count, len(block.instances[0])) for block in folded.blocks.values()] == [
        (1, 12), (2, 10), (1, 12), (3, 10), (1, 12), (5, 10), (1, 12), (2, 10),
    ]  # fmt: skip
    assert {block.name for block in folded.blocks.values()} == {"Bottleneck"}


def test_patterns_are_looked_for_in_their_order():
    folded = fold(unet(), {"Double": "(Conv2D > ReLU){2}", "Head": "Conv2D"})
    assert [block.name for block in folded.blocks.values()] == ["Double"] * 9 + ["Head"]


def test_what_is_found_nowhere_is_said():
    with pytest.warns(CutawayWarning, match="GRU = 'GRU > Dense' is found nowhere in 'resnet'"):
        assert fold(resnet(), {"GRU": "GRU > Dense"}).graph == fold(resnet()).graph


def test_what_repeats_around_named_boxes_is_open_and_other_runs_are_folded():
    folded = fold(resnet(), TRIPLE)
    runs = [block for block in folded.blocks.values() if not block.is_named]
    assert [(block.count, block.is_open) for block in runs] == [(2, True), (3, True), (5, True), (2, True)]
    drawn = {node.id for node in folded.graph.nodes}
    named = [block for block in folded.blocks.values() if block.is_named]
    assert {block.id for block in named} <= drawn
    assert {node.scope for node in folded.graph.nodes if node.op == "Block"} == {None, *(block.id for block in runs)}
    assert unaccounted(folded) == []
    assert unfolds(folded)


def test_what_does_not_hold_named_boxes_is_folded_as_runs():
    folded = fold(resnet(), {"Head": "GlobalAveragePooling2D > Dense"})
    assert [(block.name, block.count) for block in folded.blocks.values() if block.is_named] == [("Head", 1)]
    assert {block.is_open for block in folded.blocks.values()} == {False}
    assert len(folded.blocks) > 1


def test_what_is_no_pattern_is_refused():
    with pytest.raises(InputError, match="cannot read 'Conv2D >' as a pattern"):
        fold(resnet(), {"X": "Conv2D >"})


def test_a_match_lies_in_one_nested_model():
    net = Net("nested")
    conv = net.add("Conv2D", net.add("InputLayer"))
    graph = net.graph(net.add("ReLU", net.add("BatchNormalization", conv)))
    nodes = tuple(replace(node, scope="inner" if node.id == conv else None) for node in graph.nodes)
    nested = replace(graph, nodes=nodes, scopes=(Scope(id="inner", name="inner", op="Model"),))
    with pytest.warns(CutawayWarning, match="found nowhere"):
        assert not fold(nested, TRIPLE).blocks


def test_a_block_is_unfolded_by_its_id():
    folded = fold(resnet(), TRIPLE, most=1000)
    block = next(block for block in folded.blocks.values() if block.count == 1)
    step = unfold(folded, block.id)
    assert set(step.blocks) == set(folded.blocks) - {block.id}
    assert len(step.graph.nodes) == len(folded.graph.nodes) + 2
    assert unfolds(folded)


@pytest.mark.filterwarnings("ignore::cutaway.errors.CutawayWarning")
@given(
    graphs(most=16),
    st.sampled_from(["Dense > Dense", "Dense+", "(Dense | Dense) > Dense", "(Dense | ) > Dense"]),
    st.sampled_from([0, 6, 40]),
)
def test_nothing_is_lost_and_everything_comes_back(graph, pattern, most):
    folded = fold(graph, {"Chain": pattern}, most=most)
    assert unaccounted(folded) == []
    assert check(folded.graph) == ()
    assert unfolds(folded)
