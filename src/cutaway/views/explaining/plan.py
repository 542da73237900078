"""Which patterns of folded blocks are explained, and which of them by one drawing."""

from collections.abc import Mapping, Sequence

from cutaway.analysis.fold import Block, Pattern
from cutaway.graph import Edge, Graph, Node
from cutaway.record import record, replace

_ENTRY, _EXIT = "in", "out"


@record
class Plan:
    """One drawing: of patterns that differ in numbers only, each by the ids of the blocks that it explains.

    `blocks` are the ids of blocks, pattern by pattern; `graph` is what is drawn, with stubs where tensors enter and
    leave. `likes` are the nodes of each pattern by the ids of those in `graph`.
    """

    blocks: tuple[tuple[str, ...], ...]
    names: tuple[str, ...]
    graph: Graph
    likes: Mapping[str, tuple[Node, ...]]
    stubs: frozenset[str]


def plans(blocks: Mapping[str, Block], patterns: Sequence[Pattern]) -> tuple[Plan, ...]:
    """Return the drawings that explain the closed blocks, in the order of these.

    An open block explains itself, and its likes.
    """
    shown = {block.pattern for block in blocks.values() if block.is_open}
    kinds: dict[int, dict[int, list[Block]]] = {}
    for block in blocks.values():
        if block.pattern not in shown:
            kinds.setdefault(patterns[block.pattern].family, {}).setdefault(block.pattern, []).append(block)
    return tuple([_plan(place, kind, patterns) for place, kind in enumerate(kinds.values())])


def _plan(place: int, kind: Mapping[int, Sequence[Block]], patterns: Sequence[Pattern]) -> Plan:
    """Return the drawing of one family; equal nodes stand at equal places of the blocks' first instances."""
    first = next(iter(kind))
    aligned = []
    for number, (block, *_) in kind.items():
        nodes = {node.id: node for node in patterns[number].graph.nodes}
        aligned.append([nodes[each] for each in block.instances[0]])
    prefix = f"pattern {place + 1}/"
    likes = {prefix + same[0].id: same for same in zip(*aligned, strict=True)}
    graph, stubs = _with_stubs(patterns[first], prefix)
    return Plan(
        blocks=tuple(tuple(block.id for block in same) for same in kind.values()),
        names=tuple(dict.fromkeys(block.name for same in kind.values() for block in same)),
        graph=graph,
        likes=likes,
        stubs=stubs,
    )


def _with_stubs(pattern: Pattern, prefix: str) -> tuple[Graph, frozenset[str]]:
    """Return what a pattern draws, ids beginning with a prefix, and the stubs: places where tensors enter and leave."""
    nodes = [replace(node, id=prefix + node.id, scope=None) for node in pattern.graph.nodes]
    edges = [replace(edge, source=prefix + edge.source, target=prefix + edge.target) for edge in pattern.graph.edges]
    entries = {number: f"{prefix}{_ENTRY} {number}" for number in pattern.fed}
    edges += [
        Edge(source=entries[number], target=prefix + port.node, target_port=port.port)
        for port, number in zip(pattern.entries, pattern.fed, strict=True)
    ]
    exits = {port: f"{prefix}{_EXIT} {number}" for number, port in enumerate(pattern.exits)}
    edges += [Edge(source=prefix + port.node, source_port=port.port, target=stub) for port, stub in exits.items()]
    stubs = [*entries.values(), *exits.values()]
    drawn = replace(
        pattern.graph,
        nodes=(*nodes, *(Node(id=stub, name="", op="") for stub in stubs)),
        edges=tuple(edges),
        scopes=(),
        inputs=(),
    )
    return drawn, frozenset(stubs)
