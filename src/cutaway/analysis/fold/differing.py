"""In what the blocks of a run differ though they are counted as equal: what a legend has to say."""

from collections.abc import Mapping, Sequence
from typing import Final

from cutaway.graph import Kind, Node

SHAPES: Final = "shapes"
"""The word for the shapes of tensors; other words are the names of attributes, such as `rate`."""


def differing(instances: Sequence[Sequence[str]], nodes: Mapping[str, Node]) -> tuple[str, ...]:
    """Return what differs between equal blocks: the shapes of their tensors, and how much layers drop in training."""
    found: dict[str, None] = {}
    for like in zip(*instances, strict=True):
        first = nodes[like[0]]
        if SHAPES not in found:
            shapes = [port.tensor.shape for port in first.outputs]
            if any([port.tensor.shape for port in nodes[each].outputs] != shapes for each in like):
                found[SHAPES] = None
        if first.kind is Kind.REGULARIZATION:
            for name, value in first.attributes.items():
                if isinstance(value, float) and any(nodes[each].attributes.get(name) != value for each in like):
                    found[name] = None
    return tuple(found)
