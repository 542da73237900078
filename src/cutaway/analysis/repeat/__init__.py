"""Repeats in a Graph: runs of equal blocks, at every scale, proved node by node.

A block is a region with one main entry and one main exit: through branches, skips and gates inside of it, besides
tensors that all blocks read alike (a mask, positions, an encoder's output), those that a block reads from a fixed
number of blocks back (the cells of NASNet read two), and those that all hand to one reader. Most of these are no
regions between cut vertices or dominators, for a mask passes around every block; so they are found on a line, like
repeats in a text:

1. `levels`: what lies directly in a scope is a level of items, nodes and closed scopes. Each item gets a number,
   equal for equal operations, attributes and, of scopes, contents: values are interned whole (hash consing, Ershov
   1958), so that equal numbers prove equality. Names are never looked at.
2. There the items are put in a line by a walk back from the outputs, deepest source first, with what several read
   aside put in front. A topological order, it holds each region together, and equal regions in equal order.
3. `stretches`: words of 1, 2, 4 … labels that come again (Karp, Miller and Rosenberg 1972) give distances at which
   the line may repeat itself; each is followed as far as items and the places of their sources agree. In the way of
   maximal repetitions (Main and Lorentz 1984; Kolpakov and Kucherov 1999), each stretch is found once.
4. Of the places where a block could begin, that at which the fewest tensors cross, best one from which
   branches go out. A first block may be fed by anything.
5. `proof`: every item of every block is compared with its like, input by input, before a run is one. `runs` takes
   those first that spare most, then looks between them and inside of their blocks.

The work grows with the number of nodes and edges, but for sorting and the seven lengths of words; a level is as large
as the scope's own content. Nothing is folded here: `cutaway.analysis.fold` does.
"""

from cutaway.analysis.repeat.labels import Level
from cutaway.analysis.repeat.levels import levels, loosened
from cutaway.analysis.repeat.runs import Run, consecutive, runs

__all__ = ["Level", "Run", "consecutive", "levels", "loosened", "runs"]
