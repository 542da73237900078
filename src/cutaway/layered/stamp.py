"""Draw equal slices of a level once, and put the drawings below each other.

What lies between two rows where a level can be cut depends on nothing else, so the drawing of the level is that of its
slices. Networks repeat themselves: most slices are copies, in one level or in several. And most are simple: a link
between two nodes, or parallel strands; what draws others is loaded where there are any.
"""

from cutaway.layered.condense import Condensed, condense
from cutaway.layered.flat import ENTRY, EXIT, Drawing, Flat, Plate, Spot, Stamps
from cutaway.layered.passage import NO_TRACKS, Passage, label_band
from cutaway.layered.rank import back_pins, ranks
from cutaway.layered.slices import Part, Slice, sliced


def draw_all(flat: Flat, stamps: Stamps) -> Drawing:
    """Return the drawing of a level of any parts; the main path of the heaviest part runs at x = 0."""
    if not flat.nodes:
        return Drawing(places=[], lines=[], height=flat.head + flat.foot)
    fed = {node for net in flat.nets for node, _ in net.pins if node > net.source}
    if len(fed) == len(flat.nodes) - 1:
        return draw(flat, stamps)  # each node but the first is linked to an earlier one: all hang together
    leaders = _leaders(flat)
    if not any(leaders):
        return draw(flat, stamps)
    from cutaway.layered.pack import draw_parts

    return draw_parts(flat, leaders, stamps)


def _leaders(flat: Flat) -> list[int]:
    """Return for each node the first one of the part it is in."""
    leader = list(range(len(flat.nodes)))
    for net in flat.nets:
        for node, _ in net.pins:
            one, two = net.source, node
            while leader[one] != one:
                leader[one] = one = leader[leader[one]]
            while leader[two] != two:
                leader[two] = two = leader[leader[two]]
            if one < two:
                leader[two] = one
            else:
                leader[one] = two
    for node, above in enumerate(leader):
        leader[node] = leader[above]
    return leader


def draw(flat: Flat, stamps: Stamps) -> Drawing:
    """Return the drawing of a connected level; the main path runs at x = 0 from the top on.

    `stamps` has the drawings of slices that were made before, and takes new ones.
    """
    back = back_pins(flat)
    condensed = condense(flat, ranks(flat, back), back)
    whole = Drawing.blank(flat)
    x = y = 0.0
    bends: list[float] = []
    for place, part in enumerate(sliced(condensed)):
        drawing = _stamp(part, stamps)
        if place and part.first is not None:
            x -= drawing.places[part.first][0]
        _put_columns(whole, condensed, part, drawing, (x, y))
        whole.put_lines(drawing, part.nets, (x, y))
        bends += (x + drawing.left, x + drawing.right)
        whole.height = y + drawing.height
        if part.last is not None:
            last = drawing.places[part.last]
            x, y = x + last[0], y + last[1]
    for net, (left, top, _, high) in whole.labels.items():
        label = flat.nets[net].label
        assert label is not None  # noqa: S101 - there is no plate without a label
        whole.labels[net] = (left, top, label.width, high)
    whole.bound(flat.nodes, bends)
    return whole


def _stamp(part: Part, stamps: Stamps) -> Drawing:
    """Return the drawing of a slice, which is made where `stamps` has none of its like."""
    key = part.key()
    drawing = stamps.get(key)
    if drawing is None:
        drawing = stamps[key] = _drawn(part.slice())
        drawing.left, drawing.right = _bends(drawing)
    return drawing


def _drawn(part: Slice) -> Drawing:
    drawing = pair(part)
    if drawing is None:
        from cutaway.layered import parallel

        drawing = parallel.drawn(part)
    if drawing is None:
        from cutaway.layered import arrange

        drawing = arrange.drawn(part)
    return drawing


def pair(part: Slice) -> Drawing | None:
    """Return the drawing of two nodes and a link straight down from one to the other, nothing for any other slice."""
    flat = part.flat
    if sorted(part.rank) != [0, 1] or part.back or len(flat.nets) != 1 or len(flat.nets[0].pins) != 1:
        return None
    net, gaps = flat.nets[0], flat.style.gaps
    above, below = flat.nodes[net.source], flat.nodes[net.pins[0][0]]
    start, end = above.outs.get(net.tensor, 0.0), below.ins.get(net.tensor, 0.0)
    least = flat.head if above.border is ENTRY else gaps.rank
    if below.border is EXIT:
        least = flat.foot
    top = 0.0 if above.border is ENTRY else flat.head
    row = top + (above.row or above.height)
    channel = row + max(least, label_band(flat.nets, gaps))
    height = channel + (below.row or below.height)
    tops = (top + above.drop if above.row else top, channel + below.drop if below.row else channel)
    x = start - end
    line = [(start, tops[0] + above.height), (x + end, tops[1])]
    labels: dict[int, Plate] = {}
    if net.label is not None:
        labels[0] = Passage(NO_TRACKS, row, gaps.lane, channel).plate(net.label, gaps, line[0], [line])
    places = [(0.0, tops[0]), (x, tops[1])]
    if net.source:
        places.reverse()
    return Drawing(
        places=places,
        lines=[[line]],
        labels=labels,
        height=height if below.border is EXIT else height + flat.foot,
    )


def _put_columns(whole: Drawing, condensed: Condensed, part: Part, drawing: Drawing, by: Spot) -> None:
    """Copy the boxes of a slice into the drawing of the level, chains opened."""
    dx, dy = by
    places, above, columns = whole.places, condensed.above, condensed.columns
    for node, (x, y) in zip(part.nodes, drawing.places, strict=True):
        column = columns[node]
        places[column[0]] = (x + dx, y + dy)
        if len(column) > 1:
            _open(whole, condensed, column, (x + dx, y + dy - above[column[0]]))


def _open(whole: Drawing, condensed: Condensed, column: list[int], start: Spot) -> None:
    """Draw a chain of boxes below each other; the row of their node begins at `start`."""
    flat, above, inner = condensed.whole, condensed.above, condensed.inner
    x, first = start
    upper = column[0]
    for lower in column[1:]:
        net = inner[upper]
        top, bottom = first + above[upper] + flat.nodes[upper].height, first + above[lower]
        whole.places[lower] = (x, bottom)
        whole.lines[net] = [[(x, top), (x, bottom)]]
        label = flat.nets[net].label
        if label is not None:
            whole.labels[net] = (
                x + flat.style.gaps.label,
                (top + bottom - label.height) / 2,
                label.width,
                label.height,
            )
        upper = lower


def _bends(drawing: Drawing) -> Spot:
    """Return how far the bent lines of a slice reach; straight ones do not reach beyond their nodes."""
    xs = {x for pins in drawing.lines for line in pins if len(line) > 2 for x, _ in line}
    axis = drawing.places[0][0]
    return min(xs, default=axis), max(xs, default=axis)
