import struct
import warnings
import zlib
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image as Pillow
from pypdf import PdfReader

from cutaway.errors import CutawayWarning, InputError
from cutaway.geometry import Point, Size
from cutaway.outputs.pdf import to_pdf
from cutaway.outputs.png import to_image
from cutaway.scene import Scene
from cutaway.views.parts.picture import FITS, Picture, Pictures, Plane, fit_named, matched, placed, read_picture

FRONT = Plane(corner=Point(20, 20), u=Point(60, 0), v=Point(0, 30))
SLANTED = Plane(corner=Point(30, 20), u=Point(50, 0), v=Point(-20, 40))


def halves(width=20, height=20, form="PNG", mode="RGB", **options):
    """A picture that is red on the left and blue on the right."""
    image = Pillow.new(mode, (width, height), "red")
    image.paste("blue", (width // 2, 0, width, height))
    out = BytesIO()
    image.save(out, form, **options)
    return out.getvalue()


def shown(plane, picture=None, fit="fill", **options):
    """Return a function that tells the colour at a place of the page."""
    picture = picture or read_picture(halves())
    scene = Scene(width=120, height=80, marks=placed(picture, plane, fit, **options), palette={"page": "#ffffff"})
    image = to_image(scene, 144)
    return lambda x, y: named(image.getpixel((int(x * 2), int(y * 2)))[:3])


def named(rgb):
    known = {"red": (255, 0, 0), "blue": (0, 0, 255), "white": (255, 255, 255)}
    return next(
        (name for name, each in known.items() if max(abs(a - b) for a, b in zip(rgb, each, strict=True)) < 40), rgb
    )


@pytest.mark.parametrize("form", ["PNG", "JPEG"])
def test_png_and_jpeg_stay_as_they_are(tmp_path, form):
    data = halves(12, 8, form)
    path = tmp_path / "a"
    path.write_bytes(data)
    for source in (data, bytearray(data), path, str(path), {"path": path}, {"src": data}, {"file": str(path)}):
        assert read_picture(source) == Picture(data=data, size=Size(12, 8))


@given(st.integers(1, 70), st.integers(1, 70), st.sampled_from(["PNG", "JPEG"]), st.booleans())
def test_sizes_are_those_that_pillow_reads(width, height, form, progressive):
    data = halves(width, height, form, progressive=progressive)
    assert read_picture(data) == Picture(data=data, size=Size(width, height))


@pytest.mark.parametrize("form", ["GIF", "BMP", "TIFF", "WEBP"])
def test_other_formats_become_png(form):
    found = read_picture(halves(12, 8, form))
    assert found.size == Size(12, 8)
    assert found.data.startswith(b"\x89PNG")
    assert found == read_picture(halves(12, 8, form))


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "CMYK", "LAB", "HSV", "I;16", "I", "F"])
def test_pillow_images_of_any_mode(mode):
    assert read_picture(Pillow.new(mode, (5, 4))).size == Size(5, 4)


@pytest.mark.parametrize(
    ("mode", "grey", "white"), [("I;16", 32768, 65535), ("I", 32768, 65535), ("I", 128, 255), ("F", 0.5, 1.0)]
)
def test_numbers_of_more_than_eight_bits_are_not_cut_off(mode, grey, white):
    image = Pillow.new(mode, (3, 1), 0)
    image.putpixel((1, 0), grey)
    image.putpixel((2, 0), white)
    found = Pillow.open(BytesIO(read_picture(image).data)).convert("L")
    assert [found.getpixel((x, 0)) for x in range(3)] == pytest.approx([0, 128, 255], abs=1)


def test_file_of_16_bit_greys_is_written_with_8():
    out = BytesIO()
    Pillow.new("I;16", (3, 3), 32768).save(out, "PNG")
    found = Pillow.open(BytesIO(read_picture(out.getvalue()).data))
    assert found.mode == "RGB"
    assert found.getpixel((1, 1)) == pytest.approx((128, 128, 128), abs=1)


def test_profile_of_other_inks_is_not_kept():
    for mode, kept in (("CMYK", None), ("RGB", b"profile")):
        image = Pillow.new(mode, (3, 3))
        image.info["icc_profile"] = b"profile"
        assert Pillow.open(BytesIO(read_picture(image).data)).info.get("icc_profile") == kept


def chunk(name, data):
    return struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))


@pytest.mark.parametrize(
    ("bits", "kind", "packed"),
    [
        (8, 2, None),
        (8, 2, b"no zlib stream"),
        (8, 2, zlib.compress(bytes(100))),
        (7, 9, zlib.compress(bytes(10_000))),
    ],
)
def test_png_of_whole_chunks_without_pixels_is_told_of(bits, kind, packed):
    header = struct.pack(">IIBBBBB", 60, 40, bits, kind, 0, 0, 0)
    parts = [chunk(b"IHDR", header), *([chunk(b"IDAT", packed)] if packed else []), chunk(b"IEND", b"")]
    with pytest.warns(CutawayWarning, match="damaged; left out"):
        assert read_picture(b"\x89PNG\r\n\x1a\n" + b"".join(parts)) is None


@given(st.integers(1, 40), st.integers(1, 40), st.sampled_from(["1", "L", "LA", "P", "RGB", "RGBA"]))
def test_png_of_every_colour_type_stays_as_it_is(width, height, mode):
    out = BytesIO()
    Pillow.new(mode, (width, height)).save(out, "PNG")
    assert read_picture(out.getvalue()).data == out.getvalue()


def test_transparency_is_kept():
    found = read_picture(Pillow.new("RGBA", (4, 4), (255, 0, 0, 0)))
    assert shown(FRONT, found)(50, 35) == "white"


def test_photograph_stored_on_its_side_stands_upright():
    exif = Pillow.Exif()
    exif[0x0112] = 6  # to be turned clockwise by a quarter
    found = read_picture(halves(20, 10, "JPEG", exif=exif, quality=95))
    assert found.size == Size(10, 20)
    at = shown(Plane(corner=Point(10, 10), u=Point(20, 0), v=Point(0, 40)), found)
    assert (at(20, 15), at(20, 45)) == ("red", "blue")
    exif[0x0112] = 1
    data = halves(20, 10, "JPEG", exif=exif)
    assert read_picture(data).data == data


@pytest.mark.parametrize(
    "damage", [lambda data: data[: len(data) // 2], lambda data: data[:30], lambda _: b"", lambda _: b"<svg/>"]
)
@pytest.mark.parametrize("form", ["PNG", "JPEG", "GIF"])
def test_damaged_file_is_told_by_name_and_left_out(tmp_path, form, damage):
    path = tmp_path / "face.dat"
    path.write_bytes(damage(halves(30, 30, form)))
    with pytest.warns(CutawayWarning, match=r"face\.dat.*damaged; left out"):
        assert read_picture(path) is None


def test_missing_file_is_told_by_name_and_left_out(tmp_path):
    with pytest.warns(CutawayWarning, match="nowhere.png"):
        assert read_picture(tmp_path / "nowhere.png") is None
    with pytest.warns(CutawayWarning, match=tmp_path.name):
        assert read_picture(tmp_path) is None
    with pytest.warns(CutawayWarning, match="null"):
        assert read_picture("a\0b.png") is None


@given(
    st.binary(max_size=60),
    st.sampled_from([b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff\xe0", b"\xff\xd8\xff\xe1\0\x20Exif\0\0", b""]),
)
def test_no_bytes_raise(data, head):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        read_picture(head + data)


@given(st.data())
def test_what_is_read_can_be_drawn(data):
    """Wherever one bit of a PNG file is wrong, it is either read and drawn in every format, or told of."""
    raw = bytearray(halves(9, 7))
    raw[data.draw(st.integers(0, len(raw) - 1))] ^= 1 << data.draw(st.integers(0, 7))
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", CutawayWarning)
        found = read_picture(bytes(raw))
        if found:
            scene = Scene(width=120, height=80, marks=placed(found, FRONT), palette={"page": "#ffffff"})
            to_image(scene, 72)
            to_pdf(scene)


def test_huge_picture_is_not_read():
    head = struct.pack(">IIBBBBB", 60_000, 60_000, 8, 2, 0, 0, 0)
    chunk = b"IHDR" + head
    data = b"\x89PNG\r\n\x1a\n" + struct.pack(">I", 13) + chunk + struct.pack(">I", zlib.crc32(chunk))
    data += struct.pack(">I", 0) + b"IEND" + struct.pack(">I", zlib.crc32(b"IEND"))
    with pytest.warns(CutawayWarning, match="left out"):
        assert read_picture(data) is None


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (5, "type 'int'"),
        (None, "NoneType"),
        ({"path": "a", "shape": 1}, "unknown key 'shape'"),
        ({"fit": "fill"}, "without 'path'"),
        ({"path": halves(), "fit": "fil"}, "did you mean 'fill'"),
        ({"path": halves(), "alpha": "much"}, "alpha 'much'"),
    ],
)
def test_other_values_are_refused(what, said):
    with pytest.raises(InputError, match=said):
        read_picture(what)


def test_mapping_says_how_to_place():
    found = read_picture({"path": halves(), "fit": "scale-down", "alpha": 51, "inset": 5})
    assert (found.fit, found.opacity, found.inset) == ("contain", 0.2, 5)
    at = shown(FRONT, read_picture({"path": halves(), "fit": "fill", "inset": 5}))
    assert (at(22, 35), at(27, 35), at(77, 35)) == ("white", "red", "white")


@pytest.mark.parametrize(
    ("name", "fit"), [*((fit, fit) for fit in FITS), ("stretch", "fill"), ("scale-down", "contain")]
)
def test_fits_by_name(name, fit):
    assert fit_named(name) == fit


def test_fill_stretches():
    at = shown(FRONT)
    assert [at(x, y) for x, y in ((21, 21), (47, 35), (53, 35), (79, 49))] == ["red", "red", "blue", "blue"]
    assert (at(19, 35), at(81, 35), at(50, 19), at(50, 51)) == ("white",) * 4


@pytest.mark.parametrize("fit", ["contain", "match_aspect"])
def test_contain_leaves_bands(fit):
    at = shown(FRONT, fit=fit)
    assert [at(x, 35) for x in (34, 36, 49, 51, 64, 66)] == ["white", "red", "red", "blue", "blue", "white"]


def test_cover_cuts_what_stands_out():
    tall = Plane(corner=Point(40, 10), u=Point(20, 0), v=Point(0, 60))
    at = shown(tall, fit="cover")
    assert [at(x, 40) for x in (38, 41, 48, 52, 59, 62)] == ["white", "red", "red", "blue", "blue", "white"]
    assert at(45, 8) == at(45, 72) == "white"
    assert at(41, 12) == at(41, 68) == "red"


@pytest.mark.parametrize("fit", FITS)
def test_nothing_leaves_a_slanted_face(fit):
    at = shown(SLANTED, fit=fit)
    assert at(26, 24) == at(83, 24) == at(64, 56) == "white"
    assert at(40, 40) == "red"
    assert at(50, 40) == "blue"


@pytest.mark.parametrize("fit", FITS)
def test_round_crop_is_the_ellipse_within_the_face(fit):
    square = Plane(corner=Point(20, 20), u=Point(40, 0), v=Point(0, 40))
    at = shown(square, fit=fit, is_round=True)
    assert at(22, 22) == at(58, 58) == at(22, 58) == "white"
    assert at(22, 41) == at(38, 22) == "red"
    assert at(58, 41) == "blue"


def test_opacity_lets_the_ground_through():
    at = shown(FRONT, opacity=0.5)
    red, green, blue = at(30, 35)
    assert red > 250
    assert green == blue == pytest.approx(127, abs=3)
    own = shown(FRONT, read_picture({"path": halves(), "alpha": 255}), opacity=0.5)
    assert own(30, 35) == "red"


def test_pdf_knows_the_opacity():
    marks = placed(read_picture(halves()), FRONT, opacity=0.5)
    page = PdfReader(BytesIO(to_pdf(Scene(width=120, height=80, marks=marks)))).pages[0]
    states = page["/Resources"]["/ExtGState"]
    assert 0.5 in [float(state.get_object().get("/ca", 1)) for state in states.values()]


@given(st.floats(1, 500), st.floats(1, 500), st.integers(1, 60), st.integers(1, 60))
def test_matched_size_has_the_shape_of_the_picture(width, height, across, down):
    picture = Picture(data=b"", size=Size(across, down))
    size = matched(Size(width, height), picture)
    assert size.width / size.height == pytest.approx(across / down)
    assert size.width * size.height == pytest.approx(width * height)


@given(st.sampled_from(FITS), st.integers(1, 90), st.integers(1, 90), st.booleans())
def test_what_is_seen_lies_on_the_face(fit, across, down, is_round):
    (image,) = placed(Picture(data=b"", size=Size(across, down)), FRONT, fit, is_round=is_round)
    wide, _, _, high, left, top = image.matrix
    if not image.clip:
        assert left >= 20 - 1e-9
        assert top >= 20 - 1e-9
        assert left + wide <= 80 + 1e-9
        assert top + high <= 50 + 1e-9
    if fit != "fill":
        assert wide / high == pytest.approx(across / down)


def test_face_without_extent_shows_nothing():
    assert placed(read_picture(halves()), Plane(corner=Point(0, 0), u=Point(0, 0), v=Point(0, 9))) == ()


def test_pictures_are_read_once_each(tmp_path):
    path, image, seen = tmp_path / "a.png", Pillow.new("RGB", (3, 3)), Pictures()
    path.write_bytes(halves())
    first = seen(path)
    path.unlink()
    assert seen(str(path)) is first
    assert seen(image) is seen(image)
    with pytest.warns(CutawayWarning, match="gone") as told:
        assert seen(tmp_path / "gone.png") is seen(tmp_path / "gone.png") is None
    assert len(told) == 1
