"""Quantised layers, and adapters of low rank (LoRA), as Keras 3 builds them.

Source: `quantized_build` and `enable_lora` in keras/src/layers/core (Keras 3.15). The mode and its settings are in the
policy's name: `int8_from_float32`, `int4/128_from_mixed_bfloat16`, `gptq/4/128_from_float32`.
"""

from typing import Final

from cutaway.analysis.formulas.formed import Formed
from cutaway.analysis.formulas.forming import Weights, weight, with_bias
from cutaway.analysis.shapes.call import Call
from cutaway.analysis.shapes.dims import Shape, size
from cutaway.graph import Dim
from cutaway.record import replace

_HISTORY: Final = 1024
"""Steps of a history of largest values, unless a float8 policy is made with another number."""


def mode_of(call: Call) -> tuple[str, ...] | None:
    """Return the mode of quantisation and its settings (`("int4", "128")`), None for a layer that is not quantised."""
    mode, mark, _ = (call.policy or "").rpartition("_from_")
    return tuple(mode.split("/")) if mark else None


def quantized(call: Call, kernel: Shape, bias: Shape) -> Weights | None:
    """Return the weights of a quantised dense layer, whose kernel would be a matrix of this shape."""
    channels, units = kernel
    mode = mode_of(call)
    biased = with_bias(call, (), bias)
    if biased is None:
        return None
    match mode:
        case ("int8",):
            return (
                *biased,
                weight(call, "kernel", kernel, dtype="int8", trainable=False),
                _fixed(call, "kernel_scale", bias),
            )
        case ("int4", *rest):
            block = _number(rest[:1] or ["-1"])
            if block is None:
                return None
            packed = weight(call, "kernel", (channels, halved(units)), dtype="int8", trainable=False)
            if block < 0:
                return (*biased, packed, _fixed(call, "kernel_scale", (units,)))
            scales = (groups(channels, block), units)
            zero = weight(call, "kernel_zero", scales, dtype="int8", trainable=False)
            return (*biased, packed, _fixed(call, "kernel_scale", scales), zero, _places(call, channels))
        case ("float8",):
            return (*_float8(call), weight(call, "kernel", kernel), *biased)
        case ("gptq" | "awq" as kind, bits, group):
            return _calibrated(call, kind, _number([bits]), _number([group]), kernel, biased)
    return None


def _calibrated(
    call: Call, kind: str, bits: int | None, group: int | None, kernel: Shape, biased: Weights
) -> Weights | None:
    channels, units = kernel
    if bits is None or group is None:
        return None
    rows = halved(units) if bits == 4 else units
    scales = (units, 1 if group < 0 else groups(channels, group))
    return (
        *biased,
        weight(call, "kernel", (rows, channels), dtype="uint8", trainable=False),
        _fixed(call, "kernel_scale", scales),
        weight(call, "kernel_zero", scales, dtype="uint8", trainable=False),
        *((_fixed(call, "awq_scales", (channels,)),) if kind == "awq" else ()),
        _places(call, channels),
    )


def _float8(call: Call) -> Weights:
    """Return scales and histories of largest values; training overwrites them with their gradients."""
    kinds = (("scale", ()), ("amax_history", (_HISTORY,)))
    return tuple(
        weight(call, f"{of}_{kind}", shape, dtype="float32")
        for of in ("inputs", "kernel", "outputs_grad")
        for kind, shape in kinds
    )


def quantized_embeddings(call: Call, shape: Shape) -> Weights | None:
    """Return the weights of a quantised embedding of this shape."""
    words, features = shape
    match mode_of(call):
        case ("int8",):
            table = weight(call, "embeddings", shape, dtype="int8", trainable=False)
            return (table, _fixed(call, "embeddings_scale", (words,)))
        case ("int4", *rest):
            block = _number(rest[:1] or ["-1"])
            if block is None:
                return None
            table = weight(call, "embeddings", (words, halved(features)), dtype="int8", trainable=False)
            if block < 0:
                return (table, _fixed(call, "embeddings_scale", (words,)))
            scales = (words, groups(features, block))
            zero = weight(call, "embeddings_zero", scales, dtype="int8", trainable=False)
            return (table, _fixed(call, "embeddings_scale", scales), zero, _places(call, features))
    return None


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
    kept = tuple(replace(each, trainable=False) if each.name == name else each for each in weights)
    trained = tuple(each for each, before in zip(kept, weights, strict=True) if before.trainable)
    return (*trained, *adapter, *(each for each, before in zip(kept, weights, strict=True) if not before.trainable))


def halved(dim: Dim) -> Dim:
    """Return the number of bytes for so many values of four bits."""
    return -(-dim // 2) if isinstance(dim, int) else None


def groups(dim: Dim, block: int) -> Dim:
    """Return how many blocks cover an axis."""
    return -(-dim // block) if isinstance(dim, int) and block > 0 else None


def _fixed(call: Call, name: str, shape: Shape) -> Formed:
    return weight(call, name, shape, trainable=False)


def _places(call: Call, channels: Dim) -> Formed:
    return weight(call, "g_idx", (channels,), dtype="float32", trainable=False)


def _number(texts: "list[str]") -> int | None:
    text = texts[0]
    digits = text.removeprefix("-")
    return int(text) if digits.isascii() and digits.isdigit() and int(text) != 0 and len(digits) < 10 else None
