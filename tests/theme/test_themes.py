"""Palettes: contrast of text, and the distance of every two kinds for every kind of colour vision."""

from dataclasses import replace
from itertools import combinations, pairwise

import pytest

from cutaway.colors import VISIONS, ciede2000, contrast, distance, lab
from cutaway.graph import Kind
from cutaway.theme import CONTRAST, MONO, NAMES, PAPER, THEMES, Theme, named
from cutaway.theme.check import shortcomings
from cutaway.theme.folded import COUNT, FOLDED, folded

EVERY = pytest.mark.parametrize("theme", THEMES.values(), ids=THEMES.keys())


def test_the_distance_agrees_with_the_published_test_data():
    # Sharma, Wu, Dalal 2005, table 1, pairs 1 and 10.
    assert ciede2000((50.0, 2.6772, -79.7751), (50.0, 0.0, -82.7485)) == pytest.approx(2.0425, abs=1e-4)
    assert ciede2000((50.0, 2.49, -0.001), (50.0, -2.49, 0.0011)) == pytest.approx(7.2195, abs=1e-4)


@EVERY
def test_every_kind_has_a_fill_and_a_stroke(theme: Theme):
    roles = {role for kind in Kind for role in (str(kind), f"{kind}.stroke")}
    rest = {"page", "ink", "grey", "edge", "rule", "region", "region.stroke", "nested", "nested.stroke", "output"}
    assert roles | rest <= set(theme.palette)


@EVERY
def test_text_reads_on_every_fill(theme: Theme):
    for kind in (*Kind, "nested", "region", "page", "output"):
        assert contrast(theme.palette["ink"], theme.palette[kind]) >= 7
        assert contrast(theme.palette["grey"], theme.palette[kind]) >= 4.5
    for kind in (*Kind, "output", "nested"):
        assert contrast(theme.palette[f"{kind}.stroke"], theme.palette["page"]) >= 3


def channels(theme: Theme, kind: str) -> tuple[object, object]:
    return theme.dashes.get(kind), theme.hatchings.get(kind)


@EVERY
@pytest.mark.parametrize("vision", VISIONS)
def test_every_two_kinds_are_told_apart_by_every_eye(theme: Theme, vision: str):
    # Inputs and merges share their colours and differ by their glyph: a box and a circle.
    kinds = [kind for kind in Kind if kind is not Kind.INPUT]
    for one, other in combinations(kinds, 2):
        if channels(theme, one) != channels(theme, other):
            continue
        fill = distance(theme.palette[one], theme.palette[other], vision)
        stroke = distance(theme.palette[f"{one}.stroke"], theme.palette[f"{other}.stroke"], vision)
        assert max(fill, stroke) >= 8, (one, other, fill, stroke)


@pytest.mark.parametrize("theme", [MONO, CONTRAST], ids=["mono", "contrast"])
def test_every_two_kinds_are_told_apart_in_grey(theme: Theme):
    for one, other in combinations([kind for kind in Kind if kind is not Kind.INPUT], 2):
        if channels(theme, one) != channels(theme, other):
            continue
        fill = abs(lab(theme.palette[one])[0] - lab(theme.palette[other])[0])
        stroke = abs(lab(theme.palette[f"{one}.stroke"])[0] - lab(theme.palette[f"{other}.stroke"])[0])
        assert max(fill, stroke) >= 6, (one, other, fill, stroke)


def test_mono_has_no_colours():
    for color in (*MONO.palette.values(), *MONO.heat):
        assert color[1:3] == color[3:5] == color[5:7]


@EVERY
def test_nothing_is_found_wrong_with_it(theme: Theme):
    assert list(shortcomings(theme)) == []


def test_contrast_is_high():
    assert list(shortcomings(CONTRAST, least=7.0)) == []
    assert any(shortcomings(PAPER, least=7.0))
    for kind in Kind:
        assert contrast(CONTRAST.palette[f"{kind}.stroke"], "#FFFFFF") >= 7
    for size in ("facts", "operation", "detail", "label", "caption", "legend"):
        assert getattr(CONTRAST.sizes, size) > getattr(PAPER.sizes, size)


def test_names():
    assert tuple(THEMES) == NAMES
    assert [named(name) for name in NAMES] == list(THEMES.values())


@EVERY
def test_text_reads_on_every_step_of_a_scale(theme: Theme):
    assert all(contrast(theme.palette["ink"], fill) >= 4.5 for fill in theme.heat)


@EVERY
def test_steps_of_a_scale_look_equal(theme: Theme):
    steps = [distance(one, other) for one, other in pairwise(theme.heat)]
    assert max(steps) <= 1.1 * min(steps)
    assert min(steps) >= 4.5
    assert distance(theme.palette["page"], theme.heat[0]) >= min(steps)


@EVERY
@pytest.mark.parametrize("vision", VISIONS)
def test_steps_of_a_scale_are_in_order_in_grey_and_for_every_eye(theme: Theme, vision: str):
    lightness = [lab(fill, vision)[0] for fill in theme.heat]
    assert lightness in (sorted(lightness), sorted(lightness, reverse=True))
    assert min(abs(one - other) for one, other in pairwise(lightness)) >= 3


TINTS = [f"{kind}{FOLDED}" for kind in Kind]


@EVERY
def test_text_reads_on_folded_blocks_and_their_counts(theme: Theme):
    tinted = folded(theme, TINTS).palette
    for role in (*TINTS, "region"):
        assert contrast(tinted["ink"], tinted[role]) >= 7
        assert contrast(tinted["grey"], tinted[role]) >= 4.5
    assert contrast(tinted[COUNT], tinted["ink"]) >= 7
    assert all(
        contrast(tinted[f"{role}.stroke"], tinted[ground]) >= 2.8 for role in TINTS for ground in ("page", "region")
    )


@EVERY
@pytest.mark.parametrize("vision", VISIONS)
def test_every_two_folded_blocks_are_told_apart_by_every_eye(theme: Theme, vision: str):
    # Those that a block is led by; others lead where there is nothing else, and then the words tell them apart.
    leading = (Kind.CONVOLUTION, Kind.DENSE, Kind.POOLING, Kind.UPSAMPLING, Kind.EMBEDDING, Kind.ATTENTION)
    tinted = folded(theme, TINTS)
    for one, other in combinations([f"{kind}{FOLDED}" for kind in (*leading, Kind.RECURRENT)], 2):
        if channels(tinted, one) != channels(tinted, other):
            continue
        fill = distance(tinted.palette[one], tinted.palette[other], vision)
        stroke = distance(tinted.palette[f"{one}.stroke"], tinted.palette[f"{other}.stroke"], vision)
        assert max(fill, stroke) >= 8, (one, other, fill, stroke)


def test_a_folded_block_on_a_transparent_page():
    for theme in THEMES.values():
        clear = replace(theme, palette={role: color for role, color in theme.palette.items() if role != "page"})
        tinted = folded(clear, TINTS).palette
        assert contrast(tinted[COUNT], tinted["ink"]) >= 7
        assert all(contrast(tinted["ink"], tinted[role]) >= 7 for role in TINTS)


def test_a_tint_that_is_darker_than_both_its_colours():
    palette = {**PAPER.palette, "page": "#FFFF00", "dense": "#00FFFF", "grey": "#676767"}
    found = list(shortcomings(replace(PAPER, palette=palette)))
    assert [text for text in found if "folded dense" in text]
    assert not [text for text in found if " on dense" in text]
