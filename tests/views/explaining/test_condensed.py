"""Boxes of several layers: what they say, what they leave out, and whose colour they have."""

from cutaway.theme import PAPER
from cutaway.views.explaining.condensed import bare, chain_glyph
from cutaway.views.parts.box import TextLine, box_glyph


def box(title, *details, role="convolution"):
    lines = [TextLine(text=title, size=8.0, weight=700)]
    lines += [TextLine(text=", ".join(details), size=6.5)] if details else []
    return box_glyph(tuple(lines), role, PAPER)


def test_strides_and_activations_are_kept_and_the_rest_is_said_to_be_left_out():
    glyphs = {"a": box("Conv 3×3", "64", "/2", "BN", "ReLU"), "b": box("Conv 1×1", "256", "BN")}
    told = bare(glyphs, ["a", "b"])
    assert told.texts == {"a": "Conv 3×3 /2 ReLU", "b": "Conv 1×1"}
    assert told.sentence == "each convolution: BN; left out: channels"


def test_terse_boxes_keep_strides_and_say_that_activations_are_left_out():
    glyphs = {"a": box("Conv 3×3", "64", "/2", "ReLU"), "b": box("Conv 1×1", "256")}
    told = bare(glyphs, ["a", "b"], is_terse=True)
    assert told.texts == {"a": "Conv 3×3 /2", "b": "Conv 1×1"}
    assert told.sentence == "left out: channels, ReLU"


def test_what_is_causal_stays():
    attention = box("Attention", "8 heads × 64", "causal mask", role="attention")
    told = bare({"a": attention}, ["a"], is_terse=True)
    assert told.texts == {"a": "Attention causal"}
    assert told.sentence == "left out: heads"


def test_a_box_has_the_colour_of_most_of_its_layers_those_with_weights_first():
    pool, dense = box("Average 3×3", role="pooling"), box("Dense 10", role="dense")
    convolution, activation = box("Conv 1×1"), box("ReLU", role="activation")
    assert chain_glyph([pool, convolution], PAPER, 90.0).role == "convolution"
    assert chain_glyph([activation, pool], PAPER, 90.0).role == "pooling"
    assert chain_glyph([convolution, dense, dense], PAPER, 90.0).role == "dense"


def test_equal_layers_behind_each_other_are_one_line_with_their_number():
    dense, last = box("Dense 32", "ReLU", role="dense"), box("Dense 4", role="dense")
    lines = [line.text for line in chain_glyph([dense, dense, dense, last], PAPER, 90.0).lines]
    assert lines == ["3 × Dense 32, ReLU", "Dense 4"]
