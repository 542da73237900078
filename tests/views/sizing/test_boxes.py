"""Boxes of the blocks view that grow with the shape of what they give."""

from pathlib import Path

import pytest

import cutaway
from cutaway.faults import faults
from cutaway.scene import Group, Text
from tests.small_graphs import chain

MODELS = Path(__file__).parents[3] / "gallery/models"
CNN = chain("Conv2D", "Conv2D", "Dense", shapes=((None, 64, 64, 3), (None, 64, 64, 16), (None, 16, 16, 64), (None, 10)))


def groups(marks):
    for mark in marks:
        if isinstance(mark, Group):
            yield mark
            yield from groups(mark.marks)


def size(scene, node):
    """Return how wide and how high the box of a node is."""
    (group,) = (each for each in groups(scene.marks) if each.part == "node" and each.ref == node)
    points = [segment.to for segment in group.marks[0].segments if hasattr(segment, "to")]
    across, down = [point.x for point in points], [point.y for point in points]
    return max(across) - min(across), max(down) - min(down)


def texts(mark):
    if isinstance(mark, Text):
        return [mark.text]
    return [text for each in mark.marks for text in texts(each)] if isinstance(mark, Group) else []


def foot(scene):
    legend = [mark for mark in scene.marks if isinstance(mark, Group) and mark.part == "legend"]
    return " ".join(text for mark in legend for text in texts(mark))


def drawn(graph, **look):
    return cutaway.draw(graph, size_by="shape", **look).scene


@pytest.mark.parametrize(("direction", "across"), [("down", 0), ("up", 0), ("right", 1), ("left", 1)])
def test_boxes_grow_across_with_the_image_and_along_with_channels(direction, across):
    scene = drawn(CNN, direction=direction)
    image, early, late = (size(scene, node) for node in ("input", "conv2d_1", "conv2d_2"))
    assert image[across] == pytest.approx(early[across])
    assert early[across] > late[across] + 20
    assert image[1 - across] < early[1 - across] < late[1 - across]


def test_the_legend_says_what_the_sizes_mean():
    assert (
        "Beyond its text, the width of a box grows with the square root of image height or the features of a vector, "
        "its height with that of its channels."
    ) in foot(drawn(CNN))
    assert "the height of a box" in foot(drawn(CNN, direction="right"))
    assert "not known" not in foot(drawn(CNN))
    assert "of a box grows" not in foot(cutaway.draw(CNN).scene)


def test_unknown_sizes_are_drawn_and_told():
    graph = chain("Conv2D", "Conv2D", shapes=((None, None, None, 3), (None, None, None, 16), (None, 16, 16, 16)))
    scene = drawn(graph)
    assert "Sizes that are not known add nothing." in foot(scene)
    assert size(scene, "conv2d_1")[0] < size(scene, "conv2d_2")[0]
    nothing = chain("Dense", shapes=(None, None))
    assert faults(drawn(nothing), nothing) == ()


def test_text_has_room():
    graph = chain("Dense", shapes=((None, 1), (None, 1)))
    plain, sized = cutaway.draw(graph).scene, drawn(graph, style={"dense_1": {"label": "word " * 12}})
    assert size(sized, "dense_1")[0] > size(plain, "dense_1")[0]


@pytest.mark.parametrize(
    "name", ["vgg16.json", "unet.json", "gpt2.json.gz", "tickets.json", "gan.json", "swin.json.gz"]
)
@pytest.mark.parametrize("direction", ["down", "right"])
def test_real_models_have_no_faults(name, direction):
    figure = cutaway.draw(MODELS / name, size_by="shape", direction=direction)
    assert faults(figure.scene, figure.graph) == ()
    assert cutaway.lint(figure) == ()


def test_what_helps_is_as_large_as_what_it_hands_on():
    shapes = ((None, 4), (None, 4), (None, 4), (None, 9000), (None, 9000))
    figure = cutaway.draw(chain("Dense", "Dense", "Dense", "Dropout", shapes=shapes), size_by="shape")
    assert size(figure.scene, "dropout_4")[0] == size(figure.scene, "dense_3")[0]
    assert cutaway.lint(figure) == ()


@pytest.mark.parametrize("name", ["vgg16.json", "unet.json"])
def test_boxes_are_narrower_where_a_page_is(name):
    plain = cutaway.draw(MODELS / name, width="8.5cm")
    figure = cutaway.draw(MODELS / name, width="8.5cm", size_by="shape")
    assert figure.scene.width <= plain.scene.width
    assert figure.scene.height < 1.5 * plain.scene.height
    assert faults(figure.scene, figure.graph) == ()
