"""A sample of the corpus, checked against every rule in every theme: no hard fault, and hardly any soft one."""

from pathlib import Path

import pytest
from corpus_rows import FORMS, samples, stored

from cutaway.linting import lint
from cutaway.theme import NAMES

pytestmark = [pytest.mark.corpus, pytest.mark.filterwarnings("ignore::cutaway.errors.CutawayWarning")]

SAMPLE = 13
"""One file in thirteen is checked in all themes."""
FEW = 0.1
"""The share of figures that may have soft faults: bends, or skips on both sides, that a layout cannot avoid."""


@pytest.mark.parametrize("theme", NAMES)
def test_a_sample_keeps_the_rules(theme: str, corpus: Path) -> None:
    files = [
        path
        for form in FORMS
        for path in (*(path for _, path in stored(corpus, form)), *(path for path, _ in samples(corpus, form)))
    ][::SAMPLE]
    found = {path.name: lint(path, theme=theme) for path in files}
    hard = [
        f"{name}: {fault.message}" for name, faults in found.items() for fault in faults if fault.severity == "hard"
    ]
    assert not hard, "\n".join(hard)
    faulty = {name: {fault.rule for fault in faults} for name, faults in found.items() if faults}
    assert len(faulty) <= FEW * len(files), faulty
    assert all(rules <= {"bent-path", "skips-on-both-sides", "skips-out-of-order"} for rules in faulty.values()), faulty
    assert len(files) > 60
