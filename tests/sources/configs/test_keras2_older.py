"""Live models of the tf.keras of TensorFlow 2.5, of which TensorFlow still holds a part, against their JSON."""

import warnings
from types import SimpleNamespace

import keras2_zoo as zoo
import pytest
from same_graph import contradictions, facts

from cutaway.analysis.check import check
from cutaway.sources import read

pytestmark = [
    pytest.mark.framework,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),  # of Keras and TensorFlow themselves
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]

KINDS = [
    zoo.chain_from_an_input,
    zoo.built_chain,
    zoo.unbuilt_chain,
    zoo.nested_and_shared,
    zoo.several_deep,
    zoo.operations,
    zoo.functions,
    zoo.ragged,
    zoo.losses,
    zoo.chains_in_a_chain,
    zoo.dicts_in_each_other,
    zoo.one_layer_on_several_shapes,
    zoo.inputs_by_name,
    zoo.custom,
    zoo.mixed_precision,
    zoo.frozen,
    zoo.subclass_with_a_graph,
]


@pytest.fixture
def keras(monkeypatch):
    from tensorflow.python import keras
    from tensorflow.python.keras import activations, backend, layers
    from tensorflow.python.keras.engine import input_layer, sequential, training

    monkeypatch.setattr(keras, "__version__", "2.5.0", raising=False)  # which its to_json() wants
    return SimpleNamespace(
        activations=activations,
        backend=backend,
        layers=layers,
        Input=input_layer.Input,
        Model=training.Model,
        Sequential=sequential.Sequential,
    )


@pytest.mark.parametrize("build", KINDS, ids=lambda build: build.__name__)
def test_live_and_stored_models_give_one_graph(keras, build):
    model = build(keras)
    live = read(model)
    assert check(live) == ()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        text = model.to_json()
    stored = read(text)
    assert facts(stored) == facts(live)
    assert contradictions(stored, live) == []
    if build is not zoo.unbuilt_chain:
        assert all(port.tensor.shape is not None for node in live.nodes for port in node.outputs)


def test_a_subclassed_model_is_traced(keras):
    class Net(keras.Model):
        def __init__(self):
            super().__init__(name="net")
            self.a, self.b = (keras.layers.Dense(3, name=name) for name in "ab")

        def call(self, x):
            return self.a(x) + self.b(x)

    graph = read(Net(), input_shape=(4,))
    assert check(graph) == ()
    assert [(node.id, node.op) for node in graph.nodes][:3] == [("input", "InputLayer"), ("a", "Dense"), ("b", "Dense")]
    assert [edge.id for edge in graph.edges][:2] == ["input:0->a:0", "input:0->b:0"]
    assert graph.nodes[-1].operation == "Add"
