"""`layered_view`: that each keyword changes the picture as it says, and that faults of the original are cured."""

import os
import subprocess
import sys

import hands_on
import numpy as np
import pytest
from classic_marks import (
    Conv2D,
    Dense,
    Flatten,
    Model,
    SeparableConv2D,
    Thing,
    chain,
    color,
    every,
    front,
    front_path,
    functional,
    gap,
    groups,
    images,
    layered,
    lines,
    node,
    nodes,
    outline,
    size,
    text,
    texts,
)
from PIL import Image, ImageFont

from cutaway.compat.visualkeras.layered import layered_view
from cutaway.compat.visualkeras.mistakes import WrongTypeError, WrongValueError
from cutaway.errors import CutawayWarning
from cutaway.faults import faults
from cutaway.outputs.paint import extent
from cutaway.ruler import Face
from cutaway.scene import Path, Rgba

pytestmark = pytest.mark.filterwarnings("ignore:nothing tells the flow", "ignore:the sizes in .* are unknown")
STORED = hands_on.stored()
RED = Rgba(255, 0, 0)


@pytest.fixture
def picture(tmp_path):
    path = tmp_path / "picture.png"
    Image.new("RGB", (40, 20), "green").save(path)
    return path


class TestGeometry:
    def test_a_chain_stands_at_the_offsets_of_the_original(self):
        """Cursor, gaps and depths are those of its formulas: a front is half a depth before the cursor."""
        plate = layered(chain(), padding=10)
        deep = [64 / 3, 32 / 3, 20 / 3, 20 / 3, 20 / 3]
        wide = [45, 45, 150, 90, 20]
        cursor, expected = 10.0, []
        for one, other in zip(deep, wide, strict=True):
            expected.append(cursor - one / 2 + deep[0] / 2)
            cursor += other + 10
        assert [front(plate, name).x for name in nodes(plate)] == pytest.approx(expected)
        assert [front(plate, name).width for name in nodes(plate)] == pytest.approx(wide)

    def test_boxes_are_centred_with_their_depth(self):
        plate = layered(chain())
        middles = {round(outline(plate, name).center.y, 3) for name in nodes(plate)}
        assert len(middles) == 1

    def test_nothing_is_cut(self):
        plate = layered(Model(Dense("a", (None, 8)), Conv2D("b", (None, 64, 64, 8))))
        whole = outline(plate, "b")
        assert whole.right <= plate.scene.width - 9.9
        assert whole.y == pytest.approx(10, abs=0.01)
        assert whole.bottom <= plate.scene.height - 9.9

    def test_no_front_is_covered_where_boxes_grow(self):
        plate = layered(Model(Conv2D("a", (None, 8, 8, 8)), Conv2D("b", (None, 64, 64, 8))))
        assert gap(plate, "a", "b") == 10

    @pytest.mark.parametrize("name", sorted(STORED))
    def test_every_kind_of_model_is_true(self, name):
        for keywords in ({}, {"text_callable": "name_shape", "legend": True}, {"draw_reversed": True}):
            plate = layered(STORED[name], **keywords)
            assert faults(plate.scene, plate.graph) == ()

    def test_a_sequential_has_no_box_for_its_input(self):
        assert "words" not in nodes(layered(STORED["lstm"]))

    def test_sequences_are_no_images(self):
        """Time is the height and features the width; the original took the features for both."""
        plate = layered(STORED["lstm"])
        assert size(plate, "embedding") == (7, 400, 192)

    def test_shared_layers_are_drawn_for_each_call(self):
        plate = layered(STORED["siamese"])
        assert len(nodes(plate)) > len({name.partition("#")[0] for name in nodes(plate)})


class TestSizes:
    def test_min_z(self):
        assert size(layered(chain(), min_z=50), "out")[2] == 50

    def test_min_xy(self):
        assert size(layered(chain(), min_xy=45), "pool")[1] == 45

    def test_max_z(self):
        assert size(layered(chain(), max_z=100), "flatten")[2] == 100

    def test_max_xy(self):
        assert size(layered(chain(), max_xy=40), "conv")[1] == 40

    def test_scale_z(self):
        assert size(layered(chain(), scale_z=3), "conv")[2] == 90

    def test_scale_xy(self):
        assert size(layered(chain(), scale_xy=6), "conv")[:2] == (32, 96)

    def test_one_dim_orientation(self):
        assert size(layered(chain(), one_dim_orientation="z"), "flatten") == (7, 20, 150)
        assert size(layered(chain(), one_dim_orientation="y"), "flatten") == (7, 400, 20)
        assert size(layered(chain(), one_dim_orientation="x"), "flatten") == (133, 20, 20)

    def test_sizing_mode(self):
        shape = {mode: size(layered(chain(), sizing_mode=mode), "conv") for mode in ("accurate", "relative")}
        assert shape == {"accurate": (21, 64, 45), "relative": (107, 320, 400)}

    @pytest.mark.parametrize("mode", ["accurate", "balanced", "capped", "logarithmic", "relative"])
    def test_modes_never_shrink_what_is_larger(self, mode):
        sizes = [1, 30, 64, 65, 512, 513, 2048, 2049, 4096, 25088]
        plate = layered(Model(*(Dense(f"d{units}", (None, units)) for units in sizes)), sizing_mode=mode, max_z=10**6)
        widths = [front(plate, f"d{units}").width for units in sizes]
        assert widths == sorted(widths)
        assert len(set(widths)) > 3

    def test_an_unknown_mode_is_the_accurate_one(self):
        with pytest.warns(CutawayWarning, match="unknown sizing_mode 'exact'") as told:
            assert size(layered(chain(), sizing_mode="exact"), "conv") == (21, 64, 45)
        assert len([each for each in told if "sizing_mode" in str(each.message)]) == 1

    def test_dimension_caps(self):
        plate = layered(chain(), sizing_mode="capped", dimension_caps={"channels": 30, "sequence": 40})
        assert size(plate, "conv")[1:] == (40, 30)

    def test_dimension_caps_that_are_not_known(self):
        with pytest.warns(CutawayWarning, match="dimension_caps has 'chanels', which changes nothing: did you mean"):
            plate = layered(chain(), dimension_caps={"chanels": 30})
        assert size(plate, "conv") == size(layered(chain()), "conv")

    def test_dimension_caps_by_the_names_of_the_documentation(self):
        plate = layered(chain(), sizing_mode="capped", dimension_caps={"max_width": 30, "decimal_places": 1})
        assert size(plate, "conv")[2] == 30

    @pytest.mark.parametrize(("places", "length"), [(None, 56.88), (1, 56.9), (0, 57)])
    def test_lengths_are_rounded_to_decimal_places(self, places, length):
        plate = layered(chain(), scale_xy=3.555, dimension_caps={"decimal_places": places})
        assert front(plate, "conv").height == pytest.approx(length)

    def test_decimal_places_are_a_whole_number(self):
        with pytest.raises(ValueError, match="give a whole number"):
            layered(chain(), dimension_caps={"decimal_places": 0.5})

    def test_relative_base_size(self):
        assert size(layered(chain(), sizing_mode="relative", relative_base_size=3), "conv") == (16, 48, 90)

    def test_unknown_sizes_keep_their_axes(self):
        plate = layered(Model(Conv2D("a", (None, None, None, 64)), Conv2D("b", (None, 32, 32, 64))))
        assert size(plate, "a") == (7, 20, 96)


class TestWhatIsDrawn:
    def test_type_ignore(self):
        assert nodes(layered(chain(), type_ignore=[Flatten])) == ["conv", "pool", "dense", "out"]

    def test_type_ignore_with_derived_classes_and_by_name(self):
        model = Model(Conv2D("a", (None, 8, 8, 8)), SeparableConv2D("b", (None, 8, 8, 8)), Dense("c", (None, 8)))
        assert nodes(layered(model, type_ignore=[Conv2D])) == ["c"]
        assert nodes(layered(model, type_ignore=["SeparableConv2D"])) == ["a", "c"]

    def test_lines_lead_through_what_is_ignored(self):
        plate = layered(STORED["unet"], type_ignore=["UpSampling2D", "Concatenate"])
        assert faults(plate.scene, plate.graph) == ()
        assert len(plate.graph.edges) >= len(plate.graph.nodes)

    def test_index_ignore(self):
        assert nodes(layered(chain(), index_ignore=[0, 2])) == ["pool", "dense", "out"]

    @pytest.mark.parametrize("keyword", ["index_ignore", "index_2D"])
    def test_a_number_of_no_layer_is_told(self, keyword):
        with pytest.warns(CutawayWarning, match=rf"{keyword} has 99, -1, which is no drawn layer .*: .* are 0 to 4"):
            layered(chain(), **{keyword: [0, 99, -1]})

    def test_all_may_be_ignored(self):
        assert nodes(layered(chain(), type_ignore=[Thing])) == []

    def test_index_2d(self):
        plate = layered(chain(), index_2D=[0])
        assert size(plate, "conv") == (0, 64, 45)
        assert size(plate, "pool")[0] > 0

    @pytest.mark.parametrize("given", [0, range(1), np.array([0])], ids=["one", "range", "array"])
    def test_indices_in_any_form(self, given):
        assert size(layered(chain(), index_2D=given), "conv")[0] == 0

    def test_indices_that_are_none(self):
        with pytest.raises(WrongTypeError, match="index_2D must be a list, not float"):
            layered(chain(), index_2D=1.5)

    def test_draw_volume(self):
        plate = layered(chain(), draw_volume=False)
        assert {size(plate, name)[0] for name in nodes(plate)} == {0}

    def test_draw_reversed(self):
        plate = layered(chain(), draw_reversed=True)
        assert nodes(plate) == ["out", "dense", "flatten", "pool", "conv"]
        assert outline(plate, "conv").x == pytest.approx(10)
        assert front(plate, "conv").right == pytest.approx(outline(plate, "conv").right)

    def test_padding(self):
        plate = layered(chain(), padding=33)
        assert outline(plate, "conv").x == pytest.approx(33)
        assert min(outline(plate, name).y for name in nodes(plate)) == pytest.approx(33)

    def test_spacing(self):
        plate = layered(chain(), spacing=40)
        assert gap(plate, "dense", "out") == 40

    def test_shade_step(self):
        faces = node(layered(chain(), shade_step=30), "conv").marks
        fills = [mark.fill.red for mark in every(faces) if getattr(mark, "fill", None)]
        assert sorted(set(fills)) == [0xFF - 60, 0xFF - 30, 0xFF]

    def test_draw_funnel(self):
        assert lines(layered(chain()))
        assert lines(layered(chain(), draw_funnel=False)) == []

    def test_connector_fill(self):
        assert {line.stroke.paint for line in lines(layered(chain()))} == {Rgba(0, 0, 0)}
        assert {line.stroke.paint for line in lines(layered(chain(), connector_fill="red"))} == {RED}

    def test_connector_width(self):
        assert {line.stroke.width for line in lines(layered(chain(), connector_width=3))} == {3.0}

    def test_connectors_of_lines_that_skip(self):
        plate = layered(STORED["unet"], connector_fill="red", connector_width=2)
        skips = [mark for group in groups(plate, "edge") for mark in group.marks]
        assert {mark.stroke.paint for mark in skips if mark.stroke} == {RED}

    def test_background_fill(self):
        assert layered(chain(), background_fill=(1, 2, 3)).scene.palette["page"] == "#010203"
        assert "page" not in layered(chain(), background_fill="#00000000").scene.palette

    def test_spacing_layers_widen_the_gap(self):
        spacer = type("SpacingDummyLayer", (Thing,), {})
        model = Model(Dense("a", (None, 8)), spacer("s", (None, 8), spacing=70), Dense("b", (None, 8)))
        plate = layered(model)
        assert nodes(plate) == ["a", "b"]
        assert gap(plate, "a", "b") == 80


class TestColors:
    def test_palette_by_class_in_order(self):
        plate = layered(chain())
        assert [color(plate, name) for name in ("conv", "pool", "dense", "out")] == [
            (0xFF, 0xD1, 0x66),
            (0xEF, 0x47, 0x6F),
            (0x11, 0x8A, 0xB2),
            (0x11, 0x8A, 0xB2),
        ]

    def test_palettes_of_releases_and_of_a_caller(self):
        names = ("conv", "pool", "flatten", "dense", "out")
        old = [(0xFF, 0xD1, 0x66), (0xEF, 0x47, 0x6F), (0x11, 0x8A, 0xB2), (0x07, 0x3B, 0x4C), (0x07, 0x3B, 0x4C)]
        plate = layered(chain(), palette="0.2.0")
        assert [color(plate, name) for name in names] == old
        for view in (layered, functional):
            plate = view(chain(), palette=["red", (0, 0, 255)], color_map={Dense: {"fill": "lime"}})
            assert [color(plate, name) for name in ("conv", "pool", "dense")] == [(255, 0, 0), (0, 0, 255), (0, 255, 0)]
        assert layered(chain(), palette="newest").scene == layered(chain()).scene
        with pytest.raises(WrongValueError, match=r"palette='0.1': give a list.* '0.2.0', 'newest'"):
            layered(chain(), palette="0.1")

    def test_color_map(self):
        given = {Dense: {"fill": "red", "outline": "blue"}}
        plate = layered(chain(), color_map=given)
        assert color(plate, "dense") == color(plate, "out") == (255, 0, 0)
        assert front_path(plate, "out").stroke.paint == Rgba(0, 0, 255)
        assert given == {Dense: {"fill": "red", "outline": "blue"}}

    def test_color_map_of_another_namespace(self):
        other = type("Dense", (), {"__module__": "tensorflow.python.keras.layers"})
        assert color(layered(chain(), color_map={other: {"fill": "red"}}), "dense") == (255, 0, 0)

    def test_styles(self):
        rules = {Thing: {"fill": "white"}, Conv2D: {"fill": "red"}, "dense": {"fill": "blue"}, 4: {"fill": "lime"}}
        plate = layered(chain(), styles=rules)
        found = {name: color(plate, name) for name in nodes(plate)}
        assert found == {
            "conv": (255, 0, 0),
            "pool": (255, 255, 255),
            "flatten": (255, 255, 255),
            "dense": (0, 0, 255),
            "out": (0, 255, 0),
        }

    def test_the_most_derived_class_wins(self):
        model = Model(SeparableConv2D("a", (None, 8, 8, 8)))
        for rules in ([SeparableConv2D, Conv2D], [Conv2D, SeparableConv2D]):
            fills = {SeparableConv2D: "red", Conv2D: "blue"}
            plate = layered(model, styles={kind: {"fill": fills[kind]} for kind in rules})
            assert color(plate, "a") == (255, 0, 0)

    def test_styles_of_sizes(self):
        rules = {"conv": {"scale_z": 3, "scale_xy": 8}, "pool": {"spacing": 90}, "out": {"min_z": 77}}
        plate = layered(chain(), styles=rules)
        assert size(plate, "conv") == (43, 128, 90)
        assert gap(plate, "pool", "flatten") == 92
        assert size(plate, "out")[2] == 77

    @pytest.mark.parametrize("given", ["red", "#f00", "rgb(255,0,0)", (255, 0, 0), [255, 0, 0, 255], 0xFFFF0000])
    def test_colors_in_all_forms(self, given):
        assert color(layered(chain(), styles={"conv": {"fill": given}}), "conv") == (255, 0, 0)

    def test_a_name_that_no_layer_has(self):
        with pytest.warns(CutawayWarning, match="styles has 'dens', but no layer.*did you mean 'dense'"):
            layered(chain(), styles={"dens": {"fill": "red"}})

    def test_a_key_that_no_view_has(self):
        with pytest.warns(CutawayWarning, match="a style has 'fil'"):
            layered(chain(), styles={"dense": {"fil": "red"}})


class TestTexts:
    def test_text_callable(self):
        seen = []

        def say(place, layer):
            seen.append((place, layer))
            return f"{place}: {layer.name}\nsecond", place % 2 == 0

        model = chain()
        plate = layered(model, text_callable=say)
        assert [layer for _, layer in seen] == model.layers
        assert [place for place, _ in seen] == [0, 1, 2, 3, 4]
        assert text(plate, "0: conv").at.y < outline(plate, "conv").y
        assert text(plate, "1: pool").at.y > outline(plate, "pool").bottom
        assert texts(plate).count("second") == 5

    @pytest.mark.parametrize(
        ("name", "words"),
        [
            ("name", ["pool"]),
            ("type", ["MaxPooling2D"]),
            ("shape", ["8 x 8 x 30"]),
            ("name_shape", ["pool", "8 x 8 x 30"]),
            ("type_name", ["MaxPooling2D", "pool"]),
        ],
    )
    def test_texts_that_have_a_name(self, name, words):
        assert set(words) <= set(texts(layered(chain(), text_callable=name)))

    def test_text_vspacing(self):
        def distance(**keywords):
            plate = layered(chain(), text_callable="name_shape", **keywords)
            return text(plate, "100").at.y - text(plate, "flatten").at.y

        assert distance(text_vspacing=14) == pytest.approx(distance() + 10)

    def test_font(self, tmp_path):
        path = tmp_path / "some.ttf"
        from importlib.resources import files

        path.write_bytes(files("cutaway.fonts").joinpath("Inter-Bold.ttf").read_bytes())
        for font in (ImageFont.truetype(str(path), 22), str(path)):
            mark = text(layered(chain(), text_callable="name", font=font), "conv")
            assert mark.face.regular == str(path)
        assert text(layered(chain(), text_callable="name", font=ImageFont.truetype(str(path), 22)), "conv").size == 22
        assert text(layered(chain(), text_callable="name", font=ImageFont.load_default()), "conv").face == Face()

    def test_font_color(self):
        assert text(layered(chain(), text_callable="name", font_color="red"), "conv").fill == RED

    def test_legend(self):
        plate = layered(chain(), legend=True)
        assert texts(plate) == ["Conv2D", "MaxPooling2D", "Flatten", "Dense"]
        assert (
            min(mark.at.y for mark in every(plate.scene.marks) if hasattr(mark, "text")) > outline(plate, "conv").bottom
        )

    def test_a_class_looks_in_the_legend_as_most_of_its_layers_do(self):
        model = Model(*(Dense(name, (None, 9)) for name in "abc"))
        plate = layered(model, legend=True, color_map={Dense: {"fill": "blue"}}, styles={"a": {"fill": "red"}})
        (entry,) = [group for group in groups(plate, "legend") if group.ref]
        fills = {mark.fill for mark in every(entry.marks) if isinstance(mark, Path) and mark.fill}
        assert Rgba(0, 0, 255) in fills
        assert Rgba(255, 0, 0) not in fills

    def test_legend_is_wrapped(self):
        model = Model(*(type(f"Quite{number}Long", (Thing,), {})(f"l{number}", (None, 4)) for number in range(9)))
        plate = layered(model, legend=True)
        assert len({mark.at.y for mark in every(plate.scene.marks) if hasattr(mark, "text")}) > 1
        assert faults(plate.scene, plate.graph) == ()

    def test_legend_text_spacing_offset(self):
        def place(offset):
            return text(layered(chain(), legend=True, legend_text_spacing_offset=offset), "Conv2D").at.x

        assert place(25) == pytest.approx(place(15) + 10)

    def test_show_dimension(self):
        plate = layered(chain(), legend=True, show_dimension=True)
        assert texts(plate) == [
            "Conv2D (16 x 16 x 30)",
            "MaxPooling2D (8 x 8 x 30)",
            "Flatten (100)",
            "Dense (60)",
            "Dense (10)",
        ]
        assert texts(layered(chain(), show_dimension=True)) == []


class TestPictures:
    def test_image_fit(self, picture):
        rules = {"conv": {"image": str(picture)}}
        stretched, whole, own = (
            layered(chain(), styles=rules, image_fit=fit) for fit in ("fill", "contain", "match_aspect")
        )
        assert images(stretched)[0].matrix[3] == pytest.approx(64)
        assert images(whole)[0].matrix[3] == pytest.approx(45 / 2)
        wide, high = front(own, "conv").width, front(own, "conv").height
        assert wide == pytest.approx(2 * high)

    def test_image_axis(self, picture):
        rules = {"conv": {"image": str(picture)}}
        slants = {axis: images(layered(chain(), styles=rules, image_axis=axis))[0].matrix[:4] for axis in "zyx"}
        assert slants["z"][1] == slants["z"][2] == 0
        assert slants["y"][1] == 0
        assert slants["y"][2] < 0
        assert slants["x"][1] < 0
        assert slants["x"][2] == 0

    def test_options_drop_no_image_fit(self, picture):
        rules = {"conv": {"image": str(picture)}}
        plate = layered(chain(), options={"styles": rules}, preset="compact", image_fit="contain")
        assert images(plate)[0].matrix[3] == pytest.approx(45 / 2)

    def test_scale_image(self, picture):
        plate = layered(chain(), styles={"conv": {"image": str(picture), "scale_image": 2}})
        assert size(plate, "conv")[1:] == (128, 90)

    def test_a_picture_that_is_missing(self):
        with pytest.warns(CutawayWarning, match="cannot read the picture"):
            layered(chain(), styles={"conv": {"image": "missing.png"}})

    def test_layered_groups(self):
        plate = layered(chain(), layered_groups=[{"layers": ["conv", "pool"], "name": "Block", "padding": 12}])
        (group,) = groups(plate, "grouping")
        assert "Block" in texts(plate)
        assert faults(plate.scene, plate.graph) == ()
        assert group.marks[0].fill == Rgba(200, 200, 200, 100 / 255)

    def test_layered_groups_by_all_that_means_layers(self):
        model = chain()
        for keys in ({"layers": [model.layers[3], model.layers[4]]}, {"indices": [3, 4]}, {"type": Dense}):
            plate = layered(model, layered_groups=[{**keys, "name": "Head"}])
            assert faults(plate.scene, plate.graph) == ()
            (group,) = groups(plate, "grouping")
            assert extent(group.marks[0].segments).contains(outline(plate, "out"))

    def test_a_group_of_unknown_layers(self):
        with pytest.warns(CutawayWarning, match="means 'conw', which is no layer.*did you mean 'conv'"):
            layered(chain(), layered_groups=[{"layers": ["conw"]}])

    def test_logo_groups(self, picture):
        plain = layered(chain(), logo_groups=[{"file": str(picture), "layers": [Dense]}])
        assert len(images(plain)) == 2
        options = layered(chain(), options={"logo_groups": [{"file": str(picture), "layers": ["conv"]}]})
        assert len(images(options)) == 1

    def test_logos_legend(self, picture):
        group = {"file": str(picture), "layers": [Dense], "name": "Ours"}
        plate = layered(chain(), logo_groups=[group], logos_legend=True)
        assert len(images(plate)) == 3
        assert texts(plate) == ["Ours"]
        wide = layered(chain(), logo_groups=[group], logos_legend={"padding": 40})
        assert wide.scene.height > plate.scene.height


class TestTheWholeCall:
    def test_to_file(self, tmp_path):
        path = tmp_path / "net.png"
        image = layered_view(chain(), str(path))
        assert image.mode == "RGBA"
        with Image.open(path) as stored:
            assert stored.size == image.size

    def test_a_file_as_model(self, tmp_path):
        import json

        path = tmp_path / "net.json"
        path.write_text(json.dumps(STORED["lenet5"]))
        assert layered_view(path).size == layered_view(STORED["lenet5"]).size

    def test_own_look(self):
        ours, classic = (layered_view(chain(), theme=theme) for theme in ("paper", "classic"))
        assert ours.size != classic.size

    def test_same_bytes(self):
        assert layered_view(chain()).tobytes() == layered_view(chain()).tobytes()

    def test_an_unbuilt_model(self):
        with pytest.warns(CutawayWarning, match=r"it is not built; build it first, as in model.build"):
            plate = layered(STORED["unbuilt"])
        assert len(nodes(plate)) == 5
        assert size(layered(STORED["unbuilt"], input_shape=(28, 28, 1)), nodes(plate)[0])[1] > 20

    def test_same_bytes_in_every_process(self, tmp_path):
        import json

        path = tmp_path / "net.json"
        path.write_text(json.dumps(STORED["mimo"]))
        program = (
            "import sys; from cutaway.compat.visualkeras import *;"
            "[view(sys.argv[1], to_file=sys.stdout.buffer, format='svg') for view in (layered_view, functional_view)]"
        )
        drawn = {
            subprocess.run(
                [sys.executable, "-c", program, str(path)],
                capture_output=True,
                check=True,
                env={**os.environ, "PYTHONHASHSEED": seed},
            ).stdout
            for seed in ("1", "2")
        }
        assert len(drawn) == 1
        assert drawn != {b""}
