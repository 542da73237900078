"""Take rows together between which nothing happens: every box there has one link, straight down to the next row.

Most of a network are such chains, alone or side by side; all that follows works on a fraction of the rows.
"""

from math import ceil

from cutaway.layered.flat import Flat, Node, PinKey
from cutaway.record import Record

_STEP = 2.0  # widths are rounded up to twice this
_PORTS = 4.0  # the room for ports is rounded down to this, on both sides of the axis


class Condensed(Record):
    """A level in which a chain of boxes is one node, in fewer rows.

    `columns` lists the boxes of each of the `nodes` from above, `number` is the node of each box, and `rank` the row of
    each node. `nets` are the numbers of the nets between the nodes; `inner` is the net below each box within a chain,
    or -1; `above` is the distance of each box from the upper border of the row its node is in.
    """

    whole: Flat
    nodes: list[Node]
    rank: list[int]
    back: frozenset[PinKey]
    columns: list[list[int]]
    number: list[int]
    nets: list[int]
    inner: list[int]
    above: list[float]


def condense(flat: Flat, rank: list[int], back: frozenset[PinKey]) -> Condensed:
    """Return the smaller level of a ranked one."""
    links = _Links(flat, rank, back)
    quiet, inner = links.quiet, links.inner()
    heights, starts, rows = _rows(flat, rank, quiet, inner)
    nodes = flat.nodes
    above = [starts[row] + (heights[row] - node.height) / 2 for node, row in zip(nodes, rank, strict=True)]
    columns: list[list[int]] = []
    number = [0] * len(rank)
    for node, row in enumerate(rank):
        if not quiet[row]:
            column = [node]
            number[node] = len(columns)
            net = inner[node]
            while net >= 0:
                member = flat.nets[net].pins[0][0]
                column.append(member)
                number[member] = len(columns)
                net = inner[member]
            columns.append(column)
    joining = _Joining(flat, links, inner, above)
    hidden = set(inner)
    return Condensed(
        whole=flat,
        nodes=[
            joining.chain(column, starts[rank[column[-1]]] + heights[rank[column[-1]]])
            if len(column) > 1
            else joining.single(column[0])
            for column in columns
        ],
        rank=[rows[rank[column[0]]] for column in columns],
        back=back,
        columns=columns,
        number=number,
        nets=[index for index in range(len(flat.nets)) if index not in hidden],
        inner=inner,
        above=above,
    )


class _Links:
    """How many lanes enter each node from above and leave it below, and which channels are quiet.

    A channel is quiet where all links in it join two boxes or pass.
    """

    def __init__(self, flat: Flat, rank: list[int], back: frozenset[PinKey]) -> None:
        self._rank = rank
        self.upper = [0] * len(rank)
        self.lower = [0] * len(rank)
        self._below = [-1] * len(rank)
        self.quiet = [True] * (max(rank) + 2)
        self.quiet[0] = self.quiet[-1] = False
        self._count(flat, back)
        self._settle(flat)

    def _count(self, flat: Flat, back: frozenset[PinKey]) -> None:
        rank, quiet, upper, lower, below = self._rank, self.quiet, self.upper, self.lower, self._below
        for index, net in enumerate(flat.nets):
            source, pins = net.source, net.pins
            below[source] = index
            channel = rank[source] + 1
            if pins:
                lower[source] += 1
            for node, _ in pins:
                upper[node] += 1
            if len(pins) != 1 or rank[pins[0][0]] != channel or (back and (index, 0) in back):
                quiet[channel] = False
                for node, _ in pins:
                    quiet[rank[node]] = False

    def _settle(self, flat: Flat) -> None:
        quiet = self.quiet
        for box, row, into, out in zip(flat.nodes, self._rank, self.upper, self.lower, strict=True):
            fixed = bool(box.border or box.ins or box.outs)
            if into == out == 1 and not fixed:
                continue
            if into != 1 or fixed:
                quiet[row] = False
            if out != 1 or fixed or (box.round and into > 1):
                quiet[row + 1] = False

    def inner(self) -> list[int]:
        """Return the net below each box that is in a quiet channel, else -1."""
        quiet = self.quiet
        return [net if quiet[row + 1] else -1 for net, row in zip(self._below, self._rank, strict=True)]


def _rows(
    flat: Flat, rank: list[int], quiet: list[bool], inner: list[int]
) -> tuple[list[float], list[float], list[int]]:
    """Return the height of each row, its distance from the first row it is taken together with, and the new row."""
    gaps, nets = flat.style.gaps, flat.nets
    heights = [0.0] * (len(quiet) - 1)
    distances = [gaps.rank] * len(quiet)
    for node, row, net in zip(flat.nodes, rank, inner, strict=True):
        height = node.height
        if heights[row] < height:  # noqa: PLR1730 - `max` doubles the time of the loop
            heights[row] = height
        if net >= 0:
            label = nets[net].label
            if label is not None:
                distances[row + 1] = max(distances[row + 1], label.height + 2 * gaps.label)
    starts, rows = [0.0], [0]
    start, number = 0.0, 0
    for above, is_quiet, distance in zip(heights, quiet[1:-1], distances[1:], strict=False):
        if is_quiet:
            start += above + distance
        else:
            start, number = 0.0, number + 1
        starts.append(start)
        rows.append(number)
    return heights, starts, rows


class _Joining:
    """The one node for each chain of boxes; where one lane ends in the middle its width is of no interest."""

    def __init__(self, flat: Flat, links: _Links, inner: list[int], above: list[float]) -> None:
        self._flat = flat
        self._links = links
        self._inner = inner
        self._above = above
        self._singles: dict[tuple[float, ...], Node] = {}
        self._is_labelled = any(net.label is not None for net in flat.nets)

    def single(self, node: int) -> Node:
        """Return the node of a box that is in no chain."""
        box = self._flat.nodes[node]
        if box.round or box.border or box.ins or box.outs:
            return box
        upper, lower = self._links.upper[node] > 1, self._links.lower[node] > 1
        key = (box.left, box.right, box.height, box.weight, box.upper, box.lower, upper, lower)
        made = self._singles.get(key)
        if made is None:
            made = self._singles[key] = Node(
                left=_wide(box.left),
                right=_wide(box.right),
                height=box.height,
                weight=box.weight,
                upper=_room(box.upper or box.half) if upper else 0.0,
                lower=_room(box.lower or box.half) if lower else 0.0,
            )
        return made

    def chain(self, column: list[int], row: float) -> Node:
        """Return the node of some boxes, in a row of this height."""
        nodes, above, links = self._flat.nodes, self._above, self._links
        first, last = column[0], column[-1]
        left = right = weight = 0.0
        for node in column:
            box = nodes[node]
            left = box.left if box.left > left else left  # noqa: FURB136 - `max` takes twice the time
            right = box.right if box.right > right else right  # noqa: FURB136
            weight += box.weight
        right = _wide(right)
        reach = self._reach(column) if self._is_labelled else 0.0
        return Node(
            left=_wide(left),
            right=right,
            height=above[last] + nodes[last].height - above[first],
            drop=above[first],
            row=row,
            weight=weight,
            upper=_room(nodes[first].upper or nodes[first].half) if links.upper[first] > 1 else 0.0,
            lower=_room(nodes[last].lower or nodes[last].half) if links.lower[last] > 1 else 0.0,
            reach=reach if reach > right + self._flat.style.gaps.box else 0.0,
        )

    def _reach(self, column: list[int]) -> float:
        """Return how far the widest label within a chain reaches."""
        nets, inner = self._flat.nets, self._inner
        labels = [nets[inner[node]].label for node in column[:-1]]
        widths = [label.width for label in labels if label is not None]
        return max(widths) + 2 * self._flat.style.gaps.label if widths else 0.0


def _room(half: float) -> float:
    """Return how far from the axis ports may be, rounded down: they are alike on boxes of nearly the same width."""
    return half // _PORTS * _PORTS if half >= 4 * _PORTS else half


def _wide(half: float) -> float:
    """Return half a width rounded up: lanes beside boxes of nearly the same width stand in line."""
    return ceil(half / _STEP - 1e-6) * _STEP
