"""The low-level helpers: shapes and images drawn with Pillow, and values."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from cutaway.compat import visualkeras as vk
from cutaway.errors import CutawayWarning

MODES = ["accurate", "balanced", "capped", "logarithmic", "relative"]
RED, BLUE, WHITE = (255, 0, 0, 255), (0, 0, 255, 255), (255, 255, 255, 255)


def placed(kind, **more):
    shape = kind(**more)
    shape.x1, shape.y1, shape.x2, shape.y2 = 10, 10, 30, 30
    return shape


def drawn(shape, **keywords):
    image = Image.new("RGBA", (50, 50), WHITE)
    shape.draw(ImageDraw.Draw(image), **keywords)
    return image


class TestShapes:
    def test_box(self):
        box = placed(vk.Box, fill="#ff0000", outline="black")
        box.de, box.shade = 8, 50
        image = drawn(box)
        assert image.getpixel((20, 20)) == RED
        assert image.getpixel((24, 6)) == (205, 0, 0, 255)
        assert image.getpixel((34, 18)) == (155, 0, 0, 255)
        assert drawn(box, draw_reversed=True).getpixel((6, 18)) == (155, 0, 0, 255)

    def test_circle(self):
        image = drawn(placed(vk.Circle, fill=RED))
        assert image.getpixel((20, 20)) == RED
        assert image.getpixel((11, 11)) == WHITE

    def test_ellipses(self):
        column = [drawn(placed(vk.Ellipses, outline="red")).getpixel((20, y)) for y in range(10, 31)]
        dots = sum(one != RED and two == RED for one, two in pairwise(column))
        assert dots == 3

    def test_ribbon(self):
        image = drawn(vk.Ribbon((5, 5, 15), (45, 30, 45), fill="red"))
        assert image.getpixel((25, 24)) == RED
        assert image.getpixel((40, 10)) == WHITE

    def test_colors_can_be_set(self):
        shape = placed(vk.RectShape)
        shape.fill, shape.outline = 0x80FF0000, "blue"
        assert shape.fill == (255, 0, 0, 128)
        assert shape.outline == BLUE

    def test_color_wheel(self):
        wheel = vk.ColorWheel(["red", "blue"])
        assert [wheel.get_color(kind) for kind in (int, str, int, float)] == ["red", "blue", "red", "red"]
        assert vk.ColorWheel().get_color(int) == "#ffd166"


class TestImages:
    def test_below_each_other(self):
        one, two = Image.new("RGBA", (10, 20), RED), Image.new("RGBA", (30, 5), BLUE)
        image = vk.vertical_image_concat(one, two, "white")
        assert image.size == (30, 25)
        assert [image.getpixel(at) for at in ((5, 5), (20, 5), (20, 22))] == [RED, WHITE, BLUE]

    def test_in_lines(self):
        images = [Image.new("RGBA", (10, 10), RED)] * 3
        assert vk.linear_layout(images, padding=2, spacing=5).size == (44, 14)
        assert vk.linear_layout(images, max_width=30, spacing=5).size == (25, 25)
        assert vk.linear_layout(images, horizontal=False).size == (10, 30)
        assert vk.linear_layout([]).size == (0, 0)

    def test_fitting(self):
        image = Image.new("RGB", (40, 20), "red")
        assert vk.resize_image_to_fit(image, 20, 20, "fill").getpixel((10, 1)) == RED
        whole = vk.resize_image_to_fit(image, 20, 20, "contain")
        assert whole.size == (20, 20)
        assert whole.getpixel((10, 1)) == (0, 0, 0, 0)
        assert vk.resize_image_to_fit(image, 20, 20, "cover").getpixel((10, 1)) == RED
        assert vk.resize_image_to_fit(image, 20, 20, "match_aspect").size == (20, 10)

    def test_slanting(self):
        image = vk.apply_affine_transform(Image.new("RGB", (10, 10), "red"), [(20, 10), (40, 0), (20, 40)], (50, 50))
        assert image.getpixel((30, 20)) == RED
        assert image.getpixel((30, 2)) == (0, 0, 0, 0)

    def test_logos(self):
        ground, logo = Image.new("RGBA", (60, 60), WHITE), Image.new("RGB", (8, 8), "red")
        image = vk.draw_node_logo(ground, placed(vk.Box), logo, {"corner": "bottom-left", "size": (6, 6)})
        assert image.getpixel((12, 28)) == RED
        assert image.getpixel((28, 12)) == WHITE
        legend = vk.draw_logos_legend(ground, [(logo, "ours")])
        assert legend.height > 60


class TestValues:
    def test_small_ones(self):
        assert vk.fade_color((100, 20, 0, 77), 30) == (70, 0, 0, 77)
        assert vk.get_rgba_tuple("red") == RED
        assert list(vk.get_keys_by_value({"a": 1, "b": 2, "c": 1}, 1)) == ["a", "c"]
        assert vk.self_multiply((None, 3, 4)) == 12
        assert vk.self_multiply((None,)) == 0

    def test_resolve_style(self):
        class Base:
            pass

        class Derived(Base):
            pass

        rules = {Derived: {"fill": 2, "a": 2}, Base: {"fill": 1, "b": 1}, "x": {"fill": 3}}
        assert vk.resolve_style(Derived(), "y", rules, {"c": 0}) == {"fill": 2, "a": 2, "b": 1, "c": 0}
        assert vk.resolve_style(Derived(), "x", rules, {})["fill"] == 3

    def test_extract_primary_shape(self):
        assert vk.extract_primary_shape((None, 3)) == (None, 3)
        assert vk.extract_primary_shape([(None, 3)]) == (None, 3)
        with pytest.warns(CutawayWarning, match="'x' tells no shape"):
            assert vk.extract_primary_shape(None, "x") == (None, 1)
        with pytest.warns(CutawayWarning, match="'x' gives 2 tensors"):
            assert vk.extract_primary_shape([(None, 3), (None, 4)], "x") == (None, 3)
        with pytest.raises(RuntimeError, match="Unsupported tensor shape format 'abc'"):
            vk.extract_primary_shape("abc")


class TestDimensions:
    limits = (1.5, 4, 400, 2000, 20, 20)

    @pytest.mark.parametrize(
        ("shape", "expected"),
        [
            ((None, 30), (20, 120, 20)),
            ((None, 32, 16), (128, 64, 24)),
            ((None, 32, 16, 40), (128, 64, 60)),
            ((None, 32, 16, 4, 10), (128, 64, 60)),
            ((None,), (20, 20, 20)),
            ((None, None, None, 64), (20, 20, 96)),
        ],
    )
    def test_accurate(self, shape, expected):
        assert vk.calculate_layer_dimensions(shape, *self.limits) == expected

    def test_of_vectors(self):
        assert vk.calculate_layer_dimensions((None, 100), *self.limits, one_dim_orientation="z") == (20, 20, 150)
        assert vk.calculate_layer_dimensions((None, 100), *self.limits, one_dim_orientation="x") == (400, 20, 20)

    @pytest.mark.parametrize("mode", ["balanced", "logarithmic"])
    def test_whole_pixels(self, mode):
        found = vk.calculate_layer_dimensions((None, 301, 77, 333), *self.limits, sizing_mode=mode)
        assert all(isinstance(length, int) for length in found)

    def test_capped_sees_images(self):
        """The original made all of them equal."""
        shape, caps = (None, 32, 16, 40), {"channels": 50, "sequence": 100}
        found = vk.calculate_layer_dimensions(shape, *self.limits, sizing_mode="capped", dimension_caps=caps)
        assert found == (100, 64, 50)

    @given(st.sampled_from(MODES), st.lists(st.integers(1, 5000), min_size=1, max_size=4), st.integers(0, 3))
    def test_no_mode_makes_a_larger_size_shorter(self, mode, sizes, place):
        grown = [size + 1 if at == place else size for at, size in enumerate(sizes)]
        small, large = (
            vk.calculate_layer_dimensions((None, *each), *self.limits, sizing_mode=mode) for each in (sizes, grown)
        )
        assert all(one <= two for one, two in zip(small, large, strict=True))
