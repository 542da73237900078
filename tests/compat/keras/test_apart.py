"""What nested models share, counted as Keras does that makes a model of a text or of an HDF5 file."""

import json
from importlib import import_module

import numpy as np
import pytest
from summary_text import printed, same
from weights_files import archive, listed, tree, values

import cutaway
from cutaway.compat.keras import print_summary

KERNEL, BIAS = values(8, 8), values(8)


def shared(number=None):
    """Return the config of a chain of two chains that hold the same layer; a number tells that it is."""
    start = {"module": "keras.layers", "class_name": "InputLayer", "config": {"name": "x", "batch_shape": [None, 8]}}
    dense = {"module": "keras.layers", "class_name": "Dense", "config": {"name": "d", "units": 8, "trainable": True}}
    chains = [
        {"module": "keras", "class_name": "Sequential", "config": {"name": name, "layers": [start, layer]}}
        for name, layer in (("a", dense), ("b", dense if number is None else dense | {"shared_object_id": number}))
    ]
    return {"module": "keras", "class_name": "Sequential", "config": {"name": "net", "layers": [start, *chains]}}


def total(source):
    (text,) = printed(lambda **given: print_summary(source, **given))
    return next(line for line in text.splitlines() if "Total params" in line)


def test_a_text_makes_a_layer_of_each_that_is_written():
    for config in (shared(), shared(7), json.dumps(shared(7))):
        assert "144 (576.00 B)" in total(config)


def test_a_list_makes_a_layer_of_each_though_their_values_are_equal(tmp_path):
    rows = {name: {"d/kernel": KERNEL, "d/bias": BIAS} for name in "ab"}
    path = tmp_path / "net.h5"
    path.write_bytes(listed(rows, config=shared()))
    assert "144 (576.00 B)" in total(path)


def test_an_archive_and_a_graph_hold_it_once(tmp_path):
    weights = tree(layers__sequential__layers__dense=[KERNEL, BIAS])
    path = archive(tmp_path / "net.keras", shared(7), model_weights_h5=weights)
    assert "72 (288.00 B)" in total(path)
    assert "72 (288.00 B)" in total(cutaway.read(path, weights=True))


def test_a_layer_that_is_called_twice_is_one():
    dense = {
        "module": "keras.layers",
        "class_name": "Dense",
        "name": "d",
        "config": {"name": "d", "units": 8, "trainable": True},
        "inbound_nodes": [{"args": [fed("x", 0)], "kwargs": {}}, {"args": [fed("d", 0)], "kwargs": {}}],
    }
    start = {"module": "keras.layers", "class_name": "InputLayer", "name": "x", "inbound_nodes": []}
    start["config"] = {"name": "x", "batch_shape": [None, 8], "dtype": "float32"}
    config = {"name": "net", "layers": [start, dense], "input_layers": ["x", 0, 0], "output_layers": ["d", 1, 0]}
    assert "72 (288.00 B)" in total({"module": "keras", "class_name": "Functional", "config": config})


def fed(name, call):
    tensor = {"shape": [None, 8], "dtype": "float32", "keras_history": [name, call, 0]}
    return {"class_name": "__keras_tensor__", "config": tensor}


@pytest.mark.framework
@pytest.mark.filterwarnings("ignore")
@pytest.mark.parametrize("suffix", [".h5", ".json"])
@pytest.mark.parametrize("name", ["keras", "tf_keras"])
def test_what_chains_share_is_counted_as_keras_counts_it(name, suffix, tmp_path, monkeypatch):
    keras = import_module(name)
    monkeypatch.setenv("COLUMNS", "240")
    layer = keras.layers.Dense(8, name="d")
    chains = [keras.Sequential([keras.Input((8,)), layer], name=each) for each in "ab"]
    x = keras.Input((8,), name="x")
    model = keras.Model(x, keras.layers.Dense(8, name="o")(keras.layers.Add(name="s")([each(x) for each in chains])))
    path = tmp_path / f"net{suffix}"
    if suffix == ".json":
        path.write_text(model.to_json(), "utf-8")
        loaded = keras.models.model_from_json(model.to_json())
    else:
        model.save(path)
        loaded = keras.models.load_model(path, compile=False)
    assert loaded.count_params() == 216 == model.count_params() + 72
    assert np.array_equal(*[each.get_weights()[0] for each in loaded.layers[1:3]]) or suffix == ".json"
    ours = printed(lambda **given: print_summary(path, **given), line_length=200)
    assert same(printed(loaded.summary, line_length=200), ours)
