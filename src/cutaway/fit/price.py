"""What is better where several ways fit: large type, a page that is well used, few cuts."""

from collections.abc import Iterator, Mapping

from cutaway.fit import Wish
from cutaway.fit.attempt import BENT, Candidate, wrapping
from cutaway.fit.ways import AIRS, SCALES
from cutaway.page import Page

_TALL = 2.75
"""A figure of a given width is at most so many times as high, and the other way round, if it can be."""
_SHEET, _SHEETS = 842.0, 1.35
"""Points: a page of paper is so high, or so many times as high as it is wide."""
_PAGE, _LONG, _EMPTY = 0.3, 0.9, 0.12
"""What room is worth where it need not be saved, where a figure gets longer than it is wide, and beside it."""
_NARROW, _TURNED = 0.02, 0.04
"""What it costs, in parts of the page: boxes of another form, and to run another way than the first."""
_SMALLER: Mapping[float, float] = dict(zip(SCALES, (0.0, 0.1, 0.4), strict=True))
_TIGHTER = 0.1 / (AIRS[0] - AIRS[-1])
"""What smaller type and less air cost."""
_HOMELESS = 0.12
"""What it costs to set a note into the legend, away from its box."""
_COLUMN = 560.0
"""Points: so long may a figure be in a narrow column, wherever it is longer than wide."""
_SAVED, _WORTH = 0.4, 0.12
"""How much of its room a tighter figure may save, and what must be won by looking for one."""


def rooms(page: Page) -> Iterator[tuple[float, float]]:
    """Yield the width and height that are offered: a side that is free is first held in proportion to the other."""
    width, height = page.width, page.height
    if width is not None and height is not None and page.is_landscape:
        yield width, height
    elif width is not None:
        most = float("inf") if height is None else height
        yield width, min(_TALL * width, max(_SHEET, _SHEETS * width), most)
        yield width, min(max(_SHEET, _SHEETS * width), most)
        yield width, most
    elif height is not None:
        yield _TALL * height, height
        yield float("inf"), height
    else:
        yield float("inf"), float("inf")


def cost(candidate: Candidate, wish: Wish) -> float:
    """Return what is bad about a candidate."""
    return _room(candidate, wish.page) + _price(candidate, wish)


def is_enough(candidate: Candidate, wish: Wish, folding: float, following: float) -> bool:
    """Tell whether a candidate, folded at a price, is so good that none dearer than `following` is worth a trial."""
    least, following = _room(candidate, wish.page, _SAVED), following + _WORTH
    if may_bend(candidate, wish):
        following += BENT
    return least + _price(candidate, wish) + folding <= following


def may_bend(candidate: Candidate, wish: Wish) -> bool:
    """Tell whether what is drawn otherwise can be a U, which may fit where it is smaller."""
    return not candidate.is_bent and wish.shape == "auto" and candidate.attempt.wrapping.bent is not None


def step(scale: float, air: float) -> float:
    """Return what it costs to draw smaller or tighter."""
    return _SMALLER[scale] + _TIGHTER * (AIRS[0] - air)


def _room(candidate: Candidate, page: Page, saved: float = 0.0) -> float:
    """Weigh the room that a candidate takes: dearly where it gets longer than the page is wide, or high if only that.

    The height of an upright page is a bound: room below is left over, and on a slide all of it is there to be used.
    """
    wide = candidate.whole.width - saved * candidate.size.width
    high = candidate.whole.height - saved * candidate.size.height
    if page.is_landscape and page.height:
        return _PAGE * high / page.height
    if page.is_free:
        return 0.0
    if page.width is not None:
        length, empty = high / max(page.width, _COLUMN), 1 - wide / page.width
    else:
        length, empty = wide / (page.height or high), 0.0
    return _PAGE * min(length, 1.0) + _LONG * max(0.0, length - 1.0) + _EMPTY * empty


def _price(candidate: Candidate, wish: Wish) -> float:
    way = candidate.attempt.way
    return (
        wrapping(candidate)
        + (_NARROW if way.breadth < 1 else 0.0)
        + (_TURNED if wish.directions and way.direction != wish.directions[0] else 0.0)
        + step(way.scale, way.air)
        + _HOMELESS * candidate.homeless
    )
