"""Pooling: windows, whole axes, and windows that fit a wanted size."""

from collections.abc import Mapping
from functools import partial

from cutaway.analysis.shapes.call import Call, Rule, Tensors, one
from cutaway.analysis.shapes.dims import Shape, size
from cutaway.analysis.shapes.space import blank, slid, space


def windowed(call: Call, rank: int) -> Tensors:
    """Slide a window over the spatial axes and keep the channels."""
    return one(slid(call, rank, "pool_size", lambda channels: channels), call.dtype)


def whole(call: Call, rank: int) -> Tensors:
    """Pool the spatial axes away, or down to 1 with `keepdims`."""
    keep = call.flag("keepdims")
    found = space(call, rank)
    if keep is None:
        return one(None, call.dtype)
    if found is not None:
        shape: Shape | None = found.shape((1,) * rank if keep else (), found.channels)
    elif call.shape is None or len(call.shape) < rank + 2:
        shape = None
    else:
        shape = blank(call, rank) if keep else (*call.shape[: -rank - 1], None)
    return one(shape, call.dtype)


def adaptive(call: Call, rank: int) -> Tensors:
    """Pool the spatial axes to the size that `output_size` says."""
    found = space(call, rank)
    if found is None:
        return one(blank(call, rank), call.dtype)
    sizes = call.spread("output_size", rank) or (None,) * rank
    return one(found.shape(tuple(size(number) for number in sizes), found.channels), call.dtype)


_RANKS = (1, 2, 3)
RULES: Mapping[str, Rule] = {
    **{f"{how}Pooling{rank}D": partial(windowed, rank=rank) for how in ("Max", "Average") for rank in _RANKS},
    **{f"Global{how}Pooling{rank}D": partial(whole, rank=rank) for how in ("Max", "Average") for rank in _RANKS},
    **{f"Adaptive{how}Pooling{rank}D": partial(adaptive, rank=rank) for how in ("Max", "Average") for rank in _RANKS},
}
