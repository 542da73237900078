"""Quantised layers, and adapters of low rank (LoRA), as Keras 3 builds them.

Source: `quantized_build` and `enable_lora` in keras/src/layers/core (Keras 3.15). The mode and its settings are in the
policy's name: `int8_from_float32`, `int4/128_from_mixed_bfloat16`, `gptq/4/128_from_float32`.
"""

from cutaway.analysis.formulas.formed import Formed
from cutaway.analysis.formulas.forming import Weights, weight
from cutaway.analysis.shapes.call import Call
from cutaway.analysis.shapes.dims import Shape, size
from cutaway.graph import Dim
from cutaway.record import Record, replace

_HISTORY = "1024"
"""Steps of a history of largest values, unless a float8 policy says another number."""


class Kernel(Record):
    """A kernel to be quantised: its shape, that of its scale in eight bits, and the matrices that it is made first.

    `matrix` is the one for four bits, `calibrated` that of GPTQ and AWQ, whose zero point has the name `zero`.
    """

    shape: Shape
    scale: Shape
    matrix: tuple[Dim, Dim]
    calibrated: tuple[Dim, Dim] | None
    zero: str = "kernel_zero"


def mode_of(call: Call) -> tuple[str, ...] | None:
    """Return the mode of quantisation and its settings (`("int4", "128")`), None for a layer that is not quantised.

    A map of policies, one for each part of a layer, is a mode of its own, of which nothing is known.
    """
    policy = call.policy or ""
    mode, mark, _ = policy.rpartition("_from_")
    return tuple(mode.split("/")) if mark else (policy,) if policy.endswith("PolicyMap") else None


def quantized(call: Call, kernel: Kernel, bias: Weights) -> Weights | None:
    """Return the weights of a quantised layer, None where its mode is unknown."""
    match mode_of(call):
        case ("int8",):
            packed = _kept(call, "kernel", kernel.shape, "int8")
            return (*bias, packed, _kept(call, "kernel_scale", kernel.scale))
        case ("int4", *settings):
            return _four_bits(call, kernel, bias, _number([*settings, "-1"][0]))
        case ("float8", *settings):
            return (*_float8(call, _number([*settings, _HISTORY][0])), weight(call, "kernel", kernel.shape), *bias)
        case ("gptq" | "awq" as kind, bits, block):
            return _calibrated(call, kernel, bias, (kind, _number(bits), _number(block)))
    return None


def _four_bits(call: Call, kernel: Kernel, bias: Weights, block: int | None) -> Weights | None:
    rows, columns = kernel.matrix
    if block is None:
        return None
    packed = _kept(call, "kernel", (rows, _halved(columns)), "int8")
    if block < 0:
        return (*bias, packed, _kept(call, "kernel_scale", (columns,)))
    scales = (_groups(rows, block), columns)
    zero = _kept(call, "kernel_zero", scales, "int8")
    return (*bias, packed, _kept(call, "kernel_scale", scales), zero, _kept(call, "g_idx", (rows,), "float32"))


def _calibrated(call: Call, kernel: Kernel, bias: Weights, mode: tuple[str, int | None, int | None]) -> Weights | None:
    kind, bits, block = mode
    if bits is None or block is None or kernel.calibrated is None:
        return None
    rows, columns = kernel.calibrated
    scales = (columns, 1 if block < 0 else _groups(rows, block))
    return (
        *bias,
        _kept(call, "kernel", (_halved(columns) if bits == 4 else columns, rows), "uint8"),
        _kept(call, "kernel_scale", scales),
        _kept(call, kernel.zero, scales, "uint8"),
        *((_kept(call, "awq_scales", (rows,)),) if kind == "awq" else ()),
        _kept(call, "g_idx", (rows,), "float32"),
    )


def _float8(call: Call, steps: int | None) -> Weights:
    """Return scales and histories of largest values; training overwrites them with their gradients."""
    kinds: tuple[tuple[str, Shape], ...] = (("scale", ()), ("amax_history", (size(steps),)))
    return tuple(
        weight(call, f"{of}_{kind}", shape, dtype="float32")
        for of in ("inputs", "kernel", "outputs_grad")
        for kind, shape in kinds
    )


def quantized_embeddings(call: Call, words: Dim, features: Dim, *, tied: bool = True) -> Weights | None:
    """Return the weights of a quantised embedding; one that is not `tied` has a second table for the way back."""
    match mode_of(call):
        case ("int8",):
            table = _kept(call, "embeddings", (words, features), "int8")
            back = _kept(call, "reverse_embeddings", (features, words), "int8")
            scales = [_kept(call, f"{name}_scale", (words,)) for name in ("embeddings", "reverse_embeddings")]
            return (table, scales[0]) if tied else (table, scales[0], back, scales[1])
        case ("int4", *settings):
            block = _number([*settings, "-1"][0])
            return None if block is None else _embeddings_of_four_bits(call, (words, features), block, tied=tied)
    return None


def _embeddings_of_four_bits(call: Call, shape: tuple[Dim, Dim], block: int, *, tied: bool) -> Weights:
    words, features = shape
    scale: Shape = (words,) if block < 0 else (words, _groups(features, block))
    zero = (_kept(call, "embeddings_zero", scale, "int8"), _kept(call, "g_idx", (features,), "float32"))
    table = _kept(call, "embeddings", (words, _halved(features)), "int8")
    found = (table, _kept(call, "embeddings_scale", scale), *(zero if block > 0 else ()))
    if tied:
        return found
    back = (
        _kept(call, "reverse_embeddings", (_halved(features), words), "int8"),
        *(_kept(call, f"reverse_embeddings_{each}", scale[::-1]) for each in ("scale", "zero")),
    )
    return (*found, *(back if block > 0 else back[:2]))


def adapted(call: Call, weights: Weights | None, name: str, shape: Shape) -> Weights | None:
    """Return a layer's weights with the adapter of `lora_rank`, which is trained in place of the weight of that name.

    A file has the adapter merged into that weight; the model that is read from it has both, as Keras counts them.
    """
    if weights is None or not call.has("lora_rank"):
        return weights
    rank = size(call.whole("lora_rank"))
    adapter = (
        weight(call, f"lora_{name}_a", (*shape[:-1], rank), dtype="float32"),
        weight(call, f"lora_{name}_b", (rank, shape[-1]), dtype="float32"),
    )
    trained = tuple([replace(each, trainable=each.name != name) for each in weights if each.trainable])
    return (*trained, *adapter, *(each for each in weights if not each.trainable))


def _kept(call: Call, name: str, shape: Shape, dtype: str | None = None) -> Formed:
    return weight(call, name, shape, dtype=dtype, trainable=False)


def _halved(dim: Dim) -> Dim:
    """Return the number of bytes for so many values of four bits."""
    return -(-dim // 2) if isinstance(dim, int) else None


def _groups(dim: Dim, block: int) -> Dim:
    """Return how many blocks cover an axis."""
    return -(-dim // block) if isinstance(dim, int) else None


def _number(text: str) -> int | None:
    """Return a setting: a number of bits, or of values in a block, where -1 is a single block."""
    if text == "-1":
        return -1
    return int(text) or None if text.isascii() and text.isdigit() and len(text) < 10 else None
