"""What is said of folded blocks: their names, how many there are, whose weights they have, what leads in them.

In one figure blocks of two patterns never go by the same words.
"""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from cutaway.analysis.fold import Block, Pattern
from cutaway.analysis.fold.recognition import Alike, Called, called
from cutaway.analysis.fold.trail import is_attention
from cutaway.analysis.reduction import Reduction
from cutaway.graph import Kind, Node
from cutaway.record import Record, replace
from cutaway.theme.folded import FOLDED
from cutaway.views.parts.legend import LegendEntry
from cutaway.views.wording import describe, in_short

_ASIDE = frozenset({Kind.RESHAPE, Kind.REGULARIZATION, Kind.ACTIVATION, Kind.NORMALIZATION, Kind.MERGE})
_LEADING = (Kind.ATTENTION, Kind.RECURRENT, Kind.CONVOLUTION)
"""Kinds of which one layer makes a block what it is; dense layers beside a convolution only mix its channels."""
_WORKING = frozenset(
    {Kind.CONVOLUTION, Kind.DENSE, Kind.POOLING, Kind.UPSAMPLING, Kind.EMBEDDING, Kind.INPUT, Kind.PREPROCESSING}
)


def block_names(reduction: Reduction) -> dict[str, Called]:
    """Return what folded blocks are called, by their ids; those alike are told by what differs in them, or numbered."""
    blocks, patterns = reduction.blocks, reduction.patterns
    alike = Alike(reduction.graph, blocks.values())
    drawn = {node.id: node for node in reduction.graph.nodes}
    found = {
        identity: _widened(called(block, pattern, alike, in_short), drawn.get(identity), pattern)
        for identity, block in blocks.items()
        for pattern in (patterns[block.pattern],)
    }
    known: dict[tuple[int, Called], Called] = {}
    for name in dict.fromkeys(found.values()):
        same = list(dict.fromkeys(blocks[identity].pattern for identity, other in found.items() if other == name))
        if len(same) > 1:
            apart = _apart(name, [patterns[each] for each in same])
            known |= {(each, name): words for each, words in zip(same, apart, strict=True)}
    return {identity: known.get((blocks[identity].pattern, name), name) for identity, name in found.items()}


def _widened(name: Called, node: Node | None, pattern: Pattern) -> Called:
    """Say from what to what the channels go of a block, or a row of them, that widens; nothing of an open one."""
    if any(each.attributes.get("data_format") == "channels_first" for each in pattern.graph.nodes):
        return name
    if not name.widens or node is None or len(node.inputs) != 1 or len(node.outputs) != 1:
        return name
    before, after = (port.tensor.shape for port in (node.inputs[0], node.outputs[0]))
    if not before or not after or not isinstance(before[-1], int) or not isinstance(after[-1], int):
        return name
    return replace(name, details=(f"{before[-1]} → {after[-1]}", *name.details))


def _apart(name: Called, patterns: Sequence[Pattern]) -> Iterator[Called]:
    """Say more of several patterns that go by one name."""
    said = [dict.fromkeys(_said(pattern)) for pattern in patterns]
    times = Counter(text for texts in said for text in texts)
    own = [next((text for text in texts if times[text] == 1), "") for texts in said]
    is_told = own.count("") < 2 and not any(own.count(text) > 1 for text in own)
    for number, text in enumerate(own, 1):
        if not is_told:
            yield replace(name, title=f"{name.title} ({number})")
        else:
            yield replace(name, details=(*name.details, f"with {text}")) if text else name


def _said(pattern: Pattern) -> Iterator[str]:
    """Put each layer of a pattern into words, those first that work on the data, in the order of the flow."""
    for node in sorted(pattern.graph.nodes, key=lambda node: node.kind in _ASIDE):
        wording = describe(node)
        yield " ".join((wording.title, ", ".join(wording.details))).strip()


def leading_role(pattern: Pattern) -> str:
    """Return the role of a folded block: that of the kind that leads in it, lighter."""
    nodes = pattern.graph.nodes
    kinds = Counter(Kind.ATTENTION if is_attention(node) else node.kind for node in nodes)
    leading = next((kind for kind in _LEADING if kinds[kind]), None)
    if leading is None:
        working = {kind: count for kind, count in kinds.items() if kind in _WORKING} or kinds
        leading = max(working, key=lambda kind: working[kind], default=Kind.OTHER)
    return f"{leading}{FOLDED}"


def pill_text(block: Block) -> str:
    """Say in a pill how many blocks there are; nothing for a single one."""
    if block.count == 1:
        return ""
    return f"{block.count} calls" if block.sharing == "same weights" else f"× {block.count}"


def said_of_count(block: Block) -> tuple[str, ...]:
    """Say what a count alone would not: that weights are shared, or that blocks stand side by side."""
    if block.count == 1:
        return ()
    shared = block.sharing in {"same weights", "some weights shared"}
    return (*((block.sharing,) if shared else ()), *(("side by side",) if block.side_by_side else ()))


class BlockWords(Record):
    """What is said of one folded block, worked out once for all sizes of a figure.

    `lines` stand below its `title`, `count` in its pill; `caption` is that of its region where it is open; `more` is
    said on hovering. `role` is that of its box.
    """

    title: str
    lines: tuple[str, ...]
    count: str
    role: str
    caption: str
    more: str


def block_words(block: Block, pattern: Pattern, name: Called) -> BlockWords:
    """Put a folded block of this name into words."""
    remarks = said_of_count(block)
    layers = len(block.instances[0])
    each = f"{layers} {'layer' if layers == 1 else 'layers'}"
    caption = [name.title]
    if block.is_open and any(in_short(node) == name.title for node in pattern.graph.nodes):  # a box inside says it
        caption = [each] if layers > 1 else []  # what is one layer says so by its box
    told = f"{block.id} ({', '.join((name.title, *name.details))})"
    return BlockWords(
        title=name.title,
        lines=(*name.details, *remarks),
        count=pill_text(block),
        role=leading_role(pattern),
        caption=", ".join((*caption, *remarks)),
        more=f"{told}: {each}" if block.count == 1 else f"{told}, {block.label}: {each} each, {block.sharing}",
    )


def in_full(phrase: str) -> str:
    """Write what the box of a block says so that it is understood where there is no box."""
    if phrase.startswith("/") and phrase[1:].isdecimal():
        return f"stride {phrase[1:]}"
    return "projected skip" if phrase == "projection" else phrase


def enumerated(phrases: Sequence[str]) -> str:
    """Say several phrases, the word that begins them all once: `width 128, 160`."""
    firsts = {phrase.partition(" ")[0] for phrase in phrases}
    if len(phrases) < 2 or len(firsts) > 1 or not all(" " in phrase for phrase in phrases):
        return ", ".join(phrases)
    return ", ".join([phrases[0], *[phrase.partition(" ")[2] for phrase in phrases[1:]]])


def block_entries(
    blocks: Mapping[str, Block], words: Mapping[str, BlockWords], roles: Mapping[str, str]
) -> list[LegendEntry]:
    """Explain the looks of folded blocks; `roles` are those of the boxes in the figure, each with the shade to show."""
    shown = [shade for role, shade in roles.items() if FOLDED in role]
    told = [block for block in blocks.values() if not (block.is_open and shown)]
    several = frozenset(block.sharing for block in told if block.count > 1)
    several = several or frozenset(block.sharing for block in blocks.values() if block.count > 1)
    if not shown:
        opened = frozenset(block.sharing for block in told if block.count > 1 and block.is_open)
        return [LegendEntry(words=_meaning("region", opened), role="region")] if opened else []
    commonest = Counter(words[block.id].role for block in told for _ in block.instances)
    role = next((roles[role] for role, _ in commonest.most_common() if role in roles), shown[0])
    return [LegendEntry(words=_meaning("folded block", several), role=role)]


def count_notes(blocks: Mapping[str, Block], roles: Collection[str]) -> Iterator[str]:
    """Give the sentence about counts where stacks have no look of their own that an entry could explain."""
    several = frozenset(block.sharing for block in blocks.values() if block.count > 1 and not block.is_open)
    if several and not any(FOLDED in role for role in roles):
        yield f"{_meaning('Stack', several)}."


def _meaning(what: str, several: frozenset[str]) -> str:
    """Say what the counts of blocks mean that share weights in these ways."""
    if not several:
        return what
    if several == {"same weights"}:
        return f"{what}, n calls: one block called n times, with the same weights"
    if several == {"own weights"}:
        return f"{what}, × n: n blocks with their own weights"
    if several <= {"own weights", "same weights"}:
        return f"{what}, × n: n blocks with their own weights; n calls: the same weights"
    return f"{what}, × n: n blocks of equal structure"
