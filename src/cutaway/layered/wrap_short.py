"""Shorten lines of a wrapped layout that run to the end of a row or column only to come back beside it.

What leads from one row to the next is one line after the other there. A skip in its own lane below the row may turn
at once into the gutter instead, and pass beside a row of which it skips all: where that is free, and crosses no more.
"""

from collections.abc import Iterator, Sequence
from itertools import pairwise

from cutaway.geometry import Point, Rect
from cutaway.layered.problem import Layout, Problem, Route, route_through
from cutaway.layered.wrap_gaps import corners_of, rounded
from cutaway.record import Record, replace

_Piece = tuple[Point, Point]

_ROUNDS = 8
"""So often all lines are tried: where one has moved away, another may be free."""
_NEAR = 0.01
_CLEAR = 3.0
"""Points between a line and boxes, labels, borders of clusters, and the corners of lines that it crosses."""
_LEAST = 5.0
"""Points between two lines side by side."""
_AIR = 8.0
"""Points around a label in which a line lies that it belongs to."""
_FAR = 20.0
"""Points beyond which lines have nothing to do with each other."""


def shortened(problem: Problem, layout: Layout, turning: Sequence[str]) -> Layout:
    """Return a layout, as it is on the page, in which lines are shorter that are `turning` at cuts, by their links."""
    lines, is_changed = _Lines(problem, layout), False
    for _ in range(_ROUNDS):
        shorter = [link for link in turning if lines.shorten(link)]
        if not shorter:
            break
        is_changed = True
    if not is_changed:
        return layout
    from cutaway.layered.wrap_close import closed

    found = replace(layout, routes=lines.routes())
    return closed(found, layout.routes, upright=problem.direction in {"right", "left"})


class _Change(Record, kw_only=False):
    """A stretch of a route and what may take its place, both from the same point to the same one."""

    old: Route
    new: Route


class _Lines:
    """The routes of one layout while they are shortened."""

    def __init__(self, problem: Problem, layout: Layout) -> None:
        self._given = layout.routes
        self._plain: dict[str, Route] = {}
        self._tensors = {link.id: link.tensor for link in problem.links}
        self._labels = [(self._tensors[name], rect.grown(_AIR)) for name, rect in layout.labels.items()]
        self._apart = min(problem.gaps.lane, _LEAST) - _NEAR
        captions = {cluster.id: cluster.caption for cluster in problem.clusters}
        self._fixed = [*layout.boxes.values(), *layout.labels.values()]
        self._borders = [*layout.clusters.values()]
        named = [(rect, captions[name]) for name, rect in layout.clusters.items()]
        self._captions = [Rect(rect.x, rect.y, size.width, size.height) for rect, size in named]
        for parts in layout.continued.values():
            self._borders += [part.rect for part in parts]
            self._captions += [part.caption for part in parts if part.caption]

    def routes(self) -> dict[str, Route]:
        """Return all routes."""
        return {name: self._route(name) for name in self._given}

    def _route(self, link: str) -> Route:
        """Return a route as it is now; most are of no interest, as they are far from all that is shortened."""
        found = self._plain.get(link)
        if found is None:
            found = self._plain[link] = _simplified(route_through(rounded({link: corners_of(self._given[link])})[link]))
        return found

    def shorten(self, link: str) -> bool:
        """Shorten a route once, and with it all of its tensor that run there; tell whether that was possible."""
        tensor = self._tensors[link]
        for change in _changes(self._route(link)):
            alike = [name for name, other in self._tensors.items() if other == tensor]
            together = [name for name in alike if _holds(self._route(name), change.old)]
            if self._is_free(change, together, tensor):
                for name in together:
                    self._plain[name] = _changed(self._route(name), change)
                return True
        return False

    def _is_free(self, change: _Change, together: Sequence[str], tensor: str) -> bool:
        """Tell whether what is new touches nothing, and crosses no more lines than what is old."""
        labels = [rect for own, rect in self._labels if own == tensor]
        if any(_bounds(piece).overlaps(rect) for piece in pairwise(change.old) for rect in labels):
            return False
        fresh = [
            piece for piece in pairwise(change.new) if not any(_covers(old, piece) for old in pairwise(change.old))
        ]
        for piece in fresh:
            thin = _bounds(piece)
            wide = thin.grown(_CLEAR)
            if any(map(wide.overlaps, self._fixed)) or any(map(thin.overlaps, self._captions)):
                return False
            if self._passes_border(piece, change.old):
                return False
        others: list[_Piece] = []
        for other in self._others(together, change):
            if any(self._is_beside(piece, other) for piece in fresh):
                return False
            others.append(other)
        new, old = (sum(_cross(a, b) for a in pairwise(each) for b in others) for each in (change.new, change.old))
        return new <= old

    def _others(self, together: Sequence[str], change: _Change) -> Iterator[_Piece]:
        """Give the pieces of all other lines that are near to a change, each of a tensor once."""
        xs, ys = zip(*((point.x, point.y) for point in (*change.old, *change.new)), strict=True)
        left, right, top, bottom = min(xs) - _FAR, max(xs) + _FAR, min(ys) - _FAR, max(ys) + _FAR
        found: set[tuple[str, float, float, float, float]] = set()
        for name, given in self._given.items():
            if name not in self._plain:
                if max([point.x for point in given]) < left or min([point.x for point in given]) > right:
                    continue
                if max([point.y for point in given]) < top or min([point.y for point in given]) > bottom:
                    continue
            for a, b in pairwise(self._route(name)):
                ax, ay, bx, by = a.x, a.y, b.x, b.y
                if (ax < left and bx < left) or (ax > right and bx > right):
                    continue
                if (ay < top and by < top) or (ay > bottom and by > bottom) or name in together:
                    continue
                key = self._tensors[name], ax, ay, bx, by
                if key not in found:
                    found.add(key)
                    yield a, b

    def _passes_border(self, piece: _Piece, old: Route) -> bool:
        """Tell whether a piece touches a cluster that the old line did not, or runs along its border."""
        thin = _bounds(piece)
        for border in self._borders:
            if not border.grown(_CLEAR).overlaps(thin) or border.grown(-_CLEAR).contains(thin):
                continue
            if not any(border.overlaps(_bounds(each)) for each in pairwise(old)):
                return True
            is_level = _is_level(piece)
            at, one, two = (piece[0].y, border.y, border.bottom) if is_level else (piece[0].x, border.x, border.right)
            if abs(one - at) < _CLEAR or abs(two - at) < _CLEAR:
                return True
        return False

    def _is_beside(self, piece: _Piece, other: _Piece) -> bool:
        """Tell whether another line runs too close beside a piece, or turns too close to it."""
        if _is_level(piece) == _is_level(other):
            return _bounds(piece).grown(self._apart).overlaps(_bounds(other).grown(-_NEAR))
        return _cross(piece, other, _CLEAR) and not _cross(piece, other, -_CLEAR) and not _touch(piece[0], other)


def _changes(route: Route) -> Iterator[_Change]:
    """Give the ways to make a route shorter: to turn back earlier, and to go on where it goes already."""
    for place in range(1, len(route) - 4):
        before, after = route[place - 1], route[place + 4]
        for change in _turned_earlier(route[place : place + 4]):
            if _is_plain((before, *change.new, after)):
                yield change
    for place in range(1, len(route) - 5):
        yield from _straightened(route[place : place + 5])


def _turned_earlier(corners: Route) -> Iterator[_Change]:
    """Take away what two pieces run to and fro."""
    a, b, c, d = corners
    out, back = _way((a, b)), _way((c, d))
    if out != (-back[0], -back[1]):
        return
    if out[0]:
        at = max(out[0] * a.x, out[0] * d.x) * out[0]
        yield _Change(corners, _simplified((a, Point(at, b.y), Point(at, c.y), d)))
    else:
        at = max(out[1] * a.y, out[1] * d.y) * out[1]
        yield _Change(corners, _simplified((a, Point(b.x, at), Point(c.x, at), d)))


def _is_plain(route: Route) -> bool:
    """Tell whether a route never turns right back."""
    ways = [_way(piece) for piece in pairwise(route)]
    return all((one[0] + other[0], one[1] + other[1]) != (0, 0) for one, other in pairwise(ways))


def _straightened(corners: Route) -> Iterator[_Change]:
    """Take away a jog between two pieces that lead the same way: the second one goes on where the first one goes."""
    a, b, c, d, e = corners
    if _way((a, b)) == _way((c, d)):
        yield _Change(corners, _simplified((a, Point(b.x, d.y) if a.x == b.x else Point(d.x, b.y), e)))


def _holds(route: Route, part: Route) -> bool:
    return any(route[place : place + len(part)] == part for place in range(len(route) - len(part) + 1))


def _changed(route: Route, change: _Change) -> Route:
    place = next(place for place in range(len(route)) if route[place : place + len(change.old)] == change.old)
    return _simplified((*route[:place], *change.new, *route[place + len(change.old) :]))


def _simplified(route: Sequence[Point]) -> Route:
    """Return a route without points at which it does not turn."""
    found: list[Point] = []
    for point in route:
        if found and abs(found[-1].x - point.x) + abs(found[-1].y - point.y) < _NEAR:
            continue
        if len(found) > 1 and (found[-2].x == found[-1].x == point.x or found[-2].y == found[-1].y == point.y):
            found.pop()
        found.append(point)
    return tuple(found)


def _is_level(piece: _Piece) -> bool:
    return abs(piece[0].y - piece[1].y) < abs(piece[0].x - piece[1].x)


def _way(piece: _Piece) -> tuple[int, int]:
    (a, b) = piece
    return ((b.x > a.x) - (b.x < a.x), 0) if _is_level(piece) else (0, (b.y > a.y) - (b.y < a.y))


def _bounds(piece: _Piece) -> Rect:
    a, b = piece
    return Rect(min(a.x, b.x), min(a.y, b.y), abs(a.x - b.x), abs(a.y - b.y)).grown(_NEAR)


def _covers(old: _Piece, new: _Piece) -> bool:
    return _bounds(old).contains(_bounds(new), _NEAR)


def _cross(one: _Piece, other: _Piece, beyond: float = -_NEAR) -> bool:
    """Tell whether two pieces that are not parallel cross, if both were so much longer at both ends."""
    if _is_level(one) == _is_level(other):
        return False
    level, upright = (one, other) if _is_level(one) else (other, one)
    x, y = upright[0].x, level[0].y
    left, right = sorted((level[0].x, level[1].x))
    top, bottom = sorted((upright[0].y, upright[1].y))
    return left - beyond < x < right + beyond and top - beyond < y < bottom + beyond


def _touch(point: Point, piece: _Piece) -> bool:
    return _bounds(piece).grown(_NEAR).overlaps(_bounds((point, point)))
