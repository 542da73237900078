"""The texts at the root of an HDF5 file, read without pyfive: as it reads them, or left to it."""

from pathlib import Path

import h5py
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cutaway.sources.hdf5.reader import opened
from cutaway.sources.hdf5.root_texts import root_texts

MODELS = Path(__file__).parents[2] / "models"
LONG = '{"config": "' + "é" * 70_000 + '"}'
TEXTS = {"keras_version": "3.15.1", "model_config": LONG}


def written(path: Path, *, more: int = 0, **how: object) -> Path:
    """Write a file with the texts and some attributes more."""
    with h5py.File(path, "w", **how) as file:
        for place in range(more):
            file.attrs[f"other{place}"] = place
        for name, text in TEXTS.items():
            file.attrs[name] = text
        file.create_group("model_weights")
    return path


@pytest.mark.parametrize("libver", ["earliest", "v108", "latest"])
@pytest.mark.parametrize("ordered", [False, True])
@pytest.mark.parametrize("block", [0, 512, 2048])
@pytest.mark.parametrize("more", [0, 3])
def test_texts_are_read_in_every_version_of_the_format(tmp_path, libver, ordered, block, more):
    path = written(tmp_path / "net.h5", more=more, libver=libver, track_order=ordered, userblock_size=block)
    assert root_texts(str(path), TEXTS) == TEXTS


@pytest.mark.parametrize("libver", ["earliest", "latest"])
def test_a_text_of_fixed_length_is_read(tmp_path, libver):
    with h5py.File(tmp_path / "net.h5", "w", libver=libver) as file:
        file.attrs["model_config"] = np.bytes_("{} plain")
        file.attrs["keras_version"] = "2.15.0"
    found = root_texts(str(tmp_path / "net.h5"), ("model_config", "keras_version"))
    assert found == {"model_config": "{} plain", "keras_version": "2.15.0"}


@pytest.mark.parametrize("path", sorted(MODELS.glob("*.h5")), ids=lambda path: path.name)
def test_they_are_what_the_reader_of_whole_files_finds(path):
    with opened(str(path), "x") as held:
        assert root_texts(str(path), TEXTS) == {name: held.attribute("", name) for name in TEXTS}


def test_what_is_stored_otherwise_is_left_to_that_reader(tmp_path):
    path = written(tmp_path / "many.h5", more=20, libver="latest")  # too many attributes for the header
    assert root_texts(str(path), TEXTS) == {}
    with h5py.File(tmp_path / "odd.h5", "w") as file:
        file.attrs["model_config"] = [1, 2]
    assert root_texts(str(tmp_path / "odd.h5"), TEXTS) == {}
    with h5py.File(tmp_path / "none.h5", "w") as file:
        file.attrs["keras_version"] = h5py.Empty("S1")
    assert root_texts(str(tmp_path / "none.h5"), TEXTS) == {}
    assert root_texts(str(tmp_path / "missing.h5"), TEXTS) == {}


@pytest.fixture(scope="module")
def sound(tmp_path_factory) -> bytes:
    path = tmp_path_factory.mktemp("sound") / "net.h5"
    with h5py.File(path, "w", libver="earliest") as file:
        for name in TEXTS:
            file.attrs[name] = "{}" * 30
    return path.read_bytes()


@given(data=st.data())
def test_a_damaged_file_gives_texts_or_nothing(sound, tmp_path_factory, data):
    places = st.tuples(st.integers(0, len(sound) - 1), st.integers(0, 255))
    damaged = bytearray(sound)
    for place, byte in data.draw(st.lists(places, min_size=1, max_size=8)):
        damaged[place] = byte
    path = tmp_path_factory.getbasetemp() / "damaged.h5"
    path.write_bytes(damaged[: data.draw(st.integers(0, len(sound)))])
    found = root_texts(str(path), TEXTS)
    assert set(found) <= set(TEXTS)
    assert all(isinstance(text, str) for text in found.values())
