"""Which patterns of folded blocks are explained, and which of them by one drawing."""

from collections.abc import Mapping, Sequence
from types import MappingProxyType

from cutaway.analysis.fold import Block, Pattern
from cutaway.graph import Edge, Graph, Node
from cutaway.record import Record, replace
from cutaway.typed import TYPE_CHECKING, Any
from cutaway.views.explaining.families import Family, family, joined, led_alike

if TYPE_CHECKING:
    from cutaway.views.explaining.entering import LeadIn
    from cutaway.views.explaining.nested import Inner
    from cutaway.views.explaining.origins import Origins

_ENTRY, _EXIT = "in", "out"
_NOTHING: Mapping[Any, Any] = MappingProxyType({})


class Member(Record):
    """A pattern that a drawing explains: the blocks that have it, how many of the model these are, and its nodes.

    `nodes` are in the order of the drawing, None for what it has not; `shortcut` are the nodes on its shortcut, if any,
    and `lead_ins` is what leads into it in another way than is drawn. One that `is_inner` is no box of the figure, but
    one in a drawing.
    """

    blocks: tuple[str, ...]
    count: int
    called: str
    nodes: tuple[Node | None, ...]
    shortcut: tuple[Node, ...] = ()
    lead_ins: "tuple[LeadIn, ...]" = ()
    is_inner: bool = False


class Plan(Record):
    """One drawing of patterns that differ in numbers only, or in what lies on a shortcut.

    `graph` is what is drawn: nodes with the ids `names`, at the places that they have in each member, and `stubs` where
    tensors enter and leave. `inner` are the blocks in it that are boxes, by the ids of the members' nodes, and `closed`
    the names of these. `origins` are words at stubs.
    """

    members: tuple[Member, ...]
    names: tuple[str, ...]
    graph: Graph
    stubs: frozenset[str]
    inner: "Mapping[str, Inner]"
    closed: frozenset[str]
    origins: Mapping[str, str]

    def titles(self) -> dict[str, str]:
        """Say of each box which layers it stands for."""
        return {
            name: ", ".join([node.id for member in self.members if (node := member.nodes[place])])
            for place, name in enumerate(self.names)
        }

    def origin(self, nodes: Sequence[Node]) -> str:
        """Return the words at the stub that leads to one of some nodes of a member, if there are any."""
        own = {node.id for node in nodes}
        names = {
            name
            for member in self.members
            for name, node in zip(self.names, member.nodes, strict=True)
            if node and node.id in own
        }
        found = [
            self.origins[edge.source]
            for edge in self.graph.edges
            if edge.source in self.origins and edge.target in names
        ]
        return found[0] if found else ""

    @property
    def called(self) -> tuple[str, ...]:
        """The names of the blocks."""
        return tuple(dict.fromkeys([member.called for member in self.members]))

    @property
    def blocks(self) -> tuple[str, ...]:
        """The ids of all blocks that it explains."""
        return tuple([block for member in self.members if not member.is_inner for block in member.blocks])


def plans(blocks: Mapping[str, Block], patterns: Sequence[Pattern], origins: "Origins" = _NOTHING) -> tuple[Plan, ...]:
    """Return the drawings that explain the closed blocks, in the order of these.

    An open block explains itself, and its likes. `origins` tell where what enters blocks comes from.
    """
    shown = {block.pattern for block in blocks.values() if block.is_open}
    kinds: dict[int, dict[int, list[Block]]] = {}
    for block in blocks.values():
        if block.pattern not in shown:
            kinds.setdefault(patterns[block.pattern].family, {}).setdefault(block.pattern, []).append(block)
    families = led_alike(joined([family(kind, patterns) for kind in kinds.values()]))
    inner: Mapping[str, Inner] = _NOTHING
    if len(families) > 1:
        from cutaway.views.explaining.nested import nested

        found = nested(families)
        families, inner = list(found.families), found.inner
    order = {block: place for place, block in enumerate(blocks)}
    made = [_plan(f"pattern {place}", each, order, inner) for place, each in enumerate(families, 1)]
    return tuple(
        [
            replace(plan, origins=_at_stubs(f"pattern {place}", each, origins))
            for place, (plan, each) in enumerate(zip(made, families, strict=True), 1)
        ]
    )


def _at_stubs(prefix: str, family: Family, origins: "Origins") -> dict[str, str]:
    """Return the words at the stubs of a drawing: what is said of its first pattern, and of others alike in this."""
    told: dict[int, dict[str, None]] = {}
    first = family.patterns[0]
    for pattern, blocks in zip(family.patterns, family.blocks, strict=True):
        alike = pattern.fed == first.fed and len(pattern.graph.nodes) == len(first.graph.nodes)
        for block in blocks if alike else ():
            for number, text in origins.get(block.id, _NOTHING).items():
                told.setdefault(number, {})[text] = None
    return {f"{prefix}/{_ENTRY} {number}": next(iter(texts)) for number, texts in told.items() if len(texts) == 1}


def _plan(prefix: str, family: Family, order: Mapping[str, int], inner: "Mapping[str, Inner]") -> Plan:
    """Return the drawing of a family: of its first pattern, with nothing on a shortcut if any has nothing there."""
    names = {node: f"{prefix}/{number}" for number, node in enumerate(family.parts[0]) if node is not None}
    graph, stubs = _with_stubs(family.patterns[0], names, prefix)
    members = []
    for pattern, blocks, parts, shortcut, lead_ins in zip(
        family.patterns, family.blocks, family.parts, family.shortcuts, family.lead_ins, strict=True
    ):
        nodes = {node.id: node for node in pattern.graph.nodes}
        members.append(
            Member(
                blocks=tuple([block.id for block in blocks]),
                count=sum(block.count for block in blocks),
                called=blocks[0].name,
                nodes=tuple([None if each is None else nodes[each] for each in parts]),
                shortcut=tuple([nodes[each] for each in shortcut]),
                lead_ins=lead_ins,
                is_inner=blocks[0].id in inner,
            )
        )

    def place(member: Member) -> int:
        first = member.blocks[0]
        while first in inner:
            first = inner[first].around
        return order[first]

    members.sort(key=place)
    own = [node.id for member in members for node in member.nodes if node]
    return Plan(
        members=tuple(members),
        names=tuple(names.values()),
        graph=graph,
        stubs=stubs,
        inner={node: inner[node] for node in own if node in inner},
        closed=frozenset([name for node, name in names.items() if node in inner]),
        origins={},
    )


def _with_stubs(pattern: Pattern, names: Mapping[str, str], prefix: str) -> tuple[Graph, frozenset[str]]:
    """Return what a pattern draws, its nodes renamed, and the stubs: places where tensors enter and leave."""
    nodes = [replace(node, id=names[node.id], scope=None) for node in pattern.graph.nodes]
    edges = [replace(edge, source=names[edge.source], target=names[edge.target]) for edge in pattern.graph.edges]
    entries = {number: f"{prefix}/{_ENTRY} {number}" for number in pattern.fed}
    edges += [
        Edge(source=entries[number], target=names[port.node], target_port=port.port)
        for port, number in zip(pattern.entries, pattern.fed, strict=True)
    ]
    exits = {port: f"{prefix}/{_EXIT} {number}" for number, port in enumerate(pattern.exits)}
    edges += [Edge(source=names[port.node], source_port=port.port, target=stub) for port, stub in exits.items()]
    stubs = [*entries.values(), *exits.values()]
    drawn = replace(
        pattern.graph,
        nodes=(*nodes, *(Node(id=stub, name="", op="") for stub in stubs)),
        edges=tuple(edges),
        scopes=(),
        inputs=(),
    )
    return drawn, frozenset(stubs)
