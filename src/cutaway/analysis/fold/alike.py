"""Whether a block holds all that is called alike, so that it may be called so too."""

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from itertools import chain
from typing import Final

from cutaway.analysis.fold.folded import Block
from cutaway.graph import Graph

_BREAKS: Final = "_/.-:"


_AS_WORDS: Final = str.maketrans(dict.fromkeys(".-:# ", "_"))
"""Stems of names have their words joined so."""


class Alike:
    """The names and ids of all nodes of a model of which some are folded."""

    def __init__(self, graph: Graph, blocks: Iterable[Block]) -> None:
        blocks = tuple(blocks)
        own = {block.id for block in blocks}
        folded = chain.from_iterable([block.nodes for block in blocks])
        ids = sorted({*[node.id for node in graph.nodes if node.id not in own], *folded})
        self._ids = ids
        self._names = sorted(map(_name, ids))

    def is_all(self, name: str, block: Block) -> bool:
        """Tell whether all nodes are in a block whose names are `name`, or begin with it as a word of theirs."""
        return self._count(self._names, name) <= self._count(sorted(map(_name, block.nodes)), name)

    def is_whole(self, scope: str, block: Block) -> bool:
        """Tell whether a block holds all nodes of the scope of this id."""
        return self._count(self._ids, scope) <= self._count(sorted(block.nodes), scope)

    def _count(self, names: Sequence[str], start: str) -> int:
        spans = [(start + sign, f"{start}{sign}\U0010ffff") for sign in _BREAKS]
        return sum(
            bisect_left(names, end) - bisect_left(names, first) for first, end in (*spans, (start, f"{start}\0"))
        )


def _name(identity: str) -> str:
    return identity.rpartition("/")[2].translate(_AS_WORDS)
