"""Blocks in blocks: a box where another drawing explains them."""

import paper_models

from cutaway.analysis.fold import fold
from cutaway.analysis.simplify import simplify
from cutaway.views.explaining.plan import plans


def swin_plans():
    folded = fold(simplify(paper_models.swin()).graph, most=20)
    return folded, plans(folded.blocks, folded.patterns)


def test_what_holds_two_blocks_that_are_explained_is_drawn_as_these():
    _, found = swin_plans()
    outer = [plan for plan in found if plan.closed]
    assert outer
    for plan in outer:
        assert len(plan.closed) >= 2
        held = {one.like.id for one in plan.inner.values()}
        assert held <= {block for other in found for block in other.blocks}


def test_a_block_in_a_block_is_one_more_of_its_likes_but_no_box_of_the_figure():
    folded, found = swin_plans()
    inner = {one.block.id for plan in found for one in plan.inner.values()}
    assert inner == {block for plan in found for member in plan.members if member.is_inner for block in member.blocks}
    assert inner.isdisjoint(folded.blocks)
    assert sorted(block for plan in found for block in plan.blocks) == sorted(
        block.id for block in folded.blocks.values() if not block.is_open
    )


def test_layers_are_drawn_once_either_alone_or_in_a_box():
    _, found = swin_plans()
    for plan in found:
        for member in plan.members:
            own = [node.id for node in member.nodes if node]
            boxed = [node for one in own if one in plan.inner for node in plan.inner[one].block.nodes]
            assert len({*own, *boxed}) == len(own) + len(boxed)
