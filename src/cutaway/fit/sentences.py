"""What to tell a user whose figure does not fit."""

from collections.abc import Sequence

from cutaway.fit.looks import MARGIN
from cutaway.fit.places import centimetres
from cutaway.fit.ways import Attempt, candidates, least_width
from cutaway.fit.wish import Shape
from cutaway.graph import Graph
from cutaway.page import Page

_INFINITE = float("inf")
_STEPS = 60


NO_U = "it has no skips across a bottleneck, one inside the other, or it has nested models that are drawn open"


def too_large(graph: Graph, page: Page, shape: Shape, tried: Sequence[Attempt], *, unfolded: bool = False) -> str:
    """Say which side of the page gives, how small the text would be there, and what to do."""
    nested = " or depth=0, which closes nested models" if graph.scopes else ""
    nested += " or fold='auto', which makes one box of equal blocks" if unfolded else ""
    start = f"cannot fit {graph.name!r} on a page of {_size(page)}"
    if page.width is not None:
        needed = _needed_width(page.width, shape, tried)
        if needed > page.width:
            size = page.least_size * page.width / needed
            return (
                f"{start}: at this width its text would be {_floored(size)} pt, under {page.least_size:g} pt; "
                f"give width='{centimetres(needed)}'{nested}"
            )
    if page.height is None:
        return f"{start}: no way was found to cut it"
    width = page.width or _INFINITE
    found = [candidate.whole.height for attempt in tried for candidate in candidates(attempt, width, _INFINITE, shape)]
    if not found:
        return f"{start}: its words alone are higher than the page; give a larger height"
    size = page.least_size * (page.height / min(found)) ** 0.5  # smaller text makes both sides shorter
    return (
        f"{start}: at this height its text would be {_floored(size)} pt, under {page.least_size:g} pt; "
        f"give height='{centimetres(min(found))}', more width{nested}"
    )


def _needed_width(width: float, shape: Shape, tried: Sequence[Attempt]) -> float:
    """Return a width for which there is a way, close to the least."""
    needed = max(width, min(least_width(attempt, shape) for attempt in tried))
    for _ in range(_STEPS):
        if any(True for attempt in tried for _ in candidates(attempt, needed, _INFINITE, shape)):
            break
        needed *= 1.02
    return needed if needed == width else needed + 2 * MARGIN * (needed - width)


def _floored(size: float) -> str:
    return f"{int(10 * size) / 10:.1f}"


def _size(page: Page) -> str:
    if page.width is None or page.height is None:
        side = "wide" if page.height is None else "high"
        return f"{centimetres(page.width or page.height or 0.0)} {side}"
    return f"{centimetres(page.width)} × {centimetres(page.height)}"
