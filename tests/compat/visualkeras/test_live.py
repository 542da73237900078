"""Live models of Keras 3 and tf_keras: true pictures, layers as callers mean them, the layer that widens gaps."""

import warnings

import hands_on
import pytest
from classic_marks import color, functional, gap, layered, nodes, texts

from cutaway.compat import visualkeras
from cutaway.compat.visualkeras.spacing_layer import spacing_layer
from cutaway.faults import faults

pytestmark = [pytest.mark.framework, pytest.mark.filterwarnings("ignore")]
NAMES = [name for name in hands_on.NAMES if name != "NASNetMobile"]
SMALL = [build.__name__ for build in hands_on.SMALL]
ONLY_KERAS_3 = {"functional_ops", "subgraph", "vae"}
"""Models of operations that tf_keras has not."""


@pytest.mark.parametrize("name", NAMES)
def test_every_kind_of_model_of_keras_3_is_true(keras, name):
    model = hands_on.live(keras, name)
    for draw, keywords in ((layered, {}), (functional, {"connector_padding": 0})):
        plate = draw(model, **keywords)
        assert faults(plate.scene, plate.graph) == ()


@pytest.mark.parametrize("name", [name for name in SMALL if name not in ONLY_KERAS_3])
def test_every_kind_of_model_of_keras_2_is_true(tf_keras, name):
    model = hands_on.live(tf_keras, name)
    for draw, keywords in ((layered, {}), (functional, {"connector_padding": 0})):
        plate = draw(model, **keywords)
        assert faults(plate.scene, plate.graph) == ()


def network(keras, *between):
    layers = keras.layers
    return keras.Sequential(
        [
            keras.Input((8, 8, 3)),
            layers.Conv2D(4, 3, name="conv"),
            *between,
            layers.SeparableConv2D(4, 3, name="separable"),
            layers.Flatten(name="flatten"),
            layers.Dense(3, name="dense"),
        ]
    )


class TestLayers:
    def test_by_class(self, keras):
        layers = keras.layers
        rules = {layers.Layer: {"fill": "white"}, layers.Conv2D: {"fill": "red"}, "dense": {"fill": "blue"}}
        plate = layered(network(keras), styles=rules)
        assert [color(plate, name) for name in ("conv", "separable", "flatten", "dense")] == [
            (255, 0, 0),
            (255, 255, 255),
            (255, 255, 255),
            (0, 0, 255),
        ]

    def test_by_class_of_another_keras(self, keras, tf_keras):
        plate = layered(network(keras), color_map={tf_keras.layers.Conv2D: {"fill": "red"}})
        assert color(plate, "conv") == (255, 0, 0)

    def test_files_know_what_classes_derive_from(self, keras, tmp_path):
        path = tmp_path / "net.keras"
        network(keras).save(path)
        plate = layered(path, styles={keras.layers.Layer: {"fill": "red"}})
        assert color(plate, "dense") == (255, 0, 0)

    def test_indices_are_those_of_model_layers_in_every_view(self, keras):
        model = network(keras)
        assert "conv" not in nodes(layered(model, index_ignore=[0]))
        assert "conv" not in nodes(functional(model, index_ignore=[0]))
        assert visualkeras.graph_view(model, index_ignore=[0]).size != visualkeras.graph_view(model).size

    def test_texts_of_live_layers(self, keras):
        model = network(keras)
        seen = []
        layered(model, text_callable=lambda place, layer: (seen.append(layer), ("", False))[1])
        assert seen == model.layers
        shapes = texts(layered(model, text_callable=lambda place, layer: (f"{layer.output_shape}", False)))
        assert shapes[0] == "(None, 6, 6, 4)"

        def of_convolutions(place, layer):
            is_one = isinstance(layer, keras.layers.Conv2D)
            return (f"{layer.name}: {layer.filters} of {layer.output_shape}" if is_one else type(layer).__name__), True

        said = texts(layered(model, text_callable=of_convolutions))
        assert said == ["conv: 4 of (None, 6, 6, 4)", "SeparableConv2D", "Flatten", "Dense"]

    def test_an_unbuilt_model(self, keras):
        model = keras.Sequential([keras.layers.Conv2D(4, 3), keras.layers.Dense(3)])
        with warnings.catch_warnings(record=True) as told:
            warnings.simplefilter("always")
            plate = layered(model)
        assert len(nodes(plate)) == 2
        assert any("build it first" in str(each.message) for each in told)
        assert gap(layered(model, input_shape=(8, 8, 1)), *nodes(plate)) != 0


class TestSpacingLayer:
    def test_it_is_an_identity_layer(self, keras, tmp_path):
        import numpy as np

        kind = visualkeras.SpacingDummyLayer
        assert issubclass(kind, keras.layers.Layer)
        image = np.ones((2, 8, 8, 3), "float32")
        plain, spaced = network(keras), network(keras, kind(spacing=60, name="gap"))
        spaced.set_weights(plain.get_weights())
        assert np.allclose(plain.predict(image, verbose=0), spaced.predict(image, verbose=0))
        path = tmp_path / "net.keras"
        spaced.save(path)
        loaded = keras.models.load_model(path)
        assert loaded.get_layer("gap").get_config()["spacing"] == 60
        given = keras.Input((8,))
        assert keras.Model(given, kind()(given)).output_shape == (None, 8)

    def test_it_widens_a_gap(self, keras, tmp_path):
        spaced = network(keras, visualkeras.SpacingDummyLayer(spacing=60, name="gap"))
        path = tmp_path / "net.keras"
        spaced.save(path)
        for model in (spaced, path):
            plate = layered(model)
            assert "gap" not in nodes(plate)
            assert gap(plate, "conv", "separable") > 65
        assert "gap" in nodes(functional(spaced))

    def test_of_keras_2(self, keras, tf_keras, monkeypatch):
        assert keras is not tf_keras
        of_keras_3 = spacing_layer()
        monkeypatch.setenv("TF_USE_LEGACY_KERAS", "1")
        kind = spacing_layer()
        assert kind is not of_keras_3
        assert kind is visualkeras.SpacingDummyLayer
        model = network(tf_keras, kind(spacing=60, name="gap"))
        assert model.output_shape == (None, 3)
        assert "gap" not in nodes(layered(model))


def test_helpers_for_live_layers(keras):
    layers = keras.layers
    given = keras.Input((4,), name="given")
    left, right = layers.Dense(3, name="left")(given), layers.Dense(3, name="right")(given)
    model = keras.Model(given, layers.Add(name="sum")([left, right]))
    numbers, matrix = visualkeras.model_to_adj_matrix(model)
    assert matrix.sum() == 4
    assert [sorted(layer.name for layer in level) for level in visualkeras.model_to_hierarchy_lists(model)] == [
        ["given"],
        ["left", "right"],
        ["sum"],
    ]
    assert [layer.name for layer in visualkeras.find_input_layers(model)] == ["given"]
    ends = list(visualkeras.find_output_layers(model))
    assert [layer.name for layer in ends] == ["sum"]
    left_layer = visualkeras.find_layer_by_name(model, "left")
    assert visualkeras.find_layer_by_id(model, id(left_layer)) is left_layer
    assert [layer.name for layer in visualkeras.get_incoming_layers(left_layer)] == ["given"]
    assert [layer.name for layer in visualkeras.get_outgoing_layers(left_layer)] == ["sum"]
    assert visualkeras.is_internal_input(model.layers[0])
    more_numbers, more = visualkeras.augment_output_layers(model, ends, numbers, matrix)
    assert more.shape == (5, 5)
    assert more[numbers[id(ends[0])]].sum() == 1
    assert len(more_numbers) == 5
