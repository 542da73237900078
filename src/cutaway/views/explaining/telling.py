"""What explained blocks are called, so that a reader finds the box in the figure that a drawing explains."""

from collections.abc import Mapping, Sequence

from cutaway.record import Record
from cutaway.views.explaining.boxes import phrases, title
from cutaway.views.explaining.letters import Letters
from cutaway.views.explaining.plan import Plan
from cutaway.views.parts.box import Glyph

_NAMES = 3
_LEADS = "→"


class Said(Record):
    """What the boxes of explained blocks say in the figure: titles, phrases and counts, block by block.

    `by_member` are the phrases that all blocks of one pattern say, pattern by pattern; empty where there are no boxes.
    """

    titles: tuple[str, ...]
    blocks: tuple[tuple[tuple[str, ...], str], ...]
    by_member: tuple[tuple[str, ...], ...]


def said(plan: Plan, glyphs: Mapping[str, Glyph]) -> Said:
    """Return what the boxes of the blocks of a plan say, by the ids of the blocks."""
    told = [[glyphs[block] for block in member.blocks if block in glyphs] for member in plan.members]
    by_member = []
    for same in told if all(told) else ():
        shared = set.intersection(*(set(phrases(glyph)) for glyph in same))
        by_member.append(tuple([phrase for phrase in phrases(same[0]) if phrase in shared]))
    drawn = [glyph for same in told for glyph in same]
    return Said(
        titles=tuple(dict.fromkeys([title(glyph) for glyph in drawn])) or plan.called,
        blocks=tuple([(tuple(phrases(glyph)), glyph.count) for glyph in drawn]),
        by_member=tuple(by_member),
    )


def heading(told: Said, letters: Letters) -> str:
    """Return what the blocks are called, and from what to what they lead."""
    heads = told.titles
    head = ", ".join(heads if len(heads) <= _NAMES else (heads[0], "…", heads[-1]))
    leads = [next((phrase for phrase in each if _LEADS in phrase), None) for each in told.by_member]
    return f"{head} {letters.text(leads) or ''}".rstrip() if leads and all(leads) else head


def apart(told: Said, others: Sequence[Said]) -> str:
    """Return what tells blocks from others that are called the same; nothing where their boxes do not tell."""
    foreign = {phrase for other in others for block, _ in other.blocks for phrase in block}
    own = [next((phrase for phrase in block if phrase not in foreign), None) for block, _ in told.blocks]
    found = list(dict.fromkeys([phrase for phrase in own if phrase is not None]))
    if None not in own and 0 < len(found) <= _NAMES:
        return ", ".join(found)
    counts = {count for _, count in told.blocks}
    if len(counts) == 1 and not any(count in counts for other in others for _, count in other.blocks):
        return counts.pop()
    return ""
