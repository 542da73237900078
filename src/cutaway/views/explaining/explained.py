"""One explanation: its words, and its drawing in any room."""

from collections.abc import Collection, Mapping, Sequence
from itertools import zip_longest
from math import inf

from cutaway.layered.problem import Layout
from cutaway.record import field, record, replace
from cutaway.scene import Group, Mark
from cutaway.views.block_glyphs import GlyphMaker
from cutaway.views.composition import Composition, arranged, drawn, problem
from cutaway.views.explaining.boxes import boxes, in_words, phrases, title
from cutaway.views.explaining.letters import Letters
from cutaway.views.explaining.plan import Plan
from cutaway.views.parts.box import Glyph

_VALUES = 6
"""Values of a letter that are told one by one."""
_NAMES = 3
_LEADS = "→"


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
    composition = Composition(
        graph=plan.graph, theme=maker.theme, direction="right", glyphs=boxes(plan, maker, letters), titles=_titles(plan)
    )
    heading, said = _heading(plan, glyphs, letters)
    return Explained(
        title=heading,
        sentences=tuple([*_on_shortcuts(plan, maker, letters, said), *_values(letters), *_parts(letters, said)]),
        composition=composition,
        stubs=plan.stubs,
        blocks=plan.blocks,
    )


def _titles(plan: Plan) -> dict[str, str]:
    """Say on hovering which layers a box stands for."""
    return {name: ", ".join(member.nodes[place].id for member in plan.members) for place, name in enumerate(plan.names)}


def _heading(plan: Plan, glyphs: Mapping[str, Glyph], letters: Letters) -> tuple[str, list[list[str]]]:
    """Return what the blocks are called in the figure, from what to what they lead, and what their boxes say."""
    told = [[glyphs[block] for block in member.blocks if block in glyphs] for member in plan.members]
    heads = list(dict.fromkeys(title(glyph) for same in told for glyph in same)) or list(plan.called)
    head = ", ".join(heads if len(heads) <= _NAMES else (heads[0], "…", heads[-1]))
    if not all(told):
        return head, []
    said = [phrases(same[0]) for same in told]
    leads = [next((phrase for phrase in each if _LEADS in phrase), None) for each in said]
    return f"{head} {letters.text(leads) or ''}".rstrip() if all(leads) else head, said


def _on_shortcuts(plan: Plan, maker: GlyphMaker, letters: Letters, said: Sequence[Sequence[str]]) -> list[str]:
    """Say what lies on a shortcut, and where."""
    having = [place for place, member in enumerate(plan.members) if member.shortcut]
    if not having:
        return []
    nodes = zip_longest(*(member.shortcut for member in plan.members))
    words = " → ".join(in_words(likes, maker, letters) for likes in nodes)
    return [f"skip: identity, or {words}{_where(having, said)}"]


def _where(places: Collection[int], said: Sequence[Sequence[str]]) -> str:
    """Say which of the likes are meant, by what only their boxes in the figure say."""
    if not said:
        return ""
    mine = set.intersection(*(set(said[place]) for place in places))
    others = {phrase for place, each in enumerate(said) if place not in places for phrase in each}
    telling = [phrase for phrase in said[min(places)] if phrase in mine - others]
    return f" where the box says {telling[0]}" if telling else " in some"


def _values(letters: Letters) -> list[str]:
    found = []
    for letter, values in letters.values.items():
        kept = list(dict.fromkeys([value for value in values if value is not None]))
        listed = ", ".join(kept if len(kept) <= _VALUES else (kept[0], kept[1], "…", kept[-1]))
        found.append(f"{letter} = {listed}")
    return found


def _parts(letters: Letters, said: Sequence[Sequence[str]]) -> list[str]:
    return [f"({text}):{_where(places, said) or ' in some'}" for text, places in letters.partial.items()]
