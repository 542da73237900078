"""The drawing of a plan in any room: in one row, with several layers in a box if need be, or in several rows."""

from collections.abc import Mapping

from cutaway.geometry import Size
from cutaway.graph import Graph
from cutaway.layered.problem import Layout
from cutaway.record import Record, replace
from cutaway.scene import Group, Mark, Text
from cutaway.typed import TYPE_CHECKING
from cutaway.views.block_glyphs import GlyphMaker
from cutaway.views.composition import Composition, arranged, drawn, problem
from cutaway.views.explaining.boxes import Letters, boxes, stubs
from cutaway.views.explaining.plan import Plan
from cutaway.views.parts.box import Glyph
from cutaway.views.parts.lines import evened, roomy
from cutaway.views.parts.move import moved

if TYPE_CHECKING:
    from cutaway.layered.wrap import Wrapping

_LIMIT = 10.6
"""The widest line in a box, in em."""
_LONG = 20.0
"""The same where boxes are to be low."""
ALL, DENSE, BARE, TERSE = 0, 1, 2, 3
"""What boxes hold: a layer each, or what is a chain; of that only what the layers are and do, or less."""
_LOW = 2
"""What is added where boxes are bare or terse and to be low."""


class Drawing(Record, eq=False):
    """A layout with what is laid out; `left_out` says what boxes of several layers do not."""

    composition: Composition
    layout: Layout
    stubs: frozenset[str]
    density: int = ALL
    left_out: str = ""

    @property
    def size(self) -> Size:
        """How large it is."""
        return self.layout.size

    @property
    def line(self) -> float:
        """How far below its top the line runs that enters it."""
        first = next((node.id for node in self.composition.graph.nodes if node.id in self.stubs), None)
        return self.layout.boxes[first].center.y if first else self.size.height / 2

    @property
    def roles(self) -> frozenset[str]:
        """The roles of its boxes."""
        return frozenset([glyph.role for node, glyph in self.composition.glyphs.items() if node not in self.stubs])

    @property
    def words(self) -> str:
        """All that its boxes say."""
        return " ".join(line.text for glyph in self.composition.glyphs.values() for line in glyph.lines)

    def marks(self, x: float, y: float) -> tuple[Mark, ...]:
        """Return the marks, with the upper left corner at a place; of the stubs only the words."""
        groups = [mark for mark in drawn(self.composition, self.layout) if isinstance(mark, Group)]
        words = [mark for group in groups if group.ref in self.stubs for mark in group.marks if isinstance(mark, Text)]
        shown: list[Mark] = [
            *[group for group in groups if group.ref not in self.stubs],
            *[word for word in words if word.text],
        ]
        return tuple([moved(mark, x, y) for mark in shown])


class Drawings:
    """The drawings of one plan, each made when it is asked for, and once."""

    def __init__(self, plan: Plan, maker: GlyphMaker, letters: Letters) -> None:
        self._plan = plan
        self._letters = letters
        self._makers = {False: replace(maker, limit=_LIMIT * maker.theme.sizes.detail)}
        self._boxes: dict[bool, dict[str, Glyph]] = {}
        self._compositions: dict[tuple[int, bool], Composition] = {}
        self._left_out: dict[tuple[int, bool], str] = {}
        self._rows: dict[tuple[int, bool], Drawing] = {}
        self._columns: dict[tuple[int, bool], Drawing] = {}
        self._wrappings: dict[tuple[int, bool], Wrapping] = {}
        self._fitting: dict[tuple[float, bool, int], Drawing] = {}

    def glyphs(self, *, is_compact: bool = False) -> Mapping[str, Glyph]:
        """Return the box of each layer."""
        if is_compact not in self._boxes:
            self._boxes[is_compact] = boxes(self._plan, self.maker(is_compact=is_compact), self._letters)
        return self._boxes[is_compact]

    def maker(self, *, is_compact: bool = False) -> GlyphMaker:
        """Return what makes the boxes."""
        if is_compact not in self._makers:
            from cutaway.views.explaining.condensed import compact

            theme = compact(self._makers[False].theme)
            self._makers[True] = replace(self._makers[False], theme=theme, limit=_LIMIT * theme.sizes.detail)
        return self._makers[is_compact]

    def fitting(self, room: float, *, is_compact: bool = False, density: int = ALL) -> Drawing:
        """Return the drawing at most `room` points wide, if that can be.

        It is in one row where it fits there, as dense as need be, but bare only in smaller type. Else it is in several
        rows, or in a column.
        """
        key = room, is_compact, density
        if key not in self._fitting:
            self._fitting[key] = self._made(room, is_compact=is_compact, density=density)
        return self._fitting[key]

    def least_width(self, *, is_compact: bool = False) -> float:
        """Return what the drawing takes at least in one row, without laying it out."""
        return _least_width(self._composition(_densest(is_compact=is_compact), is_compact=is_compact))

    def in_a_row(self, room: float, *, is_compact: bool = False, density: int = ALL) -> Drawing | None:
        """Return the drawing in one row, if there is one at most `room` points wide."""
        for dense in range(density, max(density, _densest(is_compact=is_compact)) + 1):
            if _least_width(self._composition(dense, is_compact=is_compact)) <= room:
                row = self._row(dense, is_compact=is_compact)
                if row.size.width <= room:
                    return row
        return None

    def low(self, room: float, density: int) -> Drawing | None:
        """Return the lowest drawing in smaller type, bare or terse, if it is at most `room` points wide."""
        if _least_width(self._composition(density + _LOW, is_compact=True)) > room:
            return None
        row = self._row(density + _LOW, is_compact=True)
        return row if row.size.width <= room else None

    def _made(self, room: float, *, is_compact: bool, density: int) -> Drawing:
        row = self.in_a_row(room, is_compact=is_compact, density=density)
        if row is not None:
            return row
        key = max(density, _densest(is_compact=is_compact)), is_compact
        row = self._row(key[0], is_compact=is_compact)
        if key not in self._wrappings:
            from cutaway.layered.wrap import Wrapping

            self._wrappings[key] = Wrapping(problem(row.composition), row.layout)
        wrapped = _wrapped(row, self._wrappings[key], room)
        if wrapped is not None:
            return wrapped
        if key not in self._columns:
            self._columns[key] = _column(row)
        return min(row, self._columns[key], key=lambda drawing: drawing.size.width)

    def _row(self, density: int, *, is_compact: bool) -> Drawing:
        """Return the drawing in one row, as wide as it wants to be."""
        key = density, is_compact
        if key not in self._rows:
            composition = self._composition(density, is_compact=is_compact)
            layout = arranged(composition)
            self._rows[key] = Drawing(
                composition=composition,
                layout=layout,
                stubs=self._plan.stubs,
                density=min(density, BARE),
                left_out=self._left_out.get(key, ""),
            )
        return self._rows[key]

    def _composition(self, density: int, *, is_compact: bool) -> Composition:
        key = density, is_compact
        if key not in self._compositions:
            self._compositions[key] = self._composed(density, is_compact=is_compact)
        return self._compositions[key]

    def _composed(self, density: int, *, is_compact: bool) -> Composition:
        plan, maker = self._plan, self.maker(is_compact=is_compact)
        theme, limit = maker.theme, maker.limit
        glyphs, graph, titles = dict(self.glyphs(is_compact=is_compact)), plan.graph, plan.titles()
        if density > TERSE:
            limit *= _LONG / _LIMIT
        if density != ALL:
            from cutaway.views.explaining.condensed import bare, chain_glyph, condensed

            found = condensed(graph, glyphs, plan.stubs | plan.closed)
            graph = found.graph
            chained = [node for chain in found.chains.values() for node in chain] if density >= BARE else []
            told = bare(glyphs, chained, is_terse=density in {TERSE, TERSE + _LOW})
            self._left_out[density, is_compact] = told.sentence
            for first, chain in found.chains.items():
                texts = [told.texts[node] for node in chain if told.texts]
                glyphs[first] = chain_glyph([glyphs[node] for node in chain], theme, limit, texts)
                titles[first] = "; ".join(titles[node] for node in chain)
        shown = {node.id: glyphs[node.id] for node in graph.nodes if node.id in glyphs}
        sized = roomy(shown if density else evened(shown, "right"), graph, "right", theme)
        return Composition(
            graph=graph, theme=theme, direction="right", glyphs=sized | stubs(plan, theme), titles=titles
        )


def _densest(*, is_compact: bool) -> int:
    return BARE if is_compact else DENSE


def _wrapped(row: Drawing, wrapping: "Wrapping", room: float) -> Drawing | None:
    """Return a drawing in rows; None where its boxes cannot be parted so."""
    cuts = wrapping.most(room)
    if cuts is None:
        return None
    evenly = wrapping.evened(len(cuts) + 1)
    if evenly is not None and wrapping.extent(evenly).height <= room:
        cuts = evenly
    return replace(row, layout=wrapping.wrapped(cuts))


def _column(row: Drawing) -> Drawing:
    composition = replace(row.composition, direction="down")
    return replace(row, composition=composition, layout=arranged(composition))


def _least_width(composition: Composition) -> float:
    """Return what a row takes at least: the boxes of its longest path with the gaps in between."""
    gap = composition.theme.spacing.rank
    after, waits = _followers(composition.graph)
    reach = {node: glyph.size.width for node, glyph in composition.glyphs.items()}
    ready = [node for node, count in waits.items() if not count]
    while ready:
        node = ready.pop()
        for other in after.get(node, ()):
            reach[other] = max(reach[other], reach[node] + gap + composition.glyphs[other].size.width)
            waits[other] -= 1
            if not waits[other]:
                ready.append(other)
    return max(reach.values())


def _followers(graph: Graph) -> tuple[dict[str, list[str]], dict[str, int]]:
    """Return what follows each node, and how many edges lead to each."""
    after, waits = dict[str, list[str]](), dict.fromkeys([node.id for node in graph.nodes], 0)
    for edge in graph.edges:
        after.setdefault(edge.source, []).append(edge.target)
        waits[edge.target] += 1
    return after, waits
