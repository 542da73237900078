from cutaway.graph import Edge, Graph


def test_parallel_edges_have_ids_of_their_own():
    edges = [Edge(source="a", target="b", target_port=port) for port in range(2)]
    assert [edge.id for edge in edges] == ["a:0->b:0", "a:0->b:1"]


def test_a_graph_says_in_short_what_it_is() -> None:
    assert repr(Graph(name="net", op="Functional")) == "<Graph 'net' (Functional): 0 nodes, 0 edges, 0 scopes>"
