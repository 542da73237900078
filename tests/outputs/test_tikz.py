"""TikZ as text: what stands in it, without TeX. `test_tikz_typeset.py` typesets it."""

import re
import warnings

import pytest
from command_line import command
from hypothesis import given
from hypothesis import strategies as st
from outputs.scenes import PALETTE, picture, rich
from small_graphs import chain

import cutaway
from cutaway.errors import CutawayWarning, InputError, UnsupportedError
from cutaway.fonts import CHARACTERS
from cutaway.geometry import Point, Rect
from cutaway.outputs.tikz import LARGEST, files_beside, to_tikz
from cutaway.outputs.tikz.words import Words
from cutaway.ruler import Face
from cutaway.scene import Bent, Image, Line, Move, Path, Rgba, Rounded, Scene, Stroke, Text

LACKING = set("Ŋŋ")
"""The characters of our font that TeX's Helvetica and its mathematics cannot set."""


def scene(*marks, **changes):
    return Scene(**{"width": 100, "height": 80, "marks": marks, "palette": PALETTE, **changes})


def text(words, **changes):
    return Text(**{"at": Point(10, 20), "text": words, "size": 7, "face": Face(), **changes})


def lines(*marks, **changes):
    return to_tikz(scene(*marks, **changes)).splitlines()


@given(st.text())
def test_text_is_plain_ascii_whose_braces_match(said):
    words = Words()
    written = words.written(said)
    assert written.isascii()
    assert written.isprintable()
    depth = 0
    for brace in re.findall(r"(?<!\\)(?:\\\\)*[{}]", written):
        depth += 1 if brace.endswith("{") else -1
        assert depth >= 0
    assert depth == 0
    assert not re.search(r"(?<!\\)[#$%&_]", written)


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("a_b & 50% #1 $x {y}", r"a\_b \& 50\% \#1 \$x \{y\}"),
        ("224×224", r"224\texttimes{}224"),
        (
            "13²·λ → ∑",
            r"13\texttwosuperior{}\textperiodcentered{}\ensuremath{\lambda} \ensuremath{\rightarrow} \ensuremath{\sum}",
        ),
        ("café naïve", r"caf\'{e} na\"{\i}ve"),
        ("cafe\u0301 x\u0304", r"caf\'{e} \={x}"),
        ("ά", r"\ensuremath{\acute{\alpha}}"),
        ("a--b,,c", r"a-{}-b,{},c"),
        (" two  spaces ", r"\ two \ spaces\ "),
        (
            '`q\' "r" <s>',
            r"\textasciigrave{}q\textquotesingle{} \textquotedbl{}r\textquotedbl{} \textless{}s\textgreater{}",
        ),
        ("中", r"\cutawaymissing{4E2D}"),
        ("a\u200bb\u202ec", "abc"),
    ],
)
def test_text_is_written_as_latex_sets_it(said, written):
    assert Words().written(said) == written


def test_all_characters_of_our_font_have_a_command():
    words = Words()
    words.written(CHARACTERS)
    assert set(words.lacking) == LACKING


def test_what_tex_lacks_is_told_and_can_be_set_by_the_author():
    with pytest.warns(CutawayWarning, match=r"TeX's fonts lack 中 \(U\+4E2D\); shown as '\?'"):
        written = to_tikz(scene(text("中")))
    assert r"\providecommand{\cutawaymissing}[1]{?}" in written


def test_a_users_font_is_told_to_be_missing():
    with pytest.warns(CutawayWarning, match=r"Helvetica and not in Mine: \\cutawayface in the file"):
        to_tikz(scene(text("a", face=Face(family="Mine"))))


def test_colours_go_by_their_roles():
    written = lines(
        Path(
            segments=Rounded(Rect(10, 10, 30, 20), 3),
            fill="convolution",
            stroke=Stroke(paint="convolution.stroke", width=0.9),
        ),
        Path(segments=Rounded(Rect(10, 10, 30, 20), 0), fill=Rgba(255, 128, 0, 0.5)),
    )
    assert r"\providecolor{cutaway-convolution}{HTML}{DCEAF6}%" in written
    assert r"\providecolor{cutaway-convolution-stroke}{HTML}{0072B2}%" in written
    assert r"\providecolor{cutaway-FF8000}{HTML}{FF8000}%" in written
    assert (
        r"\path[fill=cutaway-convolution, draw=cutaway-convolution-stroke, line width=0.9bp, rounded corners=3bp]"
        r" (10,10) rectangle (40,30);"
    ) in written
    assert r"\path[fill=cutaway-FF8000, fill opacity=0.5] (10,10) rectangle (40,30);" in written


def test_roles_that_would_have_one_name_have_two():
    marks = [Path(segments=Rounded(Rect(1, 1, 3, 3), 0), fill=role) for role in ("a.b", "a-b")]
    written = lines(*marks, palette={"a.b": "#000000", "a-b": "#ffffff"})
    assert r"\providecolor{cutaway-a-b}{HTML}{000000}%" in written
    assert r"\providecolor{cutaway-a-b-2}{HTML}{FFFFFF}%" in written


def test_lines_are_written_so_that_one_can_edit_them():
    even = Bent((Point(10, 10), Point(10, 40), Point(60, 40)), 4)
    tight = Bent((Point(10, 10), Point(10, 13), Point(60, 13)), 4)
    stroke = Stroke(paint="edge", width=1, dash=(3, 2, 1))
    written = lines(Path(segments=even, stroke=stroke), Path(segments=tight, stroke=Stroke(paint="edge", width=1)))
    dash = "dash pattern=on 3bp off 2bp on 1bp off 3bp on 2bp off 1bp"
    assert (
        rf"\path[draw=cutaway-edge, line width=1bp, {dash}, rounded corners=4bp] (10,10) -- (10,40) -- (60,40);"
        in written
    )
    assert sum(".. controls" in line for line in written) == 1


def test_the_page_is_as_large_as_the_figure():
    assert r"\useasboundingbox (0,0) rectangle (100bp,-80bp);" in lines()


def test_a_figure_too_large_for_tex_is_drawn_smaller():
    mark = Path(segments=(Move(Point(0, 0)), Line(Point(LARGEST * 4, 100))), stroke=Stroke(paint="edge", width=2))
    with pytest.warns(CutawayWarning, match=r"drawn at 25% of its size: TeX has no lengths over 200 inches"):
        written = lines(mark, text("a", size=8), width=LARGEST * 4, height=100)
    assert r"\useasboundingbox (0,0) rectangle (14400bp,-25bp);" in written
    assert r"\path[draw=cutaway-edge, line width=0.5bp] (0,0) -- (14400,25);" in written
    assert any("type=2," in line for line in written)


def test_embedded_it_is_a_group_without_a_document():
    written = to_tikz(rich(), embed=True, stem="x")
    assert r"\documentclass" not in written
    assert r"\usepackage{tikz}." in written.splitlines()[0]
    assert written.count(r"\begingroup") == written.count(r"\endgroup") == 1
    body = written[written.index(r"\begingroup") : written.index(r"\begin{tikzpicture}")]
    assert all(line.startswith("%") or line.endswith("%") for line in body.splitlines() if line)


def test_pictures_are_files_beside_it(tmp_path):
    held = picture(), picture(form="JPEG")
    images = [Image(data=held[place], matrix=(10, 0, 0, 10, 5, 5)) for place in (0, 1, 0)]
    drawn = cutaway.draw(chain("Dense"), view=lambda graph, theme, page: scene(*images))
    drawn.save(tmp_path / "my net.tex")
    names = ["my-net-picture-1.png", "my-net-picture-2.jpg"]
    assert [(tmp_path / name).read_bytes() for name in names] == list(held)
    written = (tmp_path / "my net.tex").read_text("ascii")
    assert re.findall(r"\\cutawayfolder (\S+?)}", written) == [names[0], names[1], names[0]]
    assert list(files_beside(scene(*images), "my net")) == names
    with pytest.raises(UnsupportedError, match="it holds pictures, which TeX reads from files; save it as a file"):
        drawn.tikz()


def test_damaged_pictures_are_refused():
    with pytest.raises(InputError, match="damaged"):
        files_beside(scene(Image(data=picture()[:90], matrix=(9, 0, 0, 9, 0, 0))), "net")


def test_more_than_pdflatex_holds_is_told():
    marks = tuple(text("words", size=5 + place / 1e4) for place in range(20_000))
    with pytest.warns(CutawayWarning, match=r"TikZ of 1\.\d MB is more than pdflatex has memory for"):
        to_tikz(scene(*marks))


def test_figures_and_the_command_line_write_it(tmp_path):
    graph = chain("Conv2D", "Dense")
    figure = cutaway.draw(graph)
    figure.save(tmp_path / "a.tex")
    assert (tmp_path / "a.tex").read_text() == figure.tikz()
    figure.save(tmp_path / "b.tex", embed=True)
    assert (tmp_path / "b.tex").read_text() == figure.tikz(embed=True)
    figure.save(tmp_path / "net.json")
    for place, flags in (("c.tex", []), ("d.tex", ["--embed"])):
        assert command("draw", "net.json", "-o", place, *flags, cwd=tmp_path).stderr == b""
    assert (tmp_path / "c.tex").read_text() == figure.tikz()
    assert (tmp_path / "d.tex").read_text() == figure.tikz(embed=True)


@given(st.floats(0.01, 40), st.floats(0.01, 40), st.floats(0, 30))
def test_rounded_corners_never_meet(wide, high, radius):
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        written = to_tikz(scene(Path(segments=Rounded(Rect(1, 1, wide, high), radius), fill="ink")))
    corners = re.search(r"rounded corners=([\d.]+)bp", written)
    assert corners is None or 2 * float(corners[1]) <= min(wide, high) + 0.02
