"""Explanations set below a figure: titles at the left and words at the right, or side by side where there are many."""

from collections import Counter
from collections.abc import Sequence
from itertools import product
from math import inf

from cutaway.geometry import Size
from cutaway.views.explaining.cells import Bent, Cells, Rows
from cutaway.views.explaining.drawing import ALL, BARE, DENSE, TERSE
from cutaway.views.explaining.explained import Explained
from cutaway.views.explaining.piece import Piece

_WAYS = ((False, ALL, 0.5), (True, ALL, 0.8), (True, DENSE, 1.2), (True, BARE, inf))
"""Whether drawings are compact, how dense they are at least, and up to what part of the room's breadth they may be
high; if they are higher, they are made smaller."""
_MANNERS = (Rows, Cells, Bent)
"""How explanations are set."""
_DENSER_WAYS = tuple(product((BARE, TERSE), (Cells, Bent)))
"""What is tried where a page leaves too little room for the best of these."""
_DENSER = 0.25
"""What it costs, in parts of the height, if all drawings are dense; twice as much if they are bare."""


def lowest(explained: Sequence[Explained], breadth: float, most: float = inf) -> Piece:
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
