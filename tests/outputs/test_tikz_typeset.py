"""TikZ as TeX sets it: every figure of the gallery compiles, holds its words, and looks as elsewhere."""

import warnings
from dataclasses import replace
from pathlib import Path

import pytest
from outputs.scenes import PALETTE, rich
from outputs.test_same_look import differences
from outputs.tex import ENGINES, in_pixels, typeset, words_in
from PIL import Image as Pillow
from PIL import ImageChops
from pypdf import PdfReader

import cutaway
from cutaway.fonts import CHARACTERS
from cutaway.geometry import Point
from cutaway.outputs.png import to_image
from cutaway.outputs.tikz import files_beside, to_tikz
from cutaway.ruler import Face
from cutaway.scene import Group, Image, Scene, Text, texts
from gallery import entry, model, names

pytestmark = pytest.mark.languages

DPI = 288
ROUNDED = 0.01
"""Points by which TeX rounds the size of a page."""

each_engine = pytest.mark.parametrize("engine", ENGINES)


def written(scene, folder, *, embed=False):
    """Write a scene as TikZ, and the pictures in it."""
    file = folder / "figure.tex"
    file.write_text(to_tikz(scene, embed=embed, stem="figure"), "ascii")
    for name, data in files_beside(scene, "figure").items():
        (folder / name).write_bytes(data)
    return file


def without(scene, *kinds):
    """Return a scene without some kinds of marks."""

    def left(marks):
        return tuple(
            replace(mark, marks=left(mark.marks)) if isinstance(mark, Group) else mark
            for mark in marks
            if not isinstance(mark, kinds)
        )

    return replace(scene, marks=left(scene.marks))


def size_of(pdf: Path) -> tuple[float, float]:
    box = PdfReader(pdf).pages[0].mediabox
    return float(box.width), float(box.height)


@pytest.mark.parametrize("name", names())
def test_every_figure_of_the_gallery_is_typeset_with_all_its_words(name, tmp_path):
    one = entry(name)
    scene = one.draw().scene
    pdf, said = typeset(written(scene, tmp_path))
    assert "Missing character" not in said
    assert "undefined" not in said
    assert size_of(pdf) == pytest.approx((scene.width, scene.height), abs=ROUNDED)
    held = words_in(pdf)
    lost = [text.text for text in texts(scene.marks) if is_plain(text) and "".join(text.text.split()) not in held]
    assert not lost


def is_plain(text):
    """Tell whether a text stands in the text of a PDF as on the page, which mathematics may not, nor what is turned."""
    return text.text.isascii() and not text.angle and "-" not in text.text


@each_engine
def test_it_looks_as_elsewhere(engine, tmp_path):
    scene = without(rich(), Text, Image)
    pdf, _ = typeset(written(scene, tmp_path), engine)
    drawn = Pillow.open(in_pixels(pdf, DPI)).convert("RGB")
    mean, far = differences(drawn, to_image(scene, DPI).convert("RGB"))
    assert mean < 1.2
    assert far < 0.005


@each_engine
def test_pictures_are_in_the_same_place(engine, tmp_path):
    scene = without(rich(), Text)
    pdf, _ = typeset(written(scene, tmp_path), engine)
    drawn = Pillow.open(in_pixels(pdf, DPI)).convert("RGB")
    small = [each.resize((128, 88), Pillow.Resampling.BOX) for each in (drawn, to_image(scene, DPI).convert("RGB"))]
    off = ImageChops.difference(*small).convert("L").tobytes()
    assert max(off) < 32
    assert sum(off) / len(off) < 1.5


@each_engine
def test_all_characters_of_our_font_are_set(engine, tmp_path):
    face, characters = Face(), list(CHARACTERS)
    marks = [
        Text(at=Point(10 + place % 32 * 18, 20 + place // 32 * 18), text=each, size=10, face=face, weight=weight)
        for place, each in enumerate(characters)
        for weight in (400, 700)
    ]
    hostile = ("a%b & c_d # e $ f { g } h ~ i ^ j \\ k", "\\input{x} \\end{document}", "中文 😀 мир", "[x]; y, (z) = 1")
    marks += [Text(at=Point(10, 420 + 14 * row), text=each, size=9, face=face) for row, each in enumerate(hostile)]
    scene = Scene(width=600, height=500, marks=tuple(marks), palette=PALETTE)
    with pytest.warns(cutaway.CutawayWarning, match="TeX's fonts lack"):
        file = written(scene, tmp_path)
    pdf, said = typeset(file, engine)
    assert "Missing character" not in said
    assert "\\end{document}" in words_in(pdf)


DOCUMENTS = {
    "plain": r"\usepackage{tikz}",
    "of T1": r"\usepackage[T1]{fontenc}\usepackage{tikz}",
    "as in French": r"\usepackage{tikz}",
    "own looks": r"\usepackage{tikz}\definecolor{cutaway-dense}{HTML}{00FF00}\newcommand{\cutawayfit}[2]{#2}",
}


@each_engine
@pytest.mark.parametrize("document", DOCUMENTS)
def test_documents_input_it_and_keep_no_trace(engine, document, tmp_path):
    written(cutaway.draw(model("siamese.keras")).scene, tmp_path, embed=True).rename(tmp_path / "net.tex")
    file = tmp_path / "paper.tex"
    active = (
        "".join(rf"\catcode`\{each}=13 \def{each}{{\string{each}\,}}" for each in ';:!?"')
        if "French" in document
        else ""
    )
    body = r"\noindent\fbox{\input{net}}a:b; \ifdefined\cutawayface wrong\fi\resizebox{3cm}{!}{\input{net.tex}}"
    start = rf"\documentclass{{article}}{DOCUMENTS[document]}\begin{{document}}{active}"
    file.write_text(rf"{start}{body}\end{{document}}", "ascii")
    pdf, said = typeset(file, engine)
    assert "Missing character" not in said
    held = words_in(pdf)
    assert held.count("Globalaverage") == 4
    assert "wrong" not in held


def test_the_largest_figures_fit_into_the_memory_of_tex(tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        figure = cutaway.draw(model("nasnet_large.json.gz"), fold="none", simplify="none")
    pdf, _ = typeset(written(figure.scene, tmp_path))
    assert size_of(pdf) == pytest.approx((figure.scene.width, figure.scene.height), abs=ROUNDED)
