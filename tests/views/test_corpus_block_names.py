"""The blocks of every large model of the corpus: no two patterns go by the same words."""

from collections import defaultdict
from pathlib import Path

import pytest
from corpus_rows import FORMS, stored

from cutaway.analysis.reduction import Reducing, reduced
from cutaway.analysis.shapes import infer
from cutaway.sources import read
from cutaway.views.block_names import block_names

pytestmark = [pytest.mark.corpus, pytest.mark.filterwarnings("ignore::cutaway.errors.CutawayWarning")]


def test_no_two_patterns_of_a_figure_have_the_same_words(corpus: Path) -> None:
    wrong, seen = [], set()
    for form in FORMS:
        for row, path in stored(corpus, form):
            graph = read(path)
            if row.id in seen or len(graph.nodes) <= 60:
                continue
            seen.add(row.id)
            reduction = reduced(infer(graph, verify=False), Reducing())
            patterns = defaultdict(set)
            for identity, name in block_names(reduction).items():
                patterns[name.title, name.details].add(reduction.blocks[identity].pattern)
            wrong += [f"{row.id}: {words}" for words, same in patterns.items() if len(same) > 1]
    assert not wrong, "\n".join(wrong)
    assert len(seen) > 240
