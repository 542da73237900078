"""Folded blocks as slices: the colours of the layers in them, in the order of the flow."""

from collections.abc import Mapping
from itertools import groupby
from typing import TYPE_CHECKING, Final

from cutaway.analysis.fold.trail import is_attention
from cutaway.graph import Kind
from cutaway.theme.folded import FOLDED
from cutaway.views.block_names import leading_role

if TYPE_CHECKING:
    from cutaway.analysis.reduction import Reduction

_SHARES: Final[Mapping[Kind, float]] = {
    **dict.fromkeys((Kind.CONVOLUTION, Kind.UPSAMPLING, Kind.POOLING, Kind.DENSE), 1.0),
    **dict.fromkeys((Kind.ATTENTION, Kind.RECURRENT, Kind.EMBEDDING), 1.0),
    Kind.NORMALIZATION: 0.4,
}
"""How wide the slices of kinds are beside each other; what else a block holds has no weights."""
_MOST, _LEAST = 6, 2.4
"""So many slices are told apart, each so many points wide; of more, equal ones in a row are one."""

Slices = tuple[tuple[str, float], ...]


def slices(reduction: "Reduction", block: str, wide: float) -> Slices:
    """Return the roles of the layers in a block, so many points `wide`, with the shares of this that they have.

    It is not sliced where these would be too many.
    """
    most = min(_MOST, wide / _LEAST)
    found: list[tuple[str, float]] = []
    for node in reduction.patterns[reduction.blocks[block].pattern].graph.nodes:
        inner = reduction.blocks.get(node.id)
        kind = Kind.ATTENTION if is_attention(node) else node.kind
        if inner is not None:
            found.append((leading_role(reduction.patterns[inner.pattern]).removesuffix(FOLDED), 1.0))
        elif kind in _SHARES:
            found.append((kind, _SHARES[kind]))
    if len(found) <= most:
        return tuple(found)
    rows = [(role, [share for _, share in row]) for role, row in groupby(found, key=lambda each: each[0])]
    return tuple([(role, sum(shares)) for role, shares in rows]) if len(rows) <= most else ()
