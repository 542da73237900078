"""What the tests of all stages share: the corpus, the frameworks, Chromium, an empty folder."""

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# How long an example takes is the machine's matter. The examples are the same in every run; search for others with
# --hypothesis-profile=search.
settings.register_profile("cutaway", deadline=None, derandomize=True)
settings.register_profile("search", deadline=None, derandomize=False)
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


@pytest.fixture(scope="module")
def keras() -> Iterator[Any]:
    """Return Keras 3, and afterwards take back a policy of types that a test has set."""
    import keras

    yield keras
    keras.config.set_dtype_policy("float32")


@pytest.fixture(scope="module")
def tf_keras() -> Any:
    """Return Keras 2, as TensorFlow still ships it."""
    import tf_keras

    return tf_keras


@pytest.fixture(params=["keras", "tf_keras"])
def either(request: pytest.FixtureRequest) -> Any:
    """Return one generation of Keras after the other."""
    return request.getfixturevalue(request.param)


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Work in an empty folder."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="session")
def chromium() -> str:
    """Return the path of the system's Chromium; a test that asks for it fails, never skips, without one."""
    for name in CHROMIUM:
        if path := shutil.which(name):
            return path
    return pytest.fail(f"no Chromium on this machine: looked for {', '.join(CHROMIUM)}")
