"""All explanations of one figure, made once for each size of its type and set once into each room."""

from collections.abc import Iterator, Mapping, Sequence
from math import inf
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from cutaway.analysis.fold import Block, Pattern
from cutaway.graph import Node
from cutaway.record import replace
from cutaway.views.block_glyphs import GlyphMaker
from cutaway.views.explaining.explained import Explained, tell_apart
from cutaway.views.explaining.piece import Piece
from cutaway.views.explaining.plan import Plan, plans
from cutaway.views.explaining.setting import lowest
from cutaway.views.parts.box import Glyph

if TYPE_CHECKING:
    from cutaway.theme import TypeSizes
    from cutaway.views.explaining.origins import Origins

_SHARE: Final = 0.65
"""How much of the height of a page explanations may take."""


class Explaining:
    """What is to be explained about folded blocks, whatever the size of the figure.

    `origins` tell where the further tensors come from that enter them.
    """

    def __init__(
        self, blocks: Mapping[str, Block], patterns: Sequence[Pattern], origins: "Origins" = MappingProxyType({})
    ) -> None:
        self._plans: tuple[Plan, ...] = plans(blocks, patterns, origins)
        self._made: dict[TypeSizes, Explanations] = {}

    def explanations(self, maker: GlyphMaker, glyphs: Mapping[str, Glyph]) -> "Explanations | None":
        """Return the explanations in one size, if there are any: `maker` makes the figure's boxes, as in `glyphs`."""
        if not self._plans:
            return None
        sizes = maker.theme.sizes
        if sizes not in self._made:
            maker, glyphs = self._with_inner(maker, glyphs)
            explained = [Explained(plan, maker, glyphs) for plan in self._plans]
            tell_apart(explained)
            self._made[sizes] = Explanations(explained)
        return self._made[sizes]

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
            self._set[breadth] = lowest(self.explained, breadth, self._most)
        return self._set[breadth]
