"""Settings of every layer with weights, chosen at random with a fixed seed, and inputs that suit them."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from random import Random
from typing import Any

Shape = tuple[int | None, ...]


@dataclass(frozen=True)
class Setting:
    """One call of a layer: class, arguments, the inputs' shapes without the batch, and how it is called."""

    op: str
    arguments: Mapping[str, Any]
    inputs: Sequence[Shape]
    dtype: str = "float32"
    listed: bool = False


POLICIES = ("float32", "float32", "mixed_float16", "mixed_bfloat16", "float16", "bfloat16", "float64")
COMMON = {"dtype": POLICIES, "trainable": (True, True, False)}
BIAS = {"use_bias": (True, False)}
ORDER = {"data_format": ("channels_last", "channels_first")}
SCALED = {"scale": (True, False), "center": (True, False)}
UNITS = {"units": (1, 3, 8)}


def chosen(random: Random, options: Mapping[str, Sequence[Any]], required: Sequence[str]) -> dict[str, Any]:
    """Return a value for each required option and for some of the others."""
    return {key: random.choice(values) for key, values in options.items() if key in required or random.random() < 0.6}


def spatial(random: Random, rank: int, order: str | None, channels: int) -> Shape:
    """Return an input of so many channels in the order asked for; the other axes may be open."""
    sizes = tuple(random.choice((5, 6, 8, None)) for _ in range(rank))
    return (channels, *sizes) if order == "channels_first" else (*sizes, channels)


CONVOLUTIONS = (
    *(f"Conv{rank}D{way}" for rank in (1, 2, 3) for way in ("", "Transpose")),
    *(f"{way}Conv{rank}D" for rank in (1, 2) for way in ("Depthwise", "Separable")),
)


def convolutions(random: Random) -> Iterator[Setting]:
    for op in CONVOLUTIONS:
        rank = int(next(letter for letter in op if letter.isdigit()))
        sizes = (1, 3, tuple(range(1, rank + 1)))
        options = {
            "filters": (2, 6),
            "kernel_size": sizes,
            "strides": (1, 2),
            "padding": ("valid", "same"),
            **ORDER,
            **BIAS,
            **COMMON,
        }
        if "Transpose" not in op:
            options["dilation_rate"] = (1, 1, 2)
        if op.startswith("Conv") and "Transpose" not in op:
            options["groups"] = (1, 2)
        if op.startswith(("Depthwise", "Separable")):
            options["depth_multiplier"] = (1, 2, 3)
        if op.startswith("Depthwise"):
            del options["filters"]
        for _ in range(16):
            given = chosen(random, options, ("filters", "kernel_size"))
            if given.get("strides", 1) != 1:
                given.pop("dilation_rate", None)
            yield Setting(op, given, [spatial(random, rank, given.get("data_format"), random.choice((2, 4)))])


def dense(random: Random) -> Iterator[Setting]:
    for _ in range(16):
        shape = random.choice(((4,), (5, 4), (None, 3), (2, 3, 4)))
        yield Setting("Dense", chosen(random, {**UNITS, **BIAS, **COMMON}, ("units",)), [shape])
        yield Setting(
            "Embedding",
            chosen(random, {"input_dim": (5, 9), "output_dim": (1, 4), **COMMON}, ("input_dim", "output_dim")),
            [random.choice(((5,), (None,), (2, 3)))],
            dtype="int32",
        )


EQUATIONS = (
    ("abc,cd->abd", (None, 7), (5, 6), ("d", "bd", "b", None)),
    ("...x,xy->...y", 7, (5, 6), ("y", None)),
    ("...x,xy->...y", 7, (3, 5, 6), ("y",)),
    ("abc,cde->abde", (None, 2, 3), (5, 6), ("de", "e", "d", "bde")),
    ("abc,bcd->ad", 4, (5, 6), ("d", None)),
    ("ab...,bc->ac...", 4, (5, 6), ("c", None)),
    ("ab...,bc->ac...", 4, (5, 6, 3), ("c",)),
    ("bqm,muh->bquh", (None, 2, 3), (5, 6), ("uh", "h")),
    ("bquh,uhm->bqm", (None, 6), (5, 2, 3), ("m",)),
    ("ab,b->ab", 6, (6,), ("b", None)),
)


def equations(random: Random) -> Iterator[Setting]:
    for equation, stated, shape, biases in EQUATIONS:
        for axes in biases:
            given = {"equation": equation, "output_shape": stated, "bias_axes": axes}
            yield Setting("EinsumDense", {**given, **chosen(random, COMMON, ())}, [shape])


def normalizations(random: Random) -> Iterator[Setting]:
    shape = (5, 6, 4)
    for _ in range(14):
        axis = {"axis": (-1, 1, 3, 2)}
        axes = {"axis": (-1, 1, (1, 2), [2, 3], [-1, -2], (-1,), 3)}
        yield Setting("BatchNormalization", chosen(random, {**axis, **SCALED, **COMMON}, ()), [shape])
        yield Setting("LayerNormalization", chosen(random, {**axes, **SCALED, **COMMON}, ()), [shape])
        groups = {"groups": (-1, 1, 2), "axis": (-1, 3, -2)}
        yield Setting("GroupNormalization", chosen(random, {**groups, **SCALED, **COMMON}, ("groups",)), [shape])
        wanted = {"axis": (-1, None, (1, 2), (2, 1), 3, (-1, -3)), "dtype": ("float32", "float64", "mixed_float16")}
        yield Setting("Normalization", chosen(random, wanted, ()), [shape])
    yield Setting("Normalization", {"mean": 1.0, "variance": 2.0}, [shape])
    for name in ("UnitNormalization", "ReLU", "Dropout", "Flatten", "GaussianNoise", "AlphaDropout"):
        yield Setting(name, {"rate": 0.5} if "Dropout" in name else {"stddev": 0.5} if "Noise" in name else {}, [shape])


def activations(random: Random) -> Iterator[Setting]:
    for shared in (None, [1], [1, 2], [3], (2, 3)):
        yield Setting("PReLU", {"shared_axes": shared, **chosen(random, COMMON, ())}, [(5, 6, 4)])
    yield Setting("PReLU", {}, [(7,)])


def recurrent(random: Random) -> Iterator[Setting]:
    for op in ("SimpleRNN", "LSTM", "GRU") * 10:
        options = {
            **UNITS,
            **BIAS,
            **COMMON,
            "return_sequences": (True, False),
            **({"reset_after": (True, False)} if op == "GRU" else {}),
        }
        yield Setting(op, chosen(random, options, ("units",)), [random.choice(((5, 4), (None, 3)))])
    for rank in (1, 2, 3):
        for _ in range(8):
            options = {"filters": (2, 3), "kernel_size": (1, 3, (2, 3, 1)[:rank]), **ORDER, **BIAS, **COMMON}
            given = chosen(random, {**options, "padding": ("same",)}, ("filters", "kernel_size"))
            sizes = spatial(random, rank, given.get("data_format"), 4)
            shape = tuple(size or 6 for size in sizes)
            yield Setting(f"ConvLSTM{rank}D", given, [(3, *shape)])


def attention(random: Random) -> Iterator[Setting]:
    query, value, key = (5, 8), (7, 6), (7, 4)
    for _ in range(24):
        options = {
            "num_heads": (1, 2),
            "key_dim": (3, 4),
            "value_dim": (2, 5),
            "output_shape": (7, (7,), (2, 3)),
            "attention_axes": (1, (1,)),
            **BIAS,
            **COMMON,
        }
        given = chosen(random, options, ("num_heads", "key_dim"))
        inputs = random.choice(((query, value), (query, value, key), (query, (None, 6))))
        yield Setting("MultiHeadAttention", given, inputs)
    for scaled in (True, False):
        for inputs in ([(5, 8), (7, 8)], [(5, 8), (7, 6), (7, 8)]):
            for dtype in ("float32", "mixed_float16", "float16"):
                yield Setting("AdditiveAttention", {"use_scale": scaled, "dtype": dtype}, inputs, listed=True)
                for mode in ("dot", "concat"):
                    given = {"use_scale": scaled, "dtype": dtype, "score_mode": mode}
                    yield Setting("Attention", given, inputs, listed=True)


def wrapped(random: Random) -> Iterator[Setting]:
    """Give wrappers; an argument that is a Setting is a layer, a list of them is one of cells."""
    for op in ("LSTM", "GRU", "SimpleRNN") * 3:
        given = chosen(random, {**UNITS, **BIAS, "dtype": ("float32", "mixed_float16")}, ("units",))
        inner = Setting(op, {**given, "return_sequences": True}, [])
        back = Setting(op, {**given, "units": 5, "go_backwards": True, "return_sequences": True}, [])
        yield Setting("Bidirectional", {"layer": inner, "trainable": random.random() < 0.7}, [(5, 4)])
        yield Setting("Bidirectional", {"layer": inner, "backward_layer": back}, [(5, 4)])
        cells = [Setting(f"{op}Cell", given, []), Setting("GRUCell", {"units": 2}, [])]
        yield Setting("RNN", {"cell": cells[0]}, [(5, 4)])
        yield Setting("RNN", {"cell": cells, **chosen(random, {"trainable": (True, False)}, ())}, [(5, 4)])
    for inner, shape in (
        (Setting("Dense", {"units": 3}, []), (5, 4)),
        (Setting("Dense", {"units": 3, "trainable": False}, []), (5, 4)),
        (Setting("Conv2D", {"filters": 3, "kernel_size": 2}, []), (2, 6, 6, 3)),
        (Setting("BatchNormalization", {}, []), (2, 6, 6, 3)),
        (Setting("Bidirectional", {"layer": Setting("LSTM", {"units": 3}, [])}, []), (3, 5, 4)),
        (Setting("Flatten", {}, []), (2, 3, 4)),
    ):
        yield Setting("TimeDistributed", {"layer": inner}, [shape])
        yield Setting("TimeDistributed", {"layer": inner, "trainable": False}, [shape])
    for inner, shape in (
        (Setting("Dense", {"units": 3}, []), (5, 4)),
        (Setting("Conv2D", {"filters": 3, "kernel_size": 2, "use_bias": False}, []), (6, 6, 3)),
        (Setting("Conv2DTranspose", {"filters": 3, "kernel_size": 2}, []), (6, 6, 4)),
        (Setting("Dense", {"units": 3, "dtype": "mixed_float16"}, []), (5, 4)),
    ):
        yield Setting("SpectralNormalization", {"layer": inner}, [shape])
    yield Setting(
        "SpectralNormalization", {"layer": Setting("Embedding", {"input_dim": 5, "output_dim": 3}, [])}, [(4,)]
    )


def preprocessing(_: Random) -> Iterator[Setting]:
    for name, given in (
        *(("RandomFlip", {}), ("RandomRotation", {"factor": 0.1}), ("RandomZoom", {"height_factor": 0.1})),
        *(
            ("Rescaling", {"scale": 2.0}),
            ("Resizing", {"height": 3, "width": 3}),
            ("CenterCrop", {"height": 3, "width": 3}),
        ),
    ):
        yield Setting(name, given, [(8, 8, 3)])
    yield Setting("Hashing", {"num_bins": 4}, [(3,)], dtype="int32")
    yield Setting("IntegerLookup", {"vocabulary": [1, 2, 3]}, [(3,)], dtype="int64")
    yield Setting("StringLookup", {"vocabulary": ["a", "b"]}, [(3,)], dtype="string")
    yield Setting("Discretization", {"bin_boundaries": [0.0, 1.0]}, [(3,)])
    yield Setting("CategoryEncoding", {"num_tokens": 4}, [(3,)], dtype="int32")
    yield Setting("TextVectorization", {"vocabulary": ["a", "b"]}, [(1,)], dtype="string")


FAMILIES = (convolutions, dense, equations, normalizations, activations, recurrent, attention, wrapped, preprocessing)
"""The settings that Keras 2 and 3 have alike."""
