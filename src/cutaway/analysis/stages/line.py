"""The parts of one level of a Graph in the order of the flow, with what tells where a stage begins."""

from collections.abc import Iterable, Mapping, Sequence

from cutaway.analysis.collapse import close
from cutaway.analysis.traverse import index, ordered
from cutaway.graph import Dim, Graph, Kind, Node, Value
from cutaway.record import Record
from cutaway.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from cutaway.analysis.fold import Block, Pattern

_WEIGHTED = frozenset({Kind.CONVOLUTION, Kind.DENSE, Kind.RECURRENT, Kind.ATTENTION})
_MOVES = ("strides", "pool_size")
_MERGES = frozenset({"Add", "Concatenate"})


class Content(Record):
    """What is known of layers that are drawn as one thing.

    `layers` counts those with weights, `branches` tells that tensors are merged, `merge` how what leaves was merged
    last (Add, Concatenate, or empty), `steps` that windows move by more than one place, `enlarges` that places are put
    between others.
    """

    layers: int
    branches: bool
    merge: str
    steps: bool
    enlarges: bool


class Part(Record):
    """One thing on the line of a level: a node, a folded block, or a scope with all that lies in it.

    `nodes` are the ids of the graph's nodes in it, `names` those of all layers that it stands for. `count` is how many
    equal blocks it is; those of one `family` differ in numbers at most, None is no block. `extent` and `channels` are
    those of what leaves it, None where unknown. `feeds` are the places of the parts that it reads.
    """

    id: str
    kind: Kind
    operation: str
    nodes: tuple[str, ...]
    names: tuple[str, ...]
    feeds: tuple[int, ...]
    content: Content
    is_scope: bool
    count: int
    family: int | tuple[str, ...] | None
    extent: tuple[Dim, ...] | None
    channels: Dim

    @property
    def is_block(self) -> bool:
        """Whether it is more than a layer."""
        return self.is_scope or self.family is not None

    @property
    def is_folded(self) -> bool:
        """Whether it is a folded block, and not layers that are drawn one by one."""
        return isinstance(self.family, int)


class Lines:
    """The lines of parts of a folded graph."""

    def __init__(self, graph: Graph, blocks: "Mapping[str, Block]", patterns: "Sequence[Pattern]") -> None:
        self.known = index(graph)
        self.blocks = blocks
        self.patterns = patterns
        self.sources: dict[str, list[str]] = {}
        for edge in graph.edges:
            self.sources.setdefault(edge.target, []).append(edge.source)
        layers = (graph.nodes, *(pattern.graph.nodes for pattern in patterns))
        self.channels_first = any(
            node.attributes.get("data_format") == "channels_first" for nodes in layers for node in nodes
        )
        self.contents: dict[int, Content] = {}

    def line(self, level: str | None) -> list[Part]:
        """Return what lies directly in a scope, None for the whole graph; nothing where it has no order."""
        closed = close(self.known.graph, self.known.children.get(level, ())).graph
        members = {node.id: node for node in closed.nodes if node.scope == level}
        order = [each for each in ordered(closed) if each in members]
        places = {each: place for place, each in enumerate(order)}
        feeds: list[dict[int, None]] = [{} for _ in order]
        for edge in closed.edges:
            if edge.source in places and edge.target in places:
                feeds[places[edge.target]][places[edge.source]] = None
        if len(order) < len(members):
            return []
        return [self._part(members[each], tuple(fed)) for each, fed in zip(order, feeds, strict=True)]

    def _part(self, node: Node, feeds: tuple[int, ...]) -> Part:
        block = self.blocks.get(node.id)
        is_scope = node.id in self.known.scopes
        nodes = self.known.inside(node.id) if is_scope else (node.id,)
        ids = [name for each in nodes for name in (self.blocks[each].nodes if each in self.blocks else (each,))]
        around = len(node.scope) + 1 if node.scope else 0
        extent, channels = _axes(node, channels_first=self.channels_first)
        return Part(
            id=node.id,
            kind=node.kind,
            operation=node.operation,
            nodes=nodes,
            names=tuple([each[around:] for each in (*ids, *(block.nodes if block and is_scope else ()))]),
            feeds=feeds,
            content=self._content(nodes, node, block),
            is_scope=is_scope,
            count=block.count if block else 1,
            family=self.patterns[block.pattern].family if block else None,
            extent=extent,
            channels=channels,
        )

    def _content(self, nodes: Sequence[str], node: Node, block: "Block | None") -> Content:
        if block is None:
            inside = [self.known.nodes[each] for each in nodes if each in self.known.nodes] or [node]
            return _content(inside, self.sources, inside[-1].id)
        if block.pattern not in self.contents:
            pattern = self.patterns[block.pattern]
            sources: dict[str, list[str]] = {}
            for edge in pattern.graph.edges:
                sources.setdefault(edge.target, []).append(edge.source)
            for port in pattern.entries:
                sources.setdefault(port.node, []).append("")  # from outside
            last = pattern.exits[0].node if pattern.exits else ""
            self.contents[block.pattern] = _content(pattern.graph.nodes, sources, last)
        return self.contents[block.pattern]


def _content(nodes: Iterable[Node], sources: Mapping[str, Sequence[str]], last: str) -> Content:
    """Return what is known of layers of which `last` hands out what they give."""
    known = {node.id: node for node in nodes}
    seen: set[str] = set()
    while last in known and last not in seen and len(set(sources.get(last, ()))) == 1:
        seen.add(last)
        last = sources[last][0]
    operation = known[last].operation if last in known else ""
    return Content(
        layers=sum(map(_is_weighted, known.values())),
        branches=any(len(set(sources.get(node, ()))) > 1 for node in known),
        merge=operation if operation in _MERGES else "",
        steps=any(_moves(node.attributes.get(name)) for node in known.values() for name in _MOVES),
        enlarges=any(node.kind is Kind.UPSAMPLING for node in known.values()),
    )


def _is_weighted(node: Node) -> bool:
    """Tell whether a layer computes with weights, as far as one knows: unknown classes are taken to do so."""
    return node.kind in _WEIGHTED or (node.custom and node.kind is Kind.OTHER and node.weights != ())


def _moves(step: Value) -> bool:
    """Tell whether a window moves by more than one place."""
    steps = step if isinstance(step, tuple) else (step,)
    return any(isinstance(each, int | float) and each > 1 for each in steps)


def _axes(node: Node, *, channels_first: bool) -> tuple[tuple[Dim, ...] | None, Dim]:
    """Return how far what leaves a node reaches, and its channels."""
    shape = node.outputs[0].tensor.shape if node.outputs else None
    if shape is None or len(shape) < 2:
        return None, None
    if channels_first and len(shape) > 3:
        return shape[2:], shape[1]
    return shape[1:-1], shape[-1]
