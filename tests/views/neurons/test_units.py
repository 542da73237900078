"""Which layers have neurons, how many, and what each of these reads."""

import pytest
from small_graphs import node

from cutaway.graph import Kind, Tensor
from cutaway.record import replace
from cutaway.views.neurons.units import is_stepwise, reading, units_of, values_of, vector_of

DEPTHWISE = {"class_name": "DepthwiseConv2D", "config": {}}
GROUPED = {"class_name": "Conv2D", "config": {"groups": 3}}
CUSTOM_DENSE = {"class_name": "Dense", "config": {}, "custom": True}


@pytest.mark.parametrize(
    ("op", "kind", "attributes", "shape", "units", "read"),
    [
        ("Dense", Kind.DENSE, {"units": 7}, (None, 7), 7, "all"),
        ("Dense", Kind.DENSE, {"units": 7}, None, 7, "all"),
        ("EinsumDense", Kind.DENSE, {}, (None, 5, 9), 9, "all"),
        ("Conv2D", Kind.CONVOLUTION, {"filters": 8, "groups": 1}, (None, 4, 4, 8), 8, "all"),
        ("Conv2D", Kind.CONVOLUTION, {"filters": 8, "groups": 2}, (None, 4, 4, 8), 8, "other"),
        ("DepthwiseConv2D", Kind.CONVOLUTION, {}, (None, 4, 4, 8), 8, "each"),
        ("MaxPooling2D", Kind.POOLING, {"data_format": "channels_first"}, (None, 3, 4, 4), 3, "each"),
        ("LSTM", Kind.RECURRENT, {"units": 6}, (None, 5, 6), 6, "all"),
        ("Bidirectional", Kind.RECURRENT, {"units": 6}, (None, 12), 12, "all"),
        ("Bidirectional", Kind.RECURRENT, {"units": 6}, None, None, "all"),
        ("BatchNormalization", Kind.NORMALIZATION, {}, (None, 4), 4, "each"),
        ("LayerNormalization", Kind.NORMALIZATION, {}, (None, 4), 4, "other"),
        ("ReLU", Kind.ACTIVATION, {}, (None, 4), 4, "each"),
        ("Softmax", Kind.ACTIVATION, {}, (None, 4), 4, "all"),
        ("Activation", Kind.ACTIVATION, {"activation": "softmax"}, (None, 4), 4, "all"),
        ("Activation", Kind.ACTIVATION, {"activation": "hard_sigmoid"}, (None, 4), 4, "each"),
        ("Activation", Kind.ACTIVATION, {"activation": None}, (None, 4), 4, "each"),
        ("Activation", Kind.ACTIVATION, {"activation": "Softmax"}, (None, 4), 4, "all"),
        ("Activation", Kind.ACTIVATION, {"activation": "my_function"}, (None, 4), 4, "other"),
        ("Activation", Kind.ACTIVATION, {"activation": ("relu",)}, (None, 4), 4, "other"),
        ("Sparsemax", Kind.ACTIVATION, {}, (None, 4), 4, "all"),
        ("Glu", Kind.ACTIVATION, {}, (None, 4), 4, "other"),
        ("Conv2DTranspose", Kind.UPSAMPLING, {"filters": 3}, (None, 8, 8, 3), 3, "all"),
        ("ConvTranspose", Kind.UPSAMPLING, {}, (None, 8, 8, 3), 3, "all"),
        ("UpSampling2D", Kind.UPSAMPLING, {}, (None, 8, 8, 3), 3, "each"),
        ("DenseFeatures", Kind.DENSE, {}, (None, 8), 8, "other"),
        ("TimeDistributed", Kind.DENSE, {"layer": {"class_name": "Dense", "config": {}}}, (None, 5, 9), 9, "all"),
        ("TimeDistributed", Kind.CONVOLUTION, {"layer": DEPTHWISE}, (None, 5, 4, 4, 9), 9, "each"),
        ("TimeDistributed", Kind.CONVOLUTION, {"layer": GROUPED}, (None, 5, 4, 4, 9), 9, "other"),
        ("TimeDistributed", Kind.DENSE, {"layer": CUSTOM_DENSE}, (None, 5, 9), 9, "other"),
        ("Dropout", Kind.REGULARIZATION, {}, (None, None), None, "each"),
        ("Add", Kind.MERGE, {}, (None, 4), 4, "each"),
        ("Concatenate", Kind.MERGE, {}, (None, 4), 4, "other"),
    ],
)
def test_neurons(op, kind, attributes, shape, units, read):
    made = replace(node("n", op, 1, shape=shape), kind=kind, attributes=attributes)
    assert units_of(made) == units
    assert reading(made) == read
    assert reading(replace(made, custom=True)) == "other"


@pytest.mark.parametrize(
    ("shape", "vector", "values"),
    [
        ((None, 8), 8, 8),
        ((None, 2, 3), None, 6),
        ((None, None), None, None),
        ((None,), None, 1),
        (None, None, None),
        ((None, 0), None, None),
    ],
)
def test_vectors_and_values(shape, vector, values):
    assert vector_of(Tensor(shape=shape)) == vector
    assert values_of(Tensor(shape=shape)) == values


def test_a_dense_layer_of_a_sequence_works_on_each_step():
    assert is_stepwise(replace(node("n", "Dense", 1, shape=(None, 5, 10)), kind=Kind.DENSE))
    assert not is_stepwise(node("n", "Dense", 1, shape=(None, 10)))
