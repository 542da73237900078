"""Marks and boxes: off the page, over each other, out of the region of their scope or in a foreign one."""

from collections.abc import Iterator

from cutaway.faults.fault import Fault, spot
from cutaway.faults.labels import owner_name
from cutaway.faults.lookup import Lookup
from cutaway.faults.outline import from_border, inside, meet, overlap, within
from cutaway.faults.runs import covers
from cutaway.faults.survey import BOX_PARTS, REGION_PARTS, Area, Owner, Survey
from cutaway.grid import Grid
from cutaway.scene import Scene

SLACK = 0.1
"""Points of overlap that nobody sees."""
_SOLID = BOX_PARTS | REGION_PARTS


def off_page(found: Survey, scene: Scene) -> Iterator[Fault]:
    """Yield the marks that are not wholly on the page, and those that are nowhere."""
    page = (0.0, 0.0, scene.width, scene.height)
    for owner, words, area in found.extents:
        if not within(area, page, SLACK):
            corner = f"{spot(area[0], area[1])} to {spot(area[2], area[3])}"
            yield Fault(
                "outside-page",
                (owner.ref or words,),
                f"{words} of {owner_name(owner)} reaches from {corner}, out of the page of "
                f"{scene.width:g} × {scene.height:g}",
                area[:2],
            )
    for owner, words in found.broken:
        message = f"{words} of {owner_name(owner)} has a coordinate that is no number"
        yield Fault("outside-page", (owner.ref or words,), message)


def over_each_other(found: Survey) -> Iterator[Fault]:
    """Yield the pairs of a box and another box or swatch that overlap; a count at the border is a part of its box."""
    grid = Grid([(area.bounds, number) for number, area in enumerate(found.areas)])
    told: set[frozenset[Owner]] = set()
    places = {owner: place for place, owner in enumerate(found.owners)}
    for area in found.areas:
        owner = _solid(area.owner)
        if owner is None:
            continue
        for number in sorted(set(grid.near(area.bounds))):
            other = found.areas[number]
            box = _solid(other.owner) or other.owner
            pair = frozenset((owner, box))
            if pair in told or owner in other.owner.chain() or other.owner in area.owner.chain():
                continue
            if other.owner.part == "port" and _lies_in(other, owner):
                continue
            if overlap(area.bounds, other.bounds, SLACK) and meet(area.polygon, other.polygon):
                told.add(pair)
                earlier, later = (owner, box) if places[owner] < places[box] else (box, owner)
                if not covers(later, earlier):
                    continue
                place = max(area.bounds[0], other.bounds[0]), max(area.bounds[1], other.bounds[1])
                message = f"{owner_name(owner)} and {owner_name(box)} overlap at {spot(*place)}"
                yield Fault("box-over-box", (owner.ref, box.ref), message, place)


def _solid(owner: Owner) -> Owner | None:
    """Return the box or region that a group is, or is a part of."""
    return next((group for group in owner.chain() if group.part in _SOLID and group.outline), None)


def _lies_in(port: Area, box: Owner) -> bool:
    """Tell whether a port that is drawn after the boxes is wholly in one of them."""
    if box.outline is None:
        return False
    border = box.outline.polygon
    return all(inside(point, border) or from_border(point, border) <= SLACK for point in port.polygon)


def out_of_scopes(found: Survey, lookup: Lookup) -> Iterator[Fault]:
    """Yield the boxes and regions that leave the region of their scope, or reach into another's."""
    areas = [*found.areas, *found.regions]
    grid = Grid([(region.bounds, place) for place, region in enumerate(found.regions)])
    for number, area in enumerate(areas, start=-len(found.areas)):
        if area.owner.outline is area:
            near = [found.regions[place] for place in sorted(set(grid.near(area.bounds))) if not 0 <= number <= place]
            yield from _against(area, near, lookup)
    drawn: dict[str, list[Area]] = {}  # a region may be drawn in several parts
    for region in found.regions:
        drawn.setdefault(region.owner.ref, []).append(region)
    for area in areas:
        if area.owner.outline is not area:
            continue
        around = frozenset[str]() if area.owner.part == "output" else lookup.scopes(area.owner.ref)
        for scope in sorted(around & drawn.keys()):
            if not any(within(area.bounds, region.bounds, SLACK) for region in drawn[scope]):
                message = f"{owner_name(area.owner)} is not inside {owner_name(drawn[scope][0].owner)}"
                yield Fault("outside-scope", (area.owner.ref, scope), message, area.bounds[:2])


def _against(area: Area, regions: list[Area], lookup: Lookup) -> Iterator[Fault]:
    """Yield a fault for each of the regions that a box or region meets, but neither belongs to nor holds."""
    homes, inner = lookup.homes(area.owner), area.owner.ref
    for region in regions:
        outer = region.owner.ref
        if outer in homes or not overlap(area.bounds, region.bounds, SLACK) or not meet(area.polygon, region.polygon):
            continue
        if area.owner.part not in REGION_PARTS or inner not in lookup.scopes(outer):
            message = f"{owner_name(area.owner)} reaches into {owner_name(region.owner)}, which it is no part of"
            yield Fault("outside-scope", (inner, outer), message, area.bounds[:2])
