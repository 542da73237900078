"""Figures for a place: exactly so wide, never higher, no hard fault, no text under 6 pt; or a sentence why not."""

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from paper_models import gpt2, unet
from small_graphs import chain, graphs

import cutaway
from cutaway.errors import InputError
from cutaway.faults import faults
from cutaway.fit import Wish
from cutaway.fit.fitting import fitted
from cutaway.fit.levels import Level
from cutaway.fit.places import points, wished
from cutaway.page import Page
from cutaway.scene import Scene
from cutaway.theme import PAPER
from cutaway.views.blocks import Blocks
from gallery import model

CM = 72 / 2.54
LONG = chain(*["Dense", "Dropout"] * 50)
WHOLE = Blocks(fold="none", simplify="none")


def figure(name: str, **options) -> cutaway.Figure:
    return cutaway.draw(model(name), **options)


@pytest.mark.parametrize(
    ("name", "width"),
    [
        ("vgg16.json", 8.5),
        ("unet.json", 8.5),
        ("unet.json", 17),
        ("transformer.json", 8.5),
        ("siamese.keras", 8.5),
        ("siamese.keras", 5.5),
        ("autoencoder.json", 6),
        ("mobilenet_v2.json", 17),
        ("resnet50.json", 17),
        ("inception_v3.json", 17),
        ("seq2seq.json", 10),
    ],
)
def test_a_figure_has_the_width_asked_for_and_no_faults(name: str, width: float) -> None:
    made = figure(name, width=f"{width}cm")
    assert made.scene.width == pytest.approx(width * CM)
    assert faults(made.scene, made.graph) == ()
    assert made.fit is not None
    assert made.fit.type_size >= 6.0
    assert (made.fit.width, made.fit.height) == (made.scene.width, made.scene.height)


@settings(max_examples=40, deadline=None)
@given(graphs(), st.sampled_from((120.0, 241.0, 482.0)))
def test_any_graph_fits_or_is_refused_with_a_sentence(graph, width: float) -> None:
    try:
        found = fitted(graph, Blocks(), PAPER, Wish(page=Page(width=width)))
    except InputError as error:
        told = str(error)
    else:
        told = ""
        assert found.scene.width == pytest.approx(width)
        assert faults(found.scene, graph) == ()
    assert not told or "give width='" in told


def test_a_hundred_layers_are_on_one_page_like_text() -> None:
    found = fitted(LONG, WHOLE, PAPER, Wish(page=Page(width=21 * CM, height=29.7 * CM)))
    assert found.scene.height <= 29.7 * CM
    assert found.fit.parts > 2
    assert found.fit.lines == found.fit.parts - 1
    assert faults(found.scene, LONG) == ()


def test_a_small_model_keeps_its_type_and_is_in_one_piece() -> None:
    found = fitted(chain("Dense", "Dense"), Blocks(), PAPER, Wish(page=Page(width=17 * CM))).fit
    assert (found.parts, found.scale, found.air) == (1, 1.0, 1.0)


def test_what_is_too_wide_says_so_and_the_width_that_is_named_is_enough() -> None:
    with pytest.raises(
        InputError, match=r"on a page of 2cm wide: at this width its text would be \d\.\d pt, under 6 pt"
    ) as told:
        figure("inception_v3.json", width="2cm").scene  # noqa: B018
    width = str(told.value).partition("width='")[2].partition("'")[0]
    assert figure("inception_v3.json", width=width).scene.width > 2 * CM


def test_what_is_too_high_says_so_and_the_height_that_is_named_is_enough() -> None:
    with pytest.raises(
        InputError, match=r"8\.5cm × 9cm: at this height its text would be \d\.\d pt, under 6 pt"
    ) as told:
        fitted(LONG, WHOLE, PAPER, Wish(page=Page(width=8.5 * CM, height=9 * CM)))
    height = str(told.value).partition("height='")[2].partition("'")[0]
    assert fitted(LONG, WHOLE, PAPER, Wish(page=Page(width=8.5 * CM, height=points("height", height))))


def test_a_direction_that_is_given_holds() -> None:
    for direction in ("down", "up", "right", "left"):
        made = figure("vgg16.json", width="12cm", direction=direction)
        assert made.fit is not None
        assert made.fit.direction == direction
        assert faults(made.scene, made.graph) == ()


def test_a_height_alone_bounds_the_height() -> None:
    made = figure("vgg16.json", height="6cm")
    assert made.scene.height <= 6 * CM
    assert faults(made.scene, made.graph) == ()


def test_a_u_is_drawn_where_it_is_asked_for_and_where_it_fits() -> None:
    asked, fitting = figure("unet.json", shape="u"), figure("unet.json", width="8.5cm")
    flowing = figure("unet.json", width="8.5cm", shape="flow")
    for made, shape in ((figure("unet.json"), "u"), (asked, "u"), (fitting, "u"), (flowing, "flow")):
        assert made.fit is not None
        assert made.fit.shape == shape
        assert faults(made.scene, made.graph) == ()
    assert asked.fit is not None
    assert (asked.fit.scale, asked.fit.air) == (1.0, 1.0)


@pytest.mark.parametrize("width", [None, "17cm", "8.5cm"])
def test_the_first_u_net_is_a_u_by_itself(width):
    for source in (unet(), model("unet_2015.json.gz")):
        made = cutaway.draw(source, width=width)
        assert made.fit is not None
        assert made.fit.shape == "u"
        assert faults(made.scene, made.graph) == ()


def test_a_u_net_flows_where_that_is_wished():
    made = cutaway.draw(unet(), shape="flow")
    assert made.fit is not None
    assert made.fit.shape == "flow"


def test_what_is_no_u_is_refused() -> None:
    with pytest.raises(InputError, match="cannot draw 'vgg16' as a U: it has no skips across a bottleneck"):
        figure("vgg16.json", shape="u").scene  # noqa: B018


@pytest.mark.parametrize(("name", "view"), [("unet.json", "volumes"), ("mlp.json", "neurons")])
def test_what_is_stiff_is_no_u(name, view):
    with pytest.raises(InputError, match="as a U: rows of volumes and columns of circles are not bent; leave out"):
        cutaway.draw(model(name), view=view, shape="u").svg()


def test_a_slide_has_larger_type() -> None:
    made = figure("seq2seq.json", page="slide")
    assert made.fit is not None
    assert made.fit.type_size >= 10.0
    assert faults(made.scene, made.graph) == ()


def test_a_numbered_figure_has_its_key_below() -> None:
    made = figure("vgg16.json", width="8.5cm", numbers=True)
    assert faults(made.scene, made.graph) == ()


@pytest.mark.parametrize("name", ["mlp.json", "transformer.json", "autoencoder.json"])
def test_without_a_place_a_figure_has_its_natural_size(name: str) -> None:
    made = figure(name)
    assert made.fit is None
    assert made.scene == made.view(made.graph, made.theme, Page())


@pytest.mark.parametrize("direction", ["down", "up", "right", "left"])
def test_without_a_place_a_ribbon_is_wrapped(direction: str) -> None:
    made = figure("vgg16.json", direction=direction)
    assert made.fit is not None
    assert made.fit.parts > 1
    assert (made.fit.direction, made.fit.scale, made.fit.air) == (direction, 1.0, 1.0)
    assert 1 / 2.2 < made.scene.width / made.scene.height < 2.2
    assert faults(made.scene, made.graph) == ()


def test_the_first_level_that_fits_is_drawn() -> None:
    def levels(graph, view):
        yield Level(name="none", graph=graph, view=view)
        yield Level(name="less", graph=chain("Dense"), view=view)

    assert fitted(LONG, WHOLE, PAPER, Wish(page=Page(width=8.5 * CM, height=9 * CM)), levels).fit.level == "less"


def test_a_view_of_ones_own_is_refused_where_it_is_too_large() -> None:
    def view(graph, theme, page):
        return Scene(width=100.0, height=50.0, marks=())

    assert fitted(LONG, view, PAPER, Wish(page=Page(width=200.0))).scene.width == 100.0
    with pytest.raises(InputError, match="this view draws 100 × 50 pt"):
        fitted(LONG, view, PAPER, Wish(page=Page(width=80.0)))


def test_a_figure_tells_how_it_fits() -> None:
    assert str(figure("vgg16.json", width="8.5cm").fit).endswith("down in 2 columns")


def test_a_figure_is_saved_at_its_width(tmp_path: Path) -> None:
    figure("vgg16.json", width="8.5cm").save(tmp_path / "net.svg")
    assert 'width="240.94' in (tmp_path / "net.svg").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", ["resnet50.json", "siamese.keras", "transformer.json"])
def test_the_height_of_a_place_is_a_bound_and_no_wish(name: str) -> None:
    placed, wide = figure(name, page="columns"), figure(name, width="17cm")
    assert placed.fit == wide.fit
    assert placed.scene.height < 15 * CM


@pytest.mark.parametrize("graph", [gpt2(48), chain(*["Dense", "ReLU"] * 500)], ids=lambda g: g.name)
def test_large_models_stand_on_one_page(graph) -> None:
    found = fitted(graph, Blocks(), PAPER, wished(page="columns"))
    assert faults(found.scene, graph) == ()
    assert found.fit is not None
    assert found.fit.type_size >= 6.0
    assert found.scene.height <= 23 * CM


def test_residual_stages_stand_in_two_rows_across_a_page() -> None:
    made = figure("resnet50.json", width="17cm")
    assert made.fit is not None
    assert (made.fit.direction, made.fit.parts, made.fit.lines) == ("right", 2, 1)
    assert faults(made.scene, made.graph) == ()


def test_a_decoder_stands_in_one_column() -> None:
    found = fitted(gpt2(12), Blocks(), PAPER, wished(width="8.5cm"))
    assert found.fit is not None
    assert (found.fit.direction, found.fit.parts, found.fit.scale, found.fit.air) == ("down", 1, 1.0, 1.0)


def test_a_model_is_folded_further_where_a_page_is_small() -> None:
    fits = [fitted(gpt2(12), Blocks(), PAPER, wished(width="8.5cm", height=height)).fit for height in ("20cm", "10cm")]
    assert [fit.level for fit in fits if fit] == ["", "folded to 10 boxes at most"]


def test_who_wants_all_layers_is_told_of_folding() -> None:
    with pytest.raises(InputError, match="or fold='auto', which makes one box of equal blocks"):
        fitted(LONG, WHOLE, PAPER, Wish(page=Page(width=8.5 * CM, height=9 * CM)))


@pytest.mark.parametrize("name", ["efficientnet_b0.json.gz", "inception_v3.json"])
def test_a_slide_shows_stages_rather_than_lumps_across_them(name: str) -> None:
    made = figure(name, page="slide")
    assert made.fit is not None
    assert made.fit.height <= points("height", "19.05cm")
    assert all(f"stage {place}<" in made.svg() for place in (1, 2, 3))


def test_a_slide_runs_to_the_right() -> None:
    made = figure("efficientnet_b0.json.gz", page="slide")
    assert made.fit is not None
    assert (made.fit.direction, made.fit.parts) == ("right", 2)


@pytest.mark.parametrize("place", [{"width": "17cm", "height": "4cm"}, {"width": "8.5cm", "page": "slide"}])
def test_the_height_that_is_named_for_a_folded_model_is_enough(place: dict[str, str]) -> None:
    with pytest.raises(InputError, match=r"give height='[\d.]+cm' or more width") as told:
        figure("inception_v3.json", **place).scene  # noqa: B018
    height = str(told.value).partition("height='")[2].partition("'")[0]
    made = figure("inception_v3.json", **(place | {"height": height}))
    assert made.scene.height <= points("height", height) + 1e-6


def test_explanations_leave_half_a_page_to_the_drawing_where_it_has_no_room_otherwise() -> None:
    small = figure("unet_2015.json.gz", view="maps", page="column")
    assert small.fit is not None
    assert small.scene.height <= 23 * CM + 1e-6
    assert small.fit.type_size >= 6.0
    assert faults(small.scene, small.graph) == ()
