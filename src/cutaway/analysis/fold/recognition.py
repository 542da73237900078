"""What a folded block is called in a figure.

By its scope, where this has a class of its own or a name that says something; or by what its structure is, where it is
one that a paper has a name for; or literally, by what the names in it have in common, or by its layers. Where a block
holds not all that is called alike, it may not be called so too.
"""

from bisect import bisect_left
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import chain

from cutaway.analysis.fold.folded import Block, Pattern
from cutaway.analysis.fold.sketch import Called
from cutaway.analysis.fold.structure import structure
from cutaway.analysis.names import without_model
from cutaway.graph import Graph, Node, Scope
from cutaway.record import replace

__all__ = ["Alike", "Called", "Say", "called"]

Say = Callable[[Node], str]
"""Puts a layer into a few words, as the reader of a figure knows it."""

_PLAIN_CLASSES = frozenset({"Functional", "Sequential", "Model", "Block", "Layer", "Module", "TFSMLayer"})
_BREAKS = "_/.-:"
_AS_WORDS = str.maketrans(dict.fromkeys(".-:# ", "_"))
"""Stems of names have their words joined so."""


class Alike:
    """The names and ids of all nodes of a model of which some are folded."""

    def __init__(self, graph: Graph, blocks: Iterable[Block]) -> None:
        blocks = tuple(blocks)
        own = {block.id for block in blocks}
        folded = chain.from_iterable([block.nodes for block in blocks])
        self._all = {*[node.id for node in graph.nodes if node.id not in own], *folded}

    @cached_property
    def _ids(self) -> Sequence[str]:
        return sorted(self._all)

    @cached_property
    def _names(self) -> Sequence[str]:
        return sorted(map(_name, self._all))

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


def called(block: Block, pattern: Pattern, alike: Alike, say: Say) -> Called:
    """Return what a block is called, with the details that tell it from others of that name."""
    found = structure(pattern)
    name = block.name if block.is_named else _scope(block, pattern, alike)
    if found is not None:
        return found if name is None else replace(found, title=name)
    from cutaway.analysis.fold.literal import filled, literal

    return literal(block, pattern, alike, say) if name is None else filled(name, pattern, say)


def _scope(block: Block, pattern: Pattern, alike: Alike) -> str | None:
    """Return the class or the name of the scope that a block is, where one says something."""
    roots = [scope for scope in pattern.graph.scopes if scope.parent is None]
    if len(roots) != 1 or any(node.scope is None for node in pattern.graph.nodes):
        return None
    if block.count == 1 and not alike.is_whole(roots[0].id, block):
        return None
    from cutaway.analysis.fold.literal import worded

    words = worded(without_model(roots[0].name, pattern.graph.name))
    return _class_name(roots[0]) or (words and words[0].upper() + words[1:])


def _class_name(scope: Scope) -> str | None:
    name = scope.op.rpartition(">")[2].lstrip("_")
    return None if name in _PLAIN_CLASSES or not name else name


def _name(identity: str) -> str:
    return identity.rpartition("/")[2].translate(_AS_WORDS)
