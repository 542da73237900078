"""A Graph in which blocks are folded, and everything needed to unfold it."""

from collections.abc import Mapping
from enum import StrEnum

from cutaway.analysis.fold.plan import Box
from cutaway.analysis.fold.repeats import Repeats
from cutaway.graph import Graph, PortRef
from cutaway.record import Record


class Sharing(StrEnum):
    """Whose weights the blocks of a run have."""

    OWN = "own weights"
    SAME = "same weights"
    PARTLY = "some weights shared"
    NONE = "no weights"


class Pattern(Record):
    """What a folded block is: the part of the model that its first instance is.

    `graph` holds the nodes, edges and scopes inside, and may be folded itself. `entries` are the input ports that are
    fed from outside, `exits` the output ports that feed what is outside. Blocks of one `family` differ in numbers at
    most (filters, strides), not in operations and how they are connected. `fed` tells for each entry which of the
    tensors from outside feeds it, by their order: equal numbers, equal tensors.
    """

    graph: Graph
    entries: tuple[PortRef, ...]
    exits: tuple[PortRef, ...]
    family: int
    fed: tuple[int, ...] = ()


class Block(Record):
    """One drawn box that stands for several nodes, or one open scope that stands for its likes.

    `instances` are the ids of the nodes, one tuple for each block of a run, in an order in which equals stand at equal
    places; a group that is no repeat has one. An open block is a scope of the drawn graph with its first instance in
    it. `side_by_side` blocks are parallel branches, others follow each other.
    `pattern` is the place of its pattern among those of the Folded; a block that `is_named` has its name from the
    caller. `differing` is what is not equal in all of them, and was passed over: "shapes" of tensors, and numbers that
    only training knows, by the names of attributes ("rate"). `label` says what the count means, literally.
    """

    id: str
    name: str
    instances: tuple[tuple[str, ...], ...]
    pattern: int
    sharing: Sharing = Sharing.OWN
    side_by_side: bool = False
    is_open: bool = False
    is_named: bool = False
    differing: tuple[str, ...] = ()

    @property
    def count(self) -> int:
        """How many equal blocks it stands for."""
        return len(self.instances)

    @property
    def nodes(self) -> tuple[str, ...]:
        """The ids of all nodes that it stands for."""
        return tuple(node for instance in self.instances for node in instance)

    @property
    def label(self) -> str:
        """The count in words: `× 12`, `12 calls, same weights`; empty for what is no repeat."""
        if self.count == 1:
            return ""
        if self.sharing is Sharing.SAME:
            return f"{self.count} calls, same weights"
        if self.sharing is Sharing.PARTLY:
            return f"× {self.count}, some weights shared"
        return f"× {self.count}" + (" side by side" if self.side_by_side else "")


class Folded(Record):
    """A graph with folded blocks, each a node or, if open, a scope of `graph` under its id.

    `stands_for` tells, by the id of a node or an edge of `graph`, which ids of the original it accounts for besides its
    own, as `collapse` does: every id of the original is drawn, or accounted for once. `repeats` and `boxes` are what it
    was made of.
    """

    graph: Graph
    blocks: Mapping[str, Block]
    patterns: tuple[Pattern, ...]
    stands_for: Mapping[str, tuple[str, ...]]
    original: Graph
    repeats: Repeats
    boxes: tuple[tuple[str, Box], ...] = ()
