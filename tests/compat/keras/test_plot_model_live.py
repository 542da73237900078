"""`plot_model` on live models of Keras 3 and tf_keras: their defaults, kinds of model, and calls of old tutorials."""

import subprocess
import sys
import warnings

import keras3_zoo
import pytest
from plotted import boxes

from benchmarks.applications import SETTINGS
from cutaway.compat.keras import plot_model
from cutaway.errors import CutawayWarning
from cutaway.faults import faults

pytestmark = pytest.mark.framework

MODELS = [
    keras3_zoo.subclass_called_on_data,
    keras3_zoo.subclass_in_a_graph,
    keras3_zoo.layers_in_layers,
    keras3_zoo.empty,
    keras3_zoo.an_input_alone,
    keras3_zoo.names_of_all_kinds,
    keras3_zoo.dicts,
    keras3_zoo.several_outputs,
    keras3_zoo.models_in_models,
    keras3_zoo.a_frozen_model_in_a_model,
    keras3_zoo.a_tensor_twice,
    keras3_zoo.operations,
]
ALL = SETTINGS["all options"]


def chain(keras):
    return keras.Sequential(
        [keras.Input((8,)), keras.layers.Dense(4, activation="relu", name="first"), keras.layers.Dense(2, name="last")]
    )


@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("build", MODELS, ids=lambda build: build.__name__)
@pytest.mark.parametrize("keywords", [{}, ALL, {"rankdir": "LR", "splines": "curved"}], ids=["plain", "all", "LR"])
def test_all_kinds_of_model_are_drawn_without_hard_faults(build, keywords, keras):
    found = plot_model(build(keras), None, **keywords)
    assert faults(found.scene, found.graph) == ()


def test_a_bare_layer_is_a_box(keras):
    assert list(boxes(plot_model(keras.layers.Dense(3, name="alone"), None)).values()) == [["Dense"]]


def test_defaults_are_those_of_the_generation(keras, tf_keras, tmp_path):
    assert boxes(plot_model(chain(keras), None, show_layer_numbers=False))["first"][-1] == "Dense"
    assert boxes(plot_model(chain(tf_keras), None))["first"] == ["first", "Dense"]
    for model, dpi in ((chain(keras), 200), (chain(tf_keras), 96)):
        plot_model(model, tmp_path / "default.png")
        plot_model(model, tmp_path / "given.png", dpi=dpi)
        assert (tmp_path / "default.png").read_bytes() == (tmp_path / "given.png").read_bytes()


def test_a_shared_layer_is_drawn_for_each_call(keras):
    image, shared = keras.Input((4,)), keras.layers.Dense(4, name="shared")
    model = keras.Model(image, keras.layers.Add()([shared(image), shared(shared(image))]))
    found = boxes(plot_model(model, None, show_layer_names=True))
    assert [words[0] for words in found.values()].count("shared") == 3


def test_a_mask_is_laid_on_both_ways_of_a_bidirectional(keras):
    words = keras.Input((10,), name="words")
    given = keras.layers.Embedding(9, 4, mask_zero=True)(words)
    both = keras.layers.Bidirectional(keras.layers.LSTM(3, name="lstm"), name="both")
    found = plot_model(keras.Model(words, both(given)), None, expand_nested=True)
    masks = [edge.target for edge in found.graph.edges if edge.source.startswith("not_equal")]  # counted on
    assert masks == ["both/forward_lstm", "both/backward_lstm"]


def test_a_wrapper_in_a_wrapper_is_opened(keras):
    given = keras.Input((3, 4, 8, 8, 3))
    each = keras.layers.TimeDistributed(keras.layers.Conv2D(4, 3, name="conv"), name="each")
    model = keras.Model(given, keras.layers.TimeDistributed(each, name="all")(given))
    found = boxes(plot_model(model, None, expand_nested=True, show_shapes=True))
    assert found["all/each/conv"] == ["Conv2D", "in", "(None, 8, 8, 3)", "out", "(None, 6, 6, 4)"]


@pytest.mark.parametrize("generation", ["keras", "tf_keras"])
def test_layers_in_a_bidirectional_have_their_own_names_and_weights(generation, request):
    keras = request.getfixturevalue(generation)
    given, backward = keras.Input((5, 2)), keras.layers.GRU(3, go_backwards=True, name="back")
    for more, last in (({}, "backward_ahead"), ({"backward_layer": backward}, "back")):
        layer = keras.layers.Bidirectional(keras.layers.GRU(3, name="ahead"), name="both", **more)
        found = plot_model(keras.Model(given, layer(given)), None, expand_nested=True).graph.nodes
        names = [f"both/{each.name}" for each in (layer.forward_layer, layer.backward_layer)]
        assert [node.id for node in found[1:3]] == names
        assert names[1].endswith(last)
        assert [len(node.weights) for node in found[1:3]] == [3, 3]


def test_a_model_that_is_not_built_says_how_to_build_it(keras):
    class Custom(keras.layers.Layer):
        """A layer that is none of Keras' own."""

    model = keras.Sequential([keras.layers.Dense(3), Custom(), keras.layers.Dense(2)])
    with pytest.warns(CutawayWarning, match=r"build it first, as in model\.build"):
        found = plot_model(model, None, show_shapes=True)
    assert all("?" in words for words in boxes(found).values())


def test_calls_of_old_tutorials(keras, tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    model = chain(keras)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        plot_model(model, to_file="model.svg", show_shapes=True)
        plot_model(model, to_file="numbered.png", show_shapes=True, show_layer_names=False, rankdir="LR")
        plot_model(model)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["model.png", "model.svg", "numbered.png"]


PROGRAM = """
import sys
from cutaway.compat.keras import patch, plot_model, print_summary
undo = patch()
import {keras} as keras
from {keras}.utils import plot_model as imported
from {keras}.utils.vis_utils import plot_model as old
assert imported is old is plot_model and keras.Model.summary is print_summary
model = keras.Sequential([keras.layers.Dense(3, input_shape=(4,))])
old(model, to_file=sys.argv[1], show_shapes=True, show_layer_names=True)
lines = []
model.summary(print_fn=lines.append)
assert "Trainable params" in "".join(lines)
undo()
assert keras.utils.plot_model.__module__.startswith("{package}.src.utils.")
assert keras.Model.summary.__module__.startswith("{package}.src.")
"""


@pytest.mark.parametrize(
    ("keras", "package"), [("keras", "keras"), ("tf_keras", "tf_keras"), ("tensorflow.keras", "keras")]
)
def test_a_whole_program_is_patched(keras, package, tmp_path):
    program = PROGRAM.format(keras=keras, package=package)
    done = subprocess.run(
        [sys.executable, "-c", program, str(tmp_path / "a.png")], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert (tmp_path / "a.png").read_bytes().startswith(b"\x89PNG")
