"""The rules of all families of layers, by class name."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from cutaway.analysis.shapes import (
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
"""Names that are here and among `operations.RULES` as well (`Add`, `Reshape`) mean two things in Keras."""
