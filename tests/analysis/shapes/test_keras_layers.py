"""What Keras says of its own layers, against the rules: each read from a model's JSON with its shapes erased."""

from collections.abc import Iterator
from itertools import product
from types import ModuleType

import pytest
from analysis.shapes.live import Case, compare

pytestmark = pytest.mark.framework

SIZES = {1: (12,), 2: (8, 9), 3: (6, 7, 8)}
ORDERS = ("channels_last", "channels_first")
UNKNOWN = {
    "Activation glu",  # Keras says that it keeps the shape, and halves an axis
    "TextVectorization one_hot",  # rows of texts of more than one axis: Keras says one thing and does another
    *(f"TextVectorization {mode}" for mode in ("multi_hot", "count")),
}


def spaces(rank: int) -> Iterator[tuple[str, tuple[int | None, ...]]]:
    """Yield orders of axes with shapes of four channels, known and open."""
    for order, spatial in product(ORDERS, (SIZES[rank], (None,) * rank)):
        yield order, (*spatial, 4) if order == "channels_last" else (4, *spatial)


def convolutions(layers: ModuleType) -> Iterator[Case]:
    windows = ((1, 1, 1), (3, 1, 1), (3, 2, 1), (2, 3, 1), (3, 1, 2))
    kinds = (
        *(
            ("Conv{}D", {"filters": 6}),
            ("SeparableConv{}D", {"filters": 6}),
            ("DepthwiseConv{}D", {"depth_multiplier": 2}),
        ),
        *(("Conv{}DTranspose", {"filters": 6}), ("Conv{}DTranspose", {"filters": 6, "output_padding": 1})),
    )
    for rank, (name, more), padding in product((1, 2, 3), kinds, ("valid", "same", "causal")):
        layer = getattr(layers, name.format(rank), None)
        for (order, shape), (width, stride, rate) in product(spaces(rank), windows):
            options = {"kernel_size": width, "strides": stride, "dilation_rate": rate, "padding": padding, **more}
            if layer is not None:
                yield Case(
                    f"{name} {options}",
                    lambda x, f=layer, o=options, d=order: f(data_format=d, **o)(x),
                    [(shape, "float32")],
                )


def pools(layers: ModuleType) -> Iterator[Case]:
    for rank, how in product((1, 2, 3), ("Max", "Average")):
        for order, shape in spaces(rank):
            x = [(shape, "float32")]
            for padding, (width, stride) in product(("valid", "same"), ((2, None), (3, 1), (2, 3))):
                options = {"pool_size": width, "strides": stride, "padding": padding, "data_format": order}
                yield of(layers, f"{how}Pooling{rank}D", options, x)
            for keep in (True, False):
                yield of(layers, f"Global{how}Pooling{rank}D", {"keepdims": keep, "data_format": order}, x)
            yield of(layers, f"Adaptive{how}Pooling{rank}D", {"output_size": 2, "data_format": order}, x)


def of(layers: ModuleType, name: str, options: dict, inputs: list, label: str = "") -> Case:
    """Return a call of a layer; where it has several inputs it is given a list."""
    layer = getattr(layers, name)

    def build(*tensors):
        return layer(**options)(tensors[0] if len(tensors) == 1 else list(tensors))

    return Case(label or name, build, inputs)


def borders(layers: ModuleType) -> Iterator[Case]:
    for rank in (1, 2, 3):
        pairs = (1, 2) if rank == 1 else ((1, 2), (0, 1), (2, 1))[:rank]
        for (order, shape), amount in product(spaces(rank), (1, pairs)):
            more = {} if rank == 1 else {"data_format": order}
            yield of(layers, f"ZeroPadding{rank}D", {"padding": amount, **more}, [(shape, "float32")])
            yield of(layers, f"Cropping{rank}D", {"cropping": amount, **more}, [(shape, "float32")])
        for (order, shape), times in product(spaces(rank), (2, tuple(range(1, rank + 1)))):
            more = {} if rank == 1 else {"data_format": order}
            size = times if rank > 1 or isinstance(times, int) else 3
            yield of(layers, f"UpSampling{rank}D", {"size": size, **more}, [(shape, "float32")])
    for (order, shape), name in product(spaces(2), ("Resizing", "CenterCrop")):
        yield of(layers, name, {"height": 3, "width": 5, "data_format": order}, [(shape, "float32")])
    for target, shape in (((-1, 3), (8, 9, 3)), ((9, 24), (8, 9, 3)), ((-1,), (None, 3)), ((2, -1, 3), (8, None, 3))):
        yield of(layers, "Reshape", {"target_shape": target}, [(shape, "float32")])


def recurrent(layers: ModuleType) -> Iterator[Case]:
    sequences = [((12, 4), "float32")]
    flags = [{"return_sequences": a, "return_state": b} for a, b in product((True, False), repeat=2)]
    for name, flag, policy in product(("LSTM", "GRU", "SimpleRNN"), flags, ("float32", "mixed_float16")):
        layer = getattr(layers, name)
        options = {"units": 6, "dtype": policy, **flag}
        yield of(layers, name, options, sequences)
        for mode in ("concat", "sum", "mul", "ave", None):
            yield Case(
                "Bidirectional",
                lambda x, f=layer, o=options, m=mode, p=policy: layers.Bidirectional(f(**o), merge_mode=m, dtype=p)(x),
                [((None, 4), "float32")],
            )
    for flag in flags:
        yield Case("RNN", lambda x, o=flag: layers.RNN(layers.LSTMCell(6), **o)(x), sequences)
        yield Case("RNN", lambda x, o=flag: layers.RNN([layers.GRUCell(5), layers.GRUCell(6)], **o)(x), sequences)
        for rank in (1, 2, 3):
            for order, shape in spaces(rank):
                options = {"filters": 6, "kernel_size": 3, "data_format": order, **flag}
                yield of(layers, f"ConvLSTM{rank}D", options, [((5, *shape), "float32")])
    video = [((5, 8, 8, 3), "float32")]
    for inner in (("Conv2D", {"filters": 6, "kernel_size": 3}), ("Flatten", {}), ("GlobalAveragePooling2D", {})):
        yield Case(
            "TimeDistributed", lambda x, i=inner: layers.TimeDistributed(getattr(layers, i[0])(**i[1]))(x), video
        )


def merges(layers: ModuleType) -> Iterator[Case]:
    pairs = (((4, 5), (4, 5)), ((4, 1), (1, 5)), ((None, 5), (4, 5)), ((None, 5), (1, 5)), ((5,), (4, 5)))
    types = (("float32", "float32"), ("float32", "int32"), ("int32", "int64"), ("float16", "float32"))
    for (first, second), (one, two) in product(pairs, types):
        for name in ("Add", "Multiply", "Average", "Maximum", "Minimum", "Subtract"):
            yield of(layers, name, {}, [(first, one), (second, two)])
        for axis in (-1, 1, 2):
            yield of(layers, "Concatenate", {"axis": axis}, [(first, one), (second, two)])
    for first, second, axes in (((5,), (5,), 1), ((4, 5), (3, 5), 2), ((4, 5), (5, 3), (2, 1)), ((4, 5), (5,), (2, 1))):
        yield of(layers, "Dot", {"axes": axes}, [(first, "float32"), (second, "float32")])


def attention(layers: ModuleType) -> Iterator[Case]:
    query, value, key = ((5, 8), "float32"), ((7, 9), "float32"), ((7, 8), "float32")
    for policy, scores in product(("float32", "mixed_float16"), (True, False)):
        for name in ("Attention", "AdditiveAttention"):
            layer = getattr(layers, name)(dtype=policy)
            yield Case(name, lambda q, k, f=layer, s=scores: f([q, k], return_attention_scores=s), [query, key])
            layer = getattr(layers, name)(dtype=policy)
            yield Case(name, lambda q, v, k, f=layer: f([q, v, k]), [query, value, key])
        heads = layers.MultiHeadAttention(2, 3, dtype=policy)
        yield Case("MHA", lambda q, f=heads, s=scores: f(q, q, return_attention_scores=s), [query])
        wide = layers.MultiHeadAttention(2, 3, output_shape=7, dtype=policy)
        yield Case("MHA named", lambda k, q, v, f=wide: f(key=k, query=q, value=v), [key, query, value])
        grouped = layers.GroupQueryAttention(3, 4, 2, dtype=policy)
        yield Case("GQA", lambda q, v, f=grouped, s=scores: f(q, v, return_attention_scores=s), [query, key])


SAME = (
    *(("ReLU", {}), ("PReLU", {}), ("Softmax", {}), ("Identity", {}), ("Masking", {}), ("Dropout", {"rate": 0.1})),
    *(("GaussianNoise", {"stddev": 0.1}), ("BatchNormalization", {}), ("LayerNormalization", {}), ("Flatten", {})),
    *(
        ("UnitNormalization", {}),
        ("Rescaling", {"scale": 0.1}),
        ("Permute", {"dims": (3, 1, 2)}),
        ("Dense", {"units": 3}),
    ),
    *(
        ("Embedding", {"input_dim": 3, "output_dim": 4}),
        ("MaxPooling2D", {}),
        ("ZeroPadding2D", {}),
        ("RandomFlip", {}),
    ),
    *(("Conv2D", {"filters": 2, "kernel_size": 3}), ("CategoryEncoding", {"num_tokens": 3}), ("AutoContrast", {})),
    *(("Activation", {"activation": "relu"}), ("GroupNormalization", {"groups": 1}), ("RMSNormalization", {})),
)


def types(layers: ModuleType) -> Iterator[Case]:
    policies = ("float32", "mixed_float16", "mixed_bfloat16", "float64")
    for (name, options), policy in product(SAME, policies):
        for dtype in ("float32", "float16", "int32", "bool"):
            yield of(layers, name, {**options, "dtype": policy}, [((8, 8, 4), dtype)])
    yield of(layers, "Activation", {"activation": "glu"}, [((8, 8), "float32")], "Activation glu")


def words(layers: ModuleType) -> Iterator[Case]:
    for mode, shape in product(("int", "one_hot", "multi_hot", "count"), ((1,), (5,), (4, 5))):
        kinds = (
            *(("Hashing", {"num_bins": 7}, "int32"), ("Discretization", {"bin_boundaries": [0.0, 1.0]}, "float32")),
            *(("CategoryEncoding", {"num_tokens": 7}, "int32"), ("IntegerLookup", {"vocabulary": [1, 2, 3]}, "int64")),
            *(
                ("StringLookup", {"vocabulary": ["a", "b"]}, "string"),
                ("TextVectorization", {"max_tokens": 9}, "string"),
            ),
        )
        for name, options, dtype in kinds:
            label = f"{name} {mode}" if name == "TextVectorization" else name
            yield of(layers, name, {"output_mode": mode, **options}, [(shape, dtype)], label)
    for equation, stated in (("abc,cd->abd", (None, 7)), ("...x,xy->...y", 7), ("abc,cde->abde", (None, 2, 3))):
        yield of(layers, "EinsumDense", {"equation": equation, "output_shape": stated}, [((5, 6), "float32")])
    yield of(layers, "MelSpectrogram", {}, [((16000,), "float32")])


@pytest.mark.parametrize(
    "family",
    [convolutions, pools, borders, recurrent, merges, attention, types, words],
    ids=lambda family: family.__name__,
)
def test_a_layer_gives_what_keras_says(family):
    import keras

    outcome = compare(family(keras.layers))
    assert outcome.wrong == []
    assert outcome.unknown <= UNKNOWN
    assert outcome.total > 20
