"""What a model costs to run: multiply–adds, memory of activations, receptive fields."""

from cutaway.analysis.cost.cost import Cost, Lengths
from cutaway.analysis.cost.costs import costs

__all__ = ["Cost", "Lengths", "costs"]
