"""Take rows together between which nothing happens: every box there has one link, straight down to the next row.

Most of a network are such chains, alone or side by side; all that follows works on a fraction of the rows.
"""

from itertools import pairwise
from math import ceil
from typing import NamedTuple

from cutaway.geometry import Point, Rect
from cutaway.layered.flat import Drawing, Flat, Node, PinKey, renumbered
from cutaway.record import record, replace

_STEP = 2.0


@record
class Condensed:
    """A smaller level, in which a chain of boxes is one node, and how its drawing becomes that of the whole.

    `columns` lists the boxes of each node from above, `nets` the number that each net had, `inner` the net below each
    box within a chain; `above` is the distance of each box from the upper border of the row its node is in.
    """

    whole: Flat
    flat: Flat
    rank: list[int]
    back: frozenset[PinKey]
    columns: list[list[int]]
    nets: list[int]
    inner: dict[int, int]
    above: list[float]


def condense(flat: Flat, rank: list[int], back: frozenset[PinKey]) -> Condensed:
    """Return the smaller level of a ranked one."""
    ports = _ports(flat)
    quiet, inner = _quiet(flat, rank, back, ports)
    heights, starts, rows = _rows(flat, rank, quiet, inner)
    columns: list[list[int]] = []
    number = [0] * len(rank)
    for node, row in enumerate(rank):
        if not quiet[row]:
            column = [node]
            while column[-1] in inner:
                column.append(flat.nets[inner[column[-1]]].pins[0].node)
            for member in column:
                number[member] = len(columns)
            columns.append(column)
    above = [starts[row] + (heights[row] - flat.nodes[node].height) / 2 for node, row in enumerate(rank)]
    ends = [start + height for start, height in zip(starts, heights, strict=True)]
    hidden = set(inner.values())
    kept = [index for index in range(len(flat.nets)) if index not in hidden]
    net_number = {index: small for small, index in enumerate(kept)}
    small = replace(
        flat,
        nodes=tuple(
            _joined(flat, column, inner, above, _ends(ports, column, ends[rank[column[-1]]])) for column in columns
        ),
        nets=tuple(renumbered(flat.nets[index], number, flat.nets[index].label) for index in kept),
    )
    return Condensed(
        whole=flat,
        flat=small,
        rank=[rows[rank[column[0]]] for column in columns],
        back=frozenset((net_number[net], pin) for net, pin in back),
        columns=columns,
        nets=kept,
        inner=inner,
        above=above,
    )


class _Ports(NamedTuple):
    """How many lanes enter each node from above and leave it below."""

    upper: list[int]
    lower: list[int]


class _Ends(NamedTuple):
    """The numbers of lanes at both ends of a column, and the height of its row."""

    upper: int
    lower: int
    row: float


def _ports(flat: Flat) -> _Ports:
    ports = _Ports([0] * len(flat.nodes), [0] * len(flat.nodes))
    for net in flat.nets:
        if net.pins:
            ports.lower[net.source] += 1
        for pin in net.pins:
            ports.upper[pin.node] += 1
    return ports


def _ends(ports: _Ports, column: list[int], row: float) -> _Ends:
    return _Ends(ports.upper[column[0]], ports.lower[column[-1]], row)


def _quiet(flat: Flat, rank: list[int], back: frozenset[PinKey], ports: _Ports) -> tuple[list[bool], dict[int, int]]:
    """Return for each channel whether all links in it join two boxes or pass, and the net below each box in such."""
    quiet = [True] * (max(rank) + 2)
    quiet[0] = quiet[-1] = False
    below: dict[int, int] = {}
    for index, net in enumerate(flat.nets):
        below[net.source] = index
        channel = rank[net.source] + 1
        if len(net.pins) != 1 or rank[net.pins[0].node] != channel or (index, 0) in back:
            quiet[channel] = False
            for pin in net.pins:
                quiet[rank[pin.node]] = False
    for node, row in enumerate(rank):
        box = flat.nodes[node]
        fixed = bool(box.border or box.ins or box.outs)
        if ports.upper[node] != 1 or fixed:
            quiet[row] = False
        if ports.lower[node] != 1 or fixed or (box.round and ports.upper[node] > 1):
            quiet[row + 1] = False
    return quiet, {node: net for node, net in below.items() if quiet[rank[node] + 1]}


def _rows(
    flat: Flat, rank: list[int], quiet: list[bool], inner: dict[int, int]
) -> tuple[list[float], list[float], list[int]]:
    """Return the height of each row, its distance from the first row it is taken together with, and the new row."""
    gaps = flat.style.gaps
    heights = [0.0] * (len(quiet) - 1)
    for node, row in enumerate(rank):
        heights[row] = max(heights[row], flat.nodes[node].height)
    distances = [gaps.rank] * len(quiet)
    for node, index in inner.items():
        label = flat.nets[index].label
        if label is not None:
            distances[rank[node] + 1] = max(distances[rank[node] + 1], label.height + 2 * gaps.label)
    starts, rows = [0.0], [0]
    for row in range(1, len(heights)):
        starts.append(starts[-1] + heights[row - 1] + distances[row] if quiet[row] else 0.0)
        rows.append(rows[-1] + (0 if quiet[row] else 1))
    return heights, starts, rows


def _joined(flat: Flat, column: list[int], inner: dict[int, int], above: list[float], ends: _Ends) -> Node:
    """Return the one node for a chain of boxes; where one lane ends in the middle its width is of no interest."""
    boxes = [flat.nodes[node] for node in column]
    first = boxes[0]
    if len(boxes) > 1:
        return _chain(flat, column, inner, above, ends)
    if first.round or first.border or first.ins or first.outs:
        return first
    return Node(
        left=_wide(first.left),
        right=_wide(first.right),
        height=first.height,
        weight=first.weight,
        upper=first.half if ends.upper > 1 else 0.0,
        lower=first.half if ends.lower > 1 else 0.0,
    )


def _chain(flat: Flat, column: list[int], inner: dict[int, int], above: list[float], ends: _Ends) -> Node:
    boxes = [flat.nodes[node] for node in column]
    right = _wide(max(box.right for box in boxes))
    reach = max(_reach(flat, inner[node]) for node in column[:-1])
    return Node(
        left=_wide(max(box.left for box in boxes)),
        right=right,
        height=above[column[-1]] + boxes[-1].height - above[column[0]],
        weight=sum(box.weight for box in boxes),
        upper=boxes[0].half if ends.upper > 1 else 0.0,
        lower=boxes[-1].half if ends.lower > 1 else 0.0,
        drop=above[column[0]],
        row=ends.row,
        reach=reach if reach > right + flat.style.gaps.box else 0.0,
    )


def _wide(half: float) -> float:
    """Return half a width rounded up: lanes beside boxes of nearly the same width stand in line."""
    return ceil(half / _STEP - 1e-6) * _STEP


def _reach(flat: Flat, net: int) -> float:
    label = flat.nets[net].label
    return 0.0 if label is None else label.width + 2 * flat.style.gaps.label


def expanded(condensed: Condensed, drawing: Drawing) -> Drawing:
    """Return the drawing of the whole level."""
    whole, above = condensed.whole, condensed.above
    places: dict[int, Point] = {}
    lines = {(condensed.nets[net], pin): line for (net, pin), line in drawing.lines.items()}
    labels = {condensed.nets[net]: rect for net, rect in drawing.labels.items()}
    gap = whole.style.gaps.label
    for index, column in enumerate(condensed.columns):
        place = drawing.places[index]
        start = place.y - above[column[0]]
        places[column[0]] = place
        for upper, lower in pairwise(column):
            places[lower] = Point(place.x, start + above[lower])
            top = start + above[upper] + whole.nodes[upper].height
            bottom = start + above[lower]
            net = condensed.inner[upper]
            lines[net, 0] = [Point(place.x, top), Point(place.x, bottom)]
            label = whole.nets[net].label
            if label is not None:
                y = (top + bottom - label.height) / 2
                labels[net] = Rect(place.x + gap, y, label.width, label.height)
    made = Drawing(places=places, lines=lines, labels=labels, height=drawing.height)
    made.left, made.right = _extent(whole, made)
    return made


def _extent(flat: Flat, drawing: Drawing) -> tuple[float, float]:
    """Return how far all that is drawn reaches to the left and to the right."""
    xs = [point.x for line in drawing.lines.values() for point in line]
    for node, point in drawing.places.items():
        box = flat.nodes[node]
        xs.append(point.x - box.left)
        xs.append(point.x + box.right)
    xs.extend(rect.right for rect in drawing.labels.values())
    return min(xs, default=0.0), max(xs, default=0.0)
