from hypothesis import given
from hypothesis import strategies as st
from small_graphs import graphs

from cutaway.analysis.collapse import collapse
from cutaway.graph import Graph, Node, Scope
from cutaway.views.summary.tree import tree


@given(graphs(), st.sampled_from([None, 0, 1, 2]))
def test_every_node_and_scope_is_an_entry_or_hidden_in_one(graph, depth):
    found = tree(graph, depth)
    shown = {entry.id for entry in found.entries}
    assert len(shown) == len(found.entries)
    for item in (*graph.nodes, *graph.scopes):
        assert found.visible(item.id) in shown
        assert (item.id in shown) != (item.id in found.hidden)


@given(graphs(), st.sampled_from([0, 1, 2]))
def test_what_is_closed_is_what_a_figure_closes(graph, depth):
    closed = collapse(graph, depth).graph
    leaves = [entry.id for entry in tree(graph, depth).entries if not entry.is_open]
    assert sorted(leaves) == sorted(node.id for node in closed.nodes)


@given(graphs())
def test_entries_follow_what_they_lie_in_one_step_deeper(graph):
    stack: list[str] = []
    for entry in tree(graph, None).entries:
        del stack[entry.depth :]
        assert len(stack) == entry.depth
        assert entry.parent == (stack[-1] if stack else None)
        stack.append(entry.id)


@given(graphs())
def test_without_scopes_the_order_is_that_of_the_graph(graph):
    flat = Graph(name="flat", nodes=tuple(node for node in graph.nodes if node.scope is None))
    assert [entry.id for entry in tree(flat, None).entries] == [node.id for node in flat.nodes]


@given(graphs())
def test_names_are_unique_in_their_parent(graph):
    names = [(entry.parent, entry.name) for entry in tree(graph, None).entries]
    assert len(names) == len(set(names))


def test_models_nested_very_deeply_are_opened():
    count = 3000
    scopes = tuple(Scope(id=f"s{n}", name=f"s{n}", op="M", parent=f"s{n - 1}" if n else None) for n in range(count))
    graph = Graph(name="deep", nodes=(Node(id="x", name="x", op="Dense", scope=f"s{count - 1}"),), scopes=scopes)
    assert [entry.depth for entry in tree(graph, None).entries] == list(range(count + 1))


def test_a_nested_model_without_layers_is_an_entry():
    graph = Graph(name="g", nodes=(Node(id="x", name="x", op="Dense"),), scopes=(Scope(id="s", name="s", op="M"),))
    assert [entry.id for entry in tree(graph, None).entries] == ["x", "s"]
