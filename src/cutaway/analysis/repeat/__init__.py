"""Repeats in a Graph: runs of equal blocks, at every scale, proved node by node."""

from cutaway.analysis.repeat.level import Level
from cutaway.analysis.repeat.levels import levels
from cutaway.analysis.repeat.runs import Run, runs

__all__ = ["Level", "Run", "levels", "runs"]
