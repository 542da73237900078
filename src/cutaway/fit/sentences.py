"""What to tell a user whose figure does not fit."""

from collections.abc import Callable, Sequence

from cutaway.fit import Shape, Wish
from cutaway.fit.attempt import Attempt
from cutaway.fit.looks import MARGIN
from cutaway.fit.places import centimetres, points
from cutaway.fit.ways import candidates, least_width
from cutaway.graph import Graph
from cutaway.page import Page
from cutaway.record import replace
from cutaway.typed import Literal

_INFINITE = float("inf")
_STEPS = 60
_MORE = (1.0, 1.02, 1.04, 1.08, 1.16, 1.32, 1.64, 2.3)
"""So much more than seems to be needed is tried: on a larger page explanations take more room, too."""
_SMALLEST = 8
"""So many attempts tell how small a figure may be."""


NO_U = "it has no skips across a bottleneck, one inside the other, or it has nested models that are drawn open"
STIFF = "rows of volumes and columns of circles are not bent"


def too_large(
    graph: Graph, wish: Wish, tried: Sequence[Attempt], fits: Callable[[Page], bool], *, unfolded: bool = False
) -> str:
    """Say which side of the page gives, how small the text would be there, and what to do; what is named fits."""
    page, shape = wish.page, wish.shape
    nested = " or depth=0, which closes nested models" if graph.scopes else ""
    nested += " or fold='auto', which makes one box of equal blocks" if unfolded else ""
    start = f"cannot fit {graph.name!r} on a page of {_size(page)}"
    if page.width is not None:
        needed = _needed_width(page.width, shape, tried)
        if needed > page.width:
            size = page.least_size * page.width / needed
            return (
                f"{start}: at this width its text would be {_floored(size)} pt, under {page.least_size:g} pt; "
                f"give {_enough(page, 'width', needed, fits)}{nested}"
            )
    if page.height is None:
        return f"{start}: no way was found to cut it"
    width = page.width or _INFINITE
    tight = sorted(tried, key=lambda attempt: attempt.wrapping.area)[:_SMALLEST]
    found = [each.whole.height for attempt in tight for each in candidates(attempt, width, _INFINITE, shape)]
    if not found:
        found = [each.whole.height for attempt in tried for each in candidates(attempt, width, _INFINITE, shape)]
    if not found:
        return f"{start}: its words alone are higher than the page; give a larger height"
    more = " or more width" if page.width is not None else ""
    size = page.least_size * (page.height / min(found)) ** 0.5  # smaller text makes both sides shorter
    return (
        f"{start}: at this height its text would be {_floored(size)} pt, under {page.least_size:g} pt; "
        f"give {_enough(page, 'height', min(found), fits)}{more}{nested}"
    )


def _needed_width(width: float, shape: Shape, tried: Sequence[Attempt]) -> float:
    """Return a width for which there is a way, close to the least."""
    needed = max(width, min(least_width(attempt, shape) for attempt in tried))
    for _ in range(_STEPS):
        if any(True for attempt in tried for _ in candidates(attempt, needed, _INFINITE, shape)):
            break
        needed *= 1.02
    return needed if needed == width else needed + 2 * MARGIN * (needed - width)


def _enough(page: Page, side: Literal["width", "height"], needed: float, fits: Callable[[Page], bool]) -> str:
    """Return what to give for a side of the page, which has been tried."""
    for more in _MORE:
        length = centimetres(needed * more)
        wide, high = (points(side, length), page.height) if side == "width" else (page.width, points(side, length))
        if fits(replace(page, width=wide, height=high)):
            return f"{side}='{length}'"
    return "a larger page"


def _floored(size: float) -> str:
    return f"{int(10 * size) / 10:.1f}"


def _size(page: Page) -> str:
    if page.width is None or page.height is None:
        side = "wide" if page.height is None else "high"
        return f"{centimetres(page.width or page.height or 0.0)} {side}"
    return f"{centimetres(page.width)} × {centimetres(page.height)}"
