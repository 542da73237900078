"""Shapes and types from the graph alone, without a framework: one rule for each family of layers."""

from cutaway.analysis.shapes.call import Call, Rule
from cutaway.analysis.shapes.infer import infer

__all__ = ["Call", "Rule", "infer"]
