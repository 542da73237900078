"""Put each label beside the first stretch of its lane, in the middle of it as far as it is free."""

from cutaway.geometry import Size
from cutaway.layered.flat import Line, Plate, Spot
from cutaway.layered.passage import Passage
from cutaway.layered.problem import Gaps
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
    spot = (sheet.x[net.source] + sheet.leave[index], start)
    return plate(label, gaps, spot, lines, router.passages[sheet.row[net.source] + 1])


def plate(label: Size, gaps: Gaps, start: Spot, lines: list[Line], passage: Passage) -> Plate:
    """Return the rectangle of a label beside lines that leave straight down from a spot above a channel."""
    x, top = start
    end = min(_stretch_end(line, x, top) for line in lines)
    free = passage.free_above(x, x + gaps.label * 2 + label.width)
    low = max(top, min(end, free) - gaps.label - label.height)
    middle = (top + end - label.height) / 2
    return x + gaps.label, max(top + gaps.label, min(low, middle)), label.width, label.height


def _stretch_end(line: Line, x: float, start: float) -> float:
    """Return where a line leaves the stretch straight down at `x`."""
    ends = [y for at, y in line if abs(at - x) < 1e-6 and y > start]
    return ends[0] if ends else start
