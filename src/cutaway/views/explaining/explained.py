"""One explanation: its words, and its drawing in any room."""

from collections.abc import Mapping, Sequence
from math import inf

from cutaway.layered.problem import Layout
from cutaway.record import field, record, replace
from cutaway.scene import Group, Mark
from cutaway.views.block_glyphs import GlyphMaker
from cutaway.views.composition import Composition, arranged, drawn, problem
from cutaway.views.explaining.boxes import boxes, phrases, title
from cutaway.views.explaining.letters import Letters
from cutaway.views.explaining.plan import Plan
from cutaway.views.parts.box import Glyph

_VALUES = 6
"""Values of a letter that are told one by one."""
_NAMES = 3


@record(eq=False)
class Explained:
    """What explains folded blocks: a title, a drawing and sentences; `blocks` are the ids of all that it explains.

    `layouts` remembers the drawing by the room it was made for.
    """

    title: str
    sentences: tuple[str, ...]
    composition: Composition
    stubs: frozenset[str]
    blocks: tuple[str, ...]
    layouts: dict[float, Layout] = field(default_factory=dict)

    def fitting(self, room: float) -> Layout:
        """Return the drawing in one row, or in as few rows as are at most `room` points wide, or else in a column."""
        if self._whole().size.width <= room:
            return self._whole()
        if room not in self.layouts:
            self.layouts[room] = _wrapped(self.composition, self._whole(), room)
        return self.layouts[room]

    def marks(self, layout: Layout) -> tuple[Mark, ...]:
        """Draw a layout from the origin on, without the stubs."""
        groups = [mark for mark in drawn(self.composition, layout) if isinstance(mark, Group)]
        return tuple([mark for mark in groups if mark.ref not in self.stubs])

    def _whole(self) -> Layout:
        if inf not in self.layouts:
            self.layouts[inf] = arranged(self.composition)
        return self.layouts[inf]


def _wrapped(composition: Composition, whole: Layout, room: float) -> Layout:
    """Return a layout in rows, or where its boxes cannot be parted, in a column if that is less wide."""
    from cutaway.layered.wrap import Wrapping

    wrapping = Wrapping(problem(composition), whole)
    cuts = wrapping.most(room)
    if cuts is not None:
        return wrapping.wrapped(wrapping.evened(len(cuts) + 1) or cuts)
    column = arranged(replace(composition, direction="down"))
    return min((column, whole), key=lambda layout: layout.size.width)


def explained(plans: Sequence[Plan], maker: GlyphMaker, glyphs: Mapping[str, Glyph]) -> tuple[Explained, ...]:
    """Return the explanations; `maker` makes the boxes of the figure, and `glyphs` are those of its blocks."""
    return tuple([_explained(plan, maker, glyphs) for plan in plans])


def _explained(plan: Plan, maker: GlyphMaker, glyphs: Mapping[str, Glyph]) -> Explained:
    letters = Letters()
    made = boxes(plan, maker, letters)
    composition = Composition(graph=plan.graph, theme=maker.theme, direction="right", glyphs=made)
    heading = _heading(plan, glyphs, letters)
    return Explained(
        title=heading,
        sentences=tuple(_sentences(letters)),
        composition=composition,
        stubs=plan.stubs,
        blocks=tuple([block for same in plan.blocks for block in same]),
    )


def _heading(plan: Plan, glyphs: Mapping[str, Glyph], letters: Letters) -> str:
    """Return what the blocks are called in the figure, and from what to what they lead."""
    told = [[glyphs[block] for block in same if block in glyphs] for same in plan.blocks]
    heads = list(dict.fromkeys(title(glyph) for same in told for glyph in same)) or list(plan.names)
    head = ", ".join(heads if len(heads) <= _NAMES else (heads[0], "…", heads[-1]))
    if not all(told):
        return head
    said = letters.phrases([phrases(same[0]) for same in told])
    leads = next((phrase for phrase in said if "→" in phrase and not phrase.startswith("(")), "")
    return f"{head} {leads}".rstrip()


def _sentences(letters: Letters) -> list[str]:
    found = []
    for values, letter in letters.values.items():
        kept = list(dict.fromkeys(values))
        listed = ", ".join(kept) if len(kept) <= _VALUES else f"{kept[0]}, {kept[1]}, …, {kept[-1]}"
        found.append(f"{letter} = {listed}")
    if letters.is_partial:
        found.append("in parentheses: not in all of them")
    return found
