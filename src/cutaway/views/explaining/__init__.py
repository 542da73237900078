"""Explaining folded blocks: a small drawing of what each is, set below the figure.

`plan` finds the patterns to be drawn, the same for all sizes: one drawing for those that differ in numbers only, or by
what lies on a shortcut (`shortcuts`). `explained` makes a drawing in the words of the figure, with `letters` for these
numbers, in one row or in several, and `condensed` where there is little room; `setting` sets all of them.
"""

from cutaway.views.explaining.explanations import Explaining, Explanations
from cutaway.views.explaining.origins import origins_of

__all__ = ["Explaining", "Explanations", "origins_of"]
