"""Every application of the corpus on an A4 page and across 17 cm: it fits, without a hard fault, no text under 6 pt."""

from pathlib import Path

import pytest
from corpus_rows import stored

import cutaway
from cutaway.errors import CutawayError
from cutaway.faults import faults

pytestmark = [pytest.mark.corpus, pytest.mark.filterwarnings("ignore::cutaway.errors.CutawayWarning")]

PLACES = ({"page": "a4"}, {"width": "17cm"})
SHEET = 297 * 72 / 25.4
"""Points: what is no higher stands on one page."""


def wrong(name: str, figure: cutaway.Figure) -> list[str]:
    """Return what is wrong with a figure on a page."""
    try:
        scene, fit = figure.scene, figure.fit
    except CutawayError as error:
        return [f"{name}: {error}"]
    found = [f"{name}: {fault}" for fault in faults(scene, figure.graph)]
    if scene.height > SHEET or scene.width != pytest.approx(figure.page.width):
        found.append(f"{name}: {scene.width:.0f} × {scene.height:.0f} pt")
    if fit is None or fit.type_size < 6.0:
        found.append(f"{name}: {fit}")
    return found


def test_every_application_fits_a_page(corpus: Path) -> None:
    found, count = list[str](), 0
    for row, path in stored(corpus, "json"):
        if "keras.applications" in row.entry["source"]:
            graph = cutaway.read(path)
            count += 1
            for place in PLACES:
                found += wrong(f"{path.name} {place}", cutaway.draw(graph, **place))
    assert count
    assert not found, "\n".join([f"{len(found)} faults", *found])
