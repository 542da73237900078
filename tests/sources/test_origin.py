"""Where a model comes from, as far as its file tells."""

import json
import zipfile

import pytest

from cutaway.sources.origin import Origin, origin

CONFIG = {"module": "keras", "class_name": "Sequential", "config": {"name": "net", "layers": []}}


def archive(path, metadata):
    with zipfile.ZipFile(path, "w") as target:
        target.writestr("config.json", json.dumps(CONFIG))
        target.writestr("metadata.json", metadata)
    return path


@pytest.mark.parametrize(
    ("metadata", "found"),
    [
        ('{"keras_version": "3.15.1", "date_saved": "2026-11-20@12:01:47"}', ("3.15.1", "2026-11-20")),
        ('{"keras_version": "3.0.0"}', ("3.0.0", "")),
        ('{"keras_version": 3, "date_saved": "yesterday"}', ("", "")),
        ('{"keras_version": "' + 50 * "3" + '", "date_saved": ["2026-11-20"]}', ("", "")),
        ("no json", ("", "")),
    ],
)
def test_an_archive_tells_version_and_day(tmp_path, metadata, found):
    path = archive(tmp_path / "net.keras", metadata)
    assert origin(path) == Origin(file="net.keras", keras=found[0], saved=found[1])


def test_a_config_tells_its_file_at_most(tmp_path):
    path = tmp_path / "net.json"
    path.write_text(json.dumps({**CONFIG, "keras_version": "2.4.0"}))
    assert origin(path) == Origin(file="net.json", keras="2.4.0")


@pytest.mark.parametrize("source", [CONFIG, json.dumps(CONFIG), "\ufeff" + json.dumps(CONFIG), "a:\nconfig:", object()])
def test_what_is_no_file_comes_from_nowhere(source):
    assert origin(source) == Origin()
