"""Layers that multiply nothing but single elements, which is not counted: activations, normalisation, pooling, axes."""

from collections.abc import Mapping

from cutaway.analysis.cost.forward import Forward, Work
from cutaway.analysis.cost.rules import FAMILIES


def free(_: Forward) -> int | None:
    """Count nothing."""
    return 0


RULES: Mapping[str, Work] = {name: free for name, family in FAMILIES.items() if family == "free"}
