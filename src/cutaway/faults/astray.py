"""Words that stand at another box than the one they are of."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from math import inf

from cutaway.faults.fault import Fault, spot
from cutaway.faults.labels import owner_name
from cutaway.faults.lookup import Lookup
from cutaway.faults.outline import apart, grown
from cutaway.faults.survey import Area, Label, Owner, Survey
from cutaway.grid import Grid

SLACK = 0.5
"""Points by which words may be nearer to another box before anybody takes them for its own."""


def astray(found: Survey, lookup: Lookup) -> Iterator[Fault]:
    """Yield the words beside boxes, without a line to these, that are nearer to another box than to their own.

    What stands above its own box, or below it, is read as its own, however near others are beside that, and if its
    middle does, wherever others are.
    """
    drawn = [area for area in found.areas if area.owner.outline is area and area.owner.part == "node"]
    shown = [area for area in drawn if not area.owner.explaining]
    grid = Grid([(area.bounds, number) for number, area in enumerate(shown)])
    led = {owner for owner, words, _ in found.extents if owner.part == "note" and words == "a path"}
    blocks: dict[Owner, list[Label]] = {}
    for label in found.labels:
        if label.owner not in led and not label.owner.explaining:
            blocks.setdefault(label.owner, []).append(label)
    for owner, labels in blocks.items():
        own = [box.outline for box in _named(owner, lookup) if box.outline]
        if not own:
            continue
        far = min(_way(labels, area) for area in own)
        near = {number: shown[number] for label in labels for number in grid.near(grown(label.bounds, far))}
        others = [area for _, area in sorted(near.items()) if area not in own]
        if _stands_at(labels, own):
            others = [area for area in others if _stands_at(labels, [area]) and not _is_centred(labels, own)]
        other = min(others, key=lambda area: _way(labels, area), default=None)
        if other is not None and _way(labels, other) < far - SLACK:
            text, place = labels[0].text, labels[0].bounds[:2]
            message = (
                f"the text {text!r} at {spot(*place)} is of {owner_name(own[0].owner)}, "
                f"but stands nearer to {owner_name(other.owner)}"
            )
            yield Fault("label-astray", (text, own[0].owner.ref, other.owner.ref), message, place)


def _named(owner: Owner, lookup: Lookup) -> list[Owner]:
    """Return the boxes that the words of a group are of: those of a note, or what gives an output without a line."""
    if owner.part == "note" and owner.box() is None:
        return [box for item in dict.fromkeys((owner.ref, *owner.stands_for)) for box in lookup.boxes.get(item, ())]
    if owner.part == "output" and owner.run() is not None:
        ends = [box for port in lookup.outputs.get(owner.ref, ()) for box in lookup.boxes.get(port.node, ())]
        return [box for box in ends if box.run() is owner.run()]
    return []


def _stands_at(labels: Sequence[Label], boxes: Sequence[Area]) -> bool:
    """Tell whether a part of a text is above or below one of some boxes, or what is between them."""
    left, right = _sides(labels)
    return min(area.bounds[0] for area in boxes) < right and left < max(area.bounds[2] for area in boxes)


def _is_centred(labels: Sequence[Label], boxes: Sequence[Area]) -> bool:
    """Tell whether the middle of a text is there."""
    middle = sum(_sides(labels)) / 2
    return min(area.bounds[0] for area in boxes) <= middle <= max(area.bounds[2] for area in boxes)


def _sides(labels: Sequence[Label]) -> tuple[float, float]:
    return min(label.bounds[0] for label in labels), max(label.bounds[2] for label in labels)


def _way(labels: Sequence[Label], area: Area) -> float:
    """Return how far a text is from a box."""
    return min([apart(a, b, area.polygon) for label in labels for a, b in pairwise(label.quad)], default=inf)
