"""Draw a level that is one chain of nodes at once: no rank, order or place is to be searched there.

Most clusters are such levels, and so is all of a sequential network. What the stages would find is a sum: runs of boxes
below each other, and between them, where one is a cluster or on the border, a link like that of two rows.
"""

from cutaway.layered.flat import ENTRY, EXIT, Drawing, Flat, Line, Net, Node


def drawn(flat: Flat) -> Drawing | None:
    """Return the drawing of a chain, nothing for any other level."""
    numbers = _followed(flat)
    if numbers is None:
        return None
    chain = _Chain(flat, flat.nets[numbers[0]].source if numbers else 0)
    for number in numbers:
        chain.add(number)
    return chain.finished()


def _followed(flat: Flat) -> list[int] | None:
    """Return the numbers of the nets along a chain, or nothing where there is none through all nodes."""
    count = len(flat.nodes)
    if len(flat.nets) != count - 1:
        return None
    leaving, fed = [-1] * count, [False] * count
    for number, net in enumerate(flat.nets):
        if len(net.pins) != 1 or leaving[net.source] >= 0:
            return None
        leaving[net.source] = number
        fed[net.pins[0][0]] = True
    if fed.count(False) != 1:
        return None
    order: list[int] = []
    number = leaving[fed.index(False)]
    while number >= 0:
        order.append(number)
        number = leaving[flat.nets[number].pins[0][0]]
    return order if len(order) == count - 1 else None


class _Chain:
    """A chain down to the node that was added last.

    That is so far below the `top` of its run; the run before it, or the level, begins at `origin`, from which also the
    height is counted: sums are made in the order in which the stages make them, so that they are the same.
    """

    def __init__(self, flat: Flat, node: int) -> None:
        self._flat = flat
        self._drawing = Drawing.blank(flat)
        self._node = node
        self._x = self._origin = self._start = 0.0
        self._top = 0.0 if flat.nodes[node].border is ENTRY else flat.head
        self._last = (self._origin, self._top)
        self._drawing.places[node] = (0.0, self._top)

    def add(self, number: int) -> None:
        """Add the node to which a net leads."""
        nodes, net = self._flat.nodes, self._flat.nets[number]
        below = net.pins[0][0]
        if _is_free(nodes[self._node]) and _is_free(nodes[below]):
            line = self._go_on(number, net)
        else:
            line = self._begin(number, net, nodes[below])
        self._drawing.lines[number] = [line]
        self._drawing.places[below] = (self._x, line[-1][1])
        self._node = below

    def _go_on(self, number: int, net: Net) -> Line:
        """Add a box to the run."""
        gaps, label = self._flat.style.gaps, net.label
        first, high = self._origin + self._top, self._flat.nodes[self._node].height
        distance = gaps.rank if label is None else max(gaps.rank, label.height + 2 * gaps.label)
        upper = first + self._start + high
        self._start += high + distance
        lower = first + self._start
        if label is not None:
            middle = (upper + lower - label.height) / 2
            self._drawing.labels[number] = (self._x + gaps.label, middle, label.width, label.height)
        return [(self._x, upper), (self._x, lower)]

    def _begin(self, number: int, net: Net, below: Node) -> Line:
        """Begin a new run: what is a cluster or on the border is one of its own."""
        flat, above, x, y = self._flat, self._flat.nodes[self._node], self._x, self._origin
        out, into = above.outs.get(net.tensor, 0.0), below.ins.get(net.tensor, 0.0)
        bottom = self._top + (self._start + above.height)
        gaps, label = flat.style.gaps, net.label
        least = flat.head if above.border is ENTRY else gaps.rank
        if below.border is EXIT:
            least = flat.foot
        if label is not None:
            least = max(least, label.height + 2 * gaps.label)
        end = bottom + least
        shift = out - into
        if label is not None:
            low, middle = end - gaps.label - label.height, (bottom + end - label.height) / 2
            top = max(bottom + gaps.label, min(low, middle))
            self._drawing.labels[number] = (out + gaps.label + x, top + y, label.width, label.height)
        self._last = (y, end)
        self._x, self._origin, self._top, self._start = x + shift, y + end, 0.0, 0.0
        return [(out + x, bottom + y), (shift + into + x, end + y)]

    def finished(self) -> Drawing:
        """Return the drawing."""
        flat, drawing = self._flat, self._drawing
        last, (origin, top) = flat.nodes[self._node], self._last
        end = top + (self._start + last.height)
        drawing.height = origin + (end if last.border is EXIT else end + flat.foot)
        drawing.bound(flat.nodes)
        return drawing


def _is_free(node: Node) -> bool:
    return not (node.border or node.ins or node.outs)
