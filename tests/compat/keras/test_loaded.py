"""What a summary says of weights of which nothing tells whether they are trained."""

import pytest
from summary_text import cells, printed
from weights_files import archive, tree, values

from cutaway.compat.keras import print_summary
from cutaway.graph import Graph, Node, Port, Tensor, Weight


def node(name, op="Own", trainable=None, *weights):
    given = tuple(
        Weight(key=f"{name}/{key}", shape=(size,), dtype="float32", trainable=how) for key, size, how in weights
    )
    outputs = (Port(name="output", tensor=Tensor(shape=(None, 4), dtype="float32")),)
    return Node(id=name, name=name, op=op, outputs=outputs, weights=given, trainable=trainable)


def listed(*nodes):
    """Return what a summary says of each layer, whether it is trained, and the sums."""
    (text,) = printed(lambda **given: print_summary(Graph(name="net", nodes=nodes), **given), show_trainable=True)
    return {row[0]: row[-1] for row in cells(text)[1:]}, [
        line.split(" params: ")[1] for line in text.splitlines() if " params: " in line
    ]


def test_a_split_is_at_least_what_is_told_and_the_total_is_known():
    rows, sums = listed(
        node("a", "Dense", True, ("kernel", 3, True)), node("b", "Own", True, ("w", 5, None), ("frozen", 2, False))
    )
    assert rows == {"a(Dense)": "Y", "b(Own)": "Y"}
    assert sums == ["10 (40.00 B)", "at least 3 (at least 12.00 B)", "at least 2 (at least 8.00 B)"]


def test_nothing_that_is_told_is_a_question_mark():
    rows, sums = listed(node("a", "Own", None, ("w", 1600, None)))
    assert rows == {"a(Own)": "?"}
    assert sums == ["1,600 (6.25 KB)", "?", "?"]


def test_a_weight_without_values_leaves_nothing_open():
    _, sums = listed(node("a", "Own", True, ("w", 0, None), ("kernel", 3, True)))
    assert sums == ["3 (12.00 B)", "3 (12.00 B)", "0 (0.00 B)"]


def test_operations_hold_nothing_to_be_trained():
    rows, _ = listed(node("a", "Add"), node("b", "Dense", False, ("kernel", 3, False)))
    assert rows == {"a(Add)": "-", "b(Dense)": "N"}


@pytest.mark.filterwarnings("ignore::cutaway.CutawayWarning")
def test_layers_told_by_their_weights_alone_are_trained_or_not(tmp_path):
    config = {"module": "mine", "class_name": "Net", "registered_name": "mine>Net", "config": {"name": "net"}}
    path = archive(tmp_path / "net.keras", config, model_weights_h5=tree(first=[values(4, 3)], second=[values(3)]))
    (text,) = printed(lambda **given: print_summary(path, **given), show_trainable=True)
    assert [row[-1] for row in cells(text)[1:]] == ["?", "?"]
    assert " Total params: 15 (60.00 B)" in text
    assert " Trainable params: ?" in text.splitlines()
