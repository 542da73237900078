"""How large a model is, in words."""

from cutaway.graph import Graph, Node, Weight
from cutaway.views.naming import tally


def layer(name: str, owner: str | None = None, key: str = "", *, trainable: bool | None = True) -> Node:
    weights = (Weight(key=key, shape=(2,), dtype="float32", trainable=True),) if key else None
    return Node(id=name, name=name, op="Dense", layer=owner, weights=weights, trainable=trainable)


def test_a_layer_counts_once_however_often_it_is_called():
    nodes = (layer("a"), layer("a#2", "a"), layer("b", key="w"), layer("c/b", key="w"), layer("add", trainable=None))
    assert tally(Graph(name="net", nodes=nodes)) == ("2 layers", "1 operation")
