"""Each option of the `volumes` view changes its figure in the way that it says."""

from io import BytesIO

import pytest
from PIL import Image as Picture
from volume_marks import IMAGES, NODES, draw, front, groups, node, paths, size, skipping, texts

import cutaway
from cutaway.errors import InputError
from cutaway.faults import faults
from cutaway.page import Page
from cutaway.scene import Hatch, Image, Rgba
from cutaway.theme import PAPER
from cutaway.views.parts.grouping import Grouping
from cutaway.views.parts.logos import Logo
from cutaway.views.parts.picture import read_picture
from cutaway.views.volumes import Volumes

WIDE = BytesIO()
Picture.new("RGB", (2, 1), "navy").save(WIDE, "PNG")
"""A picture twice as wide as it is high."""


def depth(scene, name):
    """Return how far a volume reaches beyond its front to the right and to the left."""
    outline, left, right = paths(node(scene, name))[0], *front(scene, name)[::2]
    xs = [segment.to.x for segment in outline.segments if hasattr(segment, "to")]
    return max(xs) - right, left - min(xs)


class TestSizes:
    def test_factors(self):
        once, twice = draw(IMAGES, scale_xy=1.0, scale_z=1.0), draw(IMAGES, scale_xy=2.0, scale_z=2.0)
        assert size(twice, "conv2d_3")[1] == pytest.approx(2 * size(once, "conv2d_3")[1])
        assert size(twice, "conv2d_3")[0] == pytest.approx(2 * size(once, "conv2d_3")[0])

    def test_bounds(self):
        scene = draw(IMAGES, min_xy=50.0, max_xy=60.0, min_z=20.0, max_z=30.0)
        for name in ("conv2d_1", "conv2d_3"):
            assert 20 <= size(scene, name)[0] <= 30.001
            assert 50 <= size(scene, name)[1] <= 60.001

    def test_caps(self):
        free = draw(IMAGES, sizing="capped", scale_xy=1.0, scale_z=1.0, max_z=400.0, max_xy=400.0)
        capped = draw(
            IMAGES, sizing="capped", scale_xy=1.0, scale_z=1.0, max_z=400.0, max_xy=400.0, caps={"channels": 20}
        )
        assert size(free, "conv2d_3")[0] == pytest.approx(64)
        assert size(capped, "conv2d_3")[0] == pytest.approx(20)

    @pytest.mark.parametrize(("side", "place"), [("y", 1), ("z", 0)])
    def test_vectors_lie_along_a_side(self, side, place):
        wide = size(draw(IMAGES, one_dim=side), "flatten_4")
        assert wide[place] > 3 * wide[1 - place]

    def test_vectors_may_lie_in_depth(self):
        assert depth(draw(IMAGES, one_dim="x"), "flatten_4")[0] > depth(draw(IMAGES), "flatten_4")[0]


class TestForms:
    def test_flat(self):
        assert len(paths(node(draw(IMAGES, flat=True), "conv2d_1"))) < len(paths(node(draw(IMAGES), "conv2d_1")))
        assert depth(draw(IMAGES, flat=True), "conv2d_1") == (0.0, 0.0)

    def test_reversed(self):
        right, left = depth(draw(IMAGES), "conv2d_1")
        assert depth(draw(IMAGES, reversed=True), "conv2d_1") == (pytest.approx(left), pytest.approx(right))

    def test_angle_and_depth(self):
        usual, steep = depth(draw(IMAGES), "conv2d_1")[0], depth(draw(IMAGES, angle=80.0), "conv2d_1")[0]
        assert steep < usual / 2
        assert depth(draw(IMAGES, depth_share=0.78), "conv2d_1")[0] == pytest.approx(2 * usual)

    def test_rotation(self):
        left, top, right, bottom = front(draw(IMAGES, rotation=40.0), "conv2d_3")
        assert right - left < size(draw(IMAGES), "conv2d_3")[0]
        assert bottom - top > 0

    def test_gaps(self):
        scene = draw(IMAGES, spacing=10.0, gap=40.0)
        assert front(scene, "conv2d_3")[0] - front(scene, "maxpooling2d_2")[2] == pytest.approx(10)
        assert front(scene, "maxpooling2d_2")[0] - front(scene, "conv2d_1")[2] >= 39.99

    def test_padding(self):
        assert draw(IMAGES, padding=60.0).width == pytest.approx(draw(IMAGES, padding=10.0).width + 100)


class TestLines:
    def test_funnels(self):
        drawn = [group for group in groups(draw(IMAGES, funnels=True).marks) if group.part == "edge"]
        filled = [path for group in drawn for path in paths(group) if path.fill is not None and path.stroke]
        assert {group.ref for group in drawn} >= {"conv2d_1:0->maxpooling2d_2:0"}
        assert filled

    def test_color_and_width(self):
        scene = draw(skipping(), connector_color="red", connector_width=2.5)
        line = next(group for group in groups(scene.marks) if group.ref == "conv2d_1:0->conv2d_3:1")
        assert scene.palette[paths(line)[0].stroke.paint] == "#FF0000"
        assert paths(line)[0].stroke.width == 2.5

    def test_heads(self):
        for arrows, count in ((True, 2), (False, 1)):
            scene = draw(skipping(), arrows=arrows)
            line = next(group for group in groups(scene.marks) if group.ref == "conv2d_1:0->conv2d_3:1")
            assert len(paths(line)) == count


class TestWords:
    def test_texts_by_name(self):
        assert {"conv2d_1", "conv2d_3"} <= set(texts(draw(IMAGES, text="name")))
        assert "MaxPooling2D" in texts(draw(IMAGES, text="type", legend=False))
        assert texts(draw(IMAGES, text="shape", legend=False)).count("64²×16") == 1
        assert {"conv2d_3", "32²×64"} <= set(texts(draw(IMAGES, text="name_shape")))

    def test_texts_by_a_function(self):
        assert {"<input>", "<dense_5>"} <= set(texts(draw(IMAGES, text=lambda node: f"<{node.id}>")))

    def test_above_and_below(self):
        def heights(**options):
            scene = draw(IMAGES, text="name", legend=False, title="", **options)
            found = [
                mark.at.y
                for group in groups(scene.marks)
                for mark in group.marks
                if getattr(mark, "text", "") == "conv2d_3"
            ]
            return found[0], front(scene, "conv2d_3")

        y, (_, top, _, bottom) = heights()
        assert y > bottom
        y, (_, top, _, bottom) = heights(text_position="above")
        assert y < top

    def test_what_is_no_text(self):
        with pytest.raises(InputError, match="is no text"):
            draw(IMAGES, text=lambda node: 3)
        with pytest.raises(InputError, match="name_shape"):
            draw(IMAGES, text="nmae")

    def test_dimensions_in_the_legend(self):
        assert "Conv2D 3×3, ReLU: 64²×16, 32²×64" in texts(draw(IMAGES, dimensions=True))
        assert "Conv2D 3×3, ReLU" in texts(draw(IMAGES))


class TestStyles:
    def test_shades(self):
        for options in ({"shade_step": 20}, {"style": {"conv2d_1": {"shade": 20}}}):
            fills = [path.fill for path in paths(node(draw(IMAGES, **options), "conv2d_1"))]
            assert sum(isinstance(fill, Rgba) for fill in fills) >= 2
        front_fill, *others = [path.fill for path in paths(node(draw(IMAGES), "conv2d_1"))]
        assert not any(isinstance(fill, Rgba) for fill in (front_fill, *others))

    def test_a_fill_is_the_front(self):
        scene = draw(IMAGES, style={"conv2d_1": "#336699"})
        faces = [each for each in groups(node(scene, "conv2d_1").marks) if each.part == "front"]
        assert scene.palette[paths(faces[0])[0].fill] == "#336699"

    def test_patterns(self):
        faces = [
            each
            for each in groups(node(draw(IMAGES, style={"conv2d_1": {"pattern": "diagonal"}}), "conv2d_1").marks)
            if each.part == "front"
        ]
        assert isinstance(paths(faces[0])[0].fill, Hatch)

    def test_one_that_is_flat(self):
        scene = draw(IMAGES, style={"conv2d_3": {"flat": True}})
        assert depth(scene, "conv2d_3") == (0.0, 0.0)
        assert depth(scene, "conv2d_1")[0] > 5

    def test_a_size(self):
        scene = draw(IMAGES, style={"conv2d_3": {"size": (10, 33, 44)}})
        assert size(scene, "conv2d_3") == (pytest.approx(44), pytest.approx(33))

    def test_a_gap(self):
        scene = draw(IMAGES, style={"conv2d_3": {"gap": (30, 0)}})
        assert front(scene, "conv2d_3")[0] - front(scene, "maxpooling2d_2")[2] == pytest.approx(31.6)

    @pytest.mark.parametrize("face", ["front", "top", "side"])
    def test_a_picture_lies_on_a_face(self, face):
        scene = draw(IMAGES, style={"conv2d_1": {"picture": WIDE.getvalue(), "fit": "fill", "face": face}})
        (image,) = [mark for mark in node(scene, "conv2d_1").marks if isinstance(mark, Image)]
        _, b, c, *_ = image.matrix
        slanted = (abs(b) > 1e-6, abs(c) > 1e-6)
        assert slanted == {"front": (False, False), "top": (False, True), "side": (True, False)}[face]

    def test_a_picture_lies_where_it_is_seen_best(self):
        def pictures(**style):
            scene = draw(IMAGES, style={IMAGES.inputs[0]: {"picture": WIDE.getvalue(), "fit": "fill", **style}})
            return [mark for group in groups(scene.marks) for mark in group.marks if isinstance(mark, Image)]

        assert pictures() == pictures(face="side") != pictures(face="front")
        assert pictures(size=(20, 60, 60)) == pictures(size=(20, 60, 60), face="front")

    def test_a_picture_gives_a_face_its_shape(self):
        scene = draw(IMAGES, style={"conv2d_1": {"picture": WIDE.getvalue(), "fit": "match_aspect"}})
        wide, high = size(scene, "conv2d_1")
        assert wide == pytest.approx(2 * high)


def test_options_that_do_not_fit():
    for options in ({"angle": 120.0}, {"sizing": "squared"}, {"spacing": -1.0}, {"connector_color": "no colour"}):
        with pytest.raises(InputError):
            cutaway.draw(IMAGES, view="volumes", **options)


def test_all_nodes_are_drawn():
    assert {group.ref for group in groups(draw(IMAGES).marks) if group.part == "node"} == set(NODES)


def test_what_is_hidden_is_accounted_for():
    assert faults(draw(IMAGES, hide="MaxPooling2D"), IMAGES) == ()


def test_what_is_hidden_at_the_end_is_accounted_for():
    figure = cutaway.draw(IMAGES, view="volumes", hide=IMAGES.outputs[0].node)
    assert faults(figure.scene, figure.graph) == ()


def test_what_is_highlighted_is_shown_as_a_cube():
    scene = draw(IMAGES, highlight="kind:dense")
    assert faults(scene, IMAGES) == ()
    assert "dense.strong" in {path.fill.rpartition(".")[0] for path in paths(node(scene, "dense_5")) if path.fill}


def test_notes_stand_beside_volumes():
    scene = draw(IMAGES, notes={"conv2d_3": "look here"})
    assert "look here" in texts(scene)
    assert faults(scene, IMAGES) == ()


def test_labels_stand_below_volumes():
    once = draw(IMAGES, style={"conv2d_1": {"label": "edges"}})
    assert "edges" in texts(once)
    assert "edges" in texts(draw(IMAGES, style={"conv2d_1": {"label": "edges"}}, text="name"))


def test_closed_models_have_their_names():
    figure = cutaway.draw("examples/siamese.keras", view="volumes", depth=0)
    assert faults(figure.scene, figure.graph) == ()
    assert texts(figure.scene).count("encoder") == 2


def test_captions_part_runs():
    scene = draw(IMAGES, captions={"Head": "Flatten or kind:dense"})
    assert "Head" in texts(scene)
    assert faults(scene, IMAGES) == ()


class TestGroupings:
    head = Grouping(members=("flatten_4", "dense_5"), caption="head")

    def test_a_box_behind_some(self):
        scene = Volumes(groupings=(self.head,))(IMAGES, PAPER, Page())
        assert faults(scene, IMAGES) == ()
        assert "head" in texts(scene)

    def test_one_in_another(self):
        images = Grouping(members=NODES[:4], caption="images", above=True)
        first = Grouping(members=NODES[:2], padding=4.0)
        scene = Volumes(groupings=(images, first, self.head))(IMAGES, PAPER, Page())
        assert faults(scene, IMAGES) == ()


def test_a_logo_lies_on_a_face():
    picture = read_picture(WIDE.getvalue())
    scene = Volumes(logos={"conv2d_3": (Logo(picture=picture, name="conv"),)})(IMAGES, PAPER, Page())
    assert [mark for mark in node(scene, "conv2d_3").marks if isinstance(mark, Image)]
