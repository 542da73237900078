"""`graph_view` and `lenet_view` of live models: true pictures, and layers as callers mean them."""

import hands_on
import pytest

from cutaway.compat.visualkeras.graph import graph_scene
from cutaway.compat.visualkeras.interfaces import GRAPH, LENET
from cutaway.compat.visualkeras.layers import subject_of
from cutaway.compat.visualkeras.lenet import lenet_scene
from cutaway.compat.visualkeras.settling import settled
from cutaway.faults import faults
from cutaway.record import replace
from cutaway.scene import Group, Path, Rgba

pytestmark = [pytest.mark.framework, pytest.mark.filterwarnings("ignore")]
NAMES = [name for name in hands_on.NAMES if name != "NASNetMobile"]
SMALL = [build.__name__ for build in hands_on.SMALL]
ONLY_KERAS_3 = {"functional_ops", "subgraph", "vae"}
RED = Rgba(255, 0, 0)


def wrong(model):
    subject = subject_of(model)
    graph = graph_scene(subject, settled(GRAPH, {}))
    stacks = lenet_scene(subject, settled(LENET, {}))
    assert {mark.ref for mark in graph.marks if mark.part == "node"} == {node.id for node in subject.graph.nodes}
    return [*faults(graph, subject.graph), *faults(stacks, replace(subject.graph, outputs=()))]


@pytest.mark.parametrize("name", NAMES)
def test_every_kind_of_model_of_keras_3_is_true(keras, name):
    assert wrong(hands_on.live(keras, name)) == []


@pytest.mark.parametrize("name", [name for name in SMALL if name not in ONLY_KERAS_3])
def test_every_kind_of_model_of_keras_2_is_true(tf_keras, name):
    assert wrong(hands_on.live(tf_keras, name)) == []


def red(scene):
    """Return the names of what is filled red."""
    return {mark.ref for mark in scene.marks if isinstance(mark, Group) and mark.part == "node" and _is_red(mark)}


def _is_red(mark):
    if isinstance(mark, Group):
        return any(_is_red(inner) for inner in mark.marks)
    return isinstance(mark, Path) and mark.fill == RED


@pytest.mark.parametrize(("draw", "interface"), [(graph_scene, GRAPH), (lenet_scene, LENET)])
class TestLayers:
    def test_by_class_name_object_and_index(self, keras, draw, interface):
        model = hands_on.live(keras, "lenet5")
        subject = subject_of(model)

        def drawn(key):
            return red(draw(subject, settled(interface, {"styles": {key: {"fill": "red"}}})))

        dense = {layer.name for layer in model.layers if isinstance(layer, keras.layers.Dense)}
        assert len(dense) == 3
        assert drawn(keras.layers.Dense) == dense
        assert drawn(model.layers[0].name) == drawn(model.layers[0]) == drawn(0) == {model.layers[0].name}
        assert dense < drawn(keras.layers.Layer)

    def test_the_most_derived_class_wins(self, keras, draw, interface):
        model = hands_on.live(keras, "lenet5")
        styles = {keras.layers.Dense: {"fill": "red"}, keras.layers.Layer: {"fill": "white"}}
        assert len(red(draw(subject_of(model), settled(interface, {"styles": styles})))) == 3
        assert list(styles) == [keras.layers.Dense, keras.layers.Layer]

    def test_classes_left_out(self, keras, draw, interface):
        model = hands_on.live(keras, "lenet5")
        given = {"type_ignore": [keras.layers.AveragePooling2D, keras.layers.Flatten]}
        scene = draw(subject_of(model), settled(interface, given))
        left = {mark.ref for mark in scene.marks if mark.part == "node"}
        assert len(left) == 6


def test_groups_of_objects(keras):
    model = hands_on.live(keras, "lenet5")
    scene = graph_scene(subject_of(model), settled(GRAPH, {"layered_groups": [{"layers": model.layers[:2]}]}))
    (group,) = [mark for mark in scene.marks if mark.part == "grouping"]
    assert group.stands_for == tuple(layer.name for layer in model.layers[:2])


def test_label_callables_are_given_the_layers(keras):
    model, seen = hands_on.live(keras, "conv3d"), {}

    def label(layer, shape):
        seen[layer.name] = layer, shape
        return ""

    lenet_scene(subject_of(model), settled(LENET, {"top_label_callable": label}))
    for layer in model.layers:
        assert seen[layer.name][0] is layer
    shape = seen[model.layers[0].name][1]
    assert (shape.kind, shape.h, shape.w, shape.c) == ("spatial", 30, 30, 8)
