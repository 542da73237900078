"""Blocks in blocks: what is explained by a drawing of its own is one box in the drawings of what holds it."""

from collections.abc import Hashable, Iterator, Mapping, Sequence
from itertools import accumulate
from zlib import crc32

from cutaway.analysis.fold import Block, Pattern
from cutaway.analysis.fold.segments import Cutting, part, segments
from cutaway.analysis.fold.sketch import Called
from cutaway.analysis.fold.structure import structure
from cutaway.graph import Edge, Node, Port, PortRef
from cutaway.record import Record, replace
from cutaway.views.block_names import BlockWords, block_words
from cutaway.views.explaining.families import Family, Form, form

_LEAST = 3
"""Nodes of a block that is drawn as a box."""
_SEVERAL = 2
"""Blocks in a block; what holds one only is of the same kind, such as a block that expands before it."""


class Inner(Record):
    """A block in a block: the box it is, the id of that around it, what it holds, and one in the figure like it."""

    block: Block
    around: str
    pattern: Pattern
    like: Block


class Nested(Record):
    """Families, what lies in several closed, with the blocks that are closed so by their ids."""

    families: tuple[Family, ...]
    inner: Mapping[str, Inner]


class _Found(Record):
    """Nodes of one family's first pattern that are what another family is; in the order of its form."""

    family: int
    nodes: tuple[str, ...]


def nested(families: Sequence[Family]) -> Nested:
    """Close in each family what another explains; the blocks that are closed so are further ones of that other."""
    forms = [form(family.patterns[0]) for family in families]
    made, inner = list(families), dict[str, Inner]()
    for place in sorted(range(len(families)), key=lambda place: -len(families[place].parts[0])):  # those around first
        family = made[place]
        if any(family.shortcuts) or any(family.lead_ins):
            continue
        size = len(family.parts[0])
        smaller = {
            each.told: number
            for number, each in enumerate(forms)
            if each and number != place and _LEAST <= len(each.nodes) < size
        }
        found = list(_found(family.patterns[0], smaller, families)) if smaller else []
        for number in range(len(family.patterns) if len(found) >= _SEVERAL else 0):
            closed, blocks = _closed(family, number, found, families)
            made[place] = _replaced(made[place], number, *closed)
            inner.update({one.block.id: one for one in blocks})
            for one, each in zip(blocks, found, strict=True):
                equal = forms[each.family], form(one.pattern)
                made[each.family] = _with_inner(made[each.family], one, equal)
    return Nested(families=tuple(made), inner=inner)


def inner_words(inner: Inner, like: BlockWords | None) -> BlockWords:
    """Say of a block in a block what the figure says of its `like`, with its own numbers."""
    own = structure(inner.pattern)
    title = like.title if like else inner.like.name
    return block_words(inner.block, inner.pattern, Called(title, own.details if own else ()))


def _found(pattern: Pattern, smaller: Mapping[Hashable, int], families: Sequence[Family]) -> Iterator[_Found]:
    """Yield what lies in a pattern, as long as may be, in the order of the flow."""
    pieces = [piece.graph.nodes for piece in segments(pattern)]
    ends = list(accumulate(map(len, pieces), initial=0))
    mixes = list(accumulate(map(_mix, pieces), initial=0))
    cuts = {end: place for place, end in enumerate(ends)}
    likes = [families[number].patterns[0].graph.nodes for number in smaller.values()]
    wanted = sorted({(len(nodes), _mix(nodes)) for nodes in likes}, reverse=True)
    cutting, done = Cutting(pattern), 0
    for start, begin in enumerate(ends):
        for size, mix in wanted if begin >= done else ():
            stop = cuts.get(begin + size)
            if stop is None or mixes[stop] - mixes[start] != mix:
                continue
            held = cutting.part([node.id for piece in pieces[start:stop] for node in piece])
            said = form(held) if len(held.exits) == 1 else None
            if said and said.told in smaller:
                yield _Found(family=smaller[said.told], nodes=said.nodes)
                done = begin + size
                break


def _mix(nodes: Sequence[Node]) -> int:
    """Return a number that is the same for nodes of the same operations, and hardly ever for others."""
    return sum(crc32(node.operation.encode()) for node in nodes)


def _closed(
    family: Family, number: int, found: Sequence[_Found], families: Sequence[Family]
) -> tuple[tuple[Pattern, tuple[str | None, ...]], list[Inner]]:
    """Return a pattern of a family with blocks in it closed, its nodes in order, and the blocks."""
    pattern, block = family.patterns[number], family.blocks[number][0]
    equal = dict(zip(family.parts[0], family.parts[number], strict=True))
    inside, blocks = dict[str, str](), list[Inner]()
    for place, each in enumerate(found, 1):
        identity = f"{block.id} · {place}"  # blocks of one name are told apart by numbers in parentheses
        nodes = tuple([equal[node] or "" for node in each.nodes])
        like = families[each.family].blocks[0][0]
        held = set(nodes)
        within = [node.id for node in pattern.graph.nodes if node.id in held]
        one = Block(id=identity, name=like.name, instances=(nodes,), pattern=like.pattern)
        blocks.append(Inner(block=one, around=block.id, pattern=part(pattern, within), like=like))
        inside.update(dict.fromkeys(nodes, identity))
    order = tuple(dict.fromkeys([inside.get(node or "", node) for node in family.parts[number]]))
    return (_with_boxes(pattern, inside), order), blocks


def _with_boxes(pattern: Pattern, inside: Mapping[str, str]) -> Pattern:
    """Return a pattern in which nodes are `inside` boxes: of each one tensor leaves, and each enters it once."""
    nodes = {
        identity: Node(id=identity, name="", op="Block", outputs=(Port(name="output"),)) if node.id in inside else node
        for node in pattern.graph.nodes
        for identity in (inside.get(node.id, node.id),)
    }
    ports: dict[str, dict[tuple[str, int], int]] = {}

    def port(target: PortRef, source: tuple[str, int]) -> PortRef:
        box = inside.get(target.node)
        if box is None:
            return target
        known = ports.setdefault(box, {})
        return PortRef(box, known.setdefault(source, len(known)))

    edges: dict[Edge, None] = {}
    for edge in pattern.graph.edges:
        box = inside.get(edge.source)
        if box is not None and inside.get(edge.target) == box:
            continue
        source = (edge.source, edge.source_port) if box is None else (box, 0)
        target = port(PortRef(edge.target, edge.target_port), source)
        edges[Edge(source=source[0], source_port=source[1], target=target.node, target_port=target.port)] = None
    entering = {port(entry, ("", number)): number for entry, number in zip(pattern.entries, pattern.fed, strict=True)}
    exits = [PortRef(inside[each.node], 0) if each.node in inside else each for each in pattern.exits]
    return replace(
        pattern,
        graph=replace(pattern.graph, nodes=tuple(nodes.values()), edges=tuple(edges), scopes=()),
        entries=tuple(entering),
        exits=tuple(dict.fromkeys(exits)),
        fed=tuple(entering.values()),
    )


def _replaced(family: Family, number: int, pattern: Pattern, part: tuple[str | None, ...]) -> Family:
    """Return a family with another pattern in place of one of its own."""
    patterns, parts = list(family.patterns), list(family.parts)
    patterns[number], parts[number] = pattern, part
    return replace(family, patterns=tuple(patterns), parts=tuple(parts))


def _with_inner(family: Family, inner: Inner, forms: tuple[Form | None, Form | None]) -> Family:
    """Return a family with a further block, which lies in another."""
    mine, theirs = forms
    if mine is None or theirs is None:
        return family
    equal = dict(zip(mine.nodes, theirs.nodes, strict=True))
    return replace(
        family,
        patterns=(*family.patterns, inner.pattern),
        blocks=(*family.blocks, (inner.block,)),
        parts=(*family.parts, tuple([equal[node or ""] for node in family.parts[0]])),
        shortcuts=(*family.shortcuts, ()),
        lead_ins=(*family.lead_ins, ()),
    )
