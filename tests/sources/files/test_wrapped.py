"""What stands around a config: TensorFlow.js, versions, JSON in JSON."""

import json

import pytest

from cutaway.errors import InputError, UnsupportedError
from cutaway.sources import read
from cutaway.sources.files.wrapped import unwrapped

DENSE = {"class_name": "Dense", "config": {"name": "d", "units": 2, "batch_input_shape": [None, 4]}}
MODEL = {"class_name": "Sequential", "config": {"name": "net", "layers": [DENSE]}}


@pytest.mark.parametrize(
    "config",
    [
        {"modelTopology": {"model_config": MODEL, "keras_version": "2.2.4"}, "weightsManifest": []},
        {"modelTopology": {**MODEL, "keras_version": "tfjs-layers 1.3.2"}, "format": "layers-model"},
        {"modelTopology": {"model_config": json.dumps(MODEL)}},
        {"modelTopology": json.dumps(MODEL)},
        {"model_config": MODEL, "keras_version": "2.1.6", "backend": "tensorflow"},
        {"config": MODEL, "keras_version": "2.1.6"},
        MODEL["config"],
    ],
)
def test_the_model_is_found(config):
    graph = read(config)
    assert (graph.name, [node.name for node in graph.nodes]) == ("net", ["d_input", "d"])
    assert read(json.dumps(config)) == read(json.dumps(json.dumps(config))) == graph


def test_the_version_beside_a_config_tells_its_dialect():
    assert unwrapped({"config": MODEL, "keras_version": "1.0.8"}, "it")["keras_version"] == "1.0.8"
    assert (
        unwrapped({"config": {**MODEL, "keras_version": "1.1"}, "keras_version": "2"}, "it")["keras_version"] == "1.1"
    )


@pytest.mark.parametrize(
    ("config", "error", "reason"),
    [
        ({"modelTopology": {"node": [], "versions": {}}}, UnsupportedError, "a TensorFlow.js graph model"),
        ({"modelTopology": {}, "format": "graph-model"}, UnsupportedError, "a TensorFlow.js graph model"),
        ({"modelTopology": None, "weightsManifest": []}, InputError, "weights alone .no 'modelTopology'."),
        ({"modelTopology": {"x": 1}}, InputError, "it holds 'x', not 'class_name'"),
        ({"modelTopology": "not JSON"}, InputError, "no Keras model"),
        ({"model_config": 3}, InputError, "no Keras model"),
        ({"weight_map": {}}, InputError, "the index of sharded weights"),
        ({}, InputError, "it holds nothing"),
        ({"a" * 99: 1}, InputError, "it holds 'a+, not"),
    ],
)
def test_what_is_no_keras_model_is_refused(config, error, reason):
    with pytest.raises(error, match=f"cannot read the config: .*{reason}"):
        read(config)


def test_wrappers_without_end_are_refused():
    config = {}
    for _ in range(20):
        config = {"model_config": config}
    with pytest.raises(InputError, match="no Keras model"):
        read(config)
