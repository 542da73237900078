"""Put each label beside the first stretch of its lane, in the middle of it as far as it is free."""

from cutaway.layered.flat import Line, Plate
from cutaway.layered.route import Router


def label_rects(router: Router, lines: list[list[Line]]) -> dict[int, Plate]:
    """Return the rectangles of the labels by net."""
    rects = {}
    for index, net in enumerate(router.sheet.flat.nets):
        if net.label is not None and net.pins:
            rects[index] = _rect(router, index, lines[index])
    return rects


def _rect(router: Router, index: int, lines: list[Line]) -> Plate:
    sheet = router.sheet
    net = sheet.flat.nets[index]
    gaps, label = sheet.flat.style.gaps, net.label
    assert label is not None  # noqa: S101 - only labelled nets come here
    fan = sheet.fans.get(net.source)
    start = router.bottom[net.source] + (fan.height if fan is not None else 0.0)
    x = sheet.x[net.source] + sheet.leave[index]
    end = min(_stretch_end(line, x, start) for line in lines)
    channel = sheet.row[net.source] + 1
    free = min(router.tops[channel], _first_crossing(router, channel, x, x + gaps.label * 2 + label.width))
    low = max(start, min(end, free) - gaps.label - label.height)
    middle = (start + end - label.height) / 2
    return x + gaps.label, max(start + gaps.label, min(low, middle)), label.width, label.height


def _stretch_end(line: Line, x: float, start: float) -> float:
    """Return where a line leaves the stretch straight down at `x`."""
    ends = [y for at, y in line if abs(at - x) < 1e-6 and y > start]
    return ends[0] if ends else start


def _first_crossing(router: Router, channel: int, left: float, right: float) -> float:
    """Return the y of the first level stretch in a channel between two x."""
    ys = [router.tops[channel]]
    for spans in router.tracks[channel].spans.values():
        ys += [router.track(channel, track) for track, low, high in spans if low < right and left < high]
    return min(ys)
