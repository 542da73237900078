"""The weights of a layer from its configuration alone, without a framework: one formula for each family of layers."""

from cutaway.analysis.formulas.formed import Formed, Formula
from cutaway.analysis.formulas.rules import LAYERS, Formulas, weights_of

__all__ = ["LAYERS", "Formed", "Formula", "Formulas", "weights_of"]
