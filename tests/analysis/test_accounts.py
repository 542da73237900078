"""What ids stand for, over several steps."""

from hypothesis import given
from small_graphs import chain, graphs

from cutaway.analysis.accounts import Accounts
from cutaway.analysis.collapse import close, collapse
from cutaway.analysis.hide import hide
from cutaway.graph import Graph


def passed(graph: Graph, *steps):
    accounts, left = Accounts(graph), graph
    for step in steps:
        done = step(left)
        accounts.pass_on(done.stands_for, done.graph)
        left = done.graph
    return left, accounts.of(left)


@given(graphs())
def test_two_closings_are_one(graph):
    inner = [scope.id for scope in graph.scopes if scope.parent is not None]
    outer = [scope.id for scope in graph.scopes if scope.parent is None]
    left, accounts = passed(graph, lambda each: close(each, inner), lambda each: close(each, outer))
    once = collapse(graph, 0)
    assert left == once.graph
    assert {key: set(ids) for key, ids in accounts.items()} == {
        key: set(ids) for key, ids in once.stands_for.items() if ids
    }


def test_a_line_to_an_output_keeps_what_it_stands_for():
    graph = chain("Dense", "ReLU", "Dropout")
    last = graph.nodes[-1].id
    left, accounts = passed(graph, lambda each: hide(each, [last]).collapsed)
    (output,) = left.outputs
    assert last in accounts[f"{output.node}:{output.port}->{output.name}"]
