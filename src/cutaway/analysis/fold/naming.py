"""What a folded block is called: by what the names in it have in common, or by what is in it."""

import re
from collections import Counter
from collections.abc import Sequence
from itertools import takewhile
from typing import Final

from cutaway.analysis.fold.stems import says, stem
from cutaway.graph import Kind, Node

_PASSING: Final = frozenset({Kind.ACTIVATION, Kind.REGULARIZATION, Kind.RESHAPE})
_MOST: Final = 2


def block_name(instances: Sequence[Sequence[Node]]) -> str:
    """Return the name of a block.

    That is what all names in it begin with (`conv2_block` of conv2_block2 and conv2_block3); or, in a model that names
    only what blocks end with, what these names do (`mixed`); or its commonest operations.
    """
    shared = shared_name(instances)
    if shared:
        return shared
    ends = [instance[-1] for instance in instances]
    if not any(_is_automatic(node) for node in ends):
        shared = _common([stem([node.name]) for node in ends])
    return shared or _operations(instances[0])


def shared_name(instances: Sequence[Sequence[Node]]) -> str:
    """Return what all names in blocks begin with; empty where that is nothing."""
    return _common([_stem(instance) for instance in instances])


def _stem(nodes: Sequence[Node]) -> Sequence[str]:
    """Return the words that the names begin with which say where a layer belongs, or if none does, all names."""
    return stem([node.name for node in nodes if says(node.name)] or [node.name for node in nodes])


def _common(stems: Sequence[Sequence[str]]) -> str:
    """Return what several sequences of words begin with, a number that they do not share left out."""
    names = ["_".join(words) for words in stems]
    least, most = min(names), max(names)  # all others lie between these two
    shared = "".join(one for one, _ in takewhile(lambda pair: pair[0] == pair[1], zip(least, most, strict=False)))
    if any(name[len(shared) : len(shared) + 1].isdigit() for name in names):
        shared = shared.rstrip("0123456789")
    return shared.rstrip("_")


def _is_automatic(node: Node) -> bool:
    """Tell whether nobody chose a node's name: it is that of its class, perhaps with a number."""
    name = re.sub(r"_\d+$", "", node.name).replace("_", "").lower()
    return name in {node.op.lower(), node.operation.lower()} or node.name.startswith("tf.")


def _operations(nodes: Sequence[Node]) -> str:
    told = [node for node in nodes if node.kind not in _PASSING] or list(nodes)
    ops = Counter(node.operation for node in told)
    listed = [op if count == 1 else f"{count} {op}" for op, count in ops.most_common(_MOST)]
    return " + ".join(listed) + (" …" if len(ops) > _MOST else "")
