"""What each family of layers makes of what its inputs see of the model's input.

Windows (convolution, pooling) widen it, interpolation and transposed convolutions too; what puts all places together
(global pooling, flattening, attention, recurrence) sees the whole input; arithmetic on single elements, padding and
cropping keep it; a normalisation keeps it, for its statistics are taken as given. Unknown layers leave it unknown.
"""

from collections.abc import Callable, Mapping
from functools import partial

from cutaway.analysis.cost.following import dot, einsum_dense, end_to_end, picked, rearranged, reduced, reshaped, turned
from cutaway.analysis.cost.sight import UNKNOWN, Sight, entered, of_each, put_together
from cutaway.analysis.cost.through import adaptive, convolved_steps, resized, transposed, upsampled, window
from cutaway.analysis.shapes.call import Call, held
from cutaway.analysis.shapes.dims import positions
from cutaway.analysis.shapes.rules import FAMILIES
from cutaway.graph import Node, Value
from cutaway.record import replace

See = Callable[[Sight, Call, Node], Sight]


def seen(sight: Sight, call: Call, node: Node) -> Sight:
    """Return what a call's outputs see, from what its inputs see together."""
    rule = _operation(call.op) if call.is_operation else _layer(call.op)
    found = rule(sight, call, node)
    return replace(found, axes=()) if sight.axes == () and found.axes is None else found


def kept(sight: Sight, *_: object) -> Sight:
    """See what the inputs see."""
    return sight


def everything(sight: Sight, call: Call, _: Node) -> Sight:
    """See the whole input."""
    return sight if call.shape is None else put_together(sight, range(1, len(call.shape)), call.shape)


def features(sight: Sight, call: Call, _: Node) -> Sight:
    """See all features, which lie along the last axis."""
    return sight if call.shape is None else put_together(sight, (len(call.shape) - 1,), call.shape)


def attended(sight: Sight, call: Call, _: Node, *, axes: tuple[int, ...]) -> Sight:
    """See all features of all that is attended to, along the given axes, or those that the layer stores."""
    rank = len(call.shape or ())
    chosen = call.wholes("attention_axes") if call.has("attention_axes") else axes or range(1, rank - 1)
    places = positions(chosen, rank) if chosen is not None else None
    return UNKNOWN if places is None else put_together(sight, (*places, rank - 1), ())


def unknown(*_: object) -> Sight:
    """See nobody knows what."""
    return UNKNOWN


def along(sight: Sight, call: Call, _: Node, *, default: int | None) -> Sight:
    """See all places along the axes that are sorted, summed up or weighed against each other."""
    shape = call.shape or ()
    axes = call.wholes("axis") if call.has("axis") else range(len(shape)) if default is None else (default,)
    places = positions(axes, len(shape)) if axes is not None else None
    return put_together(sight, range(1, len(shape)) if places is None else places, shape)


def embedded(sight: Sight, call: Call, _: Node) -> Sight:
    """See, of a text, the word itself: its places are the axis that an input of numbers does not have."""
    return entered((*call.shape, None)) if sight.axes == () and call.shape is not None else sight


def inner(sight: Sight, call: Call, node: Node) -> Sight:
    """See what the layer inside sees."""
    return _inside(sight, call, node, call.attributes.get("layer"), call.inputs[:1])


def each_step(sight: Sight, call: Call, node: Node) -> Sight:
    """See what the layer inside sees, at each step."""
    shape = call.shape
    if shape is None or len(shape) < 3:
        return UNKNOWN
    step = replace(call.first, shape=(shape[0], *shape[2:]))
    return of_each(sight, lambda rest: _inside(rest, call, node, call.attributes.get("layer"), (step,)))


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


_RANKS = (1, 2, 3)
_LAYERS: Mapping[str, See] = {
    **{
        name: partial(window, rank=int(name[-2]), width="kernel_size", mixes=not name.startswith("Depthwise"))
        for name, family in FAMILIES.items()
        if family == "convolution" and not name.endswith("Transpose")
    },
    **{name: partial(transposed, rank=int(name[-11])) for name in FAMILIES if name.endswith("DTranspose")},
    **{f"Deconvolution{rank}D": partial(transposed, rank=rank) for rank in (2, 3)},
    **{
        f"{how}Pooling{rank}D": partial(window, rank=rank, width="pool_size", mixes=False)
        for how in ("Max", "Average")
        for rank in _RANKS
    },
    **{f"Global{how}Pooling{rank}D": reduced for how in ("Max", "Average") for rank in _RANKS},
    **{f"Adaptive{how}Pooling{rank}D": partial(adaptive, rank=rank) for how in ("Max", "Average") for rank in _RANKS},
    **{f"UpSampling{rank}D": partial(upsampled, rank=rank) for rank in _RANKS},
    "Bidirectional": everything,
    "Dot": dot,
    **dict.fromkeys(("Flatten", "Reshape"), reshaped),
    **dict.fromkeys(("Permute", "RepeatVector"), rearranged),
    "Concatenate": end_to_end,
    **dict.fromkeys(("Attention", "AdditiveAttention"), partial(attended, axes=(-2,))),
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
_FAMILIES: Mapping[str, See] = {
    "attention": partial(attended, axes=()),
    "dense": features,
    "einsum": einsum_dense,
    "merge": kept,
    "preprocessing": kept,
    "recurrent": everything,
    "reshape": kept,
    "same_shape": kept,
}
_OPERATIONS: Mapping[str, See] = {
    "Concatenate": end_to_end,
    **dict.fromkeys(("Pad", "Cast", "StopGradient", "Copy"), kept),
    **dict.fromkeys(("Reshape", "Ravel"), reshaped),
    **dict.fromkeys(("Transpose", "ExpandDims", "Squeeze", "Moveaxis", "Swapaxes"), rearranged),
    **dict.fromkeys(("Split", "Stack", "Unstack", "Take", "Slice", "Tile", "Repeat"), rearranged),
    "GetItem": picked,
    "Flip": turned,
    "DotProductAttention": partial(attended, axes=(1,)),
    **dict.fromkeys(
        ("Argpartition", "Argsort", "Sort", "Softmax", "LogSoftmax", "Sparsemax"), partial(along, default=-1)
    ),
    **dict.fromkeys(("Cumprod", "Cumsum", "Nancumprod", "Nancumsum"), partial(along, default=None)),
    **dict.fromkeys(
        ("AffineTransform", "Cholesky", "CholeskyInverse", "ElasticTransform", "Fliplr", "Flipud"), unknown
    ),
    **dict.fromkeys(("GaussianBlur", "Inv", "PerspectiveTransform", "ScatterUpdate", "SliceUpdate"), unknown),
}
