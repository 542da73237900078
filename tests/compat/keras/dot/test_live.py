"""Objects of live models, against those that `model_to_dot` of Keras 3 and of tf_keras returns."""

import html
import re
import warnings

import keras2_zoo
import keras3_zoo
import pydot
import pytest

from cutaway.compat.keras import model_to_dot
from cutaway.errors import CutawayWarning

pytestmark = [pytest.mark.framework, pytest.mark.filterwarnings("ignore")]

ALL = {"show_shapes": True, "show_dtype": True, "show_layer_activations": True, "show_trainable": True}
OPTIONS = [
    {},
    ALL,
    {"show_layer_names": False, "show_shapes": True, "rankdir": "LR", "dpi": 50},
    {"show_layer_names": False},
    {"expand_nested": True, **ALL},
    {"subgraph": True},
]
LACKING = {"operations", "functions", "ragged", "losses"}
"""What is of tf_keras alone."""
INNER = {"subclass_called_on_data", "subclass_built", "subclass_called_on_a_symbol"}
"""What Keras shows as one box, and is opened here."""

CURED = [
    (r"\{'y': ('float32'|\(None, 3\))\}|'y': (\(None, 3\))", r"\1\2", "a dict in a dict is one of what is in it"),
    (r"\{2\}(?=\|\{\(\)\})", "{(2,)}", "one size is a shape as well"),
    (r"\{None\}(?=\|\{\(None, 3\)\})", "{(None,)}", "one size is a shape as well"),
]
"""What Keras says, what is said here, and why."""


def flat(graph):
    """Return nodes by their names with what is said of them, edges, and clusters, at any depth."""
    nodes, edges, clusters, waiting = {}, [], [], [graph]
    while waiting:
        each = waiting.pop(0)
        nodes |= {node.get_name(): node.get_attributes() for node in each.get_nodes() if node.get_name() != "node"}
        edges += [(edge.get_source(), edge.get_destination()) for edge in each.get_edges()]
        clusters += [(part.get_name(), part.get_attributes()) for part in each.get_subgraphs()]
        waiting += each.get_subgraphs()
    return nodes, edges, clusters


def read(label):
    """Return what a label shows, but for how far its title reaches, which leaves a black strip in Keras."""
    if not label.startswith("<"):
        return label.replace("\\{", "{").replace("\\}", "}")
    return html.unescape(re.sub(r"<[^<>]*>", "|", re.sub(r'colspan="\d+"', "", label))).replace("\\\\", "\\")


def is_told(ours, theirs):
    """Tell whether a label says all that Keras' does; it may tell more of what a layer is given."""
    for pattern, instead, _ in CURED:
        theirs = re.sub(pattern, instead, theirs)
    if theirs == ours:
        return True
    if "{{?}|{?}}" in theirs:  # a layer that was called on several shapes: each call has its own here
        return re.sub(r"\{\{.*\}\}", "{{?}|{?}}", ours) == theirs
    # Keras shows the first of several tensors: those of a call, or a mask that stands beside them
    shown = re.search(r"\|\{\{(\(.*?\))\}\||Input shape: \|(\(.*?\))\|", theirs)
    return shown is not None and ours == theirs.replace(shown[1] or shown[2], inputs(ours), 1)


def inputs(label):
    found = re.search(r"\|\{\{(\[.*?\])\}\||Input shape: \|(\[.*?\])\|", label)
    return (found[1] or found[2]) if found else ""


def compare(theirs, ours, *, nested):
    (their_nodes, their_edges, their_clusters), (nodes, edges, clusters) = flat(theirs), flat(ours)
    assert ours.get_attributes() == theirs.get_attributes()
    again = {name for name in nodes if "_" in name}
    if nested:  # the inputs of nested models are no layers here, and wrappers are opened
        their_nodes = {name: said for name, said in their_nodes.items() if name in nodes}
        assert {name for name, _ in clusters} >= {name for name, _ in their_clusters} - {"cluster_f"}
    else:
        assert set(nodes) - again == set(their_nodes)
        assert {tuple(end.split("_")[0] for end in edge) for edge in edges} == set(their_edges)
        assert len(edges) >= len(their_edges)
    for name, said in their_nodes.items():
        own = nodes[name]
        assert {key: own[key] for key in own if key != "label"} == {key: said[key] for key in said if key != "label"}
        opened = nested and re.search(r"\btd\b", said["label"])  # the border of a wrapper stands for its end
        assert opened or is_told(read(own["label"]), read(said["label"]))


def checked(build, keras, function):
    model = build(keras)
    for options in OPTIONS:
        try:
            theirs = function(model, **options)
        except ValueError as error:  # Keras shows no model that is not built
            if "not yet been built" not in str(error):
                raise
            assert isinstance(model_to_dot(model, **options), pydot.Cluster if "subgraph" in options else pydot.Dot)
        except IndexError:
            assert build.__name__ == "a_mask_laid_on_a_model"
        else:
            ours = model_to_dot(model, **options)
            if build.__name__ in INNER:
                assert len(flat(ours)[0]) > len(flat(theirs)[0]) == 1
            else:
                compare(theirs, ours, nested="expand_nested" in options)


SHARED = [build for build in keras2_zoo.ZOO if build.__name__ not in LACKING]


@pytest.mark.parametrize("build", [*keras3_zoo.ZOO, *SHARED], ids=lambda build: build.__name__)
def test_objects_say_what_those_of_keras_3_say(keras, build):
    keras.utils.clear_session()
    checked(build, keras, keras.utils.model_to_dot)


@pytest.mark.parametrize("build", keras2_zoo.ZOO, ids=lambda build: build.__name__)
def test_objects_say_what_those_of_keras_2_say(tf_keras, build):
    checked(build, tf_keras, tf_keras.utils.model_to_dot)


@pytest.mark.parametrize("name", ["MobileNetV3Small", "EfficientNetB0", "ResNet50", "DenseNet121", "NASNetMobile"])
def test_applications_are_the_same(keras, tf_keras, name):
    for each in (keras, tf_keras):
        model = getattr(each.applications, name)(weights=None)
        for options in ({}, ALL):
            compare(each.utils.model_to_dot(model, **options), model_to_dot(model, **options), nested=False)


def unbuilt(keras):
    @keras.saving.register_keras_serializable(name="Doubling", package="tests")
    class Doubling(keras.layers.Layer):
        def call(self, x):
            return 2 * x

    return keras.Sequential([keras.layers.Dense(8, activation="relu"), Doubling(), keras.layers.Dense(2)])


def test_old_tutorials_draw_models_that_are_not_built(keras, here):
    with pytest.warns(CutawayWarning, match="not built"):
        dot = model_to_dot(unbuilt(keras), show_shapes=True, show_layer_names=True, dpi=100)
    dot.write_png("x.png")
    assert (here / "x.png").read_bytes().startswith(b"\x89PNG")
    assert "Doubling" in dot.create_svg().decode()
    assert "Output shape: <b>?</b>" in dot.to_string()


def test_old_tutorials_show_pictures_in_notebooks(keras):
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])
    assert model_to_dot(model).create(prog="dot", format="svg").startswith(b"<svg")


def test_names_of_layers_called_again_follow_those_of_the_first_call(keras):
    x, layer = keras.Input((4,)), keras.layers.Dense(4)
    model = keras.Model(x, layer(layer(layer(x))))
    names = [node.get_name() for node in model_to_dot(model).get_nodes()][-3:]
    assert names == [str(id(layer)), f"{id(layer)}_2", f"{id(layer)}_3"]


def test_layers_in_wrappers_are_called_by_their_own_identity(keras):
    x, inner = keras.Input((5, 4)), keras.layers.Dense(3)
    ways = keras.layers.Bidirectional(keras.layers.LSTM(2))
    model = keras.Model(x, ways(keras.layers.TimeDistributed(inner)(x)))
    names = flat(model_to_dot(model, expand_nested=True))[0]
    assert {str(id(each)) for each in (inner, ways.forward_layer, ways.backward_layer)} <= set(names)


def test_nothing_is_warned_of_a_model_that_is_drawn(keras):
    model = keras.Sequential([keras.Input((4,)), keras.layers.Dense(2)])
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        model_to_dot(model, expand_nested=True, **ALL).create_svg()
