"""Plans: which patterns one drawing explains."""

import paper_models

from cutaway.analysis.fold import fold
from cutaway.analysis.simplify import simplify
from cutaway.views.explaining.plan import plans


def resnet_plans(graph):
    folded = fold(graph, most=14)
    return [plan for plan in plans(folded.blocks, folded.patterns) if len(plan.names) > 4]


def test_blocks_with_a_projection_and_without_are_one_plan():
    (plan,) = resnet_plans(simplify(paper_models.resnet()).graph)
    assert [len(member.nodes) for member in plan.members] == [5] * 8
    assert [len(member.shortcut) for member in plan.members] == [1, 0] * 4
    assert sum(member.count for member in plan.members) == 3 + 4 + 6 + 3
    for member in plan.members:
        assert [node.op for node in member.nodes] == ["Conv2D", "Conv2D", "Conv2D", "Add", "ReLU"]


def test_a_shortcut_may_hold_several_layers():
    (plan,) = resnet_plans(paper_models.resnet())
    assert [[node.op for node in member.shortcut] for member in plan.members[:2]] == [
        ["Conv2D", "BatchNormalization"],
        [],
    ]


def test_a_tensor_that_enters_twice_begins_at_one_stub():
    (plan,) = resnet_plans(simplify(paper_models.resnet()).graph)
    starts = [edge.source for edge in plan.graph.edges if edge.source in plan.stubs]
    assert len(starts) == 2
    assert len(set(starts)) == 1


def test_blocks_of_other_structure_are_plans_of_their_own():
    folded = fold(paper_models.whisper(), most=14)
    titles = [plan.called for plan in plans(folded.blocks, folded.patterns)]
    assert len(titles) == len({block.pattern for block in folded.blocks.values()})
