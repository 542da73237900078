"""Rules of the operations of `keras.ops` that stand in a graph as nodes of their own."""

from collections.abc import Mapping
from types import MappingProxyType

from cutaway.analysis.shapes.call import Rule
from cutaway.analysis.shapes.operations import (
    algebra,
    arrays,
    axes,
    convolution,
    elementwise,
    indexing,
    products,
    reduction,
    scores,
    vision,
)

_FAMILIES = (algebra, arrays, axes, convolution, elementwise, indexing, products, reduction, scores, vision)

RULES: Mapping[str, Rule] = MappingProxyType(
    {name: rule for family in _FAMILIES for name, rule in family.RULES.items()}
)
