"""Regions around boxes: the room that they ask of the layout, and their outlines, captions and counts."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import pairwise

from cutaway.geometry import Bounds, Point, Rect, Size
from cutaway.graph import Scope
from cutaway.layered.problem import Cluster, Insets, Layout
from cutaway.ruler import metrics, width
from cutaway.scene import Group, Mark, Path, Rounded, Stroke, Text
from cutaway.theme import Theme
from cutaway.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from cutaway.views.composition import Composition

_CLEAR = 1.6
"""Points between a count and the lines and labels beside it."""
_ALIKE = 1.6
"""Regions are evened out of which the largest is no more than so many times as large."""
_BESIDE = 0.6
"""So much of the smaller one lies beside its neighbour."""
_APART = 2.0


def cluster(scope: Scope, composition: "Composition") -> Cluster:
    """Return what the layout is asked for a scope; a count needs room on both sides of the lower border."""
    theme = composition.theme
    spacing, size = theme.spacing, theme.sizes.caption
    cap = metrics(theme.face, 700).cap_height * size
    side, count, text = spacing.region, composition.counts.get(scope.id), _caption(scope, composition)
    caption = Size(0.0, 2 / 3 * side)
    if text:
        caption = Size(width(text, size, theme.face, 700) + 2 * spacing.caption, cap + 2 * spacing.caption)
    low = side
    if count:
        from cutaway.views.parts.stack import pill_size

        pill = pill_size(count, theme)
        caption = Size(max(caption.width, pill.width + 4 * theme.strokes.region_radius), caption.height)
        low = max(side, pill.height / 2 + theme.strokes.edge) + pill.height / 2
    insets = Insets(top=caption.height + side / 3, right=side, bottom=low, left=side)
    least = width(_further(text)[-1], size, theme.face, 700) + spacing.caption + _CLEAR if text else 0.0
    return Cluster(id=scope.id, parent=scope.parent, insets=insets, caption=caption, least=least)


def region_marks(composition: "Composition", layout: Layout) -> list[Mark]:
    """Draw the regions of all scopes, outer ones first."""
    theme, marks = composition.theme, list[Mark]()
    even = evened_regions(composition, layout)
    for scope in _outer_first(composition):
        rect = even.get(scope.id, layout.clusters.get(scope.id))
        if rect is None:
            continue
        text, count = _caption(scope, composition), composition.counts.get(scope.id, "")
        rects = [rect, *(part.rect for part in layout.continued.get(scope.id, ()))]
        corners = [rect, *(part.caption for part in layout.continued.get(scope.id, ()))]
        for place, (area, corner) in enumerate(zip(rects, corners, strict=True)):
            said = _fitting(_further(text), corner, theme) if place and corner else text
            caption = _caption_mark(said, corner, theme) if corner and text else None
            here = count if place == len(rects) - 1 else ""
            marks.append(_region(scope, area, caption, composition, _pill(here, area, composition, layout)))
    return marks


def evened_regions(composition: "Composition", layout: Layout) -> Mapping[str, Rect]:
    """Return the regions of stages, evened out; those in others stay as they are, clear of the borders around them."""
    if not composition.regions:
        return {}
    parents = {scope.id: scope.parent for scope in composition.graph.scopes}
    outer = tuple([each for each in composition.regions if parents.get(each) not in composition.regions])
    return evened(layout, outer, across=composition.direction in {"right", "left"})


def _region(
    scope: Scope, rect: Rect, caption: Text | None, composition: "Composition", pill: tuple[Mark, ...]
) -> Group:
    """Draw the region of a scope, or one part of it."""
    strokes = composition.theme.strokes
    if pill:
        rect = _above_pill(rect, composition.counts[scope.id], composition.theme)
    outline = Path(
        segments=Rounded(rect, strokes.region_radius),
        fill="region",
        stroke=Stroke(paint="region.stroke", width=strokes.region),
    )
    title = composition.titles.get(scope.id, scope.name)
    marks = (outline, *((caption,) if caption else ()), *pill)
    if scope.id in composition.regions:
        inside = composition.regions[scope.id]
        return Group(marks=marks, ref=scope.id, part="region", stands_for=inside, title=scope.name)
    stands_for = composition.stands_for.get(scope.id, ())
    return Group(marks=marks, ref=scope.id, part="scope", stands_for=stands_for, title=title)


def _above_pill(rect: Rect, count: str, theme: Theme) -> Rect:
    """Return a region without the room for the lower half of its count."""
    from cutaway.views.parts.stack import pill_size

    return Rect(rect.x, rect.y, rect.width, rect.height - pill_size(count, theme).height / 2)


def _pill(count: str, rect: Rect, composition: "Composition", layout: Layout) -> tuple[Mark, ...]:
    """Draw a count on the lower border of a region, as far to the right as lines and labels leave it free."""
    if not count:
        return ()
    from cutaway.views.parts.stack import pill, pill_size

    theme = composition.theme
    size, corner = pill_size(count, theme), 1.5 * theme.strokes.region_radius
    wish = Rect(rect.right - corner - size.width, rect.bottom - size.height, size.width, size.height)
    near = [each for each in _obstacles(layout) if each.overlaps(Rect(rect.x, wish.y, rect.width, wish.height))]
    places = [wish, *(wish.moved(each.x - _CLEAR - wish.right, 0.0) for each in near)]
    free = [
        place
        for place in places
        if place.x >= rect.x + corner and not any(each.overlaps(place.grown(_CLEAR - 0.1)) for each in near)
    ]
    return pill(count, max(free, key=lambda place: place.x, default=wish), theme)


def _obstacles(layout: Layout) -> Iterator[Rect]:
    yield from layout.labels.values()
    for route in layout.routes.values():
        for one, two in pairwise(route):
            left, top = min(one.x, two.x), min(one.y, two.y)
            yield Rect(left, top, abs(one.x - two.x), abs(one.y - two.y)).grown(0.5)


def _further(text: str) -> tuple[str, ...]:
    """Return what names a further part of a region: its caption, or as little of that as says which region it is."""
    return tuple(dict.fromkeys((f"… {text}", f"… {text.partition(', ')[0]}")))


def _fitting(texts: Sequence[str], corner: Rect, theme: Theme) -> str:
    """Return the longest of some captions that has room, or the last."""
    room = corner.width - theme.spacing.caption
    return next((each for each in texts if width(each, theme.sizes.caption, theme.face, 700) <= room), texts[-1])


def _caption(scope: Scope, composition: "Composition") -> str:
    return composition.captions.get(scope.id, scope.name)


def _caption_mark(text: str, corner: Rect, theme: Theme) -> Text:
    """Set the caption of a region into the upper left corner of a rectangle."""
    size, pad = theme.sizes.caption, theme.spacing.caption
    cap = metrics(theme.face, 700).cap_height * size
    at = Point(corner.x + pad, corner.y + pad + cap)
    return Text(at=at, text=text, size=size, face=theme.face, fill="grey", weight=700)


def _outer_first(composition: "Composition") -> list[Scope]:
    """Return the scopes, those around others first, and further regions in the order of the flow."""
    graph, depth, place = composition.graph, dict[str | None, int]({None: 0}), dict[str, int]()
    parents = {scope.id: scope.parent for scope in graph.scopes}
    for scope in graph.scopes:
        depth[scope.id] = depth.get(scope.parent, 0) + 1
    for number, node in enumerate(graph.nodes if composition.regions else ()):
        around = node.scope
        while around is not None and around not in place:
            place[around] = number
            around = parents.get(around)
    return sorted(
        graph.scopes, key=lambda scope: (depth[scope.id], scope.id in composition.regions and place.get(scope.id, 0))
    )


def evened(layout: Layout, regions: Sequence[str], *, across: bool) -> Mapping[str, Rect]:
    """Return the rectangles of regions, their heights evened out in rows if the data flows `across`, else their widths.

    None grows beyond its row or column, nor over anything else; torn ones stay as they are.
    """
    whole = {
        each: layout.clusters[each] for each in regions if each in layout.clusters and each not in layout.continued
    }
    found = dict(whole)
    if len(whole) < 2:
        return found
    taken = list(_taken(layout))
    for row in _rows({each: _turned(rect, turn=not across) for each, rect in whole.items()}):
        least = max(rect.height for rect in row.values()) / _ALIKE
        large = {each: rect for each, rect in row.items() if rect.height >= least}
        top, bottom = min(rect.y for rect in large.values()), max(rect.bottom for rect in large.values())
        for each, rect in large.items():
            strips = [
                Rect(rect.x, top, rect.width, rect.y - top),
                Rect(rect.x, rect.bottom, rect.width, bottom - rect.bottom),
            ]
            added = [_turned(strip, turn=not across) for strip in strips if strip.height > 0]
            if not any(_is_taken(strip, taken, whole[each]) for strip in added):
                found[each] = _turned(Rect(rect.x, top, rect.width, bottom - top), turn=not across)
    return found


def _rows(rects: Mapping[str, Rect]) -> list[dict[str, Rect]]:
    """Return the regions of each row, those of several in no order but from above."""
    rows: list[dict[str, Rect]] = []
    last: Rect | None = None
    for each, rect in sorted(rects.items(), key=lambda item: item[1].center.y):
        if last is None or not _lie_beside(last, rect):
            rows.append({})
        rows[-1][each] = last = rect
    return [row for row in rows if len(row) > 1]


def _lie_beside(one: Rect, other: Rect) -> bool:
    shared = min(one.bottom, other.bottom) - max(one.y, other.y)
    return shared >= _BESIDE * min(one.height, other.height)


def _taken(layout: Layout) -> Iterator[Bounds]:
    """Give what a region must not grow over."""
    for rect in (*layout.boxes.values(), *layout.labels.values(), *layout.clusters.values()):
        yield rect.x, rect.y, rect.right, rect.bottom
    for parts in layout.continued.values():
        for part in parts:
            yield part.rect.x, part.rect.y, part.rect.right, part.rect.bottom
    for route in layout.routes.values():
        for one, two in pairwise(route):
            yield min(one.x, two.x), min(one.y, two.y), max(one.x, two.x), max(one.y, two.y)


def _is_taken(strip: Rect, taken: Sequence[Bounds], own: Rect) -> bool:
    """Tell whether anything lies in a strip beside a region, or near it, but what holds the region or lies in it."""
    region = (own.x, own.y, own.right, own.bottom)
    wide = strip.grown(_APART)
    near = wide.x, wide.y, wide.right, wide.bottom
    return any(_overlap(area, near) and not _holds(region, area) and not _holds(area, region) for area in taken)


def _holds(outer: Bounds, inner: Bounds) -> bool:
    return outer[0] <= inner[0] and outer[1] <= inner[1] and outer[2] >= inner[2] and outer[3] >= inner[3]


def _overlap(one: Bounds, other: Bounds) -> bool:
    return one[0] < other[2] and one[2] > other[0] and one[1] < other[3] and one[3] > other[1]


def _turned(rect: Rect, *, turn: bool) -> Rect:
    return Rect(rect.y, rect.x, rect.height, rect.width) if turn else rect
