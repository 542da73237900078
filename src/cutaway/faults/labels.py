"""Texts: too small, over each other, over boxes and lines, or out of the box they belong to."""

from collections.abc import Iterator, Mapping
from itertools import pairwise

from cutaway.faults.fault import Fault, spot
from cutaway.faults.lookup import Lookup
from cutaway.faults.outline import apart, grown, inside, meet, overlap, within
from cutaway.faults.survey import Area, Course, Label, Owner, Survey
from cutaway.geometry import Bounds
from cutaway.grid import Grid
from cutaway.page import LEAST_SIZE

SLACK = 0.15
"""Points by which letters may reach into something before anybody sees it."""


def small_texts(found: Survey) -> Iterator[Fault]:
    """Yield the texts under 6 pt."""
    for label in found.labels:
        if label.size < LEAST_SIZE - 1e-6:
            message = f"{_named(label)} is set in {label.size:g} pt, under 6 pt"
            yield Fault("small-text", (label.text,), message, label.bounds[:2])


def over_labels(found: Survey) -> Iterator[Fault]:
    """Yield the pairs of texts that overlap."""
    grid = Grid([(label.bounds, number) for number, label in enumerate(found.labels)])
    for number, label in enumerate(found.labels):
        for other in sorted(set(grid.near(label.bounds))):
            if other > number and _cover(label, found.labels[other]):
                second = found.labels[other]
                message = f"{_named(label)} and {_named(second)} overlap"
                yield Fault("label-over-label", (label.text, second.text), message, label.bounds[:2])


def over_boxes(found: Survey) -> Iterator[Fault]:
    """Yield the texts over a box, a swatch or an arrowhead that they are no part of."""
    areas = [*found.areas, *found.arrowheads, *(band.area() for band in found.bands)]
    grid = Grid([(area.bounds, number) for number, area in enumerate(areas)])
    places = {owner: place for place, owner in enumerate(found.owners)}
    for label in found.labels:
        own = set(label.owner.chain())
        for number in sorted(set(grid.near(label.bounds))):
            area = areas[number]
            box = area.owner.box() or area.owner
            is_own = area.owner in own or (area.owner.part == "front" and box in own)
            if not is_own and _lies_on(label, area) and not _hides_side(label, box, places):
                message = f"{_named(label)} lies over {owner_name(box)}"
                yield Fault("label-over-box", _marks(label, box), message, label.bounds[:2])


def _hides_side(label: Label, box: Owner, places: Mapping[Owner, int]) -> bool:
    """Tell whether a text stands at a solid that is painted over the side of another in its run, and on no front."""
    own = label.owner.box()
    if own is None or own.run() is None or own.run() is not box.run() or box.front is None:
        return False
    return places[own] > places[box] and not _lies_on(label, box.front)


def over_edges(found: Survey) -> Iterator[Fault]:
    """Yield the texts that a line runs through; those inside of boxes are the boxes' matter."""
    grid = Grid(segments(found.courses))
    for label in found.labels:
        if _is_backed(label):
            continue
        hits: dict[Owner, None] = {}
        for course, index in grid.near(label.bounds):
            a, b = course.chain[index], course.chain[index + 1]
            if course.owner not in hits and apart(a, b, label.quad) < course.width / 2 - SLACK:
                hits[course.owner] = None
        for owner in sorted(hits, key=lambda owner: owner.ref):
            message = f"{owner_name(owner)} runs through {_named(label)}"
            yield Fault("label-over-edge", _marks(label, owner), message, label.bounds[:2])


def out_of_boxes(found: Survey, lookup: Lookup) -> Iterator[Fault]:
    """Yield the texts that stick out of their box or region, or reach into a region that is not theirs."""
    backs = _areas_by_owner(found)
    for label in found.labels:
        outline = _outline_around(label)
        if outline and not _fits(label, outline) and not _has_back(label, outline.owner, backs):
            message = f"{_named(label)} sticks out of {owner_name(outline.owner)}"
            yield Fault("label-outside-box", _marks(label, outline.owner), message, label.bounds[:2])
    yield from _across_regions(found, lookup, backs)


def _across_regions(found: Survey, lookup: Lookup, backs: Mapping[Owner, list[Area]]) -> Iterator[Fault]:
    grid = Grid([(region.bounds, number) for number, region in enumerate(found.regions)])
    for label in found.labels:
        near = [found.regions[number] for number in sorted(set(grid.near(label.bounds)))]
        if not near or label.owner.box() or _has_back(label, label.owner, backs):
            continue
        homes, own = lookup.homes(label.owner), _outline_around(label)
        for region in near:
            belongs = region.owner.ref in homes
            if region is own or (belongs and within(label.bounds, region.bounds, SLACK)):
                continue  # told by another rule, or nothing to tell
            if _lies_on(label, region):
                where = "across the border of" if belongs else "over"
                message = f"{_named(label)} lies {where} {owner_name(region.owner)}"
                message += "" if belongs else ", which it is no part of"
                yield Fault("label-over-box", _marks(label, region.owner), message, label.bounds[:2])


def segments(courses: list[Course]) -> list[tuple[Bounds, tuple[Course, int]]]:
    """Return every straight stretch of the lines with the room its stroke takes."""
    found = []
    for course in courses:
        half = course.width / 2
        for index, (a, b) in enumerate(pairwise(course.chain)):
            area = (min(a[0], b[0]), min(a[1], b[1]), max(a[0], b[0]), max(a[1], b[1]))
            found.append((grown(area, half), (course, index)))
    return found


def owner_name(owner: Owner) -> str:
    """Name a group in a message."""
    words = {"node": "the box of", "edge": "the line of", "scope": "the region of"}
    return f"{words.get(owner.part, f'the {owner.part}')} {owner.ref!r}" if owner.ref else f"the {owner.part}"


def _marks(label: Label, owner: Owner) -> tuple[str, ...]:
    return (label.text, owner.ref) if owner.ref else (label.text,)


def _named(label: Label) -> str:
    return f"the text {label.text!r} at {spot(label.bounds[0], label.bounds[1])}"


def _cover(one: Label, other: Label) -> bool:
    if not overlap(one.bounds, other.bounds, SLACK):
        return False
    return (_is_upright(one) and _is_upright(other)) or meet(one.quad, other.quad)


def _is_upright(label: Label) -> bool:
    (ax, ay), (bx, by) = label.quad[0], label.quad[1]
    return ax == bx or ay == by


def _lies_on(label: Label, area: Area) -> bool:
    return overlap(label.bounds, area.bounds, SLACK) and meet(label.quad, area.polygon)


def _fits(label: Label, outline: Area) -> bool:
    """Tell whether a text is inside an outline: its bounds in the outline's, the middles of its sides in the outline.

    The corners of a text's bounds hold no ink, so in a circle they may stick out.
    """
    if not within(label.bounds, outline.bounds, SLACK):
        return False
    sides = pairwise(label.quad)
    return all(inside(((a[0] + b[0]) / 2, (a[1] + b[1]) / 2), outline.polygon) for a, b in sides)


def _outline_around(label: Label) -> Area | None:
    """Return the outline of the box or region that a text is a part of."""
    return next((owner.outline for owner in label.owner.chain() if owner.outline), None)


def _is_backed(label: Label) -> bool:
    outline = label.owner.box()
    return bool(outline and outline.outline and _fits(label, outline.outline))


def _has_back(label: Label, top: Owner, backs: Mapping[Owner, list[Area]]) -> bool:
    """Tell whether a text stands on an area of its own group, such as a pill on a border."""
    for owner in label.owner.chain():
        if any(_fits(label, area) for area in backs.get(owner, ())):
            return True
        if owner is top:
            break
    return False


def _areas_by_owner(found: Survey) -> dict[Owner, list[Area]]:
    areas: dict[Owner, list[Area]] = {}
    for area in found.areas:
        areas.setdefault(area.owner, []).append(area)
    return areas
