"""Locally connected layers (Keras 1 and 2): a convolution with weights of its own at each place."""

from collections.abc import Mapping
from functools import partial
from math import prod

from cutaway.analysis.formulas.convolution import window
from cutaway.analysis.formulas.formed import Formula
from cutaway.analysis.formulas.forming import Weights, weight, with_bias
from cutaway.analysis.shapes.call import Call
from cutaway.analysis.shapes.dims import Shape, product, size
from cutaway.analysis.shapes.space import Space, slid, space
from cutaway.graph import Dim


def locally_connected(call: Call, rank: int) -> Weights | None:
    """Give a kernel for each place of the output, in the form that `implementation` keeps it in.

    1 has a matrix for each place, 2 a weight for each pair of places, most of them never used, 3 those that are used.
    """
    found, filters = space(call, rank), size(call.whole("filters"))
    made = slid(call, rank, "kernel_size", lambda _: filters)
    places = space(call, rank, made) if made is not None else None
    form = {1: _by_place, 2: _by_pair, 3: _used}.get(call.whole("implementation", 1) or 0)
    if form is None:
        return None
    if found is None or places is None:
        return with_bias(call, (weight(call, "kernel", None),), None)
    kernel = weight(call, "kernel", form(call, found, places, filters))
    return with_bias(call, (kernel,), (*places.spatial, filters))


def _by_place(call: Call, found: Space, places: Space, filters: Dim) -> Shape:
    taps = product((*window(call, len(found.spatial)), found.channels))
    return (product(places.spatial), taps, filters)


def _by_pair(_: Call, found: Space, places: Space, filters: Dim) -> Shape:
    if found.channels_first:
        return (found.channels, *found.spatial, filters, *places.spatial)
    return (*found.spatial, found.channels, *places.spatial, filters)


def _used(call: Call, found: Space, places: Space, filters: Dim) -> Shape:
    """Return the number of pairs of places that meet: taps that fall into the padding have no weight."""
    rank = len(found.spatial)
    widths = window(call, rank)
    strides = call.spread("strides", rank, 1)
    same = call.word("padding", "valid") == "same"
    pairs = []
    for length, count, width, stride in zip(
        found.spatial, places.spatial, widths, strides or (None,) * rank, strict=True
    ):
        if not (isinstance(length, int) and isinstance(count, int) and isinstance(width, int) and stride):
            return (None,)
        start = -(width // 2) if same else 0
        pairs.append(_meeting(length, count, width, stride, start))
    return (product((prod(pairs), found.channels, filters)),)


def _meeting(length: int, count: int, width: int, stride: int, start: int) -> int:
    firsts = [start + place * stride for place in range(min(count, length))]
    return sum(max(0, min(length, first + width) - max(0, first)) for first in firsts)


RULES: Mapping[str, Formula] = {f"LocallyConnected{rank}D": partial(locally_connected, rank=rank) for rank in (1, 2)}
