"""The `neurons` view: columns, their lines and words, on small networks and random graphs."""

import pytest
from hypothesis import given as sampled
from hypothesis import settings
from hypothesis import strategies as st
from keras_configs import called, given, layer, model, tensor
from neuron_networks import circles, dense, edge, frame_stroke, images, lines, mlp, of_vectors, outline, texts
from random_graphs import graphs, layers

import cutaway
from cutaway.errors import InputError
from cutaway.faults import faults
from cutaway.page import Page
from cutaway.scene import Rgba
from cutaway.style import Style
from cutaway.theme import PAPER
from cutaway.views.neurons import Neurons

PNG = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010802000000907753de0000000c4944415408d763f8cfc000000301010018dd8db0"
    "0000000049454e44ae426082"
)


def test_all_neurons_are_joined_with_all():
    scene = cutaway.draw(mlp(4, 6, 3), view="neurons").scene
    assert [circles(scene, node) for node in ("x", "d1", "d2")] == [4, 6, 3]
    assert lines(scene, "x:0->d1:0") == 24
    assert lines(scene, "d1:0->d2:0") == 18
    assert len(edge(scene, "d1:0->d2:0")) == 1  # one path, so that files stay small
    assert lines(scene, "d2:0->d2") == 0
    assert {"4 values", "6 units", "3 units"} <= set(texts(scene.marks))


def test_a_wide_layer_is_cut_short_and_says_its_size():
    figure = cutaway.draw(mlp(4096, 4096, 4096), view="neurons")
    assert circles(figure.scene, "d1") == 9
    assert lines(figure.scene, "d1:0->d2:0") == 81
    assert "4096 units" in texts(figure.scene.marks)
    assert any("three dots stand for" in text for text in texts(figure.scene.marks))
    assert len(figure.svg()) < 30_000


@pytest.mark.parametrize(("limit", "count"), [(0, 40), (40, 40), (5, 4), (3, 2)])
def test_the_limit(limit, count):
    assert circles(cutaway.draw(mlp(40, 40), view="neurons", limit=limit).scene, "d1") == count


def test_the_limit_of_a_style_is_that_of_its_layers():
    scene = cutaway.draw(mlp(40, 40, 40), view="neurons", style={"d1": {"limit": 5}}).scene
    assert [circles(scene, node) for node in ("d1", "d2")] == [4, 9]


def test_of_too_many_lines_some_are_drawn_and_the_legend_tells():
    scene = cutaway.draw(mlp(30, 30), view="neurons", limit=0, lines=100).scene
    assert lines(scene, "x:0->d1:0") == 100
    assert "Of 900 lines between the circles, 100 are drawn" in " ".join(texts(scene.marks))


def test_of_too_many_lines_from_each_to_its_like_some_are_drawn_and_the_legend_tells():
    net = [given("x"), dense("d", "x", 30), layer("Dropout", "e", called(tensor("d", shape=(None, 30))), rate=0.5)]
    scene = cutaway.draw(model("net", net, ["x", 0, 0], ["e", 0, 0]), view="neurons", limit=0, lines=20).scene
    assert lines(scene, "d:0->e:0") == 20
    assert "Of 150 lines between the circles, 40 are drawn" in " ".join(texts(scene.marks))


def test_no_connections_are_arrows():
    scene = cutaway.draw(mlp(4, 3), view="neurons", connections="none").scene
    assert lines(scene, "x:0->d1:0") == 0


def test_inputs():
    assert circles(cutaway.draw(mlp(4, 3), view="neurons", inputs="neurons").scene, "x") == 4
    assert circles(cutaway.draw(mlp(4, 3), view="neurons", inputs="tensors").scene, "x") == 0
    picture = [
        given("x", (None, 2, 3)),
        layer("Flatten", "f", called(tensor("x", shape=(None, 2, 3)))),
        dense("d", "f", 3, 6),
    ]
    net = model("net", picture, ["x", 0, 0], ["d", 0, 0])
    assert circles(cutaway.draw(net, view="neurons").scene, "x") == 0
    assert circles(cutaway.draw(net, view="neurons", inputs="neurons").scene, "x") == 6


def test_a_box_leads_to_all_neurons():
    picture = [
        given("x", (None, 2, 3)),
        layer("Flatten", "f", called(tensor("x", shape=(None, 2, 3)))),
        dense("d", "f", 3, 6),
    ]
    scene = cutaway.draw(model("net", picture, ["x", 0, 0], ["d", 0, 0]), view="neurons").scene
    assert lines(scene, "f:0->d:0") == 3
    assert {"Flatten", "6"} <= set(texts(scene.marks))


def test_what_changes_numbers_one_by_one_goes_on_with_the_neurons():
    net = [given("x"), dense("d", "x", 5), layer("Dropout", "drop", called(tensor("d", shape=(None, 5))), rate=0.5)]
    scene = cutaway.draw(model("net", net, ["x", 0, 0], ["drop", 0, 0]), view="neurons").scene
    assert circles(scene, "drop") == 5
    assert lines(scene, "d:0->drop:0") == 5


def test_a_skip_is_an_arrow_around_what_lies_between():
    net = [
        given("x"),
        dense("a", "x", 4),
        dense("b", "a", 4),
        layer("Add", "add", called([tensor("a"), tensor("b")])),
    ]
    figure = cutaway.draw(model("net", net, ["x", 0, 0], ["add", 0, 0]), view="neurons", neurons="*")
    assert lines(figure.scene, "a:0->b:0") == 16
    assert lines(figure.scene, "b:0->add:1") == 4
    assert lines(figure.scene, "a:0->add:0") == 0
    assert faults(figure.scene, figure.graph) == ()


def test_lines_lead_to_several_columns_beside_each_other():
    heads = [dense(f"h{units}", "a", units) for units in (2, 5, 3)]
    net = model(
        "net", [given("x"), dense("a", "x", 4), *heads], ["x", 0, 0], [[f"h{units}", 0, 0] for units in (2, 5, 3)]
    )
    figure = cutaway.draw(net, view="neurons")
    assert [lines(figure.scene, f"a:0->h{units}:0") for units in (2, 5, 3)] == [8, 20, 12]
    assert faults(figure.scene, figure.graph) == ()


def test_a_skip_leaves_at_the_end_of_its_column():
    net = [
        given("x"),
        dense("a", "x", 4),
        dense("b", "a", 4),
        layer("Add", "add", called([tensor("a"), tensor("b")])),
    ]
    scene = cutaway.draw(model("net", net, ["x", 0, 0], ["add", 0, 0]), view="neurons").scene
    (line, _) = edge(scene, "a:0->add:0")
    start = next(iter(line.segments)).to
    frame = outline(scene, "a")
    assert min(start.y - frame.y, frame.bottom - start.y) < 8.0
    assert start.x > frame.center.x


def test_pictures_lie_in_circles():
    shown = cutaway.draw(mlp(4, 3), view="neurons", style={"d1": {"picture": PNG}}).scene
    found = images(shown.marks)
    assert [len(image.clip) > 4 for image in found] == [True] * 3
    own = {"d1": {"pictured": {2}, "is_round": False}}
    shown = Neurons(style={"d1": Style(picture=PNG)}, own=own)(cutaway.read(mlp(4, 3)), PAPER, Page())
    (image,) = images(shown.marks)
    assert len(image.clip) < 6


def test_highlighted_columns_have_a_strong_frame_and_others_recede():
    scene = cutaway.draw(mlp(4, 3, 2), view="neurons", highlight="d1").scene
    assert frame_stroke(scene, "d1").width > frame_stroke(scene, "d2").width
    assert "dense.pale" in scene.palette


def test_colour_and_width_of_lines():
    scene = cutaway.draw(mlp(4, 3), view="neurons", connector_color="#ff0000", connector_width=2.5).scene
    (path,) = edge(scene, "x:0->d1:0")
    assert path.stroke is not None
    assert (path.stroke.paint, path.stroke.width) == (Rgba(255, 0, 0), 2.5)


@pytest.mark.parametrize("option", ["node_size", "node_spacing", "layer_spacing"])
def test_lengths_make_room(option):
    small, large = (cutaway.draw(mlp(8, 8, 8, 8), view="neurons", **{option: value}).scene for value in (20, 60))
    assert small.width * small.height < large.width * large.height


def test_own_looks_of_single_layers():
    graph = cutaway.read(mlp(4, 4, 4))
    view = Neurons(own={"d1": {"connector_color": "#0000ff", "connector_width": 3.0, "limit": 3}})
    scene = view(graph, PAPER, Page())
    assert [circles(scene, node) for node in ("x", "d1", "d2")] == [4, 2, 4]
    first, second = (edge(scene, f"{ends}:0")[0].stroke for ends in ("x:0->d1", "d1:0->d2"))
    assert first is not None
    assert second is not None
    assert (first.width, second.width) == (0.4, 3.0)


def test_without_words_and_frames_there_are_none():
    scene = Neurons(words=False, frames=False, legend=False, title="")(cutaway.read(mlp(4, 3)), PAPER, Page())
    assert texts(scene.marks) == ["d1", "3"]


def test_a_label_takes_the_place_of_the_words():
    scene = cutaway.draw(mlp(4, 3), view="neurons", style={"d1": {"label": "Classes\nof iris"}}).scene
    assert {"Classes", "of iris"} <= set(texts(scene.marks))
    assert "3 units" not in texts(scene.marks)


def test_a_wrong_option_is_refused():
    with pytest.raises(InputError, match="connections='some'"):
        cutaway.draw(mlp(4, 3), view="neurons", connections="some")


@pytest.mark.parametrize(
    "options", [{"node_size": 0}, {"node_spacing": -1.0}, {"layer_spacing": -1.0}, {"connector_width": -0.1}]
)
def test_lengths_out_of_bounds_are_refused(options):
    (option,) = options
    with pytest.raises(InputError, match=f"cannot use {option}=.*: give a number, 0"):
        cutaway.draw(mlp(4, 3), view="neurons", **options)


def test_a_label_of_spaces_writes_nothing():
    scene = cutaway.draw(mlp(4, 3), view="neurons", style={"d1": {"label": " \n "}}).scene
    assert all(text.strip() for text in texts(scene.marks))


SIDES = st.sampled_from(["right", "down", "left", "up"])


@settings(max_examples=60)
@pytest.mark.filterwarnings("ignore")
@sampled(graphs() | layers(), SIDES, st.sampled_from([None, "*"]), st.sampled_from([None, 1, 4, 30]))
def test_no_hard_fault(graph, direction, neurons, units):
    graph = graph if units is None else of_vectors(graph, units)
    scene = Neurons(direction=direction, neurons=neurons)(graph, PAPER, Page())
    assert faults(scene, graph) == ()


@sampled(
    st.lists(st.integers(1, 30), min_size=2, max_size=5),
    SIDES,
    st.integers(0, 12),
)
def test_a_network_is_lines_only(sizes, direction, limit):
    figure = cutaway.draw(mlp(*sizes), view="neurons", direction=direction, limit=limit)
    counts = [circles(figure.scene, node) for node in ("x", *(f"d{place}" for place in range(1, len(sizes))))]
    names = ["x", *(f"d{place}" for place in range(1, len(sizes)))]
    for before, after, one, other in zip(names, names[1:], counts, counts[1:], strict=False):
        assert lines(figure.scene, f"{before}:0->{after}:0") == one * other
    assert faults(figure.scene, figure.graph) == ()


@pytest.mark.parametrize(("ways", "straight"), [(8, 12), (9, 0), (60, 0)])
def test_lines_that_fan_out_to_many_columns_are_arrows_and_the_figure_grows_as_they_do(ways, straight):
    names = [f"b{place}" for place in range(ways)]
    steps = [given("x"), dense("d", "x", 6), *(dense(name, "d", 2, before=6) for name in names)]
    figure = cutaway.draw(
        model("net", steps, ["x", 0, 0], [[name, 0, 0] for name in names]), view="neurons", fold="none"
    )
    scene = Neurons(fold="none")(figure.graph, PAPER, Page())
    assert {lines(scene, f"d:0->{name}:0") for name in names} == {straight}
    assert scene.height < 180 * ways
    assert faults(scene, figure.graph) == ()
