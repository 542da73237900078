"""Shaded boxes that a user puts behind others: what belongs in one lies in it, and nothing else does."""

from collections.abc import Iterator

from cutaway.faults.fault import Fault
from cutaway.faults.labels import owner_name
from cutaway.faults.lookup import Lookup
from cutaway.faults.outline import meet, overlap, within
from cutaway.faults.survey import Area, Owner, Survey

SLACK = 0.1


def out_of_groupings(found: Survey, lookup: Lookup) -> Iterator[Fault]:
    """Yield the boxes that stick out of the shaded box behind them, or reach into one that is not theirs."""
    for grouping in found.groupings:
        members = {box for item in grouping.owner.stands_for for box in lookup.boxes.get(item, ())}
        for owner in dict.fromkeys(area.owner for area in found.areas if area.owner.outline is area):
            is_member = owner in members or _is_named(owner, grouping, lookup)
            if fault := _fault(owner, grouping.owner, is_member=is_member):
                yield fault


def _is_named(owner: Owner, grouping: Area, lookup: Lookup) -> bool:
    """Tell whether a group is the name of an output, in the shaded box that holds what gives it."""
    if owner.part != "output" or owner.outline is None:
        return False
    gives = [port.node for port in lookup.outputs.get(owner.ref, ())]
    return any(node in grouping.owner.stands_for for node in gives) and overlap(owner.outline.bounds, grouping.bounds)


def _fault(box: Owner, grouping: Owner, *, is_member: bool) -> Fault | None:
    one, other = box.outline, grouping.outline
    if one is None or other is None or box.explaining:
        return None
    if is_member and not within(one.bounds, other.bounds, SLACK):
        message = f"{owner_name(box)} is not inside {owner_name(grouping)}"
    elif not is_member and overlap(one.bounds, other.bounds, SLACK) and meet(one.polygon, other.polygon):
        message = f"{owner_name(box)} reaches into {owner_name(grouping)}, which it is no part of"
    else:
        return None
    return Fault("outside-scope", (box.ref, grouping.ref), message, one.bounds[:2])
