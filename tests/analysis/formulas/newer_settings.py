"""Settings of layers that only Keras 3 has: newer arguments, quantisation, adapters of low rank."""

from collections.abc import Iterator
from random import Random

from analysis.formulas.settings_grid import BIAS, COMMON, Setting, chosen


def newer(random: Random) -> Iterator[Setting]:
    """Give layers and settings that only Keras 3 has."""
    shape = (5, 6, 4)
    for _ in range(12):
        axes = {"axis": (-1, 1, [1, 2], [-1, -2], 3)}
        given = {**axes, "scale": (True, False), "rms_scaling": (True, False), **COMMON}
        yield Setting("LayerNormalization", chosen(random, given, ()), [shape])
        yield Setting("RMSNormalization", chosen(random, {**axes, **COMMON}, ()), [shape])
        yield Setting("BatchNormalization", chosen(random, {"renorm": (True,), "axis": (-1, 1), **COMMON}, ()), [shape])
        sizes = {"input_dim": (5, 9), "output_dim": (1, 4), "tie_weights": (True, False), **COMMON}
        given = chosen(random, sizes, ("input_dim", "output_dim"))
        yield Setting("ReversibleEmbedding", given, [(5,)], dtype="int32")
        heads = {"num_query_heads": (4,), "num_key_value_heads": (2, 4, 1), "head_dim": (3, 5), "use_gate": (True,)}
        given = chosen(random, {**heads, **BIAS, **COMMON}, ("head_dim", "num_query_heads", "num_key_value_heads"))
        yield Setting("GroupQueryAttention", given, random.choice(([(5, 8), (7, 8)], [(5, 8), (7, 8), (7, 4)])))
        heads = {"num_heads": (2,), "key_dim": (3,), "value_dim": (4,), "use_gate": (True, False), **BIAS, **COMMON}
        yield Setting("MultiHeadAttention", chosen(random, heads, ("num_heads", "key_dim")), [(5, 8), (7, 6)])
    for mode in ("log", "real", "imag", "stft"):
        for length in (None, 512):
            yield Setting("STFTSpectrogram", {"mode": mode, "frame_length": 200, "fft_length": length}, [(4000, 1)])
    yield Setting("MelSpectrogram", {}, [(16000,)])


EQUATIONS = (
    ("abc,cde->abde", (None, 2, 3), (5, 6)),
    ("abcd,cde->abe", (None, 7), (5, 2, 3)),
    ("...x,xy->...y", 7, (3, 5, 6)),
    ("ab,bc->ac", 7, (6,)),
    ("abc,bcd->ad", 4, (5, 6)),
)


def quantized(random: Random) -> Iterator[Setting]:
    policies = [
        f"{mode}_from_{source}"
        for mode in ("int8", "int4/-1", "int4/4", "float8", "gptq/4/4", "gptq/8/-1", "awq/4/4")
        for source in ("float32", "mixed_bfloat16")
    ]
    for policy in policies:
        for trainable in (True, False):
            given = {"dtype": policy, "trainable": trainable, "use_bias": random.random() < 0.5}
            yield Setting("Dense", {"units": 5, **given}, [(4, 7)])
            yield Setting("Conv2D", {"filters": 5, "kernel_size": 2, **given}, [(4, 7, 3)])
            yield Setting(
                "EinsumDense",
                {"equation": "abc,cde->abde", "output_shape": (None, 2, 3), "bias_axes": "de", "dtype": policy},
                [(5, 6)],
            )
            yield Setting("Embedding", {"input_dim": 7, "output_dim": 5, "dtype": policy}, [(4,)], dtype="int32")
            for tied in (True, False):
                yield Setting(
                    "ReversibleEmbedding",
                    {"input_dim": 7, "output_dim": 5, "dtype": policy, "tie_weights": tied},
                    [(4,)],
                    dtype="int32",
                )
            yield Setting("MultiHeadAttention", {"num_heads": 2, "key_dim": 3, "dtype": policy}, [(4, 6), (5, 7)])


def adapted(_: Random) -> Iterator[Setting]:
    for trainable in (True, False):
        given = {"lora_rank": 2, "trainable": trainable}
        yield Setting("Dense", {"units": 5, **given}, [(4, 7)])
        yield Setting("Dense", {"units": 5, "dtype": "int8_from_float32", **given}, [(4, 7)])
        yield Setting("Dense", {"units": 5, "dtype": "int4/-1_from_float32", **given}, [(4, 7)])
        yield Setting("Dense", {"units": 5, "dtype": "mixed_float16", **given}, [(4, 7)])
        for rank in (1, 2, 3):
            yield Setting(f"Conv{rank}D", {"filters": 5, "kernel_size": 2, **given}, [(*(4, 5, 6)[:rank], 3)])
        yield Setting(
            "EinsumDense",
            {"equation": "abc,cde->abde", "output_shape": (None, 2, 3), "bias_axes": "de", **given},
            [(5, 6)],
        )
        yield Setting("Embedding", {"input_dim": 7, "output_dim": 5, **given}, [(4,)], dtype="int32")
