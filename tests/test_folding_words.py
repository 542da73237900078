"""What may be said of folding, from Python: words, ids of blocks, and what is refused with a sentence."""

import warnings
from pathlib import Path

import pytest

import cutaway
from cutaway.errors import CutawayWarning, InputError
from cutaway.faults import faults

EXAMPLES = Path(__file__).parents[1] / "examples"
RESNET50 = EXAMPLES / "resnet50.json"


@pytest.mark.parametrize(("option", "allowed"), [("fold", "a depth, or patterns"), ("simplify", "activations")])
def test_what_is_allowed_is_said_where_nothing_is_given(option, allowed):
    with pytest.raises(InputError, match=f"cannot use {option}=None: give 'auto', 'none', .*{allowed}"):
        cutaway.draw(RESNET50, **{option: None})


def test_none_is_the_default_of_options_that_have_it():
    plain = cutaway.draw(RESNET50).svg()
    assert cutaway.draw(RESNET50, unfold=None, highlight=None, captions=None).svg() == plain


def test_true_and_false_are_words_for_folding():
    assert str(cutaway.summarize(RESNET50, fold=True)) == str(cutaway.summarize(RESNET50, fold="auto"))
    assert cutaway.draw(RESNET50, fold=False).svg() == cutaway.draw(RESNET50, fold="none").svg()


def test_blocks_are_unfolded_by_wildcards():
    both = cutaway.draw(RESNET50, unfold=["conv5_block1", "conv5_block"]).svg()
    assert cutaway.draw(RESNET50, unfold="conv5_*").svg() == both != cutaway.draw(RESNET50).svg()


@pytest.mark.parametrize(
    ("source", "fold", "sentence"),
    [
        ("resnet50.json", "auto", "did you mean 'conv5_block'"),
        ("resnet50.json", "none", "nothing is folded, as fold='none' asks for that"),
        ("siamese.keras", "auto", "nothing is folded, as there are 40 boxes or fewer"),
    ],
)
def test_what_cannot_be_unfolded_is_refused(source, fold, sentence):
    with pytest.raises(InputError, match=f"cannot unfold 'conv5': {sentence}"):
        cutaway.draw(EXAMPLES / source, fold=fold, unfold="conv5").svg()


def test_warnings_name_the_line_of_the_caller():
    with warnings.catch_warnings(record=True) as found:
        warnings.simplefilter("always")
        cutaway.draw(RESNET50, highlight="nosuch").svg()
    assert [Path(each.filename).name for each in found] == [Path(__file__).name]


@pytest.mark.parametrize(
    ("model", "pattern"),
    [
        ("mobilenet_v2.json", "Conv2D > BatchNormalization > ReLU"),
        ("resnet50.json", "Conv2D > BatchNormalization > Activation"),
        ("resnet50.json", "Conv2D > Conv2D"),
    ],
)
def test_patterns_mean_layers_of_the_model_or_what_is_left_of_it(model, pattern):
    figure = cutaway.draw(EXAMPLES / model, fold={"Triple": pattern})
    assert faults(figure.scene, figure.graph) == ()
    assert figure.svg().count(">Triple<") > 3


def test_a_pattern_that_fits_nothing_leaves_the_rest_folded():
    plain = cutaway.draw(RESNET50).svg()
    with pytest.warns(CutawayWarning, match="found nowhere"):
        assert cutaway.draw(RESNET50, fold={"GRU": "GRU > Dense"}).svg() == plain
