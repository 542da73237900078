"""Folding: equal blocks that follow each other become one box `× N`, until a figure is readable.

Boxes are parts of the line of a level (see `cutaway.analysis.repeat`): runs, and, where the figure is too large
still, groups of neighbours. As parts of a topological order they never make a circle. `cuts` says what lies between
two neighbours, from a layer and its activation to two blocks of the model, by its branches (a cut that nothing but
one tensor crosses, long skips apart), by parts built alike though with other numbers, and by what names have in
common; `plan` gives up the least of the cuts until there is room, scopes of more than a third of the model opened
first. Inputs stay alone. `named` finds the boxes that a caller's patterns mean. `folding` closes the boxes as nested
models are closed, so that every id is drawn or accounted for once.
"""

from cutaway.analysis.fold.folded import Block, Folded, Pattern, Sharing
from cutaway.analysis.fold.ways import READABLE, Folding, Way, fold, nothing_folded, unfold

__all__ = ["READABLE", "Block", "Folded", "Folding", "Pattern", "Sharing", "Way", "fold", "nothing_folded", "unfold"]
