"""Live models of Keras before 2.4, by stand-ins with the attributes that its sources have: no Python of today runs it.

Keras 2.0 and 2.1 keep calls under public names and models as Containers, 2.2 and 2.3 under private ones as Networks.
"""

import gc
import warnings
import weakref
from types import SimpleNamespace

import pytest

from cutaway.analysis.check import check
from cutaway.drawing import draw
from cutaway.faults import faults
from cutaway.graph import Kind
from cutaway.sources import read, read_live
from cutaway.sources.live.nodes import has_graph, keras_of, sizes_of


class Old:
    """The classes of one age of Keras, and what makes models of them."""

    def __init__(self, package: str, *, public: bool) -> None:
        self.public = public
        engine = f"{package}.engine"
        self.Layer = type("Layer", (_Layer,), {"__module__": f"{engine}.{'topology' if public else 'base_layer'}"})
        self.Container = type(
            "Container" if public else "Network",
            (self.Layer,),
            {"__module__": f"{engine}.{'topology' if public else 'network'}"},
        )
        self.Model = type("Model", (self.Container,), {"__module__": f"{engine}.training"})
        self.Sequential = type(
            "Sequential", (self.Model,), {"__module__": f"{package}.models" if public else f"{engine}.sequential"}
        )
        if not public:
            self.Sequential.model = property(_deprecated)

    def layer(self, op: str, name: str, **config: object) -> "_Layer":
        made = type(op, (self.Layer,), {"__module__": "keras.layers.core"})(name, config)
        setattr(made, "inbound_nodes" if self.public else "_inbound_nodes", made.nodes)
        return made

    def input(self, name: str, shape: tuple[int | None, ...]) -> SimpleNamespace:
        made = self.layer("InputLayer", name, batch_input_shape=shape, dtype="float32")
        tensor = _tensor(made, 0, 0, shape)
        made.nodes.append(_node(made, [], [tensor], [tensor]))
        return tensor

    def call(
        self, layer: "_Layer", tensors: list[SimpleNamespace], *shapes: tuple[int | None, ...], **arguments: object
    ):
        given = [_tensor(layer, len(layer.nodes), number, shape) for number, shape in enumerate(shapes)]
        layer.nodes.append(_node(layer, [tensor._keras_history for tensor in tensors], tensors, given, arguments))
        return given[0] if len(given) == 1 else given

    def model(self, name: str, inputs: list[SimpleNamespace], outputs: list[SimpleNamespace], cls: type | None = None):
        made = (cls or self.Model)(name, {})
        nodes = _reached(outputs)
        layers = list({id(node.outbound_layer): node.outbound_layer for node in nodes}.values())
        made.inputs, made.outputs, made._is_graph_network = inputs, outputs, True
        setattr(made, "inbound_nodes" if self.public else "_inbound_nodes", made.nodes)
        setattr(made, "nodes_by_depth" if self.public else "_nodes_by_depth", {0: nodes})
        setattr(made, "layers" if self.public else "_layers", layers)
        made.nodes.append(_node(made, [], inputs, outputs))  # which ties its own ends, and is in no model
        return made


class _Layer:
    def __init__(self, name: str, config: dict[str, object]) -> None:
        self.name, self.config, self.trainable, self.built = name, config, True, True
        self.weights: list[object] = []
        self.trainable_weights: list[object] = []
        self.nodes: list[SimpleNamespace] = []

    def get_config(self) -> dict[str, object]:
        return {"name": self.name, "trainable": self.trainable, **self.config}


def _deprecated(model):
    warnings.warn("`Sequential.model` is deprecated", UserWarning, stacklevel=2)
    return model


def _tensor(layer, node, number, shape):
    return SimpleNamespace(_keras_history=(layer, node, number), _keras_shape=shape, dtype="float32")


def _node(layer, sources, tensors, given, arguments=None):
    return SimpleNamespace(
        outbound_layer=layer,
        inbound_layers=[source[0] for source in sources],
        node_indices=[source[1] for source in sources],
        tensor_indices=[source[2] for source in sources],
        input_tensors=tensors,
        output_tensors=given,
        arguments=arguments or {},
    )


def _reached(outputs):
    """Return the calls that lead to outputs, inputs first."""
    found = {}
    for tensor in outputs:
        layer, number, _ = tensor._keras_history
        node = layer.nodes[number]
        found.update({id(each): each for each in (*_reached(node.input_tensors if node.inbound_layers else []), node)})
    return list(found.values())


AGES = {
    "2.0": Old("keras", public=True),
    "2.3": Old("keras", public=False),
    "TensorFlow 1.4": Old("tensorflow.python.keras._impl.keras", public=True),
    "TensorFlow 2.1": Old("tensorflow_core.python.keras", public=False),
}


@pytest.fixture(params=AGES, ids=str)
def old(request):
    return AGES[request.param]


@pytest.fixture(autouse=True)
def _no_warning():
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        yield


def test_a_model_of_old_keras_is_read_with_its_calls_and_shapes(old):
    x = old.input("x", (None, 8))
    dense = old.layer("Dense", "d", units=4, activation="relu")
    y = old.call(dense, [x], (None, 4))
    z = old.call(old.layer("Dense", "e", units=4), [y], (None, 4))
    both = old.call(old.layer("Add", "sum"), [z, y], (None, 4))
    old.call(dense, [x], (None, 4))  # outside of the model
    model = old.model("net", [x], [both])
    graph, layers = read_live(model)
    assert check(graph) == ()
    assert [(node.id, node.op) for node in graph.nodes] == [
        ("x", "InputLayer"),
        ("d", "Dense"),
        ("e", "Dense"),
        ("sum", "Add"),
    ]
    assert [edge.id for edge in graph.edges] == ["x:0->d:0", "d:0->e:0", "e:0->sum:0", "d:0->sum:1"]
    assert graph.inputs == ("x",)
    assert [(output.name, output.node) for output in graph.outputs] == [("sum", "sum")]
    assert graph.nodes[0].kind is Kind.INPUT
    assert [node.outputs[0].tensor.shape for node in graph.nodes] == [(None, 8), (None, 4), (None, 4), (None, 4)]
    assert graph.nodes[1].attributes == {"units": 4, "activation": "relu"}
    assert layers["d"] is dense
    assert faults(draw(graph).scene, graph) == ()


def test_its_states_and_constants_are_named(old):
    x, h = old.input("x", (None, 5, 8)), old.input("h", (None, 3))
    y = old.call(old.layer("GRU", "g", units=3), [x, h], (None, 3), training=False)
    graph = read(old.model("net", [x, h], [y]))
    node = graph.nodes[-1]
    assert [port.name for port in node.inputs] == ["sequences", "initial_state 0"]
    assert node.attributes["call"] == {"training": False}


def test_a_shared_nested_model_is_opened_at_each_call(old):
    i = old.input("i", (None, 4))
    inner = old.model("inner", [i], [old.call(old.layer("Dense", "d", units=4), [i], (None, 4))])
    x = old.input("x", (None, 4))
    y = old.call(inner, [old.call(inner, [x], (None, 4))], (None, 4))
    graph = read(old.model("net", [x], [y]))
    assert check(graph) == ()
    assert [node.id for node in graph.nodes] == ["x", "inner/d", "inner#2/d"]
    assert [edge.id for edge in graph.edges] == ["x:0->inner/d:0", "inner/d:0->inner#2/d:0"]


def test_a_chain_is_read_with_the_tensors_of_what_it_holds(old):
    x = old.input("a_input", (None, 8))
    a, b = old.layer("Dense", "a", units=4), old.layer("Dense", "b", units=2)
    y = old.call(b, [old.call(a, [x], (None, 4))], (None, 2))
    if old.public:  # holds a Model
        chain = old.Sequential("seq", {})
        chain.layers, chain.model = [a, b], old.model("seq", [x], [y])
    else:  # is one
        chain = old.model("seq", [x], [y], old.Sequential)
    graph = read(chain)
    assert check(graph) == ()
    assert (graph.name, graph.op) == ("seq", "Sequential")
    assert [edge.id for edge in graph.edges] == ["a_input:0->a:0", "a:0->b:0"]
    assert [node.outputs[0].tensor.shape for node in graph.nodes] == [(None, 8), (None, 4), (None, 2)]


def test_an_unbuilt_chain_is_read_without_shapes(old):
    chain = old.Sequential("seq", {})
    chain.layers = chain._layers = [old.layer("Dense", "a", units=4), old.layer("Dense", "b", units=2)]
    chain.built = False
    assert [edge.id for edge in read(chain).edges] == ["a:0->b:0"]


def test_the_version_of_keras_is_told_by_the_module_of_its_base_class():
    def of(module):
        return type("Layer", (), {"__module__": module})()

    for module in ("keras.engine.topology", "keras.src.engine.base_layer", "tf_keras.src.engine.base_layer_v1"):
        assert keras_of(of(module)) == 2
    assert keras_of(of("tensorflow.python.keras.engine.base_layer")) == 2
    assert keras_of(of("keras.src.layers.layer")) == 3
    for module in ("my.engine.base_layer", "keras.engine.base_layers", "notkeras.engine.topology", "keras"):
        assert keras_of(of(module)) is None


def test_shapes_of_every_age_are_plain_numbers():
    class TensorShape(list):
        """That of TensorFlow 1: its sizes are wrapped, its rank may be unknown."""

        ndims: int | None = 2

    unknown = TensorShape()
    unknown.ndims = None
    wrapped = TensorShape([SimpleNamespace(value=None), SimpleNamespace(value=3)])
    assert sizes_of((None, 3)) == sizes_of([None, 3]) == sizes_of(wrapped) == (None, 3)
    for shape in (None, "ab", ("a", 3), object(), {1: 2}):
        assert sizes_of(shape) is None


def test_a_users_class_is_not_held():
    found = []
    for name in ("Passing", "Other"):
        kind = type(name, (), {"__module__": "mine"})
        assert keras_of(kind()) is None
        assert not has_graph(kind())
        found.append(weakref.ref(kind))
        del kind
    gc.collect()
    assert [each() for each in found] == [None, None]


def test_a_class_that_has_no_hash_is_no_keras():
    class Equal(type):
        __hash__ = None

    kind = Equal("Odd", (), {})
    assert keras_of(kind()) is None
    assert not has_graph(kind())
