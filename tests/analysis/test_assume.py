"""Sizes in place of open ones: in every form, and what cannot be assumed."""

import keras_configs as k
import pytest

from cutaway.analysis.assume import assumed
from cutaway.analysis.complete import complete
from cutaway.errors import CutawayWarning, InputError
from cutaway.graph import Graph, Kind, Node, Port, Tensor
from cutaway.sources import read


def graph(**inputs):
    nodes = [
        Node(
            id=name, name=name, op="InputLayer", kind=Kind.INPUT, outputs=(Port(name="o", tensor=Tensor(shape=shape)),)
        )
        for name, shape in inputs.items()
    ]
    return Graph(name="g", nodes=tuple(nodes), inputs=tuple(inputs))


def shapes(found):
    return [node.outputs[0].tensor.shape for node in found.nodes]


@pytest.mark.parametrize(
    ("shape", "assume", "expected"),
    [
        ((None, None), 128, (None, 128)),
        ((None, None, 64), 128, (None, 128, 64)),
        ((None, "time", 3), 5, (None, 5, 3)),
        (("batch", None), 5, ("batch", 5)),
        ((None, None, None, 3), (224, 192, 3), (None, 224, 192, 3)),
        ((None, None, None, 3), [224, None, "?"], (None, 224, None, 3)),
        ((None, None, None, 3), (8, 224, 192, 3), (8, 224, 192, 3)),
        ((8, None), (7,), (8, 7)),
        (None, (None, 7, 3), (None, 7, 3)),
        ((None, "time", "width"), {"time": 9}, (None, 9, "width")),
        ((None, None, 3), {"x": 9}, (None, 9, 3)),
        ((None, None, 3), {"x": (9, 3)}, (None, 9, 3)),
    ],
)
def test_open_sizes_are_filled_in_and_known_ones_stay(shape, assume, expected):
    assert shapes(assumed(graph(x=shape), assume)) == [expected]


@pytest.mark.parametrize(
    ("inputs", "assume", "said"),
    [
        ({"x": None}, 7, "7, changes nothing of 'x' of unknown shape: open sizes are in 'x' of unknown shape"),
        ({"x": ()}, 7, r"7, changes nothing of 'x' \(\): no input has open sizes"),
        ({"x": (None, 28), "y": (None, None)}, {"x": 28}, r"of 'x' \(\?, 28\): open sizes are in 'y' \(\?, \?\)"),
        ({"x": (None, 28), "y": (None, None)}, {"x": 28, "y": 3}, r"of 'x' \(\?, 28\): open sizes are in"),
        ({}, 7, "changes nothing: no input has open sizes"),
    ],
)
def test_what_changes_nothing_is_warned_of(inputs, assume, said):
    given = graph(**inputs)
    with pytest.warns(CutawayWarning, match=said):
        found = assumed(given, assume)
    assert shapes(found)[:1] == list(inputs.values())[:1]


def test_several_inputs_are_told_apart_by_name():
    two = graph(words=(None, None), image=(None, None, None, 3))
    assert shapes(assumed(two, {"words": 12, "image": (32, 24, 3)})) == [(None, 12), (None, 32, 24, 3)]
    assert shapes(assumed(two, 12)) == [(None, 12), (None, 12, 12, 3)]
    assert shapes(assumed(graph(a=(None, "t"), b=(None, "t", 4)), {"t": 6})) == [(None, 6), (None, 6, 4)]


@pytest.mark.parametrize(
    ("assume", "said"),
    [
        (0, "0 is no size"),
        (True, "True is no size"),
        (2.5, "2.5 is no size"),
        ("many", "'many' is no size"),
        ((224, 224, 1), r"the input 'x' is \(\?, \?, \?, 3\)"),
        ((224, 224), "the input 'x'"),
        ((1, 2, 3, 4, 5), "the input 'x'"),
        ((224, "wide", 3), "'wide' is no size"),
        ({"y": 5}, "there is no input and no axis 'y'; the model has 'x'"),
        ({"x": {"t": 5}}, "no size and no shape"),
    ],
)
def test_what_cannot_be_is_refused_with_what_the_model_has(assume, said):
    with pytest.raises(InputError, match=said):
        assumed(graph(x=(None, None, None, 3)), assume)


def test_one_shape_does_not_do_for_several_inputs():
    with pytest.raises(InputError, match=r"2 inputs \('a', 'b'\)"):
        assumed(graph(a=(None, None), b=(None, None)), (5,))


def test_what_is_stored_further_down_follows():
    config = {"filters": 8, "kernel_size": [3, 3], "strides": [2, 2], "padding": "same", "data_format": "channels_last"}
    open_shape = (None, None, None, 3)
    x = k.given("x", open_shape)
    first = k.layer("Conv2D", "a", k.called(k.tensor("x", shape=open_shape)), **config)
    second = k.layer("Conv2D", "b", k.called(k.tensor("a", shape=(None, None, None, 8))), **config)
    pooled = k.layer("Mystery", "c", k.called(k.tensor("b", shape=(None, None, None, 8))), module="mine")
    model = read(k.model("m", [x, first, second, pooled], ["x", 0, 0], ["c", 0, 0]))
    found = complete(model, assume=(30, 20, 3), verify=False)
    assert shapes(found) == [(None, 30, 20, 3), (None, 15, 10, 8), (None, 8, 5, 8), None]
    assert found.nodes[2].inputs[0].tensor.shape == (None, 15, 10, 8)
    assert shapes(complete(model, verify=False))[1] == (None, None, None, 8)
