"""Draw a figure that may be as large as it wants: in its natural size, a ribbon wrapped to a readable proportion."""

from math import inf, log

from cutaway.fit import Fitted, Shape, Wish, drawn
from cutaway.garbage import uncollected
from cutaway.geometry import Size
from cutaway.graph import Graph
from cutaway.layered import laid_out
from cutaway.layered.problem import routed
from cutaway.page import Page
from cutaway.record import replace
from cutaway.theme import Theme
from cutaway.typed import TYPE_CHECKING, Any
from cutaway.views import View
from cutaway.views.composition import problem
from cutaway.views.frame import composed

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from cutaway.fit.attempt import Attempt, Candidate
    from cutaway.layered.problem import Corners

_RIBBON = 2.2
"""What is longer than so many times its breadth is hard to read, unless a page has room for it in one piece."""
_SHEET = Size(482.0, 700.0)
"""Points: what an A4 page has room for inside of its margins."""
_LONGER = 1.5
"""For so many sheets folded blocks are explained where no page limits a figure, before any are told in words."""
_PROPORTION, _SHAPED = 1.1, 0.5
"""Width to height of a page that is easy to read on paper and screen, and what it is worth to come close to that."""
_FAR, _SKIPS = 0.2, 3
"""A skip from an encoder to a decoder leads past so much of the figure; so many make a U of what is no ribbon.

A ribbon without any is no U, and to find that out otherwise takes as long as all else.
"""
_MOST = 40
"""Columns."""
_NARROWED = 0.5
"""The words around a drawing are not lower than so much of what they are around a wider one."""


@uncollected
def natural(graph: Graph, view: View, theme: Theme, wish: Wish) -> Fitted:
    """Return a graph drawn as large as it needs to be, and wrapped where it would be a ribbon."""
    shape = wish.shape
    composing: Any = view
    if not hasattr(composing, "composed"):
        return Fitted(scene=view(graph, theme, Page()))
    composition, frame = composing.composed(composing.prepared(graph), theme)
    if frame.explained:
        frame = replace(frame, explained=frame.explained.limited(_LONGER * _SHEET.height))
    asked = problem(composition)
    layout, lines = laid_out(asked)
    ribbon = is_ribbon(layout.size) and max(layout.size.width, layout.size.height) > wish.unwrapped
    skips = skips_of(layout.size, lines) if shape != "flow" and composition.direction == "down" else 0
    shape = shape if skips else "flow"
    if ribbon or skips >= _SKIPS:
        from cutaway.fit.attempt import Attempt, Way
        from cutaway.layered.wrap import Wrapping

        attempt = Attempt(
            way=Way(direction=composition.direction, scale=1.0, air=1.0, breadth=1.0),
            composition=composition,
            frame=frame,
            wrapping=Wrapping(asked, layout, lines),
            beside=2 * theme.spacing.margin,
            breadth=None,
        )
        best = _readable(attempt, shape) if ribbon else next(_bent(attempt, shape), None)
        if best is not None:
            return drawn(best, "", Page())
    return Fitted(scene=composed(composition, frame, routed(layout, lines)), said=(composition, frame))


def skips_of(size: Size, lines: "Mapping[str, Corners]") -> int:
    """Return from how many places to others lines lead far, past the middle, as from an encoder to a decoder."""
    high = size.height
    reaches = {(line[0][1], line[-1][1]) for line in lines.values()}
    return sum(end - start > _FAR * high and start < high / 2 < end for start, end in reaches)


def is_ribbon(size: Size) -> bool:
    """Tell whether a drawing is too long for its breadth, and for a page in one piece."""
    long, short = max(size.width, size.height), min(size.width, size.height)
    return long > _RIBBON * short and (size.width > _SHEET.width or size.height > _SHEET.height)


def _readable(attempt: "Attempt", shape: Shape) -> "Candidate | None":
    """Return the best way to wrap a ribbon, as a U where it is one; None where it had better stay in one piece."""
    best: Candidate | None = None
    least = inf
    words: list[tuple[float, float]] = []
    for candidate in sorted(_wrapped(attempt, shape), key=_at_best):
        wide = candidate.size.width
        around = max((_NARROWED * height for width, height in words if width >= wide), default=0.0)
        if _at_best(candidate, around) < least:
            price = _unreadable(candidate)
            words.append((wide, candidate.whole.height - candidate.size.height))
            if price < least:
                best, least = candidate, price
    return best if best and (best.cuts or best.is_bent) else None


def _bent(attempt: "Attempt", shape: Shape) -> "Iterator[Candidate]":
    """Yield the U, where it is one."""
    from cutaway.fit.attempt import Candidate

    bent = attempt.wrapping.bent if shape != "flow" else None
    if bent is not None:
        yield Candidate(attempt=attempt, size=bent.size, is_bent=True)


def _wrapped(attempt: "Attempt", shape: Shape) -> "Iterator[Candidate]":
    """Yield a layout in one piece, as a U, and in more and more columns or rows until it is a ribbon the other way."""
    from cutaway.fit.attempt import Candidate, turned

    wrapping, direction = attempt.wrapping, attempt.way.direction
    whole = Candidate(attempt=attempt, size=turned(wrapping.size, direction))
    yield whole
    yield from _bent(attempt, shape)
    for count in range(2, _MOST):
        cuts = wrapping.evened(count)
        if cuts is None:
            return
        extent = wrapping.extent(cuts)
        yield Candidate(attempt=attempt, size=turned(extent, direction), cuts=tuple(cuts))
        if extent.width > extent.height:
            return


def _at_best(candidate: "Candidate", around: float = 0.0) -> float:
    """Return what a candidate costs at least if the words around it are so high, which makes a figure higher."""
    from cutaway.fit.attempt import wrapping

    attempt, size = candidate.attempt, candidate.size
    if attempt.composition.notes:
        return wrapping(candidate)
    width, height = size.width + attempt.beside, size.height + max(around, attempt.beside)
    return _SHAPED * max(0.0, log(height * _PROPORTION / width)) + wrapping(candidate)


def _unreadable(candidate: "Candidate") -> float:
    """Weigh how far the figure is from a readable proportion, and what is cut."""
    from cutaway.fit.attempt import wrapping

    size = candidate.whole
    return _SHAPED * abs(log(size.width / (size.height * _PROPORTION))) + wrapping(candidate)
