"""Stages: the parts of a deep model between which its tensors get smaller and its channels more.

A stage is a stretch of the line of a level (see `line`): blocks of one size, with the first of them, which has a
projection or a stride, and what leads to it. Where names number the stages (`conv2_block1_add`), these tell which block
is of which; otherwise a change of the size or, where blocks end with sums and so keep their channels, of the channels.
What lies before the first stage is the stem, what lies behind the last the head. A model that is not built so has none:
one whose blocks are all alike, one whose stages are read again far behind (a pyramid, a U), one of several branches.
"""

from collections.abc import Mapping, Sequence

from cutaway.analysis.stages.line import Lines
from cutaway.analysis.stages.split import Split, split
from cutaway.graph import Graph
from cutaway.record import Record
from cutaway.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from cutaway.analysis.fold import Block, Pattern

__all__ = ["Stage", "stages"]


class Stage(Record):
    """A part of a model with a caption; `members` are the ids of the nodes in it."""

    caption: str
    members: tuple[str, ...]


def stages(graph: Graph, blocks: "Mapping[str, Block]", patterns: "Sequence[Pattern]") -> tuple[Stage, ...]:
    """Return the stem, stages and head of a folded graph in the order of the flow, each a region; () for none.

    They lie directly in the graph or, where this is nothing but a wrapper, in the scope that holds its layers. No two
    captions are equal.
    """
    lines = Lines(graph, blocks, patterns)
    level: str | None = None
    while True:
        parts = lines.line(level)
        found = split(parts)
        if found:
            return tuple(_regions(found))
        inner = max((part for part in parts if part.is_scope), key=lambda part: len(part.nodes), default=None)
        if inner is None or inner.id in blocks or 2 * len(inner.nodes) < len(graph.nodes):
            return ()
        level = inner.id


def _regions(found: Sequence[Split]) -> list[Stage]:
    """Return the regions to draw; a scope that frames a part already is left as it is."""
    return [
        Stage(caption=each.caption, members=tuple([node for part in each.parts for node in part.nodes]))
        for each in found
        if not any(part.is_scope and part.family is None and _frames(part.id, each) for part in each.parts)
    ]


def _frames(scope: str, each: Split) -> bool:
    """Tell whether a scope is all of a part, or is called as it would be."""
    return len(each.parts) == 1 or each.caption in scope.rpartition("/")[2].lower().replace("_", " ").split()
