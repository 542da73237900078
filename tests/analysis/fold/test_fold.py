"""Folding: nothing is lost, everything comes back, and counts say whose weights they count."""

from dataclasses import replace
from itertools import pairwise

import pytest
from fold_accounts import too_large, unaccounted, unfolds
from hypothesis import given
from hypothesis import strategies as st
from paper_models import Net, gpt2, resnet, t5
from random_graphs import graphs
from renaming import renaming

from cutaway.analysis.check import check
from cutaway.analysis.fold import Folding, fold, unfold
from cutaway.analysis.measures import Measures
from cutaway.errors import InputError
from cutaway.graph import Edge, Graph, Kind, Node, Output, Port, Scope, Tensor, Weight

ways = st.sampled_from(["auto", "none", 0, 1, 2])


@given(graphs(most=16), ways, st.integers(2, 8))
def test_nothing_is_lost_and_everything_comes_back(graph, level, most):
    folded = fold(graph, level, most=most)
    assert unaccounted(folded) == []
    assert check(folded.graph) == ()
    assert unfolds(folded)
    assert too_large(folded) == [] or len(graph.nodes) <= 2


def test_nothing_is_folded_without_need():
    assert fold(gpt2(3)).blocks == {}
    assert fold(gpt2(12), "none").graph == gpt2(12)


def test_a_depth_opens_runs():
    closed, opened = fold(resnet(), 0), fold(resnet(), 1)
    assert [block.is_open for block in closed.blocks.values()] == [False] * 4
    assert [block.is_open for block in opened.blocks.values()] == [True] * 4
    assert len(opened.graph.nodes) - len(closed.graph.nodes) == 4 * 10 - 4


def test_a_block_is_unfolded_by_its_id():
    folded = fold(resnet())
    block = next(block for block in folded.blocks.values() if block.count == 5)
    step = unfold(folded, block.id)
    assert set(step.blocks) == set(folded.blocks) - {block.id}
    assert len(step.graph.nodes) == len(folded.graph.nodes) + 49
    with pytest.raises(InputError, match="cannot unfold 'nothing'"):
        unfold(folded, "nothing")


@pytest.mark.parametrize("level", ["most", -1])
def test_another_level_is_refused(level):
    with pytest.raises(InputError, match="choose 'auto', 'none', a depth"):
        fold(gpt2(), level)


def weighted(shared):
    """Return a decoder whose layers have a weight each; in some blocks that of the first."""
    graph = gpt2()
    nodes = []
    for place, node in enumerate(graph.nodes):
        block, offset = divmod(place - 4, 7)
        owner = 4 + offset if 0 < block < shared and place < 88 else place
        weight = Weight(key=f"layer_{owner}/kernel", shape=(3,), dtype="float32", trainable=True)
        nodes.append(replace(node, weights=() if node.op in {"Add", "InputLayer"} else (weight,)))
    return replace(graph, nodes=tuple(nodes))


@pytest.mark.parametrize(
    ("shared", "sharing", "label", "layers"),
    [
        (0, "own weights", "× 12", 12),
        (12, "same weights", "12 calls, same weights", 1),
        (6, "some weights shared", "× 12, some weights shared", 7),
    ],
)
def test_counts_say_whose_weights_they_count_and_sums_are_exact(shared, sharing, label, layers):
    graph = weighted(shared)
    folded = fold(graph, 0)
    (block,) = folded.blocks.values()
    assert (block.sharing, block.label) == (sharing, label)
    nodes = [each for each in folded.stands_for[block.id] if each in {node.id for node in graph.nodes}]
    assert sorted(nodes) == sorted(block.nodes)
    assert Measures(graph)["parameters"].total(block.nodes).value == 5 * 3 * layers


@pytest.mark.parametrize("width", [2, 3])
def test_weights_that_blocks_have_in_other_places_are_shared(width):
    nodes = [Node(id="input", name="input", op="InputLayer", kind=Kind.INPUT, outputs=(Port(name="x"),))]
    for place in range(4 * width):
        block, offset = divmod(place, width)
        weight = Weight(key=f"w{(block + offset) % 4}", shape=(3,), dtype="float32", trainable=True)
        node = Node(
            id=f"n{place}",
            name=f"n{place}",
            op=f"Part{offset}",
            inputs=(Port(name="x"),),
            outputs=(Port(name="y"),),
            weights=(weight,),
        )
        nodes.append(node)
    edges = tuple(Edge(source=one.id, target=other.id) for one, other in pairwise(nodes))
    output = Output(name="out", node=nodes[-1].id)
    folded = fold(Graph(name="m", nodes=tuple(nodes), edges=edges, inputs=("input",), outputs=(output,)), 0)
    assert [block.label for block in folded.blocks.values()] == ["× 4, some weights shared"]


def test_blocks_that_differ_in_numbers_are_of_one_family():
    folded = fold(resnet())
    bottlenecks = [folded.patterns[block.pattern] for block in folded.blocks.values() if block.count > 1]
    assert len(bottlenecks) == len({block.pattern for block in folded.blocks.values() if block.count > 1}) == 4
    assert len({pattern.family for pattern in bottlenecks}) == 1


def test_a_pattern_is_the_part_of_the_graph_that_a_block_is():
    folded = fold(t5(), 0)
    for block in folded.blocks.values():
        pattern = folded.patterns[block.pattern]
        assert {node.id for node in pattern.graph.nodes} == set(block.instances[0])
        assert check(pattern.graph) == ()
        assert len(pattern.exits) == 1
        assert pattern.entries


def test_blocks_of_a_run_may_differ_in_shapes_and_in_what_only_training_knows():
    net = Net("differing")
    x = net.add("InputLayer")
    for number in range(4):
        x = net.add("Add", net.add("Dropout", net.add("Dense", x), rate=number / 10), x)
    graph = net.graph(x)
    nodes = [replace(node, kind=Kind.REGULARIZATION) if node.op == "Dropout" else node for node in graph.nodes]
    (block,) = fold(replace(graph, nodes=tuple(nodes)), 0).blocks.values()
    assert block.count == 4
    longer = Tensor(shape=(None, 8, 4))
    nodes[1] = replace(nodes[1], outputs=(replace(nodes[1].outputs[0], tensor=longer),))
    (block,) = fold(replace(graph, nodes=tuple(nodes)), 0).blocks.values()
    assert block.count == 4


@given(st.randoms(use_true_random=False))
def test_names_make_no_difference_to_repeats(random):
    graph = resnet((2, 3))
    names = [f"x{number}" for number in range(len(graph.nodes))]
    random.shuffle(names)
    new = dict(zip([node.id for node in graph.nodes], names, strict=True))
    blocks, renamed = (fold(each, 0).blocks.values() for each in (graph, renaming(graph, new)))
    assert [[[new[node] for node in one] for one in block.instances] for block in blocks] == [
        [list(one) for one in block.instances] for block in renamed
    ]


def nested(count, *, odd=None):
    """Return a chain of nested models of five layers, of which one may be unlike the others."""
    net = Net("nested")
    x = net.add("InputLayer")
    owner = {}
    for number in range(count):
        for layer in range(5):
            x = net.add("Dense", x, units=7 if (number, layer) == odd else 4)
            owner[x] = f"block{number}"
    graph = net.graph(x)
    return replace(
        graph,
        nodes=tuple(replace(node, scope=owner.get(node.id)) for node in graph.nodes),
        scopes=tuple(Scope(id=scope, name=scope, op="Sequential") for scope in dict.fromkeys(owner.values())),
    )


def test_nested_models_that_stay_closed_count_as_one_box():
    graph = nested(20, odd=(9, 2))
    assert fold(graph, depth=0, most=21).blocks == {}
    folded = fold(graph, depth=0, most=20)
    assert [block.count for block in folded.blocks.values()] == [9, 10]
    assert [node.id for node in folded.graph.nodes if node.scope] == [f"layer_{46 + place}" for place in range(5)]
    assert unfolds(folded)


def test_closed_models_are_equal_only_if_their_insides_are():
    assert [block.count for block in fold(nested(6), 0, depth=0).blocks.values()] == [6]
    assert [block.count for block in fold(nested(6, odd=(5, 4)), 0, depth=0).blocks.values()] == [5]


def test_folds_of_fewer_boxes_are_those_that_are_made_alone():
    folding = Folding(resnet())
    for most in (40, 28, 20, 14, 10, 7):
        again, alone = folding.at(most), fold(resnet(), most=most)
        assert (again.graph, again.blocks, again.stands_for) == (alone.graph, alone.blocks, alone.stands_for)
        assert len(again.graph.nodes) <= most


def test_scopes_that_data_leaves_and_enters_again_are_not_grouped():
    net = Net("m")
    x = net.chain(net.add("InputLayer"), *["Dense", "Conv2D"] * 8)
    graph = net.graph(x)
    nodes = [replace(node, scope=node.op) if node.kind is not Kind.INPUT else node for node in graph.nodes]
    scopes = tuple([Scope(id=op, name=op, op="Functional") for op in ("Dense", "Conv2D")])
    assert check(fold(replace(graph, nodes=tuple(nodes), scopes=scopes), most=5).graph) == ()
