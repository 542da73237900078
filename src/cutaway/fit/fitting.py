"""Choose how a figure is drawn on its page: as full as it fits, the type as large as may be, the page well used."""

from collections.abc import Iterable, Mapping
from typing import Any, Final

from cutaway.errors import InputError
from cutaway.fit.chosen import Fit, Fitted, smallest
from cutaway.fit.levels import Level, Levels, levels
from cutaway.fit.price import cost, is_enough, rooms
from cutaway.fit.search import Attempt, Candidate, Composing, Way, attempted, candidates, looks, ways
from cutaway.fit.sentences import NO_U, too_large
from cutaway.fit.wish import Wish
from cutaway.garbage import uncollected
from cutaway.graph import Graph
from cutaway.layered.problem import Direction
from cutaway.page import Page
from cutaway.record import replace
from cutaway.theme import Theme
from cutaway.views import View
from cutaway.views.frame import composed

_ACROSS: Final[Mapping[Direction, Direction]] = {"down": "right", "up": "right", "right": "down", "left": "down"}


@uncollected
def fitted(graph: Graph, view: View, theme: Theme, wish: Wish, folding: Levels = levels) -> Fitted:
    """Return a graph drawn as it is wished, folded no further than it must be.

    Raises InputError where no way to do so is found.
    """
    searches: list[_Search] = []
    for level in folding(graph, view):
        if not hasattr(level.view, "composed"):
            return _as_it_is(level, theme, wish.page)
        searches.append(_Search(level, theme, wish))
        best = searches[-1].best()
        if best is not None:
            return drawn(best, level.name, wish.page)
    for search in reversed(searches):
        best = search.however_long()
        if best is not None:
            return drawn(best, search.level.name, wish.page)
    tried = [attempt for search in searches for attempt in search.tried.values()]
    if wish.shape == "u" and not any(attempt.wrapping.bent for attempt in tried):
        raise InputError(f"cannot draw {graph.name!r} as a U: {NO_U}; leave out shape='u'")
    raise InputError(too_large(graph, wish.page, wish.shape, tried))


class _Search:
    """The ways to draw one level that have been tried."""

    def __init__(self, level: Level, theme: Theme, wish: Wish) -> None:
        self.level = level
        self.tried: dict[Way, Attempt] = {}
        self._view: Composing = _composing(level.view)
        self._theme = theme
        self._wish = _told(wish, self._view)
        self._rooms = tuple(rooms(wish.page))
        self._prepared = self._view.prepared(level.graph)

    def best(self) -> Candidate | None:
        """Return the best way to draw the level: the larger the type, the less it may cost."""
        steps = [list(ways(self._wish.directions, *look)) for look in looks()]
        found = self._cheapest(steps[0])
        if found is None and self._cheapest(steps[-1]) is None:
            return None
        for step in steps[1:]:
            if found is not None and is_enough(found, self._wish, step[0]):
                break
            found = self._cheapest([*([found.attempt.way] if found else []), *step])
        return found

    def however_long(self) -> Candidate | None:
        """Return the best way that has been tried, on a page whose free side is as long as need be."""
        return self._cheapest(self.tried, -1) if len(self._rooms) > 1 else None

    def _cheapest(self, among: Iterable[Way], room: int = 0) -> Candidate | None:
        wish = self._wish
        found = [
            candidate for way in among for candidate in candidates(self._attempt(way), *self._rooms[room], wish.shape)
        ]
        return min(found, key=lambda candidate: cost(candidate, wish), default=None)

    def _attempt(self, way: Way) -> Attempt:
        if way not in self.tried:
            self.tried[way] = attempted(self._view, self._prepared, self._theme, self._wish.page, way)
        return self.tried[way]


def _told(wish: Wish, view: Composing) -> Wish:
    """Return a wish with the directions that are left open."""
    if wish.shape == "u":
        return replace(wish, directions=("down",))
    return wish if wish.directions else replace(wish, directions=(view.direction, _ACROSS[view.direction]))


def drawn(candidate: Candidate, level: str, page: Page) -> Fitted:
    """Draw what was chosen."""
    attempt = candidate.attempt
    scene = composed(attempt.composition, attempt.frame, candidate.layout(), page.width)
    fit = Fit(
        width=scene.width,
        height=scene.height,
        type_size=smallest(scene.marks),
        level=level,
        direction=attempt.way.direction,
        scale=attempt.way.scale,
        air=attempt.way.air,
        shape="u" if candidate.is_bent else "flow",
        parts=len(candidate.cuts) + 1,
        lines=attempt.wrapping.parted(candidate.cuts)[0],
    )
    return Fitted(scene=scene, fit=fit)


def _composing(view: Any) -> Composing:  # noqa: ANN401 - a view that has the method
    composing: Composing = view
    return composing


def _as_it_is(level: Level, theme: Theme, page: Page) -> Fitted:
    """Draw with a view that cannot be fitted; it is refused where it turns out to be too large."""
    scene = level.view(level.graph, theme, page)
    if scene.width > (page.width or scene.width) + 1e-6 or scene.height > (page.height or scene.height) + 1e-6:
        raise InputError(
            f"cannot fit {level.graph.name!r}: this view draws {scene.width:.0f} × {scene.height:.0f} pt, "
            "which is more than the page has"
        )
    return Fitted(
        scene=scene,
        fit=Fit(width=scene.width, height=scene.height, type_size=smallest(scene.marks), level=level.name),
    )
