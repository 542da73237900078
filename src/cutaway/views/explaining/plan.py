"""Which patterns of folded blocks are explained, and which of them by one drawing."""

from collections.abc import Mapping, Sequence

from cutaway.analysis.fold import Block, Pattern
from cutaway.graph import Edge, Graph, Node
from cutaway.record import record, replace
from cutaway.views.explaining.entering import matched
from cutaway.views.explaining.shortcuts import chains, form

_ENTRY, _EXIT = "in", "out"


@record
class LeadIn:
    """What leads into some blocks, where something else is drawn."""

    drawn: tuple[Node, ...]
    nodes: tuple[Node, ...]


@record
class Member:
    """A pattern that a drawing explains: the blocks that have it, how many of the model these are, and its nodes.

    `nodes` are in the order of the drawing, None for what it has not; `shortcut` are the nodes on its shortcut, if any,
    and `lead_ins` is what leads into it in another way than is drawn.
    """

    blocks: tuple[str, ...]
    count: int
    called: str
    nodes: tuple[Node | None, ...]
    shortcut: tuple[Node, ...] = ()
    lead_ins: tuple[LeadIn, ...] = ()


@record
class Plan:
    """One drawing of patterns that differ in numbers only, or in what lies on a shortcut.

    `graph` is what is drawn: nodes with the ids `names`, at the places that they have in each member, and `stubs` where
    tensors enter and leave.
    """

    members: tuple[Member, ...]
    names: tuple[str, ...]
    graph: Graph
    stubs: frozenset[str]

    def titles(self) -> dict[str, str]:
        """Say of each box which layers it stands for."""
        return {
            name: ", ".join([node.id for member in self.members if (node := member.nodes[place])])
            for place, name in enumerate(self.names)
        }

    @property
    def called(self) -> tuple[str, ...]:
        """The names of the blocks."""
        return tuple(dict.fromkeys([member.called for member in self.members]))

    @property
    def blocks(self) -> tuple[str, ...]:
        """The ids of all blocks that it explains."""
        return tuple([block for member in self.members for block in member.blocks])


@record
class _Family:
    """Patterns of one form with the blocks of each.

    `parts` are the ids of their nodes, equal ones at equal places; there is none missing in the first.
    """

    patterns: tuple[Pattern, ...]
    blocks: tuple[tuple[Block, ...], ...]
    parts: tuple[tuple[str | None, ...], ...]
    shortcuts: tuple[tuple[str, ...], ...]
    lead_ins: tuple[tuple[LeadIn, ...], ...]


def plans(blocks: Mapping[str, Block], patterns: Sequence[Pattern]) -> tuple[Plan, ...]:
    """Return the drawings that explain the closed blocks, in the order of these.

    An open block explains itself, and its likes.
    """
    shown = {block.pattern for block in blocks.values() if block.is_open}
    kinds: dict[int, dict[int, list[Block]]] = {}
    for block in blocks.values():
        if block.pattern not in shown:
            kinds.setdefault(patterns[block.pattern].family, {}).setdefault(block.pattern, []).append(block)
    families = _led_alike(_joined([_family(kind, patterns) for kind in kinds.values()]))
    order = {block: place for place, block in enumerate(blocks)}
    return tuple([_plan(f"pattern {place}", family, order) for place, family in enumerate(families, 1)])


def _family(kind: Mapping[int, Sequence[Block]], patterns: Sequence[Pattern]) -> _Family:
    """Return a family of blocks; equal nodes stand at equal places of the blocks' first instances."""
    return _Family(
        patterns=tuple(patterns[number] for number in kind),
        blocks=tuple(map(tuple, kind.values())),
        parts=tuple(same[0].instances[0] for same in kind.values()),
        shortcuts=((),) * len(kind),
        lead_ins=((),) * len(kind),
    )


def _joined(families: Sequence[_Family]) -> list[_Family]:
    """Return the families, those with something on a shortcut joined to their likes that have nothing there."""
    found: list[_Family | None] = list(families)
    for place, family in enumerate(families):
        for other, like in enumerate(found):
            joined = _with_shortcut(like, family) if like is not None and other != place else None
            if joined is not None:
                found[other] = found[place] = None
                found[min(other, place)] = joined
                break
    return [family for family in found if family is not None]


def _with_shortcut(plain: _Family, longer: _Family) -> _Family | None:
    """Return both families as one if they are alike but for a shortcut."""
    extra = len(longer.parts[0]) - len(plain.parts[0])
    if extra <= 0 or any(longer.shortcuts):
        return None
    mine = form(plain.patterns[0])
    for chain in chains(longer.patterns[0]) if mine else ():
        theirs = form(longer.patterns[0], chain) if len(chain) == extra else None
        if mine and theirs and mine.told == theirs.told:
            place = {node: number for number, node in enumerate(plain.parts[0]) if node is not None}
            equal = dict(zip(mine.nodes, theirs.nodes, strict=True))
            where = {node: number for number, node in enumerate(longer.parts[0])}
            order = [where[equal[node]] for node in sorted(place, key=place.__getitem__)]
            beside = [where[node] for node in chain]
            return _Family(
                patterns=(*plain.patterns, *longer.patterns),
                blocks=(*plain.blocks, *longer.blocks),
                parts=(*plain.parts, *(tuple([part[at] for at in order]) for part in longer.parts)),
                shortcuts=(*plain.shortcuts, *(tuple([part[at] or "" for at in beside]) for part in longer.parts)),
                lead_ins=(*plain.lead_ins, *longer.lead_ins),
            )
    return None


def _led_alike(families: Sequence[_Family]) -> list[_Family]:
    """Return the families, those that differ in what leads into them joined to the one of most blocks."""
    found: dict[int, _Family] = dict(enumerate(families))
    ranked = sorted(found, key=lambda place: -sum(block.count for same in families[place].blocks for block in same))
    for number, place in enumerate(ranked):
        for other in ranked[number + 1 :]:
            if place in found and other in found:
                joined = _with_lead_ins(found[place], found[other])
                if joined is not None:
                    del found[other]
                    found[place] = joined
    return [found[place] for place in sorted(found)]


def _with_lead_ins(base: _Family, like: _Family) -> _Family | None:
    """Return both families as one if they are alike but for what leads into them."""
    if any(like.shortcuts) or any(like.lead_ins) or any(base.shortcuts):
        return None
    alike = matched(base.patterns[0], like.patterns[0])
    if alike is None:
        return None
    where = {node: number for number, node in enumerate(like.parts[0])}
    order = [where[alike.nodes[node]] if node is not None and node in alike.nodes else None for node in base.parts[0]]
    mine = {node.id: node for node in base.patterns[0].graph.nodes}
    beside = [([mine[node] for node in way], [where[node] for node in led]) for way, led in alike.lead_ins]

    def led_in(pattern: Pattern, part: Sequence[str | None]) -> tuple[LeadIn, ...]:
        nodes = {node.id: node for node in pattern.graph.nodes}
        return tuple(
            [LeadIn(drawn=tuple(way), nodes=tuple([nodes[part[at] or ""] for at in led])) for way, led in beside]
        )

    return _Family(
        patterns=(*base.patterns, *like.patterns),
        blocks=(*base.blocks, *like.blocks),
        parts=(*base.parts, *(tuple([None if at is None else part[at] for at in order]) for part in like.parts)),
        shortcuts=(*base.shortcuts, *like.shortcuts),
        lead_ins=(*base.lead_ins, *map(led_in, like.patterns, like.parts)),
    )


def _plan(prefix: str, family: _Family, order: Mapping[str, int]) -> Plan:
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
            )
        )
    members.sort(key=lambda member: order[member.blocks[0]])
    return Plan(members=tuple(members), names=tuple(names.values()), graph=graph, stubs=stubs)


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
