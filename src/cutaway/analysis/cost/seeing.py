"""What each family of layers makes of what its inputs see of the model's input.

Windows (convolution, pooling) widen it, interpolation and transposed convolutions too; what puts all places together
(global pooling, flattening, attention, recurrence) sees the whole input; arithmetic on single elements, padding and
cropping keep it; a normalisation keeps it, for its statistics are taken as given. Unknown layers leave it unknown.
"""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Final, TypeAlias

from cutaway.analysis.cost.sight import UNKNOWN, Sight, entered, of_each, whole
from cutaway.analysis.cost.through import (
    adaptive,
    convolved_steps,
    made,
    pooled,
    resized,
    transposed,
    upsampled,
    window,
)
from cutaway.analysis.shapes.call import Call, held
from cutaway.analysis.shapes.dims import positions
from cutaway.analysis.shapes.rules import FAMILIES
from cutaway.graph import Node, Value
from cutaway.record import replace

See: TypeAlias = Callable[[Sight, Call, Node], Sight]


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


def reshaped(sight: Sight, call: Call, node: Node) -> Sight:
    """Keep the axes where their sizes are kept; else they are no longer those of the input."""
    before, after = call.shape, made(node)
    if sight.fields is None or sight.is_whole:
        return sight
    same = before is not None and after is not None and len(before) == len(after) and before[:-1] == after[:-1]
    return sight if same else replace(sight, mixed=True)


def reduced(sight: Sight, call: Call, _: Node) -> Sight:
    """Keep what a reduction of the last axis alone leaves; any other puts places together."""
    axes = call.wholes("axis") if call.has("axis") else None
    rank = len(call.shape or ())
    return sight if axes and all(axis in {-1, rank - 1} for axis in axes) and rank > 2 else whole(sight)


def along(sight: Sight, call: Call, _: Node, *, default: int | None) -> Sight:
    """See all places along the axes that are sorted, summed up or weighed against each other."""
    axes = call.wholes("axis") if call.has("axis") else None if default is None else (default,)
    rank = len(call.shape or ())
    places = None if axes is None else positions(axes, rank)
    if places is None or sight.fields is None:
        return whole(sight)
    first = rank - 1 - len(sight.fields)
    chosen = [place - first for place in places if 0 <= place - first < len(sight.fields)]
    return whole(sight, chosen) if chosen else sight


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
    given = tuple(
        [replace(port, tensor=tensor) for port, tensor in zip(node.outputs, call.inner(layer, inputs), strict=False)]
    )
    inside = replace(call, op=op, attributes=config, inputs=inputs, trainable=True)
    return _layer(op)(sight, inside, replace(node, outputs=given))


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
    **{f"ConvLSTM{rank}D": partial(convolved_steps, rank=rank) for rank in _RANKS},
    "Softmax": partial(along, default=-1),
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
    **dict.fromkeys(
        ("Argpartition", "Argsort", "Sort", "Softmax", "LogSoftmax", "Sparsemax"), partial(along, default=-1)
    ),
    **dict.fromkeys(("Cumprod", "Cumsum", "Flip", "Nancumprod", "Nancumsum"), partial(along, default=None)),
    **dict.fromkeys(
        ("AffineTransform", "Cholesky", "CholeskyInverse", "ElasticTransform", "Fliplr", "Flipud"), unknown
    ),
    **dict.fromkeys(("GaussianBlur", "Inv", "PerspectiveTransform", "ScatterUpdate", "SliceUpdate"), unknown),
}
