"""Explaining folded blocks: a small drawing of what each is, set below the figure.

`plan` finds the patterns to be drawn, the same for all sizes: one drawing for those that differ in numbers only.
`explained` makes the drawings in the words of the figure, with letters for these numbers; `setting` sets them.
"""

from cutaway.views.explaining.explained import Explained, explained
from cutaway.views.explaining.plan import Plan, plans

__all__ = ["Explained", "Plan", "explained", "plans"]
