"""Choose how a figure is drawn on its page: as full as it fits, the type as large as may be, the page well used."""

from collections.abc import Sequence

from cutaway.errors import InputError
from cutaway.fit import Fitted, Wish, drawn
from cutaway.fit.attempt import Candidate
from cutaway.fit.levels import Level, Levels, levels
from cutaway.fit.price import cost, is_enough, may_bend, step
from cutaway.fit.search import Search
from cutaway.fit.sentences import NO_U, STIFF, too_large
from cutaway.fit.ways import LEFT, LOOKS, Look
from cutaway.garbage import uncollected
from cutaway.graph import Graph
from cutaway.page import Page
from cutaway.record import Record, replace
from cutaway.theme import Theme
from cutaway.views import View

_PATIENCE = 3
"""So many looks are tried after one that fits without finding a better one."""

_PATIENCE_FOR_U = 12
"""The same where a U has been seen, but none that fits."""

_ROOMS = 3
"""A page of one side offers no more of them (see `price.rooms`); in the last, where all is too long, all is tried."""


@uncollected
def fitted(graph: Graph, view: View, theme: Theme, wish: Wish, folding: Levels = levels) -> Fitted:
    """Return a graph drawn as it is wished, folded no further than is good for it.

    Raises InputError where no way to do so is found.
    """
    searches: list[Search] = []
    for level in folding(graph, view):
        if not hasattr(level.view, "composed"):
            return _as_it_is(level, theme, wish.page)
        searches.append(Search(level, theme, wish))
    found = _chosen(searches, wish) or _with_less_told(searches, theme, wish)
    if found is not None:
        return found
    tried = [attempt for search in searches for attempt in search.tried.values()]
    if wish.shape == "u" and not any(attempt.wrapping.bent for attempt in tried):
        could = any(each.composition.may_bend and not each.composition.runs for each in tried)
        why = NO_U if could else STIFF
        raise InputError(f"cannot draw {graph.name!r} as a U: {why}; leave out shape='u'")
    unfolded = getattr(view, "fold", "auto") == "none"

    def fits(page: Page) -> bool:
        larger = replace(wish, page=page)
        again = [Search(search.level, theme, larger) for search in searches]
        return (_chosen(again, larger) or _with_less_told(again, theme, larger)) is not None

    raise InputError(too_large(graph, wish, tried, fits, unfolded=unfolded))


def _chosen(searches: Sequence[Search], wish: Wish) -> Fitted | None:
    """Return the best that fits, if anything does."""
    fine = [search for search in searches if not search.level.is_rough]
    # Longer than it should be is better than too rough, and so are explanations in words.
    for tries, room in ((fine, 0), *((searches, room) for room in range(not wish.page.is_landscape, _ROOMS))):
        best = _best(tries, room)
        if best is not None:
            return drawn(best.search.relaxed(best.candidate, room), best.search.level.name, wish.page)
    return None


def _with_less_told(searches: Sequence[Search], theme: Theme, wish: Wish) -> Fitted | None:
    """Return the best that fits a page if explanations leave half of it to the drawing, where there are any."""
    tried = [attempt for search in searches for attempt in search.tried.values()]
    if wish.page.height is None or wish.page.is_landscape or not any(each.frame.explained for each in tried):
        return None
    return _chosen([Search(search.level, theme, wish, LEFT) for search in searches], wish)


def _is_new(level: Level, before: Sequence[Search]) -> bool:
    """Tell whether a level has fewer boxes than those before it that have been drawn."""
    known = [search.boxes for search in before if search.boxes is not None]
    return level.most is None or not known or level.most < min(known)


class _Best(Record, eq=False):
    """The best way that has been found, and what it costs."""

    candidate: Candidate
    search: Search
    cost: float


def _best(searches: Sequence[Search], room: int) -> _Best | None:
    """Look for the best way the cheapest looks and levels first; stop where none is worth a trial any more."""
    best: _Best | None = None
    patience = waiting = _PATIENCE if room < _ROOMS - 1 else len(searches) * len(LOOKS)
    for price, place, look in _steps(searches):
        search = searches[place]
        if best is not None and (not waiting or is_enough(best.candidate, search.wish, best.search.level.price, price)):
            break
        if not _is_new(search.level, searches[:place]):
            continue
        waiting -= best is not None
        for candidate in search.candidates(look, room):
            costs = cost(candidate, search.wish) + search.level.price
            if best is None or costs < best.cost:
                best = _Best(candidate=candidate, search=search, cost=costs)
                waiting = max(patience, _PATIENCE_FOR_U if may_bend(candidate, search.wish) else 0)
    return best


def _steps(searches: Sequence[Search]) -> list[tuple[float, int, Look]]:
    """Return the looks of all levels with what they cost and the place of the level, the cheapest first."""
    looks = [(look, step(*look)) for look in LOOKS]
    return sorted(
        (price + search.level.price, place, look) for place, search in enumerate(searches) for look, price in looks
    )


def _as_it_is(level: Level, theme: Theme, page: Page) -> Fitted:
    """Draw with a view that cannot be fitted; it is refused where it turns out to be too large."""
    scene = level.view(level.graph, theme, page)
    if scene.width > (page.width or scene.width) + 1e-6 or scene.height > (page.height or scene.height) + 1e-6:
        raise InputError(
            f"cannot fit {level.graph.name!r}: this view draws {scene.width:.0f} × {scene.height:.0f} pt, "
            "which is more than the page has"
        )
    return Fitted(scene=scene, level=level.name)
