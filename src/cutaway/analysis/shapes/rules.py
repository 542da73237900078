"""The rules of all families, by class name."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from cutaway.analysis.shapes import (
    attention,
    convolution,
    declared,
    dense,
    merge,
    operations,
    pooling,
    preprocessing,
    recurrent,
    reshape,
    same_shape,
)
from cutaway.analysis.shapes.call import Rule

_LAYERS: Final = (
    attention,
    convolution,
    declared,
    dense,
    merge,
    pooling,
    preprocessing,
    recurrent,
    reshape,
    same_shape,
)

LAYERS: Final[Mapping[str, Rule]] = MappingProxyType(
    {name: rule for family in _LAYERS for name, rule in family.RULES.items()}
)
"""Rules of layers. A class that is here and among OPERATIONS as well (`Add`, `Reshape`) means two things in Keras."""

OPERATIONS: Final[Mapping[str, Rule]] = operations.RULES
"""Rules of `keras.ops` that stand as nodes of their own."""
