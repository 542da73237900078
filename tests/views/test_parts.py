"""The parts of figures: wrapped text, moved marks."""

import re
from itertools import accumulate, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cutaway.fit.looks import scaled
from cutaway.geometry import Point
from cutaway.layered.problem import Route
from cutaway.page import Page
from cutaway.record import replace
from cutaway.ruler import Face, metrics, width
from cutaway.scene import Close, Curve, Group, Image, Line, Move, Path, Text
from cutaway.theme import PAPER
from cutaway.views.parts import wrap
from cutaway.views.parts.box import mark_glyph, sign_glyph
from cutaway.views.parts.legend import Legend, LegendEntry, legend_marks
from cutaway.views.parts.lines import Lane
from cutaway.views.parts.move import moved
from cutaway.views.parts.wrap import broken, joined

FACE = Face()
words = st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), min_size=1, max_size=60)


@given(words, st.floats(20, 200))
def test_broken_text_fits_and_loses_nothing(text, limit):
    lines = broken(text, 8.0, FACE, limit)
    assert "".join("".join(lines).split()) == "".join(text.split())
    for line in lines:
        pattern = r"[A-Za-z]?[a-z0-9]*\W*|[-+\d.,e+/ ]*\W*|[A-Za-z0-9]{,6}[\W_]*"
        is_whole = len(line) <= 24 and re.fullmatch(pattern, line)
        assert width(line, 8.0, FACE) <= limit or len(line) == 1 or not text.strip() or is_whole


def test_text_is_broken_where_a_reader_would():
    assert broken("MultiHeadSelfAttentionBlock", 8.0, FACE, 70.0) == ("MultiHeadSelf", "AttentionBlock")
    assert broken("short", 8.0, FACE, 70.0) == ("short",)


@pytest.mark.parametrize(
    ("text", "lines"),
    [
        ("Rescale × 0.0442", ("Rescale", "× 0.0442")),
        ("Rescale × 1/255", ("Rescale", "× 1/255")),
        ("12 heads × 32", ("12 heads × 32",)),
        ("50257 × 768, shared", ("50257 × 768,", "shared")),
        ("64 → 256, growth 32", ("64 → 256,", "growth", "32")),
        ("3 × Conv 3×3", ("3 × Conv", "3×3")),
        ("Layer normalization", ("Layer", "normalization")),
    ],
)
def test_numbers_products_and_words_are_never_broken(text, lines):
    assert broken(text, 8.0, FACE, 30.0) == lines


near_signs = st.sampled_from(
    [
        "12",
        "heads",
        "×",
        "64",
        "2.",
        "56²",
        "→",
        "/2",
        "/",
        "-3",
        "_",
        "Conv",
        "3×3,",
        "(BN),",
        "a/b",
        "up-sampling",
        "",
        "x:",
    ]
)


@given(st.lists(near_signs | words, min_size=1, max_size=12).map(" ".join))
def test_a_text_is_broken_as_its_stretches_are(text):
    whole = re.findall(wrap._PIECE, text)
    assert "".join(whole) == text
    starts = set(accumulate(map(len, whole)))
    assert starts.issuperset(accumulate(map(len, wrap._stretches(text))))


@given(st.lists(words, max_size=6), st.floats(30, 200))
def test_joined_phrases_lose_nothing(phrases, limit):
    lines = joined(phrases, 7.0, FACE, limit)
    assert "".join(lines).replace(" ", "").replace(",", "") == "".join(phrases).replace(" ", "").replace(",", "")


def test_every_mark_moves():
    path = Path(segments=(Move(Point(0, 0)), Curve(Point(1, 1), Point(2, 2), Point(3, 3)), Line(Point(4, 4)), Close()))
    text = Text(at=Point(1, 1), text="a", size=8, face=FACE)
    image = Image(data=b"", matrix=(1, 0, 0, 1, 5, 5), clip=path.segments, opacity=0.5)
    group = moved(Group(marks=(path, text, image), ref="r"), 10, 20)
    assert isinstance(group, Group)
    assert group.ref == "r"
    shape, line, picture = group.marks
    assert isinstance(shape, Path)
    assert isinstance(line, Text)
    assert isinstance(picture, Image)
    assert shape.segments[1] == Curve(Point(11, 21), Point(12, 22), Point(13, 23))
    assert line.at == Point(11, 21)
    assert picture.matrix == (1, 0, 0, 1, 15, 25)
    assert picture.clip == shape.segments
    assert picture.opacity == 0.5


def _parted(route: Route, *drawn: Route) -> Route:
    lane = Lane()
    for other in drawn:
        lane.add(other)
    return lane.parted(route, 4.0)


CORNERS = (Point(0, 0), Point(0, 20), Point(30, 20), Point(30, 50))


def test_a_line_begins_where_it_leaves_its_lane():
    straight = (Point(0, 0), Point(0, 60))
    assert _parted(CORNERS) == CORNERS
    assert _parted(CORNERS, straight) == (Point(0, 16), *CORNERS[1:])
    assert _parted(straight, CORNERS) == (Point(0, 16), Point(0, 60))
    longer = (Point(0, 0), Point(0, 20), Point(50, 20), Point(50, 50))
    assert _parted(longer, straight, CORNERS) == (Point(26, 20), Point(50, 20), Point(50, 50))
    near = (Point(0, 0), Point(0, 20), Point(5, 20), Point(5, 50))
    assert _parted(near, CORNERS) == (Point(0, 16), *near[1:])
    assert _parted(CORNERS, (Point(0, 0), Point(9, 0))) == CORNERS
    assert _parted(CORNERS, (Point(0, 0), Point(0, 3), Point(9, 3))) == CORNERS


_STEPS = st.lists(st.sampled_from([-8, 8, 16]), min_size=2, max_size=5)


def _route(steps: list[int]) -> Route:
    """Return a route that goes down and aside by turns."""
    route = [Point(0, 0)]
    for place, step in enumerate(steps):
        last = route[-1]
        route.append(Point(last.x + step, last.y) if place % 2 else Point(last.x, last.y + abs(step)))
    return tuple(route)


@given(_STEPS, st.lists(_STEPS, max_size=4))
def test_a_line_parts_from_many_where_it_parts_from_the_last_of_them(steps: list[int], drawn: list[list[int]]) -> None:
    route, others = _route(steps), [_route(other) for other in drawn]
    ends = [_parted(route, other) for other in others]
    assert _parted(route, *others) == min(ends, key=_length, default=route)


def _length(route: Route) -> float:
    return sum(abs(b.x - a.x) + abs(b.y - a.y) for a, b in pairwise(route))


@pytest.mark.parametrize("breadth", [56.0, 80.0, 150.0, 400.0])
def test_entries_of_a_legend_keep_within_its_breadth_and_lose_nothing(breadth):
    said = ("dense", "folded block, × n: n blocks with their own weights", "add", "two sizes, side by side", "max")
    entries = tuple(LegendEntry(words=words, role="dense") for words in said)
    legend, height = legend_marks(Legend(entries=entries), breadth, PAPER)
    groups = [mark for mark in legend.marks if isinstance(mark, Group)]
    texts = [[mark for mark in group.marks if isinstance(mark, Text)] for group in groups]
    assert [" ".join(text.text for text in lines) for lines in texts] == list(said)
    drawn = [text for lines in texts for text in lines]
    assert max(text.at.x + width(text.text, text.size, text.face) for text in drawn) <= breadth
    assert len({(text.at.x, text.at.y) for text in drawn}) == len(drawn)
    assert max(text.at.y for text in drawn) <= height


@pytest.mark.parametrize("least", [6.0, 10.0, 16.0])
def test_no_sign_is_smaller_than_the_least_size_of_its_page(least):
    theme = scaled(PAPER, 0.6, 1.0, Page(least_size=least))
    signs = ("‖", "max")
    entries = tuple(LegendEntry(words="joins", role="merge", sign=sign) for sign in signs)
    legend, _ = legend_marks(Legend(entries=entries), 400.0, theme)
    groups = [mark for mark in legend.marks if isinstance(mark, Group)]
    shown = [mark.size for group in groups for mark in group.marks if isinstance(mark, Text)]
    glyphs = [make for sign in signs for make in (sign_glyph(sign, "", theme), mark_glyph(sign, "merge", "", theme))]
    assert min(shown + [glyph.lines[0].size for glyph in glyphs]) >= least


@pytest.mark.parametrize("margin", [0.0, 0.5, 10.0])
def test_the_last_line_of_a_legend_is_on_its_page(margin):
    theme = replace(PAPER, spacing=replace(PAPER.spacing, margin=margin))
    legend, height = legend_marks(Legend(notes=("Shapes stand where they change.",)), 400.0, theme)
    (text,) = (mark for mark in legend.marks if isinstance(mark, Text))
    assert text.at.y + metrics(text.face).descent * text.size <= height + margin + 1e-6


@pytest.mark.parametrize("word", ["ReLU", "SiLU", "PReLU", "Conv2D"])
def test_short_words_are_not_broken_at_their_humps(word):
    for limit in range(1, 200):
        assert any(word in line for line in broken(f"each convolution: {word}; left out: channels", 7, Face(), limit))
