"""Draw the levels of a problem from the inside out: a finished cluster is a node of the next level."""

from cutaway.geometry import Rect
from cutaway.layered import chain
from cutaway.layered.direction import Frame, Turn
from cutaway.layered.flat import ENTRY, EXIT, Drawing, Flat, Net, Node, Stamps, Style
from cutaway.layered.nest import Level, Nest
from cutaway.layered.problem import Box, Problem
from cutaway.record import Record

_BALANCE = 24.0  # a cluster widened on the left for its caption becomes wider on the right too, up to this
_ENTRY, _MAIN_ENTRY = 2.0, 3.0  # weights: of tensors that enter, the one with the longest way is the main path
_NUDGE = 4.0  # between lanes and labels and the border of a cluster or its caption


class Outline(Record):
    """The outline of a cluster in its drawing, and where its tensors enter and leave it, by their nets."""

    drawing: Drawing
    rect: Rect
    ins: dict[int, float]
    outs: dict[int, float]


class Done(Record):
    """A finished level: its drawing, its members in the drawing, its outline there, and what it is outside."""

    drawing: Drawing
    nodes: tuple[Node, ...]
    rect: Rect
    node: Node


class Levels:
    """Draw levels; each finished one is a node of the next, and equal ones are drawn once."""

    def __init__(self, problem: Problem, nest: Nest, turn: Turn) -> None:
        self.nest = nest
        self.turn = turn
        self.problem = problem
        self.style: Style = turn.style(problem)
        self.frames: dict[str | None, Frame] = {cluster.id: turn.frame(cluster) for cluster in problem.clusters}
        self._nodes: dict[str, Node] = self._boxes(problem.boxes)
        self._stamps: Stamps = {}
        self._depths = _depths(problem) if problem.clusters else {}
        self._outlines: dict[object, Outline] = {}
        self.done: dict[str | None, Done] = {}

    def draw(self, level: Level) -> None:
        """Draw a level whose inner ones are done."""
        frame = self.frames.get(level.id)
        flat = self._flat(level, frame)
        if frame is None or level.id is None:
            drawing = self._drawing(flat)
            rect = Rect(drawing.left, 0.0, drawing.right - drawing.left, drawing.height)
            self.done[level.id] = Done(drawing=drawing, nodes=flat.nodes, rect=rect, node=Node())
            return
        key = (frame, *flat.key())
        outline = self._outlines.get(key)
        if outline is None:
            outline = self._outlines[key] = _outline(frame, flat, self._drawing(flat))
        node = _closed(flat, outline, len(level.members))
        self.done[level.id] = Done(drawing=outline.drawing, nodes=flat.nodes, rect=outline.rect, node=node)
        self._nodes[level.id] = node

    def _drawing(self, flat: Flat) -> Drawing:
        drawing = chain.drawn(flat)
        if drawing is None:
            from cutaway.layered import stamp

            drawing = stamp.draw_all(flat, self._stamps)
        return drawing

    def _flat(self, level: Level, frame: Frame | None) -> Flat:
        nodes = [self._nodes[member] for member in level.members]
        number = self.nest.number
        nets: list[Net] = []
        entering = [tensor for tensor, part in level.parts.items() if part.source is ENTRY]
        nearest = max(entering, key=self._depths.__getitem__, default=None)
        for tensor, part in level.parts.items():
            ends, label = part.ends, part.label.label if part.label is not None else None
            if part.source is ENTRY:
                source = len(nodes)
                nodes.append(Node(border=ENTRY, weight=_MAIN_ENTRY if tensor == nearest else _ENTRY))
            else:
                source = number[part.source]
            place = part.exit
            if place is not None:
                ends[place] = (len(nodes), ends[place][1])
                nodes.append(Node(border=EXIT, weight=2.0))
            nets.append(Net(tensor, source, tuple(ends), label and self.turn.size(label)))
        if frame is None:
            return Flat(nodes=tuple(nodes), nets=tuple(nets), style=self.style)
        return Flat(
            nodes=tuple(nodes),
            nets=tuple(nets),
            style=self.style,
            head=frame.insets.top,
            foot=frame.insets.bottom,
            brow=frame.brow,
            sole=frame.sole,
        )

    def _boxes(self, boxes: tuple[Box, ...]) -> dict[str, Node]:
        """Return boxes as nodes; equal boxes are one node."""
        nodes: dict[str, Node] = {}
        made: dict[tuple[float, float, float, bool, float | None], Node] = {}
        sideways = self.turn.sideways
        for box in boxes:
            size = box.size
            wide, high = (size.height, size.width) if sideways else (size.width, size.height)
            key = (wide, high, box.margin, box.round, box.axis)
            node = made.get(key)
            if node is None:
                right = wide / 2 if box.axis is None else box.axis
                left = wide - right
                if not sideways:
                    left, right = right, left
                border = min(left, right) - box.margin if box.margin else 0.0
                made[key] = node = Node(
                    left=left, right=right, height=high, round=box.round, upper=border, lower=border
                )
            nodes[box.id] = node
        return nodes


def _depths(problem: Problem) -> dict[str, int]:
    """Return how many boxes there are before each tensor on its longest way; boxes come in the order of the flow."""
    places = {box.id: place for place, box in enumerate(problem.boxes)}
    depths = dict.fromkeys(places, 0)
    for link in sorted(problem.links, key=lambda link: places[link.source]):
        if places[link.source] < places[link.target]:
            depths[link.target] = max(depths[link.target], depths[link.source] + 1)
    return {link.tensor: depths[link.source] for link in problem.links}


def _closed(flat: Flat, outline: Outline, members: int) -> Node:
    """Return the node that a cluster is outside: its axis is where the first of its tensors enters or leaves it."""
    rect, ins, outs = outline.rect, outline.ins, outline.outs
    ports = [*ins.values(), *outs.values()]
    axis = 0.0 if any(abs(x) < 1e-6 for x in ports) else ports[0] if ports else rect.center.x
    return Node(
        left=axis - rect.x,
        right=rect.right - axis,
        height=rect.height,
        weight=max(1.0, float(members)),
        ins={flat.nets[net].tensor: x - axis for net, x in ins.items()},
        outs={flat.nets[net].tensor: x - axis for net, x in outs.items()},
    )


def _outline(frame: Frame, flat: Flat, drawing: Drawing) -> Outline:
    """Return the outline of a cluster; widen it where its caption is in the way."""
    nodes = flat.nodes
    sources = [net.source for net in flat.nets]
    ins = {net: drawing.places[source][0] for net, source in enumerate(sources) if nodes[source].border}
    outs = {
        net: drawing.lines[net][place][-1][0]
        for net, whole in enumerate(flat.nets)
        for place, (node, _) in enumerate(whole.pins)
        if nodes[node].border
    }
    left = drawing.left - max(frame.insets.left, _NUDGE)
    right = drawing.right + max(frame.insets.right, _NUDGE)
    lack = max(0.0, frame.least.width - (right - left)) / 2
    left, right = left - lack, right + lack
    for start, ports in ((frame.brow_start, ins), (frame.sole_start, outs)):
        if start and ports:
            pushed = left - min(left, min(ports.values()) - start - _NUDGE)
            left, right = left - pushed, right + min(pushed, _BALANCE)
    lack = max(0.0, frame.least.height - drawing.height)
    if lack:
        _stretch(flat, drawing, lack)
    return Outline(drawing=drawing, rect=Rect(left, 0.0, right - left, drawing.height), ins=ins, outs=outs)


def _stretch(flat: Flat, drawing: Drawing, lack: float) -> None:
    """Make a drawing higher: move all but what is on its borders to the middle."""
    by = {ENTRY: 0.0, None: lack / 2, EXIT: lack}
    drawing.places[:] = [(x, y + by[node.border]) for node, (x, y) in zip(flat.nodes, drawing.places, strict=True)]
    for net, lines in zip(flat.nets, drawing.lines, strict=True):
        for (node, _), line in zip(net.pins, lines, strict=True):
            line[:] = [(x, y + lack / 2) for x, y in line]
            if flat.nodes[net.source].border:
                line.insert(0, (line[0][0], 0.0))
            if flat.nodes[node].border:
                line.append((line[-1][0], drawing.height + lack))
    for index, (x, y, wide, high) in drawing.labels.items():
        drawing.labels[index] = (x, y + lack / 2, wide, high)
    drawing.height += lack
