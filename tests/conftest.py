"""What the tests of all stages share: where the corpus is and which Chromium to drive."""

import os
import shutil
from pathlib import Path

import pytest
from hypothesis import settings

settings.register_profile("cutaway", deadline=None)  # how long an example takes is the machine's matter
settings.load_profile("cutaway")

CHROMIUM = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


@pytest.fixture(scope="session")
def corpus() -> Path:
    """Return the folder of the model corpus; a test that asks for it fails, never skips, without one."""
    value = os.environ.get("CUTAWAY_CORPUS")
    if not value:
        pytest.fail("CUTAWAY_CORPUS is not set: it names the folder of the model corpus")
    folder = Path(value)
    if not (folder / "index.json").is_file():
        pytest.fail(f"CUTAWAY_CORPUS={value!r} is not the model corpus: it holds no index.json")
    return folder


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of the system's Chromium; a test that asks for it fails, never skips, without one."""
    for name in CHROMIUM:
        if path := shutil.which(name):
            return path
    return pytest.fail(f"no Chromium on this machine: looked for {', '.join(CHROMIUM)}")
