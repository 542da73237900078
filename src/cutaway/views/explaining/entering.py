"""Blocks that are alike but for what leads into them: a cell behind a larger one first makes its input smaller.

Zoph et al. 2018, "Learning transferable architectures for scalable image recognition", figure 4: a cell is drawn from
its two hidden states on; what fits their sizes to each other is no part of it.
"""

from collections.abc import Hashable, Mapping, Sequence
from itertools import islice, product

from cutaway.analysis.fold import Pattern
from cutaway.analysis.gathering import gathering
from cutaway.graph import Node
from cutaway.record import Record
from cutaway.views.explaining.families import Family, Form, Source, form, origins, told

_MOST = 3
"""Tensors that enter, and ends of ways in from each of them, that are looked at."""
_CORE = 2 / 3
"""At least this part of the smaller block is alike."""


class Alike(Record):
    """Two patterns that are alike but for what leads into them.

    `nodes` are those of the second by the equal ones of the first; `lead_ins` are ways in of the first, each with what
    is in its place in the second, in the order of the flow, and whether the same tensor enters it elsewhere too.
    """

    nodes: Mapping[str, str]
    lead_ins: tuple[tuple[tuple[str, ...], tuple[str, ...], bool], ...]


class LeadIn(Record):
    """What leads into some blocks, where something else is drawn.

    `is_same` tells that what is led in so is the tensor that enters elsewhere too.
    """

    drawn: tuple[Node, ...]
    nodes: tuple[Node, ...]
    is_same: bool = False


Cores = Mapping[Hashable, tuple[Form, Mapping[str, Form]]]
"""What may be the core of a pattern, by what it is, with the ways into it by their last nodes."""


def matched(mine: Cores, theirs: Cores) -> Alike | None:
    """Return how one pattern is alike another by the `cores` of both, by as many nodes as may be; None if it is not.

    Both have at least two tensors that enter what is alike.
    """
    common = [said for said in mine if said in theirs]
    if not common:
        return None
    best = max(common, key=lambda said: len(mine[said][0].nodes))
    (core, ways), (other, others) = mine[best], theirs[best]
    nodes = dict(zip(core.nodes, other.nodes, strict=True))
    lead_ins = []
    for entry, source in zip(core.entries, other.entries, strict=True):
        way, instead = ways.get(entry[0]), others.get(source[0])
        if way and instead and way.told == instead.told:
            nodes.update(zip(way.nodes, instead.nodes, strict=True))
        elif way or instead:
            twice = any(source in each.entries for each in others.values() if each is not instead)
            lead_ins.append((way.nodes if way else (), instead.nodes if instead else (), twice))
    return Alike(nodes=nodes, lead_ins=tuple(lead_ins))


def cores(pattern: Pattern) -> Cores:
    """Return what may be the core of a pattern."""
    found: dict[Hashable, tuple[Form, Mapping[str, Form]]] = {}
    least = _CORE * len(pattern.graph.nodes)
    if not pattern.fed or len(set(pattern.fed)) > _MOST:
        return found
    ways = _ways(pattern)
    for choice in product(*([None, *each] for each in ways.values())):
        chosen = {way.nodes[-1]: way for way in choice if way}
        behind = {node for way in chosen.values() for node in way.nodes}
        core = form(pattern, behind=behind) if len(pattern.graph.nodes) - len(behind) >= least else None
        if core and len(core.entries) > 1 and core.told not in found:
            found[core.told] = core, chosen
    return found


def _ways(pattern: Pattern) -> dict[int, list[Form]]:
    """Return the ways in from each tensor that enters: nodes that it alone feeds, of which only the last leads on."""
    sources = origins(pattern)
    inputs: dict[str, list[tuple[int, Source]]] = {node.id: [] for node in pattern.graph.nodes}
    for (node, port), source in sorted(sources.items()):
        inputs[node].append((port, source))
    operations = {node.id: node.operation for node in pattern.graph.nodes}
    reach = _reach(inputs)
    feeds: dict[str, set[str]] = {node: set() for node in reach}
    for (node, _), (name, _) in sources.items():
        if name:
            feeds[name].add(node)
    closed = gathering(feeds, {port.node for port in pattern.exits})
    found: dict[int, list[Form]] = {number: [] for number in pattern.fed}
    for number, ways in found.items():
        ends = (node for node in inputs if reach[node] == {number} and node in closed and len(feeds[node]) > 1)
        for last in islice(ends, _MOST):
            way = told({node: inputs[node] for node in _before(last, inputs)}, [(last, 0)], operations)
            if way:
                ways.append(way)
    return found


def _reach(inputs: Mapping[str, list[tuple[int, Source]]]) -> dict[str, frozenset[int]]:
    """Return the numbers of the tensors from outside that lead to each node, in the order of the flow."""
    reach: dict[str, frozenset[int]] = {}
    waiting = list(inputs)[::-1]
    while waiting:
        node = waiting[-1]
        before = [name for _, (name, _) in inputs[node] if name and name not in reach]
        if before and node not in reach:
            waiting += before
            continue
        waiting.pop()
        reach[node] = frozenset[int]().union(
            *[reach[name] if name else frozenset({number}) for _, (name, number) in inputs[node]]
        )
    return reach


def _before(last: str, inputs: Mapping[str, list[tuple[int, Source]]]) -> list[str]:
    """Return a node and all that leads to it."""
    found, waiting = dict[str, None](), [last]
    while waiting:
        node = waiting.pop()
        if node not in found:
            found[node] = None
            waiting += [name for _, (name, _) in inputs[node] if name]
    return list(found)


def alike(one: int, other: int, families: Sequence[Family], known: dict[int, Cores]) -> Alike | None:
    """Return how two families are alike but for what leads into them; what is `known` of each is found once."""
    for place in (one, other):
        if place not in known:
            known[place] = cores(families[place].patterns[0])
        if not known[place]:
            return None
    return matched(known[one], known[other])


def with_lead_ins(base: Family, like: Family, how: Alike) -> Family:
    """Return both families as one, which are alike but for what leads into them."""
    where = {node: number for number, node in enumerate(like.parts[0])}
    order = [where[how.nodes[node]] if node is not None and node in how.nodes else None for node in base.parts[0]]
    mine = {node.id: node for node in base.patterns[0].graph.nodes}
    beside = [
        ([mine[node] for node in way], [where[node] for node in led], is_same) for way, led, is_same in how.lead_ins
    ]

    def led_in(pattern: Pattern, part: Sequence[str | None]) -> tuple[LeadIn, ...]:
        nodes = {node.id: node for node in pattern.graph.nodes}
        return tuple(
            [
                LeadIn(drawn=tuple(way), nodes=tuple([nodes[part[at] or ""] for at in led]), is_same=is_same)
                for way, led, is_same in beside
            ]
        )

    return Family(
        patterns=(*base.patterns, *like.patterns),
        blocks=(*base.blocks, *like.blocks),
        parts=(*base.parts, *(tuple([None if at is None else part[at] for at in order]) for part in like.parts)),
        shortcuts=(*base.shortcuts, *like.shortcuts),
        lead_ins=(*base.lead_ins, *map(led_in, like.patterns, like.parts)),
    )
