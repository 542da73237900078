"""Chains of nodes: each node once, lines enter at the first and leave from the last, none runs in a circle."""

from hypothesis import given
from random_graphs import graphs, layers
from small_graphs import chain as line

from cutaway.graph import Edge
from cutaway.record import replace
from cutaway.views.volumes.chains import chains, parted


@given(graphs() | layers())
def test_each_node_is_in_one_chain(drawn):
    found = chains(drawn)
    assert sorted(name for chain in found for name in chain.nodes) == sorted(each.id for each in drawn.nodes)


@given(graphs() | layers())
def test_lines_enter_at_the_first_and_leave_from_the_last(drawn):
    home = {name: chain for chain in chains(drawn) for name in chain.nodes}
    for each in drawn.edges:
        if home[each.source] is not home[each.target]:
            assert each.source == home[each.source].nodes[-1]
            assert each.target == home[each.target].nodes[0]


@given(graphs() | layers())
def test_each_edge_inside_is_joined_or_skips(drawn):
    found = chains(drawn)
    home = {name: chain for chain in found for name in chain.nodes}
    inside = [each for each in drawn.edges if home[each.source] is home[each.target]]
    assert sorted(each.id for each in inside) == sorted(
        each.id for chain in found for each in (*chain.joined, *chain.skips)
    )
    for chain in found:
        for each in chain.joined:
            assert chain.nodes.index(each.target) == chain.nodes.index(each.source) + 1


@given(graphs() | layers())
def test_chains_stay_in_their_scope(drawn):
    scopes = {each.id: each.scope for each in drawn.nodes}
    for chain in chains(drawn):
        assert len({scopes[name] for name in chain.nodes}) == 1


def test_a_skip_is_inside():
    drawn = line("Dense", "Add")
    skip = Edge(source="input", target="add_2", target_port=1)
    (found,) = chains(replace(drawn, edges=(*drawn.edges, skip)))
    assert found.nodes == ("input", "dense_1", "add_2")
    assert found.skips == (skip,)
    assert found.joined == drawn.edges


def test_a_chain_ends_before_a_cut():
    found = chains(line("Dense", "Dense"), ["dense_1", "dense_2"])
    assert [chain.nodes for chain in found] == [("input",), ("dense_1",), ("dense_2",)]


def test_a_long_chain_goes_on_where_a_stage_begins():
    (found,) = chains(line(*["Dense"] * 5))
    reach = {name: 10.0 * place for place, name in enumerate(found.nodes, 1)}
    parts = parted(found, reach, 40.0, dict(zip(found.nodes, (1, 1, 1, 1, 2, 2), strict=True)))
    assert [len(part.nodes) for part in parts] == [4, 2]
    assert [len(part.joined) for part in parts] == [3, 1]
    assert parted(found, reach, 40.0, dict.fromkeys(found.nodes, 1)) == (found,)
