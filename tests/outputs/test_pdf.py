from io import BytesIO

import pytest
from outputs.scenes import PALETTE, box, node, picture, rich
from pypdf import PdfReader
from test_ruler import own_font

from cutaway.errors import CutawayWarning, InputError
from cutaway.geometry import Point, Rect
from cutaway.outputs.pdf import to_pdf
from cutaway.ruler import Face, face_from_files
from cutaway.scene import Image, Path, Scene, Stroke, Text, texts


def read(scene, **given):
    return PdfReader(BytesIO(to_pdf(scene, **given)))


def fonts(reader):
    """Map the name of each font of the first page to whether its program is embedded."""
    listed = reader.pages[0]["/Resources"]["/Font"].values()
    found = {}
    for font in (reference.get_object() for reference in listed):
        found[font["/BaseFont"]] = "/FontFile2" in font["/FontDescriptor"]
    return found


def written(*texts, **given):
    labels = (
        Text(**{"at": Point(10, 20 + 12 * row), "text": text, "size": 8, "face": Face()} | given)
        for row, text in enumerate(texts)
    )
    return Scene(width=200, height=100, marks=tuple(labels), palette=PALETTE)


def test_every_text_can_be_searched_and_copied():
    scene = rich()
    said = read(scene).pages[0].extract_text()
    for text in texts(scene.marks):
        assert text.text in said


def test_signs_beyond_latin_can_be_copied():
    said = "Σ xᵢ ≤ λ·½ – ‖w‖² ⊕ → ∝ √ě".replace("ᵢ", "₁")
    assert said in read(written(said)).pages[0].extract_text()


def test_fonts_are_embedded_and_no_others_listed():
    names = fonts(read(rich()))
    assert sorted(name.partition("+")[2] for name in names) == ["Inter-Bold", "Inter-Regular"]
    assert all(names.values())


def test_page_has_the_size_of_the_scene_and_its_ground():
    reader = read(rich())
    assert tuple(reader.pages[0].mediabox) == (0, 0, 320, 220)
    assert "/UserUnit" not in reader.pages[0]
    with_page, bare = (len(to_pdf(rich(page=page))) for page in (True, False))
    assert with_page > bare


def test_metadata_tell_title_and_description():
    facts = read(rich()).metadata
    assert (facts.title, facts.subject, facts.author) == ("Rich & <scene>", "Every mark once.", "")
    assert facts.creator == "cutaway"


@pytest.mark.parametrize(("height", "unit"), [(14_400, 1), (14_401, 2), (60_000, 5)])
def test_larger_pages_get_a_larger_unit(height, unit):
    reader = read(Scene(width=100, height=height, marks=rich().marks, palette=PALETTE))
    page = reader.pages[0]
    assert len(reader.pages) == 1
    assert page.get("/UserUnit", 1) == unit
    assert float(page.mediabox.height) * unit == pytest.approx(height, abs=0.01)
    assert max(page.mediabox[2:]) <= 14_400
    assert "A rich scene" in page.extract_text()


def test_same_scene_gives_the_same_bytes():
    assert to_pdf(rich()) == to_pdf(rich())


def test_missing_characters_are_shown_and_warned_about():
    with pytest.warns(CutawayWarning, match=r"U\+4E2D"):
        reader = read(written("a中b\x00\ud800"))
    assert "a?b" in reader.pages[0].extract_text()


def test_own_font_is_embedded(tmp_path):
    face = face_from_files(str(own_font(tmp_path / "own.ttf", family="Böx 2")))
    reader = read(written("A x", face=face, weight=700))
    assert "A x" in reader.pages[0].extract_text()
    assert {name.partition("+")[2]: embedded for name, embedded in fonts(reader).items()} == {"Bx2-Bold": True}


def test_two_fonts_of_one_family_are_kept_apart(tmp_path):
    pair = [own_font(tmp_path / f"{wide}.ttf", wide=wide) for wide in (400, 900)]
    sizes = [len(to_pdf(written("AAAA", face=face_from_files(str(path)), anchor="end"))) for path in pair]
    drawn = [to_pdf(written("AAAA", face=face_from_files(str(path)), anchor="end")) for path in pair]
    assert sizes == [len(data) for data in drawn]
    assert drawn[0] != drawn[1]


def test_picture_is_embedded_once_each():
    assert len(read(rich()).pages[0].images) == 2


@pytest.mark.parametrize("data", [b"GIF89a", picture()[:60], picture(form="JPEG")[:200]])
def test_broken_picture_is_the_callers_fault(data):
    scene = Scene(width=9, height=9, marks=(Image(data=data, matrix=(1, 0, 0, 1, 0, 0)),), palette=PALETTE)
    with pytest.raises(InputError, match="picture"):
        to_pdf(scene)


def test_text_angle_is_seen_by_a_reader():
    seen = []

    def visit(text, _matrix, place, _font, _size):
        if text.strip():
            seen.append((text.strip(), [round(value, 3) + 0 for value in place]))

    read(written("up", angle=-90)).pages[0].extract_text(visitor_text=visit)
    ((text, place),) = seen
    assert text == "up"
    assert place[:4] == [0, -1, -1, 0]  # on a page whose y is turned over: upwards


def test_dash_of_one_stroke_does_not_reach_the_next():
    stroke = Stroke(paint="edge", width=1, dash=(3, 2))
    plain = Stroke(paint="edge", width=1)
    marks = tuple(Path(segments=box(Rect(5, 5, 20, 20)), stroke=given) for given in (stroke, plain))
    content = read(Scene(width=30, height=30, marks=marks, palette=PALETTE)).pages[0].get_contents().get_data()
    assert content.count(b" d ") + content.count(b" d\n") == 2


def test_hundreds_of_nodes_stay_small():
    marks = tuple(node(Rect(5, 5 + 40 * i, 80, 30), f"Conv {i}", "3×3", "convolution") for i in range(300))
    assert len(to_pdf(Scene(width=90, height=12_100, marks=marks, palette=PALETTE))) < 100_000
