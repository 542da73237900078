"""Explaining folded blocks: a small drawing of what each is, set below the figure.

`plan` finds the patterns to be drawn, the same for all sizes: one drawing for `families` of those that differ in
numbers only, by what lies on a shortcut (`shortcuts`), or by what leads into them (`entering`); what is explained by a
drawing of its own is a box in others (`nested`), and `origins` tell where further tensors come from. `explained` makes
a drawing in the words of the figure, with `letters` for these numbers, in one row or in several, and `condensed` where
there is little room; `setting` sets all of them in rows or in `cells` on `shelves`.
"""

from cutaway.views.explaining.explanations import Explaining, Explanations

__all__ = ["Explaining", "Explanations"]
