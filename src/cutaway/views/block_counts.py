"""What is said of a folded block beside its name: how many there are, whose weights they have, what leads in them."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping
from typing import Final

from cutaway.analysis.fold import Block, Pattern, Sharing
from cutaway.analysis.fold.called import Called
from cutaway.analysis.fold.trail import is_attention
from cutaway.graph import Kind
from cutaway.record import Record
from cutaway.theme.folded import FOLDED
from cutaway.views.parts.legend import LegendEntry
from cutaway.views.wording import describe

_LEADING: Final = (Kind.ATTENTION, Kind.RECURRENT, Kind.CONVOLUTION)
"""Kinds of which one layer makes a block what it is; dense layers beside a convolution only mix its channels."""
_WORKING: Final = frozenset(
    {Kind.CONVOLUTION, Kind.DENSE, Kind.POOLING, Kind.UPSAMPLING, Kind.EMBEDDING, Kind.INPUT, Kind.PREPROCESSING}
)


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
    return f"{block.count} calls" if block.sharing is Sharing.SAME else f"× {block.count}"


def said_of_count(block: Block) -> tuple[str, ...]:
    """Say what a count alone would not: that weights are shared, or that blocks stand side by side."""
    if block.count == 1:
        return ()
    shared = {Sharing.SAME: ("same weights",), Sharing.PARTLY: ("some weights shared",)}.get(block.sharing, ())
    return (*shared, *(("side by side",) if block.side_by_side else ()))


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
    is_repeated = any(describe(node).title == name.title for node in pattern.graph.nodes)  # a box inside says it too
    told = f"{block.id} ({', '.join((name.title, *name.details))})"
    return BlockWords(
        title=name.title,
        lines=(*name.details, *remarks),
        count=pill_text(block),
        role=leading_role(pattern),
        caption=", ".join((each if is_repeated else name.title, *remarks)),
        more=f"{told}: {each}" if block.count == 1 else f"{told}, {block.label}: {each} each, {block.sharing}",
    )


def block_entries(
    blocks: Mapping[str, Block], words: Mapping[str, BlockWords], roles: Mapping[str, str]
) -> list[LegendEntry]:
    """Explain the looks of folded blocks; `roles` are those of the boxes in the figure, each with the shade to show."""
    shown = [shade for role, shade in roles.items() if FOLDED in role]
    told = [block for block in blocks.values() if not (block.is_open and shown)]
    several = frozenset(block.sharing for block in told if block.count > 1)
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


def _meaning(what: str, several: frozenset[Sharing]) -> str:
    """Say what the counts of blocks mean that share weights in these ways."""
    if not several:
        return what
    if several == {Sharing.SAME}:
        return f"{what}, n calls: one block called n times, with the same weights"
    if several == {Sharing.OWN}:
        return f"{what}, × n: n blocks with their own weights"
    if several <= {Sharing.OWN, Sharing.SAME}:
        return f"{what}, × n: n blocks with their own weights; n calls: the same weights"
    return f"{what}, × n: n blocks of equal structure"
