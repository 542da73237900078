"""What layers of unknown doing may make of the batch, and what is certain again behind them."""

import keras_configs as k
import pytest

from cutaway.analysis.complete import complete
from cutaway.analysis.cost import costs
from cutaway.analysis.cost.batch import front
from cutaway.analysis.measures import Amount, Measures
from cutaway.analysis.rules import LayerRule
from cutaway.graph import Node, Port, Tensor, Weight
from cutaway.sources import read


def tensor(shape):
    return Tensor(shape=shape, dtype="float32")


def custom(given, made, weights=()):
    """Return a custom layer between tensors of some shapes, those of its inputs for a batch of one."""
    ins = tuple([Port(name=f"input {place}", tensor=tensor(shape)) for place, shape in enumerate(given)])
    outs = tuple([Port(name=f"output {place}", tensor=tensor(shape)) for place, shape in enumerate(made)])
    return Node(id="c", name="c", op="Mystery", custom=True, inputs=ins, outputs=outs, weights=weights)


KERNEL = (Weight(key="c/kernel", shape=(3, 4), dtype="float32", trainable=True),)


@pytest.mark.parametrize(
    ("given", "made", "weights", "rows", "doubt"),
    [
        ([(1, 8, 8, 16)], [(None, 8, 8, 16)], (), 1, False),  # an activation
        ([(1, 8, 8, 16)], [(None, 4, 4, 16)], (), 1, True),  # windows, or a pooling
        ([(1, 8, 8, 16)], [(None, 4, 4, 16)], None, 1, True),
        ([(1, 8, 8, 16)], [(None, 4, 4, 16)], KERNEL, 1, False),
        ([(1, 8, 8, 16)], [(None, 64, 16)], (), 1, False),  # all of a sample stays in it
        ([(1, 64, 64, 8)], [(None, 14, 14, 8)], (), 1, True),  # windows of what was padded
        ([(1, 4)], [(None, 6, 5)], (), 1, False),
        ([(1, 16)], [(None, 8), (None, 8)], (), 1, False),  # a split
        ([(1, 2), (1, 2)], [(None, 2)], (), 1, False),  # a sample of a distribution
        ([(1, 9), (1, 9)], [(None, 1)], (), 1, False),  # a distance
        ([(1, None, None, 3)], [(None, None, None, 3)], (), 1, False),
        ([(1, None, None, 3)], [(None, 16)], (), 1, False),  # other features
        ([(1, None, None, 32)], [(None, 7, 7, 32)], (), 1, True),  # who knows how many
        ([(1, None, 108)], [(None, 144, 64)], None, 1, False),
        ([(1, 6, 6, 32)], [(None, 6, 6, 8)], (), 1, False),  # some of the channels
        ([(1, 3, 3, 8), (2,)], [(None, 5, 5, 8)], (), 1, False),  # a size that is handed over
        ([(1, 12)], [(None, 3)], None, 1, False),  # features only
        ([(4, 4, 4, 16)], [(None, 4, 4, 16)], (), 4, False),  # windows that stay such
        ([(4, 4, 4, 16)], [(None, 4, 4, 16)], KERNEL, 4, False),
        ([(4, 4, 4, 16)], [(None, 8, 8, 16)], (), 1, False),  # put together again
        ([(4, 4, 4, 16)], [(None, 4, 4, 32)], (), 1, True),  # some of them, or more channels
        ([], [(None, 3)], (), 1, False),
    ],
)
def test_shapes_tell_how_many_rows_there_are_or_that_there_may_be_more(given, made, weights, rows, doubt):
    assert front(custom(given, made, weights)) == (rows, doubt)


def windows(shape, parted, heads):
    """Return a transformer's block over windows that custom layers part and put together."""
    own = {"module": "mine"}
    return k.model(
        "m",
        [
            k.given("x", shape),
            k.layer("Parting", "p", k.called(k.tensor("x", shape=shape)), **own),
            k.layer("Dense", "inside", k.called(k.tensor("p", shape=parted)), units=16),
            k.layer("Joining", "j", k.called(k.tensor("inside", shape=parted)), **own),
            k.layer("Dense", "behind", k.called(k.tensor("j", shape=shape)), units=16),
            k.layer("Add", "sum", k.called([k.tensor("x", shape=shape), k.tensor("behind", shape=shape)])),
            k.layer("Dense", "after", k.called(k.tensor("sum", shape=shape)), units=heads),
        ],
        ["x", 0, 0],
        ["after", 0, 0],
    )


def test_what_is_behind_a_parting_costs_at_least_so_much_until_a_branch_ends():
    measures = Measures(complete(read(windows((None, 8, 8, 16), (None, 4, 4, 16), 10)), verify=False))
    macs, memory = measures["macs"], measures["memory"]
    assert macs["inside"] == Amount(value=4 * 4 * 16 * 16, exact=False)
    assert macs["behind"] == Amount(value=8 * 8 * 16 * 16, exact=False)
    assert macs["sum"] == Amount(value=0)
    assert macs["after"] == Amount(value=8 * 8 * 16 * 10)
    assert [node for node in ("p", "inside", "j", "behind", "sum", "after") if not memory[node].exact] == [
        "p",
        "inside",
        "j",
        "behind",
    ]
    assert not memory.total().exact


def test_a_fixed_batch_tells_how_many_windows_there_are():
    found = costs(complete(read(windows((2, 8, 8, 16), (8, 4, 4, 16), 10)), verify=False))
    assert found["inside"].multiply_adds == found["behind"].multiply_adds == 8 * 8 * 16 * 16
    assert all(each.exact for each in found.values())


def test_a_rule_of_the_caller_tells_how_many_windows_there_are():
    rules = {
        "Parting": LayerRule(outputs=lambda call: (call.shape[0] and 4 * call.shape[0], 4, 4, 16)),
        "Joining": LayerRule(outputs=lambda call: (call.shape[0] and call.shape[0] // 4, 8, 8, 16)),
    }
    graph = complete(read(windows((None, 8, 8, 16), (None, 4, 4, 16), 10)), rules=rules, verify=False)
    found = costs(graph, rules)
    assert found["inside"].multiply_adds == found["behind"].multiply_adds == 8 * 8 * 16 * 16
    assert all(each.exact for each in found.values())


def test_a_reshape_of_a_fixed_batch_into_more_rows_makes_them_of_one_sample():
    x, parts = k.given("x", (4, 8, 8, 3)), {"newshape": [16, 4, 4, 3]}
    parted = k.layer("Reshape", "r", k.called(k.tensor("x", shape=(4, 8, 8, 3))), module="keras.src.ops.numpy", **parts)
    dense = k.layer("Dense", "d", k.called(k.tensor("r", shape=(16, 4, 4, 3))), units=5)
    found = costs(complete(read(k.model("m", [x, parted, dense], ["x", 0, 0], ["d", 0, 0])), verify=False))
    assert found["d"].multiply_adds == 8 * 8 * 3 * 5


def test_inputs_of_different_fixed_sizes_have_no_batch():
    x, y = k.given("x", (4, 6)), k.given("y", (2, 6))
    a = k.layer("Dense", "a", k.called(k.tensor("x", shape=(4, 6))), units=3)
    b = k.layer("Dense", "b", k.called(k.tensor("y", shape=(2, 6))), units=3)
    found = costs(complete(read(k.model("m", [x, y, a, b], [["x", 0, 0], ["y", 0, 0]], ["a", 0, 0])), verify=False))
    assert (found["x"].activation_bytes, found["y"].activation_bytes) == (96, 48)
    assert (found["a"].multiply_adds, found["b"].multiply_adds) == (72, 36)
