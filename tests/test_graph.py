from cutaway.graph import Edge


def test_parallel_edges_have_ids_of_their_own():
    edges = [Edge(source="a", target="b", target_port=port) for port in range(2)]
    assert [edge.id for edge in edges] == ["a:0->b:0", "a:0->b:1"]
