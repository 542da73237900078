"""Rule 5: counts are literal. Rule 7: sizes grow with what they stand for. Rule 12: shapes stand where they change."""

import re
from collections.abc import Iterator
from math import prod

from cutaway.faults.fault import Fault
from cutaway.graph import Kind
from cutaway.linting.subject import Box, Subject

_TIMES = re.compile(r"^×\s?(\d[\d,]*)(?![.,\d])")
_REPEATS = re.compile(r"×\s?(\d[\d,]*)\b(?![²³×])")
_CALLS = re.compile(r"\b(\d[\d,]*) calls?\b")
_LAYERS = re.compile(r"\b(\d[\d,]*) (?:layers?|operations?|nodes?)\b")
_SAME = re.compile(r"\bsame weights\b|\bcalls?\b")
_SHARED = re.compile(r"\bsame weights\b|\bcalls?\b|\bshared\b")
_EXTENTS = ("width", "height", "size", "area", "long", "large")
"""Words of a legend that says what the size of a mark means."""
_SLACK = 0.1
"""Points by which sizes may differ unseen."""


def counts(subject: Subject) -> Iterator[Fault]:
    """Yield the boxes that stand for several nodes and do not say how many, or say something else."""
    for box in subject.boxes:
        operations = {subject.nodes[item].operation for item in box.members}
        if len(box.members) < 2 or (len(operations) == len(box.members) and repeats(box) == 1):
            continue  # a box of unlike layers says what they are, not how many
        if box.ref not in subject.nodes or repeats(box) != 1:
            yield from _count(box, subject)
        elif len(box.members) % blocks_around(box, subject):
            said = " · ".join(text for region in subject.around(box) for text in region.texts)
            message = f"{box.ref!r} stands for {len(box.members)} nodes, but around it stands {said!r}"
            yield Fault("count-wrong", (box.ref,), message, box.place)
    drawn = {item for box in subject.boxes for item in box.members}
    for region in subject.regions:
        hidden = [item for item in region.members if item not in drawn]
        if hidden:
            yield from _opened(region, len(hidden))


def _count(box: Box, subject: Subject) -> Iterator[Fault]:
    said, number = " · ".join(box.texts), len(box.members)
    times, layers = repeats(box), [_whole(found) for found in _LAYERS.finditer(said)]
    if times == 1 and not layers:
        if box.ref not in subject.explained:  # a drawing of all that is in it counts as well
            message = f"{box.ref!r} stands for {number} nodes and does not say how many"
            yield Fault("count-missing", (box.ref,), message, box.place)
    elif times == 0 or number % times or any(count not in {number, number // times} for count in layers):
        message = f"{box.ref!r} says {said!r}, but stands for {number} nodes"
        yield Fault("count-wrong", (box.ref,), message, box.place)
    else:
        yield from _sharing(box, times, said, subject)


def repeats(box: Box) -> int:
    """Return how many equal blocks a box or region says that it stands for; 1 where it says nothing."""
    found = [found for text in box.texts for found in (_TIMES.search(text), _CALLS.search(text)) if found]
    return _whole(found[0]) if found else 1


def _opened(region: Box, hidden: int) -> Iterator[Fault]:
    """Yield a fault where a region that draws one of several blocks does not say how many there are."""
    said, times = " · ".join(region.texts), repeats_around(region)
    if times is None:
        message = f"the region of {region.ref!r} stands for {hidden} nodes more than it draws and does not say how many"
        yield Fault("count-missing", (region.ref,), message, region.place)
    elif times < 2 or hidden % (times - 1):
        message = f"the region of {region.ref!r} says {said!r}, but stands for {hidden} nodes more than it draws"
        yield Fault("count-wrong", (region.ref,), message, region.place)


def repeats_around(region: Box) -> int | None:
    """Return how many equal blocks a region says that it stands for, by drawing one; None where it says nothing."""
    said = " · ".join(region.texts)
    found = _REPEATS.search(said) or _CALLS.search(said)
    return _whole(found) if found else None


def blocks_around(box: Box, subject: Subject) -> int:
    """Return how many equal blocks the regions around a box say that they stand for."""
    return prod(repeats_around(region) or 1 for region in subject.around(box)) or 1


def _sharing(box: Box, times: int, said: str, subject: Subject) -> Iterator[Fault]:
    """Yield a fault where own weights and shared ones are not told apart."""
    holding = [subject.nodes[item] for item in box.members if subject.nodes[item].weights]
    owners = {node.owner for node in holding}
    if not holding or times < 2:
        return
    if len(owners) * times <= len(holding) and not _SHARED.search(said):
        message = f"{box.ref!r} says {said!r}, but the weights of all {times} are the same"
        yield Fault("count-sharing", (box.ref,), message, box.place)
    elif len(owners) == len(holding) and _SAME.search(said):
        message = f"{box.ref!r} says {said!r}, but each of the {times} has weights of its own"
        yield Fault("count-sharing", (box.ref,), message, box.place)


def _whole(found: "re.Match[str]") -> int:
    return int(found.group(1).replace(",", ""))


def sizes(subject: Subject) -> Iterator[Fault]:
    """Yield the pair of boxes of which the one of the larger amount is smaller, and an unexplained scale of sizes."""
    sized = sorted(
        ((subject.amounts[box.ref], box) for box in subject.boxes if _is_sized(box, subject)),
        key=lambda item: item[0],
    )
    if not sized or sized[0][0] == sized[-1][0]:
        return
    if not subject.legend.says(_EXTENTS):
        yield Fault("size-unexplained", (), "no legend says what the sizes of the boxes mean")
    falls = [_first_fall(sized, extent) for extent in range(3)]
    if all(falls):
        small, large = falls[0] or (sized[0][1], sized[-1][1])
        amounts = subject.amounts[large.ref], subject.amounts[small.ref]
        message = f"{large.ref!r} stands for {amounts[0]:,g} and is smaller than {small.ref!r}, for {amounts[1]:,g}"
        yield Fault("size-not-monotone", (large.ref, small.ref), message, large.place)


def _is_sized(box: Box, subject: Subject) -> bool:
    """Tell whether the size of a box means an amount; circles, and inputs, have their own size."""
    node = subject.nodes.get(box.ref)
    is_layer = node is None or node.kind is not Kind.INPUT
    return box.ref in subject.amounts and is_layer and not box.look.is_round


def _first_fall(sized: list[tuple[float, Box]], extent: int) -> tuple[Box, Box] | None:
    """Return two boxes of which the one of less is larger, by width, height or area, or all are equally large."""
    first, last = sized[0][1], sized[-1][1]
    if _extent(last, extent) <= _extent(first, extent) + _SLACK:
        return first, last
    largest: Box | None = None
    for _, box in sized:
        if largest is not None and _extent(box, extent) < _extent(largest, extent) - _SLACK:
            return largest, box
        if largest is None or _extent(box, extent) > _extent(largest, extent):
            largest = box
    return None


def _extent(box: Box, extent: int) -> float:
    left, top, right, bottom = box.bounds
    return (right - left, bottom - top, (right - left) * (bottom - top))[extent]


def shapes(subject: Subject) -> Iterator[Fault]:
    """Yield the labels that repeat the shape of what went into the node before, or of the same tensor.

    What leaves a stage has its shape told there, though it may have changed earlier in it. An open length is no repeat:
    a window may have made it shorter; and beside what is drawn after its shape, the label says what a line carries.
    """
    stages = {region.ref for region in subject.regions if region.group.part == "region"}
    boxes = {box.ref for box in subject.boxes if not box.is_shaped}
    told: set[tuple[str, int]] = set()
    places = {label.owner.ref: label.bounds[:2] for label in subject.found.labels if label.owner.part == "label"}
    for ref, place in places.items():
        edges = subject.lookup.lines.get(ref, ())
        if not edges or edges[0].source not in boxes or edges[0].source not in subject.nodes:
            continue
        node, port = subject.nodes[edges[0].source], edges[0].source_port
        before = node.inputs[0].tensor if node.inputs else None
        tensor = node.outputs[port].tensor if port < len(node.outputs) else None
        left = subject.lookup.scopes(node.id) - subject.lookup.scopes(edges[0].target)
        is_known = tensor is not None and tensor.shape is not None and None not in tensor.shape[1:]
        unchanged = is_known and tensor == before
        repeats = (node.id, port) in told or (unchanged and not left & stages)
        told.add((node.id, port))
        if repeats and node.kind is not Kind.INPUT:
            message = f"the label of {ref!r} repeats a shape that has not changed"
            yield Fault("shape-repeated", (ref,), message, place)
