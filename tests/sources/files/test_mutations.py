"""Damaged files: each ends in a Graph or in an error of ours. `benchmarks/mutations.py` reads thousands of them."""

import io
import json
import warnings
from pathlib import Path

import h5py
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from keras_configs import called, layer, model, tensor
from keras_configs import given as given_input

import cutaway
from benchmarks.mutants import mutant, places, sources
from benchmarks.mutations import MEGABYTES, SECONDS, measured, used, written_graphs
from cutaway.errors import CutawayError

ROOT = Path(cutaway.__file__).parents[2]
NET = model("net", [given_input("x"), layer("Dense", "y", called(tensor("x")))], ["x", 0, 0], ["y", 0, 0])
OLD = {
    "class_name": "Sequential",
    "keras_version": "2.4.0",
    "config": {
        "name": "old",
        "layers": [
            {"class_name": "Dense", "config": {"name": "a", "units": 3, "batch_input_shape": [None, 4]}},
            {"class_name": "Bidirectional", "config": {"name": "b", "layer": {"class_name": "LSTM", "config": {}}}},
        ],
    },
}
YAML = b"class_name: Sequential\nconfig:\n- class_name: Dense\n  config: {name: a, units: 3}\nkeras_version: 1.2.2\n"


def hdf5(config):
    file = io.BytesIO()
    with h5py.File(file, "w") as whole:
        whole.attrs["model_config"] = json.dumps(config)
        whole.attrs["keras_version"] = "2.4.0"
        group = whole.create_group("model_weights")
        group.attrs["layer_names"] = ["a", "b"]
        for name in ("a", "b"):
            group.create_group(name).attrs["weight_names"] = [f"{name}/kernel:0"]
            group[f"{name}/{name}/kernel:0"] = np.ones((4, 3), "float32")
    return file.getvalue()


@pytest.fixture(scope="module")
def files():
    held = sources(ROOT / "examples", ROOT / "gallery" / "models")
    made = [("net.h5", hdf5(NET)), ("old.h5", hdf5(OLD)), ("old.json", json.dumps(OLD).encode()), ("old.yaml", YAML)]
    assert len(held) > 8
    return held + 3 * made + 2 * written_graphs()


@pytest.mark.parametrize("first", range(0, 320, 40))
def test_damaged_files_end_in_a_graph_or_an_error_of_ours(first, files, tmp_path):
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        for number in range(first, first + 40):
            found, seconds, megabytes = measured(mutant(number, files), str(tmp_path), used(number, draws=False))
            assert found in {"graph", "InputError", "UnsupportedError"}, number
            assert seconds < SECONDS, number
            assert megabytes < MEGABYTES, number


def flat(damaged):
    """Return what a damaged file is, as what compares at any depth."""
    held = [
        (key, repr(holder[key])) for holder, key in places(damaged.source) if not isinstance(holder[key], dict | list)
    ]
    return damaged.story, damaged.data, len(places(damaged.source)), held


def test_damage_is_the_same_in_any_run(files):
    for number in range(60):
        assert flat(mutant(number, files)) == flat(mutant(number, files))


deep = st.sampled_from([200, 900, 15_000])
wraps = st.sampled_from(
    [
        lambda inner: [inner],
        lambda inner: {"a": inner},
        lambda inner: {"class_name": "Dense", "config": inner},
        lambda inner: {"class_name": "Bidirectional", "config": {"layer": inner}},
        lambda inner: {"class_name": "TimeDistributed", "config": {"layer": inner}},
        lambda inner: {"class_name": "Sequential", "config": {"name": "s", "layers": [inner]}},
        lambda inner: {"modelTopology": inner},
    ]
)


def said(source):
    """Return the error that reading ends in, "" for none."""
    try:
        cutaway.read(source)
    except CutawayError as error:
        return str(error)
    return ""


@settings(max_examples=40, deadline=3000)
@given(st.sampled_from([NET, OLD]).map(json.dumps), st.integers(0, 10_000), deep, wraps)
@pytest.mark.filterwarnings("ignore")
def test_no_config_is_too_deep(text, place, depth, wrap):
    whole = [json.loads(text)]
    found = places(whole)
    holder, key = found[place % len(found)]
    for _ in range(depth):
        holder[key] = wrap(holder[key])
    assert len(said(whole[0] if isinstance(whole[0], dict) else {"config": whole[0]})) < 1000


@pytest.mark.parametrize("depth", [100, 900, 5000, 200_000])
@pytest.mark.parametrize(("start", "end"), [("[", "]"), ('{"a":', "}"), ('{"class_name":"A","config":{"layer":', "}}")])
@pytest.mark.filterwarnings("ignore")
def test_no_text_is_too_deep(depth, start, end):
    text = json.dumps(NET)
    assert '"sparse": false' in text
    assert len(said(text.replace('"sparse": false', f'"sparse": {start * depth}1{end * depth}'))) < 1000
