"""A layer in a few words, as the name of a block lists it."""

import re
from typing import Final

from cutaway.analysis.fold.called import known, sides
from cutaway.analysis.fold.filters import filter_of
from cutaway.graph import Kind, Node

_WORD: Final = 3
"""Letters in a word, at least."""


def plain(node: Node) -> str:
    """Say a layer in short: its class in words, and the sides of its kernel."""
    name = node.operation if node.custom or node.kind is Kind.OTHER else _spaced(node.operation)
    found = filter_of(node) if node.kind is Kind.CONVOLUTION else None
    return " ".join(known(name, sides(found.kernel) if found else None))


def listed(node: Node) -> str:
    """Say a layer in short, with its channels where it is a convolution or dense."""
    found = filter_of(node)
    channels = found.channels if found else None
    return plain(node) if channels is None else f"{plain(node)}, {channels}"


def _spaced(operation: str) -> str:
    """Write the name of a class as words: global average pooling."""
    name = re.sub(r"\dD(?=[A-Z]|$)", "", operation)
    words = re.findall(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|\d+", name)
    if not words or min(map(len, words)) < _WORD:
        return name  # ReLU
    first, *others = words
    return " ".join((first, *[word if word.isupper() else word.lower() for word in others]))
