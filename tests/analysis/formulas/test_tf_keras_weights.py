"""What Keras 2 builds for some hundred settings of its layers, against the formulas."""

from collections.abc import Iterator
from random import Random
from types import SimpleNamespace

import pytest
from analysis.formulas.live_weights import compare
from analysis.formulas.settings_grid import BIAS, COMMON, FAMILIES, ORDER, SCALED, Setting, chosen

pytestmark = pytest.mark.framework

OTHERWISE = {"Normalization": "mixed_float16"}
"""What Keras 2 does otherwise than Keras 3 from the same configuration: it keeps the statistics in halves."""


def older(random: Random) -> Iterator[Setting]:
    """Give layers and settings that only Keras 2 has."""
    for _ in range(10):
        for rank in (1, 2):
            sizes = {"filters": (2, 3), "kernel_size": (1, 2, 3), "strides": (1, 2)}
            given = chosen(random, {**sizes, **ORDER, **BIAS}, ("filters", "kernel_size"))
            shape = tuple(random.choice((6, 7)) for _ in range(rank))
            placed = (4, *shape) if given.get("data_format") == "channels_first" else (*shape, 4)
            for way, padding in ((1, "valid"), (2, "valid"), (2, "same"), (3, "valid"), (3, "same")):
                options = {**given, "implementation": way, "padding": padding}
                yield Setting(f"LocallyConnected{rank}D", options, [placed])
        axes = {"axis": (-1, 1, [1, 3], [1, 2, 3]), **SCALED, **COMMON}
        yield Setting("BatchNormalizationV1", chosen(random, axes, ()), [(5, 6, 4)])
        yield Setting("BatchNormalizationV1", {"renorm": True, "trainable": random.random() < 0.5}, [(5, 6, 4)])
        yield Setting("SyncBatchNormalization", chosen(random, {**SCALED, **COMMON}, ()), [(5, 6, 4)])
        yield Setting("CuDNNLSTM", {"units": 3, "trainable": random.random() < 0.5}, [(5, 4)])
        yield Setting("CuDNNGRU", {"units": 3}, [(5, 4)])
    yield Setting("ThresholdedReLU", {}, [(5,)])


@pytest.fixture(scope="module")
def keras() -> SimpleNamespace:
    """Keras 2, with the layers of TensorFlow 1 that it keeps among the others."""
    import tf_keras
    from tf_keras.src.layers.normalization import batch_normalization_v1
    from tf_keras.src.layers.rnn import cudnn_gru, cudnn_lstm

    hidden = {
        "BatchNormalizationV1": batch_normalization_v1.BatchNormalization,
        "SyncBatchNormalization": tf_keras.layers.experimental.SyncBatchNormalization,
        "CuDNNLSTM": cudnn_lstm.CuDNNLSTM,
        "CuDNNGRU": cudnn_gru.CuDNNGRU,
    }
    layers = SimpleNamespace(**vars(tf_keras.layers), **hidden)
    return SimpleNamespace(Input=tf_keras.Input, Model=tf_keras.Model, layers=layers)


@pytest.mark.parametrize("family", [older, *FAMILIES], ids=lambda family: family.__name__)
def test_the_weights_are_keras(keras, family):
    settings = [
        each
        for each in family(Random(7))  # noqa: S311 - nothing secret
        if each.arguments.get("dtype") != OTHERWISE.get(each.op, "")
    ]
    outcome = compare(keras, settings, exact=False)
    assert outcome.wrong == []
    assert outcome.unknown == []
    assert outcome.total > outcome.refused
