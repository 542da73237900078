"""One explanation: its words, and its drawing in any room."""

from collections.abc import Collection, Mapping, Sequence
from itertools import zip_longest

from cutaway.geometry import Size
from cutaway.layered.problem import Layout
from cutaway.record import record, replace
from cutaway.scene import Group, Mark
from cutaway.theme import Theme
from cutaway.views.block_glyphs import GlyphMaker, evened
from cutaway.views.composition import Composition, arranged, drawn, problem
from cutaway.views.explaining.boxes import boxes, in_words, phrases, stubs, title
from cutaway.views.explaining.condensed import chain_glyph, condensed
from cutaway.views.explaining.condensed import compact as smaller
from cutaway.views.explaining.letters import Letters
from cutaway.views.explaining.plan import Plan
from cutaway.views.parts.box import Glyph
from cutaway.views.parts.room import roomy

_VALUES = 6
"""Values of a letter that are told one by one."""
_NAMES = 3
_LEADS = "→"
_LIMIT = 10.6
"""The widest line in a box, in em."""
_BARE = 2
"""How dense the drawings are of which boxes of several layers say no more than what these are."""


@record(eq=False)
class Drawing:
    """A layout with what is laid out."""

    composition: Composition
    layout: Layout
    stubs: frozenset[str]

    @property
    def size(self) -> Size:
        """How large it is."""
        return self.layout.size

    @property
    def line(self) -> float:
        """How far below its top the line runs that enters it."""
        first = next((node.id for node in self.composition.graph.nodes if node.id in self.stubs), None)
        return self.layout.boxes[first].center.y if first else self.size.height / 2

    def marks(self) -> tuple[Mark, ...]:
        """Return the marks, from the origin on, without the stubs."""
        groups = [mark for mark in drawn(self.composition, self.layout) if isinstance(mark, Group)]
        return tuple([mark for mark in groups if mark.ref not in self.stubs])


class Explained:
    """What explains folded blocks: a title, sentences, and a drawing in any room.

    `blocks` are the ids of all that it explains, `glyphs` those of its boxes. Drawings are made when they are asked
    for, and once.
    """

    def __init__(self, plan: Plan, maker: GlyphMaker, glyphs: Mapping[str, Glyph]) -> None:
        self._plan = plan
        self._makers = {False: replace(maker, limit=_LIMIT * maker.theme.sizes.detail)}
        self._rows: dict[tuple[int, bool], Drawing] = {}
        self._fitting: dict[tuple[float, bool, bool], Drawing] = {}
        letters = Letters()
        self.blocks = plan.blocks
        self.glyphs = boxes(plan, self._makers[False], letters)
        self.title, said = _heading(plan, glyphs, letters)
        self.sentences = (*_on_shortcuts(plan, maker, letters, said), *_parts(letters, said))
        self.values = tuple(_values(letters))

    def theme(self, *, compact: bool) -> Theme:
        """Return the look of the drawing, which is in smaller type where it is to be compact."""
        return self._maker(compact=compact).theme

    def fitting(self, room: float, *, compact: bool = False, dense: bool = False) -> Drawing:
        """Return the drawing at most `room` points wide, if that can be.

        It is in one row where it fits there, with several layers in a box if need be, or where it is to be `dense`;
        else in several rows, or a column.
        """
        key = room, compact, dense
        if key not in self._fitting:
            self._fitting[key] = self._made(room, compact=compact, least=int(dense))
        return self._fitting[key]

    def _made(self, room: float, *, compact: bool, least: int) -> Drawing:
        rows = list[Drawing]()
        for density in range(least, _BARE + 1):
            rows.append(self._row(density, compact=compact))
            if rows[-1].size.width <= room:
                return rows[-1]
        wrapped = [found for row in rows if (found := _wrapped(row, room))]
        if wrapped:
            return min(wrapped, key=lambda drawing: drawing.size.height)
        return min([*rows, *map(_column, rows)], key=lambda drawing: drawing.size.width)

    def _row(self, density: int, *, compact: bool) -> Drawing:
        """Return the drawing in one row, as wide as it wants to be."""
        if (density, compact) not in self._rows:
            plan, maker = self._plan, self._maker(compact=compact)
            glyphs, graph, titles = boxes(plan, maker, Letters()), plan.graph, _titles(plan)
            if density:
                found = condensed(graph, glyphs, plan.stubs)
                graph = found.graph
                for first, chain in found.chains.items():
                    held = [glyphs[node] for node in chain]
                    glyphs[first] = chain_glyph(held, maker.theme, is_bare=density == _BARE)
                    titles[first] = "; ".join(titles[node] for node in chain)
            sized = roomy(evened(glyphs, "right"), graph, "right", maker.theme)
            composition = Composition(
                graph=graph, theme=maker.theme, direction="right", glyphs=sized | stubs(plan), titles=titles
            )
            self._rows[density, compact] = Drawing(
                composition=composition, layout=arranged(composition), stubs=plan.stubs
            )
        return self._rows[density, compact]

    def _maker(self, *, compact: bool) -> GlyphMaker:
        if compact not in self._makers:
            maker = self._makers[False]
            theme = smaller(maker.theme)
            self._makers[True] = replace(maker, theme=theme, limit=_LIMIT * theme.sizes.detail)
        return self._makers[compact]


def _wrapped(whole: Drawing, room: float) -> Drawing | None:
    """Return a drawing in rows; None where its boxes cannot be parted so."""
    from cutaway.layered.wrap import Wrapping

    wrapping = Wrapping(problem(whole.composition), whole.layout)
    cuts = wrapping.most(room)
    if cuts is None:
        return None
    evenly = wrapping.evened(len(cuts) + 1)
    if evenly is not None and wrapping.extent(evenly).height <= room:
        cuts = evenly
    return replace(whole, layout=wrapping.wrapped(cuts))


def _column(whole: Drawing) -> Drawing:
    composition = replace(whole.composition, direction="down")
    return replace(whole, composition=composition, layout=arranged(composition))


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
