"""The warning: it points at who called into the package."""

import json
import warnings
from pathlib import Path

import cutaway

SUBCLASSED = {"class_name": "Net", "config": {"name": "net"}}


def test_a_warning_points_at_the_caller_however_deep_it_arises(tmp_path: Path) -> None:
    (tmp_path / "net.json").write_text(json.dumps(SUBCLASSED))
    with warnings.catch_warnings(record=True) as caught:
        warnings.simplefilter("always")
        cutaway.read(SUBCLASSED)
        cutaway.draw(tmp_path / "net.json")
    assert [Path(each.filename).name for each in caught] == [Path(__file__).name] * 2
    assert all(each.category is cutaway.CutawayWarning for each in caught)
