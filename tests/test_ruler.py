from importlib.resources import files
from io import BytesIO
from pathlib import Path

import pytest
from fontTools.fontBuilder import FontBuilder
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from hypothesis import given, settings
from hypothesis import strategies as st

from cutaway.errors import InputError
from cutaway.ruler import (
    Face,
    drawable,
    face_from_files,
    font_bytes,
    metrics,
    missing,
    web_font,
    width,
    widths,
)

FACE = Face()
REQUIRED = "×·–—→↑↓↔²³∝√≤≥≈λ‖⊕⊗σΣ…−⊙∘∑½₀₁₂₃₄₅₆₇₈₉¹⁰⁴⁵⁶⁷⁸⁹"
GREEK = "ΑΒΓΔΕΖΗΘΙΚΛΜΝΞΟΠΡΣΤΥΦΧΨΩαβγδεζηθικλμνξοπρςστυφχψω"
LATIN = "".join(
    chr(point)
    for low, high in ((0x20, 0x7E), (0xA1, 0xAC), (0xAE, 0x148), (0x14A, 0x17F))  # Inter leaves out the deprecated ŉ
    for point in range(low, high + 1)
)


def own_font(path: Path, *, wide: int = 500, family: str = "My Own", characters: str = "A x") -> Path:
    """Write a small font: every glyph is a square, `wide` thousandths of an em wide."""
    pen = TTGlyphPen(None)
    pen.moveTo((0, 0))
    for corner in ((0, 700), (wide - 100, 700), (wide - 100, 0)):
        pen.lineTo(corner)
    pen.closePath()
    names = [".notdef", *(f"g{ord(character):04x}" for character in characters)]
    builder = FontBuilder(1000, isTTF=True)
    builder.setupGlyphOrder(names)
    builder.setupCharacterMap({ord(c): f"g{ord(c):04x}" for c in characters})
    builder.setupGlyf(dict.fromkeys(names, pen.glyph()))
    builder.setupHorizontalMetrics(dict.fromkeys(names, (wide, 0)))
    builder.setupHorizontalHeader(ascent=900, descent=-250)
    builder.setupNameTable({"familyName": family, "styleName": "Thin", "copyright": "nobody's"})
    builder.setupOS2(usWeightClass=100)
    builder.setupPost()
    builder.save(path)
    return path


@pytest.mark.parametrize("weight", [400, 700])
def test_table_of_advances_is_that_of_the_bundled_font(weight):
    font = TTFont(BytesIO(font_bytes(FACE, weight)))
    em = font["head"].unitsPerEm
    characters = font.getBestCmap()
    assert len(characters) > 500
    for point, glyph in characters.items():
        assert width(chr(point), em, FACE, weight) == font["hmtx"][glyph][0]
    extents = metrics(FACE, weight)
    assert (extents.ascent, extents.descent) == (font["hhea"].ascent / em, -font["hhea"].descent / em)
    assert (extents.cap_height, extents.x_height) == (font["OS/2"].sCapHeight / em, font["OS/2"].sxHeight / em)


@pytest.mark.parametrize("weight", [400, 700])
def test_bundled_font_is_bare(weight):
    font = TTFont(BytesIO(font_bytes(FACE, weight)))
    assert not {"GSUB", "GPOS", "kern", "fvar", "fpgm", "prep"} & set(font.keys())
    assert font["OS/2"].usWeightClass == weight
    assert font["name"].getDebugName(1) == "Inter"
    assert "Inter Project Authors" in font["name"].getDebugName(0)


def test_bundled_font_has_the_signs_of_the_field():
    for weight in (400, 700):
        assert missing(REQUIRED + GREEK + LATIN, FACE, weight) == ""


def test_licence_comes_with_the_font():
    text = files("cutaway.fonts").joinpath("OFL.txt").read_text(encoding="utf-8")
    assert "The Inter Project Authors" in text
    assert "The Noto Project Authors" in text
    assert "SIL OPEN FONT LICENSE Version 1.1" in text


def test_missing_characters_are_listed_once_and_the_invisible_ones_not():
    assert missing("a中b文中 \t\n\u200d\u3000😀", FACE) == "中文😀"
    assert missing("e\u0301", FACE) == ""  # composed, it is é
    assert missing("中", FACE, 700) == "中"


def test_missing_characters_take_room():
    assert width("中😀", 10, FACE) == 20
    assert width("ש", 10, FACE) > 3
    assert width("e\u0301\u200d", 10, FACE) == width("e", 10, FACE)
    assert width("a\nb", 10, FACE) == width("a b", 10, FACE)


def test_drawable_text_shows_what_is_lacking():
    assert drawable("Conv 3×3", FACE) == "Conv 3×3"
    assert drawable("層 1 e\u0301\u3000x\u0302\n\u202e", FACE) == "? 1 é x "


@given(st.text(), st.sampled_from([400, 700]))
def test_drawable_text_needs_no_other_font(text, weight):
    shown = drawable(text, FACE, weight)
    assert missing(shown, FACE, weight) == ""
    assert drawable(shown, FACE, weight) == shown
    assert width(shown, 8, FACE, weight) >= 0


@given(st.text(), st.text(), st.floats(1, 100))
def test_width_is_a_plain_sum(first, second, size):
    total = width(first, size, FACE) + width(second, size, FACE)
    assert width(first + second, size, FACE) == pytest.approx(total)


def test_own_font_is_measured_and_normalized(tmp_path):
    thin, thick = own_font(tmp_path / "thin.ttf"), own_font(tmp_path / "thick.ttf", wide=800)
    face = face_from_files(str(thin), str(thick))
    assert face.family == "My Own"
    assert width("A x", 10, face) == 15
    assert width("A x", 10, face, 700) == pytest.approx(24)
    assert missing("Axy", face) == "y"
    extents = metrics(face)
    assert (extents.ascent, extents.descent, extents.cap_height) == (0.9, 0.25, 0.7)
    for weight in (400, 700):
        font = TTFont(BytesIO(font_bytes(face, weight)))
        assert font["OS/2"].usWeightClass == weight
        assert font["name"].getDebugName(1) == "My Own"
        assert font["name"].getDebugName(0) == "nobody's"
        media_type, data = web_font(face, weight, "AA")
        assert media_type == "font/ttf"
        assert list(TTFont(BytesIO(data)).getBestCmap()) == [ord("A")]


def test_regular_serves_for_bold(tmp_path):
    face = face_from_files(str(own_font(tmp_path / "thin.ttf")))
    assert width("A", 10, face, 700) == 5
    assert TTFont(BytesIO(font_bytes(face, 700)))["OS/2"].usWeightClass == 700


def test_font_bytes_are_the_same_every_time(tmp_path):
    first, second = (own_font(tmp_path / name) for name in ("1.ttf", "2.ttf"))
    second.write_bytes(first.read_bytes())
    one, two = (Face(family="F", regular=str(path)) for path in (first, second))
    assert font_bytes(one, 700) == font_bytes(two, 700)


def test_unusable_font_files_are_refused(tmp_path):
    whole = own_font(tmp_path / "whole.ttf").read_bytes()
    cases = {
        "missing.ttf": (None, "No such file"),
        "text.ttf": (b"not a font at all", "no TrueType file"),
        "web.woff2": (files("cutaway.fonts").joinpath("Inter-Bold.woff2").read_bytes(), "no TrueType file"),
        "short.ttf": (whole[:200], "damaged"),
    }
    for name, (data, reason) in cases.items():
        path = tmp_path / name
        if data is not None:
            path.write_bytes(data)
        with pytest.raises(InputError, match=reason) as caught:
            face_from_files(str(path))
        assert name in str(caught.value)


@settings(deadline=None)  # fontTools reads some damaged tables slowly
@given(st.data())
def test_damaged_font_files_end_in_an_input_error(tmp_path_factory, data):
    path = tmp_path_factory.mktemp("font") / "font.ttf"
    broken = bytearray(own_font(path).read_bytes())
    for _ in range(data.draw(st.integers(1, 8))):
        broken[data.draw(st.integers(4, len(broken) - 1))] = data.draw(st.integers(0, 255))
    path.write_bytes(broken)
    try:
        face = face_from_files(str(path))
        font_bytes(face, 700)
    except InputError as error:
        assert "font.ttf" in str(error)  # noqa: PT017  both outcomes are right


@given(st.lists(st.text(max_size=8)), st.sampled_from([400, 700]))
def test_many_texts_are_as_wide_as_each(many, weight):
    assert widths(many, 6.5, FACE, weight) == [width(text, 6.5, FACE, weight) for text in many]
