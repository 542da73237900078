"""Runs in graphs: those that are planted are found, those that are found are true, and names make no difference."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from paper_models import Net, gpt2
from random_graphs import graphs
from renaming import renaming

from cutaway.analysis.repeat import levels, runs
from cutaway.graph import Graph, Scope

OPS = ["Dense", "ReLU", "LayerNormalization", "Dropout"]
bodies = st.lists(st.tuples(st.sampled_from(OPS), st.integers(1, 3)), min_size=2, max_size=5)


def every(graph: Graph):
    """Return all runs of a graph, with their levels."""
    found = []
    for level in levels(graph).values():
        waiting = [*runs(level)]
        for run in waiting:
            found.append((level, run))
            waiting += run.within
    return found


def residual(body, count, *, before=(), behind=()) -> Graph:
    """Return a graph with `count` residual blocks in a row."""
    net = Net("planted")
    x = net.chain(net.add("InputLayer"), *before)
    for _ in range(count):
        y = x
        for op, size in body:
            y = net.add(op, y, size=size)
        x = net.add("Add", x, y)
    return net.graph(net.chain(x, *behind))


@given(bodies, st.integers(2, 6))
def test_planted_blocks_are_found(body, count):
    level = levels(residual(body, count, before=("Stem",), behind=("Head",)))[None]
    (run,) = runs(level)
    assert (run.start, run.period, run.count) == (2, len(body) + 1, count)
    assert not run.side_by_side


@given(bodies, st.integers(3, 6))
def test_a_block_that_is_read_from_elsewhere_ends_a_run(body, count):
    graph = residual(body, count)
    level = levels(graph)[None]
    adds = [node.id for node in graph.nodes if node.op == "Add"]
    tapped = replace(graph, outputs=(*graph.outputs, replace(graph.outputs[0], node=adds[1])))
    assert [run.count for run in runs(level)] == [count]
    assert next(run.count for run in runs(levels(tapped)[None])) == 2


@given(bodies, st.integers(2, 4))
def test_an_attribute_that_differs_makes_another_block(body, count):
    graph = residual(body, 2 * count)
    place = 1 + count * (len(body) + 1)
    nodes = list(graph.nodes)
    nodes[place] = replace(nodes[place], attributes={"size": 99})
    found = runs(levels(replace(graph, nodes=tuple(nodes)))[None])
    assert all(not run.start <= place < run.stop for run in found if run.period == len(body) + 1)


@given(graphs())
def test_blocks_of_a_run_are_equal_node_by_node(graph):
    nodes = {node.id: node for node in graph.nodes}
    for level, run in every(graph):
        first = range(run.start, run.start + run.period)
        for number in range(1, run.count):
            for item in first:
                like = item + number * run.period
                ones, others = level.leaves[item], level.leaves[like]
                assert [nodes[one].op for one in ones] == [nodes[other].op for other in others]
                assert [nodes[one].attributes for one in ones] == [nodes[other].attributes for other in others]
                for (_, one, _), (_, other, _) in zip(level.feeds[item], level.feeds[like], strict=True):
                    inside = one in first
                    assert (other == one + number * run.period) if inside else (other == one or other >= run.start)


@given(graphs(), st.randoms(use_true_random=False))
def test_names_make_no_difference(graph, random):
    ids = [each.id for each in (*graph.nodes, *graph.scopes)]
    fresh = [f"name{place}" for place in range(len(ids))]
    random.shuffle(fresh)
    new = dict(zip(ids, fresh, strict=True))
    renamed = renaming(graph, new)
    before, after = levels(graph), levels(renamed)
    assert {None if scope is None else new[scope] for scope in before} == set(after)
    for scope, level in before.items():
        twin = after[None if scope is None else new[scope]]
        assert [new[item] for item in level.items] == list(twin.items)
        assert [(run.start, run.period, run.count) for run in runs(level)] == [
            (run.start, run.period, run.count) for run in runs(twin)
        ]


def test_cells_that_read_the_two_before_them_are_a_run():
    """Zoph et al. 2018, figure 2."""
    net = Net("cells")
    before, last = net.add("InputLayer"), net.add("InputLayer")
    for _ in range(5):
        cell = net.add("Add", net.add("Conv2D", last), net.add("Pool", before))
        before, last = last, cell
    (run,) = runs(levels(net.graph(last))[None])
    assert (run.period, run.count) == (3, 5)
    assert sorted(back for back, *_ in run.proof.carried) == [1, 2]


def test_parallel_branches_are_a_run_side_by_side():
    net = Net("branches")
    x = net.add("InputLayer")
    branches = [net.chain(x, "Conv2D", "ReLU") for _ in range(4)]
    (run,) = runs(levels(net.graph(net.add("Add", *branches)))[None])
    assert (run.period, run.count, run.side_by_side) == (2, 4, True)


def test_nested_models_are_compared_by_what_is_in_them():
    net = Net("nested")
    x = net.add("InputLayer")
    scopes = []
    for number in range(3):
        first, second = net.add("Dense", x, units=4), None
        second = net.add("ReLU", first)
        scopes.append((f"block{number}", first, second))
        x = second
    graph = net.graph(x)
    owner = {each: scope for scope, *inside in scopes for each in inside}
    nested = replace(
        graph,
        nodes=tuple(replace(node, scope=owner.get(node.id)) for node in graph.nodes),
        scopes=tuple(Scope(id=scope, name=scope, op="Sequential") for scope, *_ in scopes),
    )
    (run,) = runs(levels(nested)[None])
    assert (run.period, run.count) == (1, 3)


@pytest.mark.parametrize(("shapes", "found"), [(False, 1), (True, 0)])
def test_shapes_count_by_choice(shapes, found):
    graph = gpt2(2)
    tensors = {"layer_4": (None, 7, 768), "layer_11": (None, 8, 768)}
    nodes = tuple(
        replace(
            node, outputs=(replace(node.outputs[0], tensor=replace(node.outputs[0].tensor, shape=tensors[node.id])),)
        )
        if node.id in tensors
        else node
        for node in graph.nodes
    )
    assert len(runs(levels(replace(graph, nodes=nodes), shapes=shapes)[None])) == found
