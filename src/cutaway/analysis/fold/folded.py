"""A Graph in which blocks are folded, everything needed to unfold it, and the forms by which blocks are the same."""

from collections.abc import Hashable, Mapping, Sequence

from cutaway.analysis.fold.plan import Box
from cutaway.analysis.repeat import Repeats
from cutaway.analysis.repeat.labels import Labels
from cutaway.analysis.traverse import edges_by_ends
from cutaway.graph import Edge, Graph, Kind, Output, PortRef
from cutaway.record import Record, replace
from cutaway.typed import Literal

Sharing = Literal["own weights", "same weights", "some weights shared", "no weights"]
"""Whose weights the blocks of a run have."""


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
    caller. Instances may differ in the shapes of tensors, and in numbers that only training knows, such as rates.
    `label` says what the count means, literally.
    """

    id: str
    name: str
    instances: tuple[tuple[str, ...], ...]
    pattern: int
    sharing: Sharing = "own weights"
    side_by_side: bool = False
    is_open: bool = False
    is_named: bool = False

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
        if self.sharing == "same weights":
            return f"{self.count} calls, same weights"
        if self.sharing == "some weights shared":
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


class Forms:
    """Numbers for the insides of blocks, equal for equal ones."""

    def __init__(self, repeats: Repeats) -> None:
        self.repeats = repeats
        self.known = known = repeats.known
        self.labels = Labels()
        self.place = {each: place for place, each in enumerate((*known.nodes, *known.scopes))}
        self.fed, self.feeds = edges_by_ends(known.graph)
        self.given: dict[str, list[Output]] = {}
        for output in known.graph.outputs:
            self.given.setdefault(output.node, []).append(output)

    def exact(self, nodes: Sequence[str]) -> int:
        """Return the number of a block by all that its nodes do."""
        return self._form(nodes, [self.repeats.label(node) for node in nodes])

    def loose(self, nodes: Sequence[str]) -> int:
        """Return the number of a block by the operations in it: filters, strides and the like apart."""
        return self._form(nodes, [self.known.nodes[node].operation for node in nodes])

    def pattern(self, nodes: Sequence[str]) -> Pattern:
        """Return the part of the graph that some nodes are."""
        within = set(nodes)
        known = self.known
        scopes = {scope for node in nodes for scope in known.enclosing(node)} if known.scopes else set()
        scopes = {scope for scope in scopes if within.issuperset(known.inside(scope))}
        ordered = [known.nodes[node] for node in sorted(nodes, key=self.place.__getitem__)]
        part = Graph(
            name=known.graph.name,
            op=known.graph.op,
            nodes=tuple(
                [node if node.scope is None or node.scope in scopes else replace(node, scope=None) for node in ordered]
            ),
            edges=tuple(edge for node in ordered for edge in self._inner(node.id, within)),
            scopes=tuple(
                scope if scope.parent is None or scope.parent in scopes else replace(scope, parent=None)
                for scope in (known.scopes[scope] for scope in sorted(scopes, key=self.place.__getitem__))
            ),
            inputs=tuple(node.id for node in ordered if node.kind is Kind.INPUT),
        )
        entering = self._entering(nodes, within)
        tensors: dict[tuple[str, int], int] = {}
        return Pattern(
            graph=part,
            entries=tuple(PortRef(edge.target, edge.target_port) for edge in entering),
            exits=self._exits(nodes, within),
            family=self.loose(nodes),
            fed=tuple([tensors.setdefault((edge.source, edge.source_port), len(tensors)) for edge in entering]),
        )

    def _inner(self, node: str, within: set[str]) -> list[Edge]:
        return [edge for edge in self.fed.get(node, ()) if edge.source in within]

    def _entering(self, nodes: Sequence[str], within: set[str]) -> list[Edge]:
        return [edge for node in nodes for edge in self.fed.get(node, ()) if edge.source not in within]

    def _exits(self, nodes: Sequence[str], within: set[str]) -> tuple[PortRef, ...]:
        found: dict[PortRef, None] = {}
        for node in nodes:
            for edge in self.feeds.get(node, ()):
                if edge.target not in within:
                    found[PortRef(node, edge.source_port)] = None
            for output in self.given.get(node, ()):
                found[PortRef(node, output.port)] = None
        return tuple(found)

    def _form(self, nodes: Sequence[str], told: Sequence[Hashable]) -> int:
        place = {node: number for number, node in enumerate(nodes)}
        outside: dict[tuple[str, int], int] = {}
        form = []
        for node, label in zip(nodes, told, strict=True):
            fed = []
            edges = self.fed.get(node, ())
            for edge in edges if len(edges) < 2 else sorted(edges, key=lambda edge: edge.target_port):
                source = place.get(edge.source)
                if source is None:
                    source = outside.setdefault((edge.source, edge.source_port), -1 - len(outside))
                fed.append((edge.target_port, source, edge.source_port if source >= 0 else 0))
            form.append((label, tuple(fed)))
        return self.labels.number(tuple(form))
