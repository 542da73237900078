"""Explaining folded blocks: a small drawing of what each is, set below the figure.

`plan` finds the patterns to be drawn, the same for all sizes: one drawing for `families` of those that differ in
numbers only, by what lies on a shortcut, or by what leads into them (`entering`); what is explained by a
drawing of its own is a box in others (`nested`), and `origins` tell where further tensors come from. `explained` makes
a drawing in the words of the figure, with `letters` for these numbers, in one row or in several, and `condensed` where
there is little room; `setting` sets all of them in rows or in `cells` on `shelves`. They are made once for each size
of the figure's type, and set once into each room.
"""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import product
from math import inf
from types import MappingProxyType

from cutaway.analysis.fold import Block, Pattern
from cutaway.geometry import Size
from cutaway.graph import Node
from cutaway.record import replace
from cutaway.typed import TYPE_CHECKING
from cutaway.views.block_glyphs import GlyphMaker
from cutaway.views.explaining.boxes import Letters
from cutaway.views.explaining.cells import Bent, Cells, Rows
from cutaway.views.explaining.drawing import ALL, BARE, DENSE, TERSE
from cutaway.views.explaining.explained import Explained, tell_apart
from cutaway.views.explaining.piece import Piece
from cutaway.views.explaining.plan import Plan, plans
from cutaway.views.parts.box import Glyph

if TYPE_CHECKING:
    from cutaway.theme import TypeSizes
    from cutaway.views.explaining.origins import Origins

__all__ = ["Explaining", "Explanations"]


_SHARE = 0.65
"""How much of the height of a page explanations may take."""
_WAYS = ((False, ALL, 0.5), (True, ALL, 0.8), (True, DENSE, 1.2), (True, BARE, inf))
"""Whether drawings are compact, how dense they are at least, and up to what part of the room's breadth they may be
high; if they are higher, they are made smaller."""
_MANNERS = (Rows, Cells, Bent)
"""How explanations are set."""
_DENSER_WAYS = tuple(product((BARE, TERSE), (Cells, Bent)))
"""What is tried where a page leaves too little room for the best of these."""
_DENSER = 0.25
"""What it costs, in parts of the height, if all drawings are dense; twice as much if they are bare."""


class Explaining:
    """What is to be explained about folded blocks, whatever the size of the figure.

    `origins` tell where the further tensors come from that enter them.
    """

    def __init__(
        self, blocks: Mapping[str, Block], patterns: Sequence[Pattern], origins: "Origins" = MappingProxyType({})
    ) -> None:
        self._plans: tuple[Plan, ...] = plans(blocks, patterns, origins)
        self._made: dict[tuple[TypeSizes, frozenset[str] | None], Explanations] = {}

    @property
    def families(self) -> tuple[tuple[str, ...], ...]:
        """The blocks that each of the drawings explains, by their ids."""
        return tuple([plan.blocks for plan in self._plans])

    def explanations(
        self, maker: GlyphMaker, glyphs: Mapping[str, Glyph], by_caption: frozenset[str] | None = None
    ) -> "Explanations | None":
        """Return the explanations in one size, if there are any: `maker` makes the figure's boxes, as in `glyphs`.

        Where boxes are not seen, `by_caption` are the phrases of theirs that are said nevertheless.
        """
        if not self._plans:
            return None
        key = (maker.theme.sizes, by_caption)
        if key not in self._made:
            maker, glyphs = self._with_inner(maker, glyphs)
            explained, known = list[Explained](), dict[str, tuple[str, ...]]()
            for plan in self._plans:
                letters = Letters(dict(known))
                explained.append(Explained(plan, maker, glyphs, letters, by_caption))
                known |= letters.lists
            tell_apart(explained)
            self._made[key] = Explanations(explained)
        return self._made[key]

    def _with_inner(self, maker: GlyphMaker, glyphs: Mapping[str, Glyph]) -> tuple[GlyphMaker, Mapping[str, Glyph]]:
        """Return the same, which know the blocks in blocks too."""
        inner = [one for plan in self._plans for one in plan.inner.values()]
        if not inner:
            return maker, glyphs
        from cutaway.views.explaining.nested import inner_words

        words = {one.block.id: inner_words(one, maker.blocks.get(one.like.id)) for one in inner}
        maker = replace(maker, blocks={**maker.blocks, **words})
        boxes = {one.block.id: maker.block(Node(id=one.block.id, name="", op=""), one.block) for one in inner}
        return maker, {**glyphs, **boxes}


class Explanations:
    """All that explains the folded blocks of a figure, set into any room, for each room once.

    Where it takes more than a part of the height of the page, it is in words as far as need be.
    """

    def __init__(self, explained: Sequence[Explained], height: float = inf) -> None:
        self.explained = tuple(explained)
        self._most = _SHARE * height
        self._set: dict[float, Piece] = {}
        self._limited: dict[float, Explanations] = {}

    def limited(self, height: float) -> "Explanations":
        """Return the same for a page of this height, in points."""
        if height not in self._limited:
            self._limited[height] = Explanations(self.explained, height)
        return self._limited[height]

    @property
    def glyphs(self) -> Iterator[Glyph]:
        """The boxes in the drawings."""
        return (glyph for each in self.explained for glyph in each.drawings.glyphs().values())

    def within(self, breadth: float) -> Piece:
        """Set all into a room of this breadth, as low as may be, in smaller type and denser if need be."""
        if breadth not in self._set:
            self._set[breadth] = _lowest(self.explained, breadth, self._most)
        return self._set[breadth]


def _lowest(explained: Sequence[Explained], breadth: float, most: float = inf) -> Piece:
    """Set explanations into a room of this breadth, as low as may be, in smaller type and denser if need be.

    Where they still are higher than `most`, those that say least are told in words, as many as need be.
    """
    piece = _drawn(explained, breadth)
    if piece.size.height <= most:
        return piece
    for density, manner in _DENSER_WAYS:
        piece = manner(explained, breadth, is_compact=True, density=density).piece()
        if piece.size.height <= most:
            return piece
    setting = Bent(explained, breadth, is_compact=True, density=TERSE)
    setting.worded = set(explained)
    for each in _telling(explained):
        setting.worded.remove(each)
        if setting.piece().size.height > most:
            setting.worded.add(each)
    return setting.piece()


def _telling(explained: Sequence[Explained]) -> list[Explained]:
    """Return explanations by what they tell: one of each name first, those of many blocks before those of few."""
    ranked, named = list[tuple[int, int, int]](), Counter[tuple[str, ...]]()
    for place, each in sorted(enumerate(explained), key=lambda item: -item[1].count):
        ranked.append((named[each.said.titles], -each.count, place))
        named[each.said.titles] += 1
    return [explained[place] for _, _, place in sorted(ranked)]


def _drawn(explained: Sequence[Explained], breadth: float) -> Piece:
    """Set explanations, all with a drawing."""
    best: tuple[float, Piece] | None = None
    for is_compact, density, high in _WAYS:
        for manner in _MANNERS:
            setting = manner(explained, breadth, is_compact=is_compact, density=density)
            is_last = density == BARE
            if (manner is Bent and not is_last) or (not setting.is_in_rows() and (not is_last or manner is Rows)):
                continue  # smaller drawings are better than wrapped ones, and these want all the room
            piece = setting.piece()
            density_cost = _DENSER * setting.mean_density()
            price = setting.dear() * piece.size.height * (1 + density_cost)
            is_plainer = density_cost == 0 and price <= high * breadth
            if best is None or price < best[0] or is_plainer:
                best = price, piece
            if is_plainer:
                return piece
        if best and best[0] <= high * breadth:
            break
    return best[1] if best else Piece(size=Size(breadth, 0.0), marks=lambda _x, _y: ())
