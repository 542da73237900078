"""What each family of layers makes of what its inputs see of the model's input.

Windows (convolution, pooling) widen it, interpolation and transposed convolutions too; what puts all places together
(global pooling, flattening, attention, recurrence) sees the whole input; arithmetic on single elements, padding and
cropping keep it; a normalisation keeps it, for its statistics are taken as given. Unknown layers leave it unknown.
"""

from collections.abc import Callable, Mapping
from fractions import Fraction
from functools import partial
from typing import Final, TypeAlias

from cutaway.analysis.cost.sight import UNKNOWN, Length, Sight, entered, of_each, whole, widened
from cutaway.analysis.shapes.call import Call, held
from cutaway.analysis.shapes.rules import FAMILIES
from cutaway.analysis.shapes.space import space, windows
from cutaway.graph import Dim, Node, Value
from cutaway.record import replace

See: TypeAlias = Callable[[Sight, Call, Node], Sight]

_BEYOND: Final = {"nearest": 0, "bilinear": 1, "lanczos3": 5, "lanczos5": 9, "bicubic": 3}
"""How many more places than one an interpolation mixes, along one axis."""


def seen(sight: Sight, call: Call, node: Node) -> Sight:
    """Return what a call's outputs see, from what its inputs see together."""
    rule = _operation(call.op) if call.is_operation else _layer(call.op)
    return rule(sight, call, node)


def kept(sight: Sight, *_: object) -> Sight:
    """See what the inputs see."""
    return sight


def everything(sight: Sight, *_: object) -> Sight:
    """See the whole input."""
    return whole(sight)


def unknown(*_: object) -> Sight:
    """See nobody knows what."""
    return UNKNOWN


def window(sight: Sight, call: Call, _: Node, *, rank: int, width: str) -> Sight:
    """See through a window."""
    found = windows(call, rank, width)
    if found is None or not all(each.is_sound for each in found):
        return UNKNOWN
    return widened(sight, [(each.reach - 1, each.stride) for each in found])


def transposed(sight: Sight, call: Call, _: Node, *, rank: int) -> Sight:
    """See, between the places of the input, those whose windows reach an element: a stride is a fraction."""
    found = windows(call, rank, "kernel_size")
    if found is None or not all(each.is_sound for each in found):
        return UNKNOWN
    return widened(sight, [((each.reach - 1) // each.stride, Fraction(1, each.stride)) for each in found])


def upsampled(sight: Sight, call: Call, _: Node, *, rank: int) -> Sight:
    """See the same places several times, or interpolate between them."""
    factors = call.spread("size", rank, 2)
    beyond = _BEYOND.get(call.word("interpolation", "nearest") or "")
    if factors is None or beyond is None or not all(factor > 0 for factor in factors):
        return UNKNOWN
    return widened(sight, [(beyond if factor > 1 else 0, Fraction(1, factor)) for factor in factors])


def resized(sight: Sight, call: Call, node: Node) -> Sight:
    """See between the places of the input, at the distance that the two sizes say."""
    beyond = _BEYOND.get(call.word("interpolation", "bilinear") or "")
    before, after = _spatial(call, call.shape), _spatial(call, _output(node))
    if beyond is None or before is None or after is None or len(before) != len(after):
        return UNKNOWN
    found: list[tuple[Length, Length]] = []
    for size, other in zip(before, after, strict=True):
        if not isinstance(size, int) or not isinstance(other, int):
            return UNKNOWN
        found.append((beyond if size != other else 0, Fraction(size, other)))
    return widened(sight, found)


def pooled(sight: Sight, _: Call, __: Node, *, rank: int) -> Sight:
    """See the whole of the pooled axes, which are the last ones."""
    return whole(sight, range(max(len(sight.fields or ()) - rank, 0), len(sight.fields or ())))


def adaptive(sight: Sight, call: Call, node: Node, *, rank: int) -> Sight:
    """See through windows that fit the size; where they do not, they differ from place to place."""
    before, after = _spatial(call, call.shape), _spatial(call, _output(node))
    if before is None or after is None or len(before) != rank:
        return UNKNOWN
    if all(size == 1 for size in after):
        return pooled(sight, call, node, rank=rank)
    found: list[tuple[Length, Length]] = []
    for size, other in zip(before, after, strict=True):
        if not isinstance(size, int) or not isinstance(other, int) or size % other:
            return UNKNOWN
        found.append((size // other - 1, size // other))
    return widened(sight, found)


def reshaped(sight: Sight, call: Call, node: Node) -> Sight:
    """Keep the axes where their sizes are kept; else they are no longer those of the input."""
    before, after = call.shape, _output(node)
    if sight.fields is None or sight.is_whole:
        return sight
    same = before is not None and after is not None and len(before) == len(after) and before[:-1] == after[:-1]
    return sight if same else replace(sight, mixed=True)


def reduced(sight: Sight, call: Call, _: Node) -> Sight:
    """Keep what a reduction of the last axis alone leaves; any other puts places together."""
    axes = call.wholes("axis") if call.has("axis") else None
    rank = len(call.shape or ())
    return sight if axes and all(axis in {-1, rank - 1} for axis in axes) and rank > 2 else whole(sight)


def embedded(sight: Sight, call: Call, _: Node) -> Sight:
    """See, of a text, the word itself: its places are the axis that an input of numbers does not have."""
    return entered((*call.shape, None)) if sight.fields == () and call.shape is not None else sight


def inner(sight: Sight, call: Call, node: Node) -> Sight:
    """See what the layer inside sees."""
    return _inside(sight, call, node, call.attributes.get("layer"), call.inputs[:1])


def each_step(sight: Sight, call: Call, node: Node) -> Sight:
    """See what the layer inside sees, at each step."""
    shape = call.shape
    if shape is None or len(shape) < 3:
        return UNKNOWN
    step = replace(call.first, shape=(shape[0], *shape[2:]))
    return of_each(sight, 1, lambda rest: _inside(rest, call, node, call.attributes.get("layer"), (step,)))


def _inside(sight: Sight, call: Call, node: Node, layer: Value, inputs: tuple) -> Sight:  # type: ignore[type-arg]
    found = held(layer)
    if found is None or found[0] in {"Bidirectional", "TimeDistributed"}:
        return UNKNOWN
    op, config = found
    made = tuple(
        [replace(port, tensor=tensor) for port, tensor in zip(node.outputs, call.inner(layer, inputs), strict=False)]
    )
    inside = replace(call, op=op, attributes=config, inputs=inputs, trainable=True)
    return _layer(op)(sight, inside, replace(node, outputs=made))


def _spatial(call: Call, shape: tuple[Dim, ...] | None) -> tuple[Dim, ...] | None:
    found = space(call, len(shape) - 2, shape) if shape is not None and len(shape) > 2 else None
    return None if found is None else found.spatial


def _output(node: Node) -> tuple[Dim, ...] | None:
    return node.outputs[0].tensor.shape if node.outputs else None


def _layer(op: str) -> See:
    if op in _LAYERS:
        return _LAYERS[op]
    return _FAMILIES.get(FAMILIES.get(op, ""), unknown)


def _operation(op: str) -> See:
    from cutaway.analysis.shapes.operations import elementwise, reduction

    if op in _OPERATIONS:
        return _OPERATIONS[op]
    if op in elementwise.RULES:
        return kept
    return reduced if op in reduction.RULES else unknown


_RANKS: Final = (1, 2, 3)
_LAYERS: Final[Mapping[str, See]] = {
    **{
        name: partial(window, rank=int(name[-2]), width="kernel_size")
        for name, family in FAMILIES.items()
        if family == "convolution" and not name.endswith("Transpose")
    },
    **{name: partial(transposed, rank=int(name[-11])) for name in FAMILIES if name.endswith("DTranspose")},
    **{f"Deconvolution{rank}D": partial(transposed, rank=rank) for rank in (2, 3)},
    **{
        f"{how}Pooling{rank}D": partial(window, rank=rank, width="pool_size")
        for how in ("Max", "Average")
        for rank in _RANKS
    },
    **{f"Global{how}Pooling{rank}D": partial(pooled, rank=rank) for how in ("Max", "Average") for rank in _RANKS},
    **{f"Adaptive{how}Pooling{rank}D": partial(adaptive, rank=rank) for how in ("Max", "Average") for rank in _RANKS},
    **{f"UpSampling{rank}D": partial(upsampled, rank=rank) for rank in _RANKS},
    **dict.fromkeys(("Flatten", "Dot", "Bidirectional"), everything),
    **dict.fromkeys(("Reshape", "Permute"), reshaped),
    "RepeatVector": reshaped,
    "Resizing": resized,
    "TimeDistributed": each_step,
    **dict.fromkeys(("Embedding", "ReversibleEmbedding"), embedded),
    **dict.fromkeys(("Wrapper", "SpectralNormalization"), inner),
    **dict.fromkeys(("Sequential", "Pipeline", "Lambda", "Merge"), unknown),
    **dict.fromkeys(("MelSpectrogram", "STFTSpectrogram", "TextVectorization"), unknown),
    "InputLayer": kept,
}
_FAMILIES: Final[Mapping[str, See]] = {
    "attention": everything,
    "dense": kept,
    "einsum": unknown,
    "merge": kept,
    "preprocessing": kept,
    "recurrent": everything,
    "reshape": kept,
    "same_shape": kept,
}
_OPERATIONS: Final[Mapping[str, See]] = {
    **dict.fromkeys(("Concatenate", "Pad", "Cast", "StopGradient", "Copy"), kept),
    **dict.fromkeys(("Reshape", "Transpose", "ExpandDims", "Squeeze", "Moveaxis", "Swapaxes", "Ravel"), reshaped),
    **dict.fromkeys(("GetItem", "Split", "Stack", "Unstack", "Take", "Slice"), reshaped),
    "DotProductAttention": everything,
}
