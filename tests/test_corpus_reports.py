"""Reports on a sample of the corpus: no exception, and pages that are whole."""

from pathlib import Path

import pytest
from corpus_rows import model_files

import cutaway

pytestmark = [pytest.mark.corpus, pytest.mark.filterwarnings("ignore::cutaway.errors.CutawayWarning")]

SAMPLE = 7
"""One file in seven is reported on, with the values of its weights."""


def wrong(path: Path) -> list[str]:
    """Report on a file, and return what is wrong with that."""
    try:
        found = cutaway.report(path, values=True)
        page, markdown = found.html(), found.markdown("figure.svg")
    except Exception as error:  # noqa: BLE001 - whatever it is, and then the next file
        return [f"{path.name}: {type(error).__name__}: {str(error)[:300]}"]
    titles = [part.title for part in found.sheet.parts]
    missing = {"In numbers", "Figure", "Inputs and outputs", "Layers", "Inside the layers"}.difference(titles)
    whole = page.endswith("</body>\n</html>\n") and page.count("<h2>") == markdown.count("\n## ") == len(titles)
    return [f"{path.name}: lacks {sorted(missing)}" for _ in missing] + [f"{path.name}: not whole"] * (not whole)


def test_a_sample_is_reported_on(corpus: Path) -> None:
    reported = list(model_files(corpus))[::SAMPLE]
    found = [text for path in reported for text in wrong(path)]
    assert not found, "\n".join([f"{len(found)} faults", *found])
    assert len(reported) > 120
