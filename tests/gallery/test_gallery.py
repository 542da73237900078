"""Every figure of the gallery: no hard fault, and the scene and the drawing that were accepted last."""

from functools import cache
from pathlib import Path

import pytest
from syrupy.assertion import SnapshotAssertion
from syrupy.extensions.single_file import SingleFileSnapshotExtension, WriteMode
from syrupy.location import PyTestLocation
from syrupy.types import SnapshotIndex

from cutaway import Figure
from cutaway.faults import faults
from gallery import GOLDEN, Entry, entry, names
from tests.scene_text import scene_text

ENTRIES = tuple(map(entry, names()))
every_figure = pytest.mark.parametrize(
    "one",
    [pytest.param(one, id=one.name, marks=[pytest.mark.framework] if one.needs_keras else []) for one in ENTRIES],
)
# Syrupy warns when it records a golden that is not named after its test: ours are named after their figure.
recorded_by_figure = pytest.mark.filterwarnings(r"ignore:\s+Can not relate snapshot:UserWarning")


class Golden(SingleFileSnapshotExtension):
    """A golden in the gallery's own folder, under the name of its figure."""

    _write_mode = WriteMode.TEXT

    @classmethod
    def dirname(cls, *, test_location: PyTestLocation) -> str:
        return str(GOLDEN)

    @classmethod
    def get_snapshot_name(cls, *, test_location: PyTestLocation, index: SnapshotIndex = 0) -> str:
        return str(index)


class GoldenScene(Golden):
    """The scene as readable text: it changes where the layout or the view did."""

    file_extension = "txt"


class GoldenDrawing(Golden):
    """The SVG: where it changes alone, the writer did."""

    file_extension = "svg"


@cache
def drawn(one: Entry) -> Figure:
    """Draw a figure once for all its tests."""
    return one.draw()


@every_figure
def test_has_no_hard_fault(one: Entry) -> None:
    figure = drawn(one)
    assert faults(figure.scene, figure.graph) == ()


@every_figure
@recorded_by_figure
def test_scene_is_the_accepted_one(one: Entry, snapshot: SnapshotAssertion) -> None:
    assert scene_text(drawn(one).scene) == snapshot(name=one.name, extension_class=GoldenScene)


@every_figure
@recorded_by_figure
def test_drawing_is_the_accepted_one(one: Entry, snapshot: SnapshotAssertion) -> None:
    assert drawn(one).svg() == snapshot(name=one.name, extension_class=GoldenDrawing)


@pytest.mark.parametrize("one", ENTRIES, ids=lambda one: one.name)
def test_says_what_to_see(one: Entry) -> None:
    assert one.title
    assert len(one.text) > 60


def test_every_golden_belongs_to_a_figure() -> None:
    expected = {f"{name}.{suffix}" for name in names() for suffix in ("svg", "txt")}
    assert {path.name for path in Path(GOLDEN).iterdir()} == expected
