"""Every file of the corpus that is read, drawn: no exception and no hard fault; a sample of them in several ways."""

from pathlib import Path
from typing import Any

import pytest
from corpus_rows import model_files

import cutaway
from cutaway.faults import faults

pytestmark = [pytest.mark.corpus, pytest.mark.filterwarnings("ignore::cutaway.errors.CutawayWarning")]

WAYS: tuple[dict[str, Any], ...] = (
    {"direction": "right"},
    {"direction": "up", "show": ("shapes", "dtypes", "names", "activations", "trainable", "parameters")},
    {"direction": "left", "numbers": True, "size_by": "shape"},
    {"depth": 0, "show": ()},
    {"show": ("parameters", "macs", "memory", "receptive_field"), "color_by": "macs", "size_by": "parameters"},
    {"show": ("weights", "statistics", "initializers"), "color_by": "memory", "direction": "right"},
    {"depth": 1, "show": ("flops", "weight_memory", "stride"), "size_by": "effective_stride", "theme": "dark"},
)
SAMPLE = 13
"""One file in thirteen is drawn in all ways."""


def wrong(path: Path, way: dict[str, Any]) -> list[str]:
    """Draw a file, and return its faults."""
    try:
        figure = cutaway.draw(path, **way)
        figure.svg()
    except Exception as error:  # noqa: BLE001 - whatever it is, and then the next file
        return [f"{path.name} {way}: {type(error).__name__}: {str(error)[:300]}"]
    return [f"{path.name} {way}: {fault}"[:300] for fault in faults(figure.scene, figure.graph)]


def test_every_model_is_drawn_without_a_hard_fault(corpus: Path) -> None:
    drawn = list(model_files(corpus))
    found = [text for path in drawn for text in wrong(path, {})]
    assert not found, "\n".join([f"{len(found)} faults", *found])
    assert len(drawn) > 850


@pytest.mark.parametrize("way", WAYS, ids=str)
def test_a_sample_is_drawn_in_every_way(way: dict[str, Any], corpus: Path) -> None:
    drawn = list(model_files(corpus))[::SAMPLE]
    found = [text for path in drawn for text in wrong(path, way)]
    assert not found, "\n".join([f"{len(found)} faults", *found])
    assert len(drawn) > 60
