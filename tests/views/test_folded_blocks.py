"""Folded blocks on the page: stacks of sheets, counts on corners and borders, captions, titles, the legend."""

import paper_models
import pytest
from hypothesis import given
from hypothesis import strategies as st
from small_graphs import chain

import cutaway
from cutaway.analysis.fold import fold
from cutaway.analysis.fold.sketch import Called
from cutaway.faults import faults
from cutaway.faults.outline import flatten, from_border
from cutaway.geometry import Point, Rect, Size
from cutaway.graph import Graph
from cutaway.page import Page
from cutaway.record import replace
from cutaway.scene import Group, Mark, Path, Scene, Text
from cutaway.theme import PAPER, THEMES
from cutaway.theme.folded import COUNT
from cutaway.views.block_names import block_words, pill_text
from cutaway.views.blocks import Blocks
from cutaway.views.parts.box import Glyph, Looks, TextLine, box_glyph
from cutaway.views.parts.stack import onto_stack, pill_size, stacked
from cutaway.views.wording import describe

DIRECTIONS = ("down", "up", "right", "left")
LINE = TextLine(text="Bottleneck", size=8.0, weight=700)
STACK = stacked(box_glyph((LINE, replace(LINE, text="jgpqy 64 → 256", size=7.0)), "convolution", PAPER), "× 12", PAPER)


def drawn(graph: Graph, theme=PAPER, **options) -> Scene:
    scene = Blocks(fold="auto", simplify="auto", **options)(graph, theme, Page())
    assert faults(scene, graph) == ()
    return scene


def texts(*marks: Mark) -> list[str]:
    inner = [
        texts(*mark.marks) if isinstance(mark, Group) else [mark.text]
        for mark in marks
        if isinstance(mark, Group | Text)
    ]
    return [text for each in inner for text in each]


def group(scene: Scene, ref: str, part: str) -> Group:
    return next(mark for mark in scene.marks if isinstance(mark, Group) and (mark.ref, mark.part) == (ref, part))


def pills(group: Group) -> list[str]:
    return [mark.text for mark in group.marks if isinstance(mark, Text) and mark.fill == COUNT]


@pytest.mark.parametrize("direction", DIRECTIONS)
@pytest.mark.parametrize("model", [paper_models.resnet, paper_models.t5, paper_models.bert])
def test_stacks_and_counts_are_in_nothings_way(model, direction):
    drawn(model(), direction=direction)


@pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES.keys())
def test_every_theme_has_stacks(theme):
    scene = drawn(paper_models.resnet(), theme, direction="right")
    stacks = [mark for mark in scene.marks if isinstance(mark, Group) and mark.part == "node" and pills(mark)]
    assert [pills(stack) for stack in stacks] == [["× 2"], ["× 3"], ["× 5"], ["× 2"]]
    for stack in stacks:
        sheets = [mark for mark in stack.marks if isinstance(mark, Path)][:3]
        assert {sheet.fill for sheet in sheets} == {"convolution.folded"}


def test_an_open_block_has_its_count_on_the_border_of_its_region():
    scene = drawn(paper_models.gpt2())
    region = group(scene, "layer", "scope")
    assert pills(region) == ["× 12"]
    assert "Decoder block" in [mark.text for mark in region.marks if isinstance(mark, Text)]
    border, pill = [mark for mark in region.marks if isinstance(mark, Path)]
    corners = [point for chain in flatten(pill.segments) for point in chain]
    low = max(y for chain in flatten(border.segments) for _, y in chain)
    assert min(y for _, y in corners) < low < max(y for _, y in corners)


def test_the_legend_says_what_counts_mean():
    assert "folded block, × n: n blocks with their own weights" in texts(*drawn(paper_models.resnet()).marks)
    assert "region, × n: n blocks with their own weights" in texts(*drawn(paper_models.gpt2()).marks)
    assert not [text for text in texts(*drawn(paper_models.gpt2(1)).marks) if "× n" in text]


def test_stacks_in_the_colours_of_numbers_have_a_sentence_and_no_region_in_the_legend():
    said = texts(*drawn(paper_models.resnet(), color_by="parameters").marks)
    assert not [text for text in said if text.startswith("region")]
    assert "Stack, × n: n blocks with their own weights." in " ".join(said)


@given(st.sampled_from(DIRECTIONS), st.floats(0.15, 0.85), st.floats(1.0, 5.0))
def test_lines_end_on_the_outermost_sheet_that_they_meet(direction, share, radius):
    glyph, theme = STACK, replace(PAPER, strokes=replace(PAPER.strokes, box_radius=radius))
    rect = Rect(10.0, 20.0, glyph.size.width, glyph.size.height)
    x, y = rect.x + share * rect.width, rect.y + share * rect.height
    end, before = {
        "down": (Point(x, rect.y), Point(x, rect.y - 9)),
        "up": (Point(x, rect.bottom), Point(x, rect.bottom + 9)),
        "right": (Point(rect.x, y), Point(rect.x - 9, y)),
        "left": (Point(rect.right, y), Point(rect.right + 9, y)),
    }[direction]
    met = onto_stack(end, before, glyph, rect, theme)
    (chain,) = flatten(glyph.marks(rect, Looks(theme))[0].segments)
    assert from_border((met.x, met.y), tuple(chain)) < 0.3
    assert abs(met.x - end.x) + abs(met.y - end.y) <= glyph.margin + radius


@given(st.sampled_from(tuple(THEMES.values())), st.integers(2, 5000), st.floats(0.0, 6.0))
def test_a_count_covers_no_text_and_nothing_outside(theme, count, pad):
    theme = replace(theme, spacing=replace(theme.spacing, pad_y=pad))
    lines = tuple(replace(line, size=size) for line, size in zip(STACK.lines, (8.0, theme.sizes.detail), strict=True))
    glyph = stacked(box_glyph(lines, "convolution", theme), f"× {count}", theme)
    rect = Rect(0.0, 0.0, glyph.size.width, glyph.size.height)
    *_, detail, pill, _ = glyph.marks(rect, Looks(theme))
    corners = [point for chain in flatten(pill.segments) for point in chain]
    assert max(x for x, _ in corners) <= rect.right
    assert max(y for _, y in corners) <= rect.bottom + 1e-9
    assert min(y for _, y in corners) >= detail.at.y + 0.24 * detail.size


def test_a_count_goes_to_another_corner_where_a_line_ends():
    rect = Rect(0.0, 0.0, STACK.size.width, STACK.size.height)
    usual, other = [
        STACK.marks(rect, Looks(PAPER), ends)[-1].at.x
        for ends in ((), (Point(rect.right - STACK.margin - 8.0, rect.bottom - STACK.margin),))
    ]
    assert other < rect.width / 2 < usual


def test_a_line_in_the_middle_stays_clear_of_the_count():
    narrow = stacked(Glyph(lines=(LINE,), role="convolution", size=Size(10.0, 20.0)), "× 12", PAPER)
    front = narrow.size.width - 2 * narrow.margin
    assert front / 2 > pill_size("× 12", PAPER).width - 2.0


def test_the_words_of_a_block_tell_of_weights():
    folded = fold(paper_models.gpt2())
    words = block_words(folded.blocks["layer"], folded.patterns[0], Called("Decoder block", ("MLP 3072",)))
    assert (words.title, words.lines, words.count) == ("Decoder block", ("MLP 3072",), "× 12")
    assert (words.caption, words.role) == ("Decoder block", "attention.folded")
    assert words.more.endswith("× 12: 7 layers each, own weights")


def test_the_caption_of_an_open_block_does_not_repeat_a_box_in_it():
    folded = fold(paper_models.gpt2())
    block, pattern = replace(folded.blocks["layer"], is_open=True), folded.patterns[0]
    for node in pattern.graph.nodes:
        assert block_words(block, pattern, Called(describe(node).title)).caption == "7 layers"


@pytest.mark.parametrize(
    ("sharing", "text"), [("own weights", "× 12"), ("same weights", "12 calls"), ("some weights shared", "× 12")]
)
def test_a_block_that_is_called_again_says_so(sharing, text):
    (block,) = fold(paper_models.gpt2()).blocks.values()
    assert pill_text(replace(block, sharing=type(block.sharing)(sharing))) == text


def test_a_region_around_one_repeated_layer_has_a_count_and_no_caption():
    graph = chain(*["Dense"] * 8)
    scene = cutaway.draw(graph, fold=1).scene
    assert faults(scene, graph) == ()
    assert "× 8" in texts(*scene.marks)
    assert not [text for text in texts(*scene.marks) if text == "1 layer"]
