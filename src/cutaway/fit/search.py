"""Try the ways to draw one level of folding on one page, each when it is needed."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from cutaway.fit import Wish
from cutaway.fit.attempt import Attempt, Candidate, Way
from cutaway.fit.levels import Level
from cutaway.fit.price import cost, rooms
from cutaway.fit.ways import AIRS, Composing, Look, attempted, candidates, ways
from cutaway.layered.problem import Direction
from cutaway.record import replace
from cutaway.theme import Theme
from cutaway.typed import Any

_ACROSS: Mapping[Direction, Direction] = {"down": "right", "up": "right", "right": "down", "left": "down"}
_WIDE = 482.0
"""Points: a page that has no width is taken to be as wide as A4 within its margins."""
_BETWEEN = 0.75
"""How large gaps are that are neither those of the theme nor the least."""
_TOO_FULL = 1.3
"""So much more than there is room for does not fit in whichever direction, if one has been tried."""


class Search:
    """The ways to draw one level that have been tried; explanations may take the share `told` of a page."""

    def __init__(self, level: Level, theme: Theme, wish: Wish, told: float = 1.0) -> None:
        view: Any = level.view
        self.level = level
        self.wish = _told(wish, view)
        self.tried: dict[Way, Attempt] = {}
        self._view: Composing = view
        self._slim: set[Direction] = set()
        self._theme = theme
        self._told = told
        self._rooms = tuple(rooms(wish.page))
        self._page = replace(wish.page, height=None if wish.page.is_free else self._rooms[0][1])

    @property
    def boxes(self) -> int | None:
        """How many boxes the level has; None where it has not been drawn yet."""
        return min((len(attempt.composition.graph.nodes) for attempt in self.tried.values()), default=None)

    def candidates(self, look: Look, place: int) -> Iterator[Candidate]:
        """Yield what fits in one look, in the first of the rooms that a page offers, or in another."""
        if place >= len(self._rooms):
            return
        wide, high = self._rooms[place]
        for way in ways(self.wish.directions, look):
            if self._is_too_full(way, wide, high):
                return
            attempt = self._attempt(way)
            if attempt is not None:
                yield from candidates(attempt, wide, high, self.wish.shape)

    def relaxed(self, best: Candidate, place: int) -> Candidate:
        """Return a candidate in one piece with more air, if that is better in the same room; else the candidate."""
        if best.cuts or best.is_bent or best.attempt.way.air == AIRS[0]:
            return best
        attempt = self._attempt(replace(best.attempt.way, air=_BETWEEN))
        roomier = candidates(attempt, *self._rooms[place], self.wish.shape) if attempt else ()
        found = [each for each in roomier if not each.cuts and not each.is_bent]
        return min(best, *found, key=lambda each: cost(each, self.wish)) if found else best

    def _is_too_full(self, way: Way, wide: float, high: float) -> bool:
        """Tell whether a way is hopeless because of what others have shown: nothing gets smaller than its look."""
        for known, attempt in self.tried.items():
            smaller, around = min(1.0, _shrunk(way) / _shrunk(known)), attempt.above(_WIDE)
            if attempt.wrapping.area * smaller**2 > _TOO_FULL * wide * max(0.0, high - smaller * around):
                return True
        return False

    def _attempt(self, way: Way) -> Attempt | None:
        """Return a way laid out; None for narrow boxes that are as wide as others anyway."""
        if way.breadth < 1 and way.direction in self._slim:
            return None
        if way not in self.tried:
            unplaced = attempted(self._view, self._prepared, self._theme, self._page, way, self._told)
            wide = self.tried.get(replace(way, breadth=1.0))
            if wide is not None and unplaced.is_like(wide):
                self._slim.add(way.direction)
                return None
            self.tried[way] = unplaced.placed()
        return self.tried[way]

    @cached_property
    def _prepared(self) -> Any:  # noqa: ANN401 - whatever the view makes of a graph
        level = self.level
        return level.prepared() if level.prepared else self._view.prepared(level.graph)


def _shrunk(way: Way) -> float:
    return way.scale * way.air


def _told(wish: Wish, view: Composing) -> Wish:
    """Return a wish with the directions that are left open."""
    if wish.shape == "u":
        return replace(wish, directions=("down",))
    if wish.directions:
        return wish
    directions = getattr(view, "directions", None) or (view.direction, _ACROSS[view.direction])
    is_turned = wish.page.is_landscape and directions[0] in {"down", "up"}
    return replace(wish, directions=directions[::-1] if is_turned else directions)
