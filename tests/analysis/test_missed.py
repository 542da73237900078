"""Why a chain that a reader sees is found nowhere, and a pattern that finds it."""

import pytest
from paper_models import gpt2
from small_graphs import chain

from cutaway.analysis.pattern import matches
from cutaway.analysis.pattern.missed import why_missed

GRAPH = gpt2(2)
SEEN = "LayerNormalization > Dense > Dense > Add"


def test_a_skip_is_told_with_the_pattern_that_finds_it() -> None:
    assert not matches(GRAPH, SEEN)
    why = why_missed(GRAPH, SEEN)
    assert "too: " in why
    assert matches(GRAPH, why.partition(": '")[2].partition("'")[0])


@pytest.mark.parametrize(
    ("pattern", "why"),
    [
        ("GRU", "nothing in it is 'GRU'"),
        ("GRU > Dense", "nothing in it is 'GRU'"),
        ("Dense > GRU", "no 'GRU' reads what 'Dense' gives"),
        ("Dense > Dense > Dense", "no 'Dense' reads what 'Dense > Dense' gives"),
        ("(GRU | ) > Add", ""),
    ],
)
def test_what_is_not_there_is_told(pattern: str, why: str) -> None:
    assert why_missed(chain("Dense", "Dense", "Add"), pattern) == why
