"""Every Keras 3 model of the corpus, drawn in several ways: no exception, no warning, no hard fault."""

import gzip
from pathlib import Path
from typing import Any

import pytest
from corpus_rows import keras3_graphs

import cutaway
from cutaway.faults import faults

pytestmark = pytest.mark.corpus

WAYS: tuple[dict[str, Any], ...] = (
    {},
    {"direction": "right"},
    {"direction": "up", "show": ("shapes", "dtypes", "names", "activations", "trainable", "parameters")},
    {"direction": "left", "numbers": True},
    {"depth": 0, "show": ()},
)


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_figures_have_no_hard_fault(way: dict[str, Any], corpus: Path) -> None:
    found, drawn = [], 0
    for row in keras3_graphs(corpus):
        for path in row.files(".json.gz", ".keras"):
            source = gzip.decompress(path.read_bytes()).decode() if path.suffix == ".gz" else path
            figure = cutaway.draw(source, **way)
            found += [(row.id, path.suffix, fault) for fault in faults(figure.scene, figure.graph)]
            drawn += 1
    assert found == []
    assert drawn > 100
