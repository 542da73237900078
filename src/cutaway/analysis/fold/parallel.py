"""Blocks of parallel branches by their structure."""

from collections.abc import Sequence

from cutaway.analysis.fold.sketch import (
    Called,
    Filter,
    Sketch,
    Source,
    change,
    channels_before,
    filter_of,
    halving,
    known,
    stride_of,
)
from cutaway.graph import Kind, Node

_PARALLEL = frozenset({Kind.CONVOLUTION, Kind.POOLING, Kind.UPSAMPLING})
_BRANCHES = 3
_PAIRS = 4
"""Sums in a cell of a searched architecture, at least."""


def parallel(sketch: Sketch) -> Called | None:
    """Name what ends with the concatenation of several branches, or with one of all that is in it."""
    if len(sketch.exits) != 1 or not isinstance(sketch.exits[0], str):
        return None
    end = sketch.nodes[sketch.exits[0]]
    if not sketch.joins(end):
        return None
    return _fire(sketch, end) or _inception(sketch, end) or _cell(sketch, end)


def _inception(sketch: Sketch, end: Node) -> Called | None:
    """Name modules of parallel convolutions of one tensor (Szegedy et al. 2015, figure 2)."""
    inner = [node for node in sketch.working if node is not end]
    if not all(node.kind in _PARALLEL or node.operation == "Concatenate" for node in inner):
        return None
    branches = sketch.sources(end.id)
    outside = {source for node in sketch.working for source in sketch.sources(node.id) if isinstance(source, int)}
    if len(branches) < _BRANCHES or len(outside) != 1 or not all(isinstance(each, str) for each in branches):
        return None
    firsts = [node for node in inner if sketch.sources(node.id) == tuple(outside)]
    if len(firsts) < _BRANCHES or not _are_apart(sketch, branches):
        return None
    single = [node for node in inner if node in firsts and node.id in branches]
    dilated = [found for node in single if (found := filter_of(node)) is not None and found.dilation > 1]
    if len(dilated) > 1 and len(single) >= len(branches) - 1:
        return Called(
            "Atrous pyramid",
            known(change(channels_before(firsts[0]), sketch.channels(end.outputs)), f"{len(branches)} branches"),
        )
    if any(node.kind is Kind.UPSAMPLING for node in inner):  # as behind the pooling of a pyramid alone
        return None
    before, after = channels_before(firsts[0]), sketch.channels(end.outputs)
    stride = stride_of(sketch.nodes[str(branches[0])])
    is_reduced = stride not in {1, None}
    name = "Reduction module" if is_reduced else "Inception module"
    wide = _widths([found.channels for node in inner if (found := filter_of(node)) is not None and found.is_spatial])
    half = halving(stride) if is_reduced else None
    return Called(name, known(change(before, after), ", ".join(known(f"{len(branches)} branches", half)), wide))


def _are_apart(sketch: Sketch, branches: Sequence[Source]) -> bool:
    """Tell whether no two branches have a layer in common."""
    seen: set[Source] = set()
    for branch in branches:
        own, waiting = set[Source](), [branch]
        while waiting:
            each = waiting.pop()
            if each in seen:
                return False
            if isinstance(each, str) and each not in own:
                own.add(each)
                waiting += sketch.sources(each)
        seen |= own
    return True


def _widths(channels: list[int | None]) -> str | None:
    """Say how many channels the convolutions within give, from the least to the most."""
    told = sorted({each for each in channels if each is not None})
    if not told or None in channels:
        return None
    return f"width {told[0]}" if len(told) == 1 else f"width {told[0]}–{told[-1]}"


def _fire(sketch: Sketch, end: Node) -> Called | None:
    """Name fire modules (Iandola et al. 2016, figure 1): a squeeze of 1 × 1, then 1 × 1 beside 3 × 3."""
    branches = [sketch.nodes[each] for each in sketch.sources(end.id) if isinstance(each, str)]
    if len(sketch.working) != len(branches) + 2 or len(branches) != 2:
        return None
    sources: set[Source] = {source for node in branches for source in sketch.sources(node.id)}
    squeeze = next((sketch.nodes[each] for each in sources if isinstance(each, str)), None)
    if len(sources) != 1 or squeeze is None:
        return None
    filters = [filter_of(node) for node in (squeeze, *branches)]
    kernels = [set(each.kernel) if each and each.kernel else set() for each in filters]
    if kernels[0] != {1} or {1} not in kernels[1:] or {3} not in kernels[1:] or not _squeezes(filters[0], filters[1:]):
        return None
    return Called("Fire module", known(change(channels_before(squeeze), sketch.channels(end.outputs))))


def _squeezes(first: Filter | None, others: Sequence[Filter | None]) -> bool:
    """Tell whether a layer gives fewer channels than those behind it together, as far as known."""
    channels = [each.channels if each else None for each in others]
    known = [each for each in channels if each is not None]
    return first is None or first.channels is None or len(known) < len(channels) or first.channels < sum(known)


def _cell(sketch: Sketch, end: Node) -> Called | None:
    """Name the cells of searched architectures: sums of two, all joined at the end (Zoph et al. 2018, figure 4)."""
    sums = [node for node in sketch.working if node.operation == "Add" and len(sketch.sources(node.id)) <= 2]
    joined = [each for each in sketch.sources(end.id) if isinstance(each, str)]
    in_sums = [each for each in joined if sketch.nodes[each].operation == "Add"]
    if len(sums) < _PAIRS or len(in_sums) < _PAIRS - 1:
        return None
    separable = [node for node in sketch.working if node.operation.startswith("Separable")]
    if not separable:
        return None
    reduces = all(_is_halved(sketch, each) for each in in_sums)
    name = "Reduction cell" if reduces else "Normal cell"
    return Called(name, known(change(None, sketch.channels(end.outputs)), "/2" if reduces else None))


def _is_halved(sketch: Sketch, place: str) -> bool:
    """Tell whether a sum comes from layers with a stride, however far back."""
    waiting, seen = [place], {place}
    while waiting:
        each = waiting.pop()
        node = sketch.nodes[each]
        if stride_of(node) not in {1, None}:
            return True
        for source in sketch.sources(each):
            if isinstance(source, str) and source not in seen:
                seen.add(source)
                waiting.append(source)
    return False
