"""Take rows together between which nothing happens: every box there has one link, straight down to the next row.

Most of a network are such chains, alone or side by side; all that follows works on a fraction of the rows.
"""

from itertools import pairwise

from cutaway.geometry import Point, Rect
from cutaway.layered.flat import Drawing, Flat, Net, Node, Pin, PinKey
from cutaway.record import record, replace


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
    quiet, inner = _quiet(flat, rank, back)
    heights, starts, rows = _rows(flat, rank, quiet, inner)
    columns: list[list[int]] = []
    place = [0] * len(rank)
    for node, level in enumerate(rank):
        if not quiet[level]:
            column = [node]
            while column[-1] in inner:
                column.append(flat.nets[inner[column[-1]]].pins[0].node)
            for member in column:
                place[member] = len(columns)
            columns.append(column)
    above = [starts[level] + (heights[level] - flat.nodes[node].height) / 2 for node, level in enumerate(rank)]
    ends = [start + height for start, height in zip(starts, heights, strict=True)]
    hidden = set(inner.values())
    kept = [index for index in range(len(flat.nets)) if index not in hidden]
    number = {index: small for small, index in enumerate(kept)}
    small = replace(
        flat,
        nodes=tuple(_joined(flat, column, inner, above, ends[rank[column[-1]]]) for column in columns),
        nets=tuple(_moved(flat.nets[index], place) for index in kept),
    )
    return Condensed(
        whole=flat,
        flat=small,
        rank=[rows[rank[column[0]]] for column in columns],
        back=frozenset((number[net], pin) for net, pin in back),
        columns=columns,
        nets=kept,
        inner=inner,
        above=above,
    )


def _quiet(flat: Flat, rank: list[int], back: frozenset[PinKey]) -> tuple[list[bool], dict[int, int]]:
    """Return for each channel whether all links in it join two boxes or pass, and the net below each box in such."""
    quiet = [True] * (max(rank) + 2)
    quiet[0] = quiet[-1] = False
    leaving, entering = [0] * len(rank), [0] * len(rank)
    below: dict[int, int] = {}
    for index, net in enumerate(flat.nets):
        leaving[net.source] += 1 if net.pins else 0
        below[net.source] = index
        row = rank[net.source] + 1
        if len(net.pins) != 1 or rank[net.pins[0].node] != row or (index, 0) in back:
            quiet[row] = False
            for pin in net.pins:
                quiet[rank[pin.node]] = False
        for pin in net.pins:
            entering[pin.node] += 1
    for node, level in enumerate(rank):
        box = flat.nodes[node]
        fixed = bool(box.border or box.ins or box.outs)
        if entering[node] != 1 or fixed:
            quiet[level] = False
        if leaving[node] != 1 or fixed or (box.round and entering[node] > 1):
            quiet[level + 1] = False
    return quiet, {node: net for node, net in below.items() if quiet[rank[node] + 1]}


def _rows(
    flat: Flat, rank: list[int], quiet: list[bool], inner: dict[int, int]
) -> tuple[list[float], list[float], list[int]]:
    """Return the height of each row, its distance from the first row it is taken together with, and the new row."""
    gaps = flat.style.gaps
    heights = [0.0] * (len(quiet) - 1)
    for node, level in enumerate(rank):
        heights[level] = max(heights[level], flat.nodes[node].height)
    distances = [gaps.rank] * len(quiet)
    for node, index in inner.items():
        label = flat.nets[index].label
        if label is not None:
            distances[rank[node] + 1] = max(distances[rank[node] + 1], label.height + 2 * gaps.label)
    starts, rows = [0.0], [0]
    for level in range(1, len(heights)):
        starts.append(starts[-1] + heights[level - 1] + distances[level] if quiet[level] else 0.0)
        rows.append(rows[-1] + (0 if quiet[level] else 1))
    return heights, starts, rows


def _joined(flat: Flat, column: list[int], inner: dict[int, int], above: list[float], row: float) -> Node:
    """Return the one node for a chain of boxes in a row of this height."""
    boxes = [flat.nodes[node] for node in column]
    if len(boxes) == 1:
        return boxes[0]
    right = max(box.right for box in boxes)
    reach = max(_reach(flat, inner[node]) for node in column[:-1])
    return Node(
        left=max(box.left for box in boxes),
        right=right,
        height=above[column[-1]] + boxes[-1].height - above[column[0]],
        weight=sum(box.weight for box in boxes),
        upper=boxes[0].half,
        lower=boxes[-1].half,
        drop=above[column[0]],
        row=row,
        reach=reach if reach > right + flat.style.gaps.box else 0.0,
    )


def _reach(flat: Flat, net: int) -> float:
    label = flat.nets[net].label
    return 0.0 if label is None else label.width + 2 * flat.style.gaps.label


def _moved(net: Net, place: list[int]) -> Net:
    pins = tuple(Pin(place[pin.node], pin.order) for pin in net.pins)
    return Net(tensor=net.tensor, source=place[net.source], pins=pins, label=net.label)


def expanded(condensed: Condensed, drawing: Drawing) -> Drawing:
    """Return the drawing of the whole level."""
    whole, above = condensed.whole, condensed.above
    if len(condensed.columns) == len(whole.nodes):
        return drawing
    places: dict[int, Point] = {}
    lines = {(condensed.nets[net], pin): line for (net, pin), line in drawing.lines.items()}
    labels = {condensed.nets[net]: rect for net, rect in drawing.labels.items()}
    gap, right = whole.style.gaps.label, drawing.right
    for index, column in enumerate(condensed.columns):
        place = drawing.places[index]
        start = place.y - above[column[0]]
        for node in column:
            places[node] = Point(place.x, start + above[node])
        for upper, lower in pairwise(column):
            top = start + above[upper] + whole.nodes[upper].height
            bottom = start + above[lower]
            net = condensed.inner[upper]
            lines[net, 0] = [Point(place.x, top), Point(place.x, bottom)]
            label = whole.nets[net].label
            if label is not None:
                y = (top + bottom - label.height) / 2
                labels[net] = Rect(place.x + gap, y, label.width, label.height)
                right = max(right, labels[net].right)
    return Drawing(places=places, lines=lines, labels=labels, left=drawing.left, right=right, height=drawing.height)
