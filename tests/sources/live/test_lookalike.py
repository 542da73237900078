"""What looks like a model without being one of Keras: drawn as far as it tells, and told apart from what is none."""

import warnings
from types import SimpleNamespace

import pytest

from cutaway.analysis.check import check
from cutaway.drawing import draw
from cutaway.errors import CutawayWarning, InputError
from cutaway.faults import faults
from cutaway.graph import Kind
from cutaway.sources import read, read_live


class Layer:
    """A layer of a library beside Keras, which tells what is given here and fails at all else."""

    def __init__(self, name: str, output_shape: object = None, **told: object) -> None:
        self.name = name
        if output_shape is not None:
            self.output_shape = output_shape
        for key, value in told.items():
            setattr(self, key, value)

    @property
    def output(self) -> object:
        raise ValueError("the layer has never been called")


class InputLayer(Layer):
    """The input of a model."""


class Dense(Layer):
    """A layer of weights."""


class Net:
    """A model that is a list of layers."""

    def __init__(self, *layers: object, **told: object) -> None:
        self.layers = list(layers)
        for key, value in told.items():
            setattr(self, key, value)


def edges(graph):
    return [edge.id for edge in graph.edges]


def quiet(model):
    """Read a model that tells its flow: no warning."""
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        graph = read(model)
    assert check(graph) == ()
    return graph


def test_a_list_of_layers_is_taken_in_its_order_with_a_warning():
    model = Net(Dense("a", (None, 4), input_shape=(None, 8)), Dense("b", (None, 2), input_shape=(None, 4)), name="net")
    with pytest.warns(CutawayWarning, match="nothing tells the flow in 'net' .* the order of its layers is taken"):
        graph, layers = read_live(model)
    assert check(graph) == ()
    assert (graph.name, graph.op) == ("net", "Net")
    assert [(node.id, node.op, node.kind) for node in graph.nodes] == [
        ("a", "Dense", Kind.DENSE),
        ("b", "Dense", Kind.DENSE),
    ]
    assert edges(graph) == ["a:0->b:0"]
    assert graph.nodes[0].inputs[0].tensor.shape == (None, 8)
    assert [node.outputs[0].tensor.shape for node in graph.nodes] == [(None, 4), (None, 2)]
    assert layers["a"] is model.layers[0]


def test_a_list_that_shapes_contradict_is_drawn_without_connections():
    model = Net(Dense("a", (None, 4)), Dense("b", (None, 2), input_shape=(None, 5)))
    with pytest.warns(CutawayWarning, match="what 'a' gives is not what 'b' takes; they are shown without connections"):
        graph = read(model)
    assert check(graph) == ()
    assert graph.name == "Net"
    assert edges(graph) == []
    assert graph.outputs == ()
    assert graph.nodes[1].outputs[0].tensor.shape == (None, 2)


@pytest.mark.parametrize(
    ("given", "taken"),
    [((None, 4), (4,)), ((8, 4), (None, 4)), ((None, 4), "unclear"), ([(None, 4)], (None, 4)), (None, (None, 3))],
)
def test_shapes_that_may_be_one_contradict_nothing(given, taken):
    model = Net(Dense("a", given), Dense("b", (None, 2), input_shape=taken))
    with pytest.warns(CutawayWarning, match="the order of its layers"):
        assert edges(read(model)) == ["a:0->b:0"]


def test_an_input_layer_at_the_beginning_is_the_input():
    model = Net(InputLayer("x", [(None, 8)]), Dense("a", (None, 4)))
    with pytest.warns(CutawayWarning, match="the order of its layers"):
        graph = read(model)
    assert graph.inputs == ("x",)
    assert graph.nodes[0].outputs[0].tensor.shape == (None, 8)


def test_what_gives_several_tensors_gives_each():
    model = Net(Dense("a", [(None, 4), (None, 3)]))
    with pytest.warns(CutawayWarning, match="the order of its layers"):
        graph = read(model)
    assert [port.tensor.shape for port in graph.nodes[0].outputs] == [(None, 4), (None, 3)]


def test_shapes_are_asked_in_every_way_that_libraries_know():
    layers = [
        Dense("attribute", (None, 1)),
        Dense("method", get_output_shape=lambda: (None, 2)),
        Dense("computed", input_shape=(None, 2), compute_output_shape=lambda shape: (*shape[:-1], 3)),
        Dense("failing", compute_output_shape=lambda shape: shape[9], input_shape=(None, 3)),
    ]
    with pytest.warns(CutawayWarning, match="the order of its layers"):
        graph = read(Net(*layers))
    assert [node.outputs[0].tensor.shape for node in graph.nodes] == [(None, 1), (None, 2), (None, 3), None]


def test_attributes_and_weights_are_those_that_a_layer_tells():
    kernel, bias = (
        SimpleNamespace(name=name, shape=shape, dtype="float32") for name, shape in (("k:0", (4, 2)), ("b:0", (2,)))
    )
    layer = Dense(
        "d",
        (None, 2),
        weights=[kernel, bias],
        trainable_weights=[kernel],
        trainable=True,
        get_config=lambda: {"name": "d", "units": 2, "activation": max, "odd": object()},
    )
    with pytest.warns(CutawayWarning, match="the order of its layers"):
        (node,) = read(Net(layer, Dense("e", (None, 2)))).nodes[:1]
    assert node.attributes["units"] == 2
    assert node.attributes["activation"] == "max"
    assert [(weight.shape, weight.dtype, weight.trainable) for weight in node.weights] == [
        ((4, 2), "float32", True),
        ((2,), "float32", False),
    ]
    assert node.trainable is True


def test_a_layer_that_says_nothing_of_weights_has_unknown_ones():
    with pytest.warns(CutawayWarning, match="the order of its layers"):
        (node,) = read(Net(Dense("a", (None, 4)))).nodes
    assert node.weights is None


def test_calls_that_name_layers_are_followed():
    a, b, c = Dense("a", (None, 4)), Dense("b", (None, 4)), Dense("c", (None, 8))
    b._inbound_nodes = [SimpleNamespace(inbound_layers=a)]
    c._inbound_nodes = [SimpleNamespace(inbound_layers=[a, b])]
    graph = quiet(Net(c, a, b))
    assert edges(graph) == ["a:0->c:0", "b:0->c:1", "a:0->b:0"]
    assert [output.node for output in graph.outputs] == ["c"]


def test_calls_that_name_calls_are_followed():
    a, b = Dense("a", (None, 4)), Dense("b", (None, 4))
    first = SimpleNamespace(operation=a)
    b._inbound_nodes = [SimpleNamespace(parent_nodes=[first])]
    assert edges(quiet(Net(a, b))) == ["a:0->b:0"]


def test_a_call_of_a_layer_that_is_not_listed_has_an_open_input():
    a, b, other = Dense("a", (None, 4)), Dense("b", (None, 4)), Dense("other", (None, 4))
    b._inbound_nodes = [SimpleNamespace(inbound_layers=[other, a])]
    graph = quiet(Net(a, b))
    assert edges(graph) == ["a:0->b:1"]
    assert len(graph.nodes[1].inputs) == 2


def test_a_figure_of_what_looks_like_a_model_is_without_a_fault():
    a, b, c = Dense("a", (None, 4)), Dense("b", (None, 4)), Dense("c", (None, 8))
    c._inbound_nodes = [SimpleNamespace(inbound_layers=[a, b])]
    graph = read(Net(a, b, c))
    assert faults(draw(graph).scene, graph) == ()


def test_a_shape_for_it_is_not_used_with_a_warning():
    a, b = Dense("a", (None, 4)), Dense("b", (None, 4))
    b._inbound_nodes = [SimpleNamespace(inbound_layers=[a])]
    with pytest.warns(CutawayWarning, match=r"the input_shape \(None, 8\) is not used: 'net' is no Keras model"):
        read(Net(a, b, name="net"), input_shape=(8,))


@pytest.mark.parametrize(
    "layers",
    [
        [],
        None,
        "ab",
        ["a", "b"],
        [Dense("a"), Dense("b")],  # nothing known of what they give
        [Dense("a", (None, 4)), Layer(None, (None, 4))],
        [Dense],
        4,
    ],
)
def test_a_list_of_other_things_is_no_model(layers):
    model = Net()
    model.layers = layers
    with pytest.raises(
        InputError, match="cannot read a Net: expected a path, a JSON text, a config dict or a Keras model"
    ):
        read(model)
