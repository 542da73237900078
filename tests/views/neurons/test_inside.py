"""What lies in circles and boxes of the `neurons` view: curves of activations, pictures; and groupings behind them."""

import pytest
from keras_configs import called, given, layer, model, tensor
from neuron_networks import dense, mlp, texts

import cutaway
from cutaway.errors import CutawayWarning
from cutaway.faults import faults
from cutaway.graph import Kind, Node
from cutaway.page import Page
from cutaway.scene import Group, Image, Line, Path, Text
from cutaway.theme import PAPER
from cutaway.views.maps.view import Maps
from cutaway.views.neurons import Neurons
from cutaway.views.neurons.curves import _FUNCTIONS, curved
from cutaway.views.parts.grouping import Grouping

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8db0"
    "0000000049454e44ae426082"
)


def net(activation: str):
    steps = [
        given("x", (None, 4)),
        layer("Dense", "d", called(tensor("x", shape=(None, 4))), units=5, activation=activation),
    ]
    return model("net", steps, ["x", 0, 0], ["d", 0, 0])


def marks_of(scene, node):
    found = [mark for mark in scene.marks if isinstance(mark, Group) and mark.ref == node and mark.part == "node"]
    waiting, marks = [*found], []
    while waiting:
        mark = waiting.pop(0)
        marks.append(mark)
        waiting += mark.marks if isinstance(mark, Group) else ()
    return marks


def curves(scene, node):
    """Count the paths without a fill that are open: an axis and a curve."""
    paths = [mark for mark in marks_of(scene, node) if isinstance(mark, Path) and mark.fill is None]
    return sum(isinstance(path.segments[-1], Line) for path in paths if isinstance(path.segments, tuple))


@pytest.mark.parametrize(("activation", "count"), [("relu", 2), ("tanh", 2), ("hard_swish", 2), ("softmax", 0)])
def test_curves_of_activations_lie_in_circles_on_request(activation, count):
    figure = cutaway.draw(net(activation), view="neurons", curves=True)
    assert curves(figure.scene, "d") == count
    assert curves(figure.scene, "x") == 0
    assert faults(figure.scene, figure.graph) == ()
    said = " ".join(texts(figure.scene.marks))
    assert ("Curves in circles are activations" in said) == bool(count)
    assert curves(cutaway.draw(net(activation), view="neurons").scene, "d") == 0


def test_a_merged_activation_has_its_curve_and_a_recurrent_layer_none():
    own = Node(id="d", name="d", op="Dense", kind=Kind.DENSE, attributes={"activation": "linear"})
    after = Node(id="a", name="a", op="LeakyReLU", kind=Kind.ACTIVATION)
    assert curved(own, (after,)) == "leakyrelu"
    assert curved(own) == ""
    assert curved(Node(id="r", name="r", op="LSTM", kind=Kind.RECURRENT, attributes={"activation": "tanh"})) == ""


@pytest.mark.parametrize("name", sorted(_FUNCTIONS))
def test_functions_are_around_zero_and_known_at_its_ends(name):
    reach, function = _FUNCTIONS[name]
    assert function(reach) > function(-reach) - 1e-9
    assert max(abs(function(reach)), abs(function(-reach))) > 0.5


def images_of(scene, node):
    return [mark for mark in marks_of(scene, node) if isinstance(mark, Image)]


def test_pictures_of_boxes_lie_above_their_words():
    steps = [given("x", (None, 8, 8, 3)), layer("Flatten", "f", called(tensor("x", shape=(None, 8, 8, 3))))]
    steps.append(dense("d", "f", 192))
    source = model("net", steps, ["x", 0, 0], ["d", 0, 0])
    figure = cutaway.draw(source, view="neurons", style={"x": {"picture": PNG}})
    assert len(images_of(figure.scene, "x")) == 1
    assert faults(figure.scene, figure.graph) == ()
    top = min(mark.at.y - mark.size for mark in marks_of(figure.scene, "x") if isinstance(mark, Text))
    _, _, _, down, _, start = images_of(figure.scene, "x")[0].matrix
    assert max(start, start + down) < top


def test_circles_of_merges_have_no_room_for_pictures_and_one_warning_says_so():
    one, two = (tensor(name, shape=(None, 4, 4, 3)) for name in ("x", "y"))
    steps = [given("x", (None, 4, 4, 3)), given("y", (None, 4, 4, 3)), layer("Add", "a", called([one, two]))]
    source = model("net", steps, [["x", 0, 0], ["y", 0, 0]], ["a", 0, 0])
    with pytest.warns(CutawayWarning, match="pictures of 'a' are left out") as caught:
        cutaway.draw(source, view="neurons", style={"a": {"picture": PNG}}).svg()
    assert len(caught) == 1


@pytest.mark.parametrize("view", [Maps, Neurons])
def test_groupings_lie_behind_what_they_name_with_their_captions(view):
    graph = cutaway.read(mlp(4, 6, 3))
    scene = view(groupings=(Grouping(members=("d1", "d2"), caption="classifier"),))(graph, PAPER, Page())
    assert faults(scene, graph) == ()
    assert "classifier" in texts(scene.marks)
