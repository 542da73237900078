"""Families: patterns of folded blocks that one drawing explains, also where they differ in what lies on a shortcut.

He et al. 2016, "Deep residual learning", figure 3 and section 3.3: a shortcut is the identity, or where sizes change a
projection. One drawing explains both, and a sentence says what lies on the shortcut.
"""

from collections import Counter
from collections.abc import Collection, Hashable, Iterator, Mapping, Sequence

from cutaway.analysis.fold import Block, Pattern
from cutaway.record import Record
from cutaway.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from cutaway.views.explaining.entering import Cores, LeadIn

Source = tuple[str, int]
"""A node and its port, or no node and the number of a tensor from outside."""


class Form(Record):
    """What a pattern is, names and numbers apart; equal forms have equal nodes at equal places of `nodes`.

    `entries` are what enters it, equal ones at equal places too.
    """

    told: Hashable
    nodes: tuple[str, ...]
    entries: tuple[Source, ...]


def form(pattern: Pattern, without: Sequence[str] = (), behind: Collection[str] = ()) -> Form | None:
    """Return the form of a pattern `without` a chain of nodes, what enters it going on to where it leads.

    Of nodes that others are `behind`, only the tensors that these others take are told: they enter. None where a node
    leads nowhere.
    """
    sources = origins(pattern)
    past = {(last, 0): sources[without[0], _first(sources, without[0])] for last in without[-1:]}
    inputs: dict[str, list[tuple[int, Source]]] = {
        node.id: [] for node in pattern.graph.nodes if node.id not in without and node.id not in behind
    }
    for (node, port), source in sorted(sources.items()):
        if node in inputs:
            inputs[node].append((port, past.get(source, source)))
    ends = [(port.node, port.port) for port in pattern.exits]
    return told(inputs, ends, {node.id: node.operation for node in pattern.graph.nodes})


def told(
    inputs: Mapping[str, Sequence[tuple[int, Source]]], ends: Sequence[Source], operations: Mapping[str, str]
) -> Form | None:
    """Return the form of the nodes that have these `inputs`; None where one leads to none of the `ends`."""
    order = _ordered(inputs, [node for node, _ in ends])
    if len(order) < len(inputs):
        return None
    entries: dict[Source, int] = {}
    said = []
    for node in order:
        fed = [
            (port, order[name], out) if name in order else (port, -1 - entries.setdefault((name, out), len(entries)), 0)
            for port, (name, out) in inputs[node]
        ]
        said.append((operations[node], tuple(fed)))
    exits = tuple([(order[node], port) for node, port in ends])
    return Form(told=(tuple(said), exits), nodes=tuple(order), entries=tuple(entries))


def chains(pattern: Pattern) -> Iterator[tuple[str, ...]]:
    """Yield the chains of nodes that lead from where something else begins too to a node of several inputs."""
    sources = origins(pattern)
    inputs = Counter(node for node, _ in sources)
    feeds: dict[str, list[str]] = {}
    for (node, _), (source, _) in sources.items():
        feeds.setdefault(source, []).append(node)
    exits = {port.node for port in pattern.exits}
    begun = Counter(pattern.fed)
    for port, number in zip(pattern.entries, pattern.fed, strict=True):
        chain, node = list[str](), port.node
        while inputs[node] == 1 and len(feeds.get(node, ())) == 1 and node not in exits:
            chain.append(node)
            node = feeds[node][0]
        if chain and begun[number] > 1 and inputs[node] > 1:
            yield tuple(chain)


def origins(pattern: Pattern) -> dict[tuple[str, int], Source]:
    """Return what feeds each input port: an output port, or a tensor from outside by its number."""
    sources: dict[tuple[str, int], Source] = {
        (edge.target, edge.target_port): (edge.source, edge.source_port) for edge in pattern.graph.edges
    }
    return sources | {
        (port.node, port.port): ("", number) for port, number in zip(pattern.entries, pattern.fed, strict=True)
    }


def _first(sources: dict[tuple[str, int], Source], node: str) -> int:
    return min(port for name, port in sources if name == node)


def _ordered(inputs: Mapping[str, Sequence[tuple[int, Source]]], ends: Sequence[str]) -> dict[str, int]:
    """Return the nodes that lead to the ends, each behind those that feed it, by their places."""
    order: dict[str, int] = {}
    waiting = list(reversed(ends))
    while waiting:
        node = waiting[-1]
        before = [name for _, (name, _) in inputs[node] if name in inputs and name not in order]
        if before and node not in order:
            waiting += reversed(before)
        else:
            waiting.pop()
            order.setdefault(node, len(order))
    return order


class Family(Record):
    """Patterns of one form with the blocks of each.

    `parts` are the ids of their nodes, equal ones at equal places; there is none missing in the first.
    """

    patterns: tuple[Pattern, ...]
    blocks: tuple[tuple[Block, ...], ...]
    parts: tuple[tuple[str | None, ...], ...]
    shortcuts: tuple[tuple[str, ...], ...]
    lead_ins: "tuple[tuple[LeadIn, ...], ...]"


def family(kind: Mapping[int, Sequence[Block]], patterns: Sequence[Pattern]) -> Family:
    """Return a family of blocks; equal nodes stand at equal places of the blocks' first instances."""
    return Family(
        patterns=tuple(patterns[number] for number in kind),
        blocks=tuple(map(tuple, kind.values())),
        parts=tuple(same[0].instances[0] for same in kind.values()),
        shortcuts=((),) * len(kind),
        lead_ins=((),) * len(kind),
    )


def joined(families: Sequence[Family]) -> list[Family]:
    """Return the families, those with something on a shortcut joined to their likes that have nothing there."""
    found: list[Family | None] = list(families)
    for place, family in enumerate(families):
        for other, like in enumerate(found):
            joined = _with_shortcut(like, family) if like is not None and other != place else None
            if joined is not None:
                found[other] = found[place] = None
                found[min(other, place)] = joined
                break
    return [family for family in found if family is not None]


def _with_shortcut(plain: Family, longer: Family) -> Family | None:
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
            return Family(
                patterns=(*plain.patterns, *longer.patterns),
                blocks=(*plain.blocks, *longer.blocks),
                parts=(*plain.parts, *(tuple([part[at] for at in order]) for part in longer.parts)),
                shortcuts=(*plain.shortcuts, *(tuple([part[at] or "" for at in beside]) for part in longer.parts)),
                lead_ins=(*plain.lead_ins, *longer.lead_ins),
            )
    return None


def led_alike(families: Sequence[Family]) -> list[Family]:
    """Return the families, those that differ in what leads into them joined to the one of most blocks."""
    found: dict[int, Family] = dict(enumerate(families))
    ranked = sorted(found, key=lambda place: -sum(block.count for same in families[place].blocks for block in same))
    known: dict[int, Cores] = {}
    for number, place in enumerate(ranked):
        for other in ranked[number + 1 :]:
            if place in found and other in found and _may_lead_in(found[place], found[other]):
                from cutaway.views.explaining.entering import alike, with_lead_ins

                how = alike(place, other, families, known)
                if how is not None:
                    found[place] = with_lead_ins(found[place], found.pop(other), how)
    return [found[place] for place in sorted(found)]


def _may_lead_in(base: Family, like: Family) -> bool:
    return not (any(like.shortcuts) or any(like.lead_ins) or any(base.shortcuts))
