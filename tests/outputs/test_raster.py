from io import BytesIO

import pytest
from outputs.scenes import rich
from PIL import Image as Pillow

from cutaway.errors import InputError, UnsupportedError
from cutaway.outputs.png import to_image
from cutaway.outputs.raster import FORMATS, to_raster
from cutaway.scene import Scene


@pytest.mark.parametrize("name", FORMATS)
def test_every_format_shows_the_figure(name):
    image = Pillow.open(BytesIO(to_raster(rich(), name, 100)))
    assert image.format.lower() == name
    assert image.size == (444, 306)
    original, shown = to_image(rich(), 100).convert("RGB"), image.convert("RGB")
    off = [abs(a - b) for a, b in zip(original.tobytes(), shown.tobytes(), strict=True)]
    assert sum(off) / len(off) < 2.5


@pytest.mark.parametrize("name", ["jpeg", "tiff", "bmp"])
def test_resolution_is_stored_where_the_format_can(name):
    assert Pillow.open(BytesIO(to_raster(rich(), name, 150))).info["dpi"] == pytest.approx((150, 150), abs=0.1)


@pytest.mark.parametrize("name", FORMATS)
def test_missing_page_is_transparent_or_white(name):
    corner = Pillow.open(BytesIO(to_raster(rich(page=False), name, 50))).convert("RGBA").getpixel((0, 0))
    assert corner[3] == 0 or min(corner) > 250
    assert (corner[3] == 0) == (name in {"webp", "tiff", "gif"})


@pytest.mark.parametrize(("name", "limit"), [("jpeg", "65,500"), ("webp", "16,383"), ("gif", "65,535")])
def test_format_that_cannot_hold_the_size_says_so(name, limit):
    strip = Scene(width=1, height=70_000, marks=(), palette={})
    with pytest.raises(UnsupportedError) as caught:
        to_raster(strip, name, 72)
    said = str(caught.value)
    assert name.upper() in said
    assert limit in said
    assert "1 × 70000" in said
    assert ".png" in said


def test_a_dpi_that_fits_is_named_and_fits():
    strip = Scene(width=1, height=16_000, marks=(), palette={})
    with pytest.raises(UnsupportedError, match="or draw at 73 dpi"):
        to_raster(strip, "webp", 300)
    assert Pillow.open(BytesIO(to_raster(strip, "webp", 73))).size == (1, 16_222)


@pytest.mark.parametrize(("name", "side"), [("jpeg", 65_500), ("webp", 16_383)])
def test_largest_side_is_written(name, side):
    data = to_raster(Scene(width=1, height=side, marks=(), palette={"page": "#336699"}), name, 72)
    assert Pillow.open(BytesIO(data)).size == (1, side)


def test_unknown_format_is_refused():
    with pytest.raises(InputError, match="'pcx': give one of jpeg, webp"):
        to_raster(rich(), "pcx")
