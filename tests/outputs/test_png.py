import struct
import zlib
from io import BytesIO
from math import hypot

import pytest
from outputs.scenes import PALETTE, node, picture, rich
from PIL import Image as Pillow
from PIL import ImageChops
from test_ruler import own_font

from cutaway.errors import CutawayWarning, InputError, InternalError, UnsupportedError
from cutaway.geometry import Point, Rect
from cutaway.outputs import drawing
from cutaway.outputs.png import to_image, to_png
from cutaway.ruler import Face, face_from_files
from cutaway.scene import Close, Image, Line, Move, Path, Rgba, Scene, Stroke, Text

BLACK = {"page": "#ffffff", "ink": "#000000"}


def opened(data):
    return Pillow.open(BytesIO(data))


def on_white(image):
    ground = Pillow.new("RGBA", image.size, "white")
    ground.alpha_composite(image)
    return ground


def written(text, **given):
    label = Text(**{"at": Point(2, 16), "text": text, "size": 16, "face": Face()} | given)
    return Scene(width=80, height=20, marks=(label,), palette=BLACK)


def square(x, y, size, fill):
    corners = (Line(Point(x + size, y)), Line(Point(x + size, y + size)), Line(Point(x, y + size)))
    return Path(segments=(Move(Point(x, y)), *corners, Close()), fill=fill)


@pytest.mark.parametrize("dpi", [72, 96, 150.5, 300])
def test_size_and_resolution_follow_the_dpi(dpi):
    image = opened(to_png(rich(), dpi))
    assert image.size == (round(320 * dpi / 72), round(220 * dpi / 72))
    assert image.info["dpi"] == pytest.approx((dpi, dpi), abs=0.02)


def test_image_and_file_hold_the_same_pixels():
    image = to_image(rich(), 150)
    assert image.mode == "RGBA"
    file = opened(to_png(rich(), 150)).convert("RGBA")
    assert max(high for _, high in ImageChops.difference(image, file).getextrema()) <= 3
    assert image.info["dpi"] == (150, 150)


@pytest.mark.parametrize("page", [True, False])
@pytest.mark.parametrize(("height", "side"), [(7, 64), (32, 100), (50, 16_000)])
def test_strips_and_parts_leave_no_seam(monkeypatch, page, height, side):
    """Smoothing differs by a step of rounding, and the pixels where a dash is cut; nothing else."""
    whole = to_image(rich(page=page), 150)
    monkeypatch.setattr(drawing, "STRIP_BYTES", 1)
    monkeypatch.setattr(drawing, "LEAST_HEIGHT", height)
    monkeypatch.setattr(drawing, "SIDE", side)
    parted = opened(to_png(rich(page=page), 150))
    off = ImageChops.difference(on_white(whole), on_white(parted.convert("RGBA"))).tobytes()
    assert max(off) <= 64
    assert sum(value > 3 for value in off) < 0.0002 * len(off)
    assert parted.info["dpi"] == pytest.approx((150, 150), abs=0.02)


def test_ground_is_the_page_to_the_last_pixel_or_nothing():
    page = Scene(width=10.3, height=10.4, marks=(), palette={"page": "#102030"})
    assert to_image(page, 100).getcolors() == [(14 * 14, (16, 32, 48, 255))]
    bare = Scene(width=10.3, height=10.4, marks=(), palette={})
    assert to_image(bare, 100).getcolors() == [(14 * 14, (0, 0, 0, 0))]


def test_alpha_of_a_paint_is_kept():
    scene = Scene(width=10, height=10, marks=(square(0, 0, 10, Rgba(255, 0, 0, 0.5)),), palette={})
    red, green, blue, alpha = to_image(scene, 72).getpixel((5, 5))
    assert (red, green, blue) == (255, 0, 0)
    assert alpha in {127, 128}


def test_tall_strip_is_complete():
    """A ResNet50 strip at 300 dpi is taller than 32,767 pixels, where several libraries stop drawing."""
    nodes = tuple(node(Rect(10, 10 + 42 * number, 70, 30), "Conv", "3×3", "dense") for number in range(205))
    last = square(80, 8630, 10, "ink")
    scene = Scene(width=90, height=8640, marks=(*nodes, last), palette=PALETTE)
    data = to_png(scene, 300)
    image = opened(data).convert("RGBA")
    assert image.size == (375, 36_000)
    assert image.getpixel((374, 35_999)) == (0x1F, 0x26, 0x30, 255)
    assert image.getpixel((332, 35_957)) == (255, 255, 255, 255)
    bottom = image.crop((0, 35_700, 375, 36_000))
    alone = Scene(width=90, height=72, marks=(square(80, 62, 10, "ink"),), palette=PALETTE)
    assert bottom.crop((330, 200, 375, 300)).tobytes() == to_image(alone, 300).crop((330, 200, 375, 300)).tobytes()


def test_lines_across_a_page_that_is_too_wide_to_draw_at_once_are_straight():
    """Far from the corner of what is drawn at once, pdfium moves the ends of lines."""
    wide, high = 100_000, 300
    stroke = Stroke(paint="ink", width=3)
    falling = Path(segments=(Move(Point(0, 0)), Line(Point(wide, high))), stroke=stroke)
    dashed = Path(
        segments=(Move(Point(0, high)), Line(Point(wide, 0))), stroke=Stroke(paint="ink", width=3, dash=(30, 20))
    )
    far = square(wide - 20, 140, 10, "ink")
    image = to_image(Scene(width=wide, height=high, marks=(falling, far), palette=BLACK), 72).convert("L")
    broken = to_image(Scene(width=wide, height=high, marks=(dashed,), palette=BLACK), 72).convert("L")
    for x in range(100, wide - 100, 499):
        column = image.crop((x, 0, x + 1, high)).tobytes()
        dark = [y for y, value in enumerate(column) if value < 128]
        assert (dark[0] + dark[-1] + 1) / 2 == pytest.approx(high * (x + 0.5) / wide, abs=1)
        along = (x + 0.5) * hypot(wide, high) / wide % 50
        if 2 < along < 28 or 32 < along < 48:
            assert (min(broken.crop((x, 0, x + 1, high)).tobytes()) < 128) == (along < 30)
    assert image.getpixel((wide - 15, 145)) == 0


def test_turned_text_and_pictures_have_smooth_borders():
    """pdfium cuts what is not level at whole pixels."""
    turned = Image(data=picture(), matrix=(60, 12, -12, 60, 20, 5))
    scene = Scene(width=90, height=90, marks=(turned,), palette={})
    levels = {to_image(scene, 72).getpixel((x, y))[3] for x in range(90) for y in range(90)}
    assert len(levels) > 20
    rectangle = Scene(width=20, height=20, marks=(square(2.3, 2.3, 10, Rgba(0, 0, 0)),), palette={})
    sides = [to_image(rectangle, 72).getpixel((x, 6))[3] for x in (1, 2, 3, 11, 12, 13)]
    assert sides == pytest.approx([0, 255 * 0.7, 255, 255, 255 * 0.3, 0], abs=6)


def test_thin_lines_are_pale_and_not_thick():
    lines = tuple(
        Path(segments=(Move(Point(0, y + 0.5)), Line(Point(20, y + 0.5))), stroke=Stroke(paint="ink", width=width))
        for y, width in ((2, 1), (6, 0.5), (10, 0.1))
    )
    image = to_image(Scene(width=20, height=14, marks=lines, palette=BLACK), 72).convert("L")
    assert [image.getpixel((9, y)) for y in (2, 6, 10)] == pytest.approx([0, 128, 230], abs=3)
    assert {image.getpixel((9, y)) for y in (1, 3, 5, 7, 9, 11)} == {255}


def test_stored_checksums_are_right():
    data = to_png(rich(), 100)
    at, kinds = 8, []
    while at < len(data):
        (length,) = struct.unpack_from(">I", data, at)
        (stored,) = struct.unpack_from(">I", data, at + 8 + length)
        assert zlib.crc32(data[at + 4 : at + 8 + length]) == stored
        kinds.append(data[at + 4 : at + 8])
        at += length + 12
    assert kinds[:2] == [b"IHDR", b"pHYs"]
    assert kinds[-1] == b"IEND"


def test_both_weights_come_from_our_font():
    regular, bold = (to_image(written("Hg", weight=weight), 96) for weight in (400, 700))
    ink = [sum(255 - value for value in image.convert("L").tobytes()) for image in (regular, bold)]
    assert 0 < ink[0] < ink[1]


def test_missing_character_is_a_question_mark_and_a_warning():
    with pytest.warns(CutawayWarning, match=r"U\+4E2D"):
        image = to_image(written("a中b"), 96)
    assert image.tobytes() == to_image(written("a?b"), 96).tobytes()


def test_own_font_is_drawn(tmp_path):
    face = face_from_files(str(own_font(tmp_path / "own.ttf", wide=1000)))
    image = to_image(written("AA", face=face), 72).convert("L")
    assert image.getpixel((8, 10)) == 0  # its glyphs are squares: 0.9 em wide, 0.7 em high
    assert image.getpixel((17, 10)) > 200  # smoothed across
    assert image.getpixel((24, 10)) == 0


@pytest.mark.parametrize("dpi", [0, -1, float("nan"), float("inf"), True, "300", None])
def test_bad_dpi_is_refused(dpi):
    with pytest.raises(InputError, match="dots per inch"):
        to_png(rich(), dpi)


def test_huge_picture_is_refused_before_it_is_drawn():
    with pytest.raises(UnsupportedError, match=r"limit is 1,000,000,000 pixels; draw at (\d+) dpi") as caught:
        to_image(rich(), 20_000)
    assert "save as .svg or .pdf" in str(caught.value)


def test_scene_without_extent_is_our_fault():
    with pytest.raises(InternalError, match="no extent"):
        to_png(Scene(width=0, height=5, marks=()), 72)
