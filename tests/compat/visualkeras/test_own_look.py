"""The layered and the functional view in themes of our own: what a caller asks for is drawn there, too."""

import hands_on
import pytest
from classic_marks import chain, every
from PIL import Image

from cutaway.compat.visualkeras import functional_view, graph_view, layered_view, lenet_view
from cutaway.compat.visualkeras.interfaces import FUNCTIONAL, LAYERED
from cutaway.compat.visualkeras.mistakes import WrongValueError
from cutaway.compat.visualkeras.own_look import own_plate
from cutaway.compat.visualkeras.settling import settled
from cutaway.errors import InputError
from cutaway.faults import faults
from cutaway.scene import Image as Picture
from cutaway.scene import Text

pytestmark = pytest.mark.filterwarnings("ignore:nothing tells the flow", "ignore:the sizes in .* are unknown")
STORED = hands_on.stored()
CHANGES = [
    {"min_z": 60},
    {"max_xy": 30},
    {"scale_xy": 9},
    {"one_dim_orientation": "x"},
    {"sizing_mode": "relative"},
    {"sizing_mode": "relative", "dimension_caps": {"channels": 5}},
    {"sizing_mode": "relative", "relative_base_size": 2},
    {"draw_volume": False},
    {"draw_reversed": True},
    {"draw_funnel": True},
    {"padding": 50},
    {"font_color": "navy"},
    {"spacing": 60},
    {"shade_step": 60},
    {"legend": False},
    {"show_dimension": True},
    {"background_fill": "#ffeedd"},
    {"color_map": {"Dense": {"fill": "red"}}},
    {"styles": {"conv": {"outline": "red"}}},
    {"text_callable": "name"},
    {"index_2D": [0]},
    {"palette": ["red", "blue"]},
    {"type_ignore": ["Flatten"]},
    {"layered_groups": [{"layers": ["dense", "out"], "name": "Head"}]},
]


def words(plate):
    return [mark.text for mark in every(plate.scene.marks) if isinstance(mark, Text)]


@pytest.mark.parametrize("changes", CHANGES, ids=" ".join)
def test_what_is_asked_for_changes_the_figure(changes):
    plain = own_plate(chain(), settled(LAYERED, {"theme": "paper"}), is_flat=False)
    base = {"sizing_mode": "relative"} if "sizing_mode" in changes and len(changes) > 1 else {}
    if base:
        plain = own_plate(chain(), settled(LAYERED, {"theme": "paper", **base}), is_flat=False)
    asked = settled(LAYERED, {"theme": "paper", **changes})
    assert own_plate(chain(), asked, is_flat=not asked.draw_volume).scene != plain.scene


@pytest.mark.parametrize("name", sorted(STORED))
def test_every_kind_of_model_is_true(name):
    for interface in (LAYERED, FUNCTIONAL):
        given = settled(interface, {"theme": "paper", "text_callable": "name"})
        plate = own_plate(STORED[name], given, is_flat=interface is FUNCTIONAL)
        assert faults(plate.scene, plate.graph) == ()


def test_texts_and_logos(tmp_path):
    path = tmp_path / "logo.png"
    Image.new("RGB", (8, 8), "red").save(path)
    group = {"file": str(path), "layers": ["dense"], "name": "Ours"}
    given = settled(LAYERED, {"theme": "paper", "text_callable": "name", "logo_groups": [group], "logos_legend": True})
    plate = own_plate(chain(), given, is_flat=False)
    assert {"conv", "pool", "dense", "Ours"} <= set(words(plate))
    assert len([mark for mark in every(plate.scene.marks) if isinstance(mark, Picture)]) == 2


def test_themes_by_name():
    sizes = {layered_view(chain(), theme=theme).tobytes() for theme in ("paper", "dark", "mono")}
    assert len(sizes) == 3
    assert functional_view(chain(), theme="paper").mode == "RGBA"
    with pytest.raises(InputError, match=r"unknown theme 'papr'.*did you mean 'paper'"):
        layered_view(chain(), theme="papr")


@pytest.mark.parametrize("view", [layered_view, graph_view, functional_view, lenet_view])
def test_other_looks_have_the_pixels_of_fine_print(view, tmp_path):
    path = tmp_path / "own.png"
    image, written = view(chain(), theme="paper"), view(chain(), theme="paper", to_file=path)
    with Image.open(path) as stored:
        assert image.size == written.size == stored.size
    assert image.width > 800
    assert image.info["dpi"][0] == pytest.approx(300)


@pytest.mark.parametrize(
    ("view", "given", "words"),
    [
        (layered_view, {"styles": {"conv": {"shade_step": "much"}}}, "shade_step='much': give a number$"),
        (graph_view, {"styles": {"conv": {"node_size": "big"}}}, "node_size='big': give a number"),
        (graph_view, {"ellipsize_after": "all"}, "ellipsize_after='all': give a number$"),
        (lenet_view, {"layer_spacing": "wide"}, "layer_spacing='wide': give a number"),
    ],
)
def test_values_that_cannot_be_used(view, given, words):
    with pytest.raises(WrongValueError, match=words):
        view(chain(), theme="paper", **given)
