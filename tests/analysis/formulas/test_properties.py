"""What must hold of the formulas for any attributes and any input."""

from analysis.any_calls import attributes, axis_sizes, ports, tensors
from hypothesis import example, given, settings
from hypothesis import strategies as st

from cutaway.analysis.formulas import LAYERS, weights_of
from cutaway.analysis.shapes.call import Call
from cutaway.analysis.shapes.rules import LAYERS as SHAPES
from cutaway.graph import Tensor
from cutaway.sources.attributes import plain

LAST = {"dtype": "float32", "data_format": "channels_last"}
LSTM = {"class_name": "LSTM", "config": {"units": 3, "name": "lstm"}}
CELLS = [{"class_name": "GRUCell", "config": {"units": units, "name": f"cell_{units}"}} for units in (2, 3)]
DENSE = {"class_name": "Dense", "config": {"units": 3, "name": "dense"}}
SOUND = (
    ("Dense", {**LAST, "units": 3, "use_bias": True, "lora_rank": 2}),
    *(("Dense", {"units": 3, "dtype": f"{mode}_from_float32"}) for mode in ("int8", "int4/2", "float8", "gptq/4/2")),
    ("Conv2D", {**LAST, "filters": 4, "kernel_size": [3, 2], "groups": 1}),
    ("Conv2DTranspose", {**LAST, "filters": 4, "kernel_size": 3}),
    ("SeparableConv2D", {**LAST, "filters": 4, "kernel_size": 3, "depth_multiplier": 2}),
    ("DepthwiseConv2D", {**LAST, "kernel_size": 3, "depth_multiplier": 2}),
    ("LocallyConnected2D", {**LAST, "filters": 4, "kernel_size": 1, "implementation": 3, "padding": "same"}),
    ("EinsumDense", {**LAST, "equation": "abcd,de->abce", "output_shape": [None, None, 5], "bias_axes": "e"}),
    ("EinsumDense", {"equation": "...x,xy->...y", "output_shape": 5, "bias_axes": "y", "dtype": "int8_from_float32"}),
    ("Embedding", {**LAST, "input_dim": 5, "output_dim": 3}),
    ("BatchNormalization", {**LAST, "axis": [1, 3], "renorm": True}),
    ("LayerNormalization", {**LAST, "axis": [1, -1], "center": False}),
    ("Normalization", {**LAST, "axis": [1, 2]}),
    ("PReLU", {**LAST, "shared_axes": [1, 2]}),
    ("ConvLSTM1D", {**LAST, "filters": 4, "kernel_size": 3}),
    ("MultiHeadAttention", {**LAST, "num_heads": 2, "key_dim": 3, "use_gate": True}),
    ("AdditiveAttention", LAST),
    ("TimeDistributed", {**LAST, "layer": LSTM}),
    ("TimeDistributed", {**LAST, "layer": {"class_name": "Bidirectional", "config": {"layer": LSTM}}}),
    (
        "TimeDistributed",
        {
            "layer": {
                "class_name": "RNN",
                "config": {"cell": {"class_name": "StackedRNNCells", "config": {"cells": CELLS}}},
            }
        },
    ),
    ("SpectralNormalization", {**LAST, "layer": DENSE}),
)
"""Settings that Keras accepts for an input of four axes."""
NAMES = tuple(
    dict.fromkeys(
        [
            *(key for _, held in SOUND for key in held),
            *("reset_after", "implementation", "tie_weights", "value_dim", "output_shape", "scale", "rms_scaling"),
            *("mean", "use_scale", "score_mode", "frame_length", "fft_length", "mode", "backward_layer", "cell"),
            *(
                "cells",
                "layers",
                "name",
                "trainable",
                "call",
                "nb_feature",
                "num_query_heads",
                "query_shape",
                "class_name",
            ),
        ]
    )
)
WORDS = (
    *(
        "int8_from_float32",
        "int4/4_from_mixed_float16",
        "gptq/4/8_from_float32",
        "awq/x/0_from_y",
        "int4/_from_",
        "_from_",
    ),
    *(
        "float8_from_float32",
        "mixed_",
        "mixed_float16",
        "channels_first",
        "channels_last",
        "abc,cd->abd",
        "...,a->",
        "de",
    ),
    *("valid", "same", "concat", "real", "λ", "²", "float32", "last"),
)


@settings(max_examples=300)
@example("Dense", {"units": 3, "dtype": "int4/²_from_float32"}, (Tensor(shape=(None, 4), dtype="float32"),), ())
@example("StackedRNNCells", {"cells": [CELLS[0], CELLS[0]]}, (Tensor(shape=(None, 4), dtype="float32"),), ())
@example("EinsumDense", {"equation": "->"}, (), ())
@given(
    st.sampled_from(sorted(LAYERS)),
    attributes(NAMES, WORDS, sorted(LAYERS)),
    st.lists(tensors, max_size=3).map(tuple),
    ports,
)
def test_no_formula_ever_fails_or_invents_a_size(op, held, inputs, names):
    assert_sound(Call(op=op, attributes=plain(held), inputs=inputs, ports=names, rules=SHAPES))


@settings(max_examples=300)
@given(
    st.sampled_from(SOUND),
    attributes(NAMES, WORDS, sorted(LAYERS)),
    st.lists(axis_sizes, max_size=5).map(tuple),
)
def test_no_damage_to_sound_settings_makes_a_formula_fail(sound, damage, shape):
    op, held = sound
    inputs = (Tensor(shape=shape, dtype="float32"),) * 2
    assert_sound(Call(op=op, attributes=plain({**held, **damage}), inputs=inputs, rules=SHAPES))


def assert_sound(call: Call) -> None:
    found = weights_of(call)
    assert len({weight.name for weight in found or ()}) == len(found or ())
    for weight in found or ():
        assert weight.name
        assert weight.dtype is None or isinstance(weight.dtype, str)
        assert isinstance(weight.trainable, bool)
        for dim in weight.shape or ():
            assert dim is None or isinstance(dim, str) or (type(dim) is int and dim > 0)


@settings(max_examples=200)
@given(st.sampled_from(SOUND), st.lists(st.integers(1, 9), min_size=4, max_size=4), st.data())
def test_knowing_less_never_gives_other_weights(sound, shape, data):
    op, held = sound
    masks = data.draw(st.lists(st.booleans(), min_size=4, max_size=4))
    less = tuple(None if hide else dim for dim, hide in zip(shape, masks, strict=True))
    results = []
    for each in (tuple(shape), less):
        inputs = (Tensor(shape=each, dtype="float32"),) * 2
        results.append(weights_of(Call(op=op, attributes=plain(held), inputs=inputs, trainable=True, rules=SHAPES)))
    full, partial = results
    assert full is not None
    assert all(weight.shape is not None and all(isinstance(dim, int) for dim in weight.shape) for weight in full)
    if partial is None:
        return
    assert [weight.name for weight in partial] == [weight.name for weight in full]
    for sure, open_one in zip(full, partial, strict=True):
        assert (sure.dtype, sure.trainable) == (open_one.dtype, open_one.trainable)
        pairs = zip(sure.shape or (), open_one.shape or sure.shape or (), strict=True)
        assert all(dim is None or dim == known for known, dim in pairs)
