"""Draw the levels of a problem from the inside out: a finished cluster is a node of the next level."""

from cutaway.geometry import Point, Rect, Size
from cutaway.layered.direction import Frame, Turn
from cutaway.layered.flat import ENTRY, EXIT, Drawing, Flat, Net, Node, Pin, Style
from cutaway.layered.nest import Level, Member, Nest
from cutaway.layered.pack import draw_all
from cutaway.layered.problem import Box, Problem
from cutaway.record import record

_BALANCE = 24.0  # a cluster widened on the left for its caption becomes wider on the right too, up to this
_NUDGE = 4.0  # between lanes and labels and the border of a cluster or its caption


@record(frozen=False)
class Done:
    """A finished level: its drawing, its members and nets in the drawing, its outline there, and what it is outside."""

    drawing: Drawing
    nodes: tuple[Node, ...]
    nets: dict[str, int]
    rect: Rect
    node: Node


class Levels:
    """Draw levels; each finished one is a node of the next."""

    def __init__(self, problem: Problem, nest: Nest, turn: Turn) -> None:
        self.nest = nest
        self.turn = turn
        self.problem = problem
        self.style: Style = turn.style(problem)
        self.boxes: dict[str, Box] = {box.id: box for box in problem.boxes}
        self.frames: dict[str | None, Frame] = {cluster.id: turn.frame(cluster) for cluster in problem.clusters}
        self._nodes: dict[tuple[float, float, bool], Node] = {}
        self.done: dict[str | None, Done] = {}

    def draw(self, level: Level) -> None:
        """Draw a level whose inner ones are done."""
        frame = self.frames.get(level.id)
        flat, nets = self._flat(level, frame)
        drawing = draw_all(flat)
        rect = Rect(drawing.left, 0.0, drawing.right - drawing.left, drawing.height)
        node = Node()
        if frame is not None:
            rect, node = self._closed(level, flat, drawing, nets)
        self.done[level.id] = Done(drawing=drawing, nodes=flat.nodes, nets=nets, rect=rect, node=node)

    def _flat(self, level: Level, frame: Frame | None) -> tuple[Flat, dict[str, int]]:
        nodes = [self._node(member) for member in level.members]
        number: dict[Member, int] = {member: index for index, member in enumerate(level.members)}
        nets: list[Net] = []
        names: dict[str, int] = {}
        for tensor, part in level.parts.items():
            ends = []
            if part.source is ENTRY:
                source = len(nodes)
                nodes.append(Node(border=ENTRY, weight=2.0))
            else:
                source = number[part.source]
            for end, order in part.ends:
                if end is EXIT:
                    ends.append(Pin(len(nodes), order))
                    nodes.append(Node(border=EXIT, weight=2.0))
                else:
                    ends.append(Pin(number[end], order))
            names[tensor] = len(nets)
            nets.append(Net(tensor=tensor, source=source, pins=tuple(ends), label=self._label(part.label)))
        if frame is None:
            return Flat(nodes=tuple(nodes), nets=tuple(nets), style=self.style), names
        insets = frame.insets
        flat = Flat(
            nodes=tuple(nodes),
            nets=tuple(nets),
            style=self.style,
            head=insets.top,
            foot=insets.bottom,
            brow=frame.brow,
            sole=frame.sole,
        )
        return flat, names

    def _label(self, link: str | None) -> Size | None:
        label = self.nest.links[link].label if link is not None else None
        return None if label is None else self.turn.size(label)

    def _node(self, member: str) -> Node:
        """Return a box or a finished cluster as a node; equal boxes are one node."""
        box = self.boxes.get(member)
        if box is None:
            return self.done[member].node
        size = self.turn.size(box.size)
        key = (size.width, size.height, box.round)
        node = self._nodes.get(key)
        if node is None:
            half = size.width / 2
            node = self._nodes[key] = Node(left=half, right=half, height=size.height, round=box.round)
        return node

    def _closed(self, level: Level, flat: Flat, drawing: Drawing, nets: dict[str, int]) -> tuple[Rect, Node]:
        """Return the outline of a cluster and the node it is outside; widen it where its caption is in the way."""
        frame = self.frames[level.id]
        ins: dict[str, float] = {}
        outs: dict[str, float] = {}
        for tensor, part in level.parts.items():
            index = nets[tensor]
            if part.source is ENTRY:
                ins[tensor] = drawing.places[flat.nets[index].source].x
            if EXIT in part.inside:
                outs[tensor] = drawing.lines[index, part.inside[EXIT]][-1].x
        rect = _outline(frame, flat, drawing, ins, outs)
        ports = [*ins.values(), *outs.values()]
        axis = 0.0 if not ports or any(abs(x) < 1e-6 for x in ports) else ports[0]
        if not ports:
            axis = rect.center.x
        node = Node(
            left=axis - rect.x,
            right=rect.right - axis,
            height=rect.height,
            weight=max(1.0, 1.0 * len(level.members)),
            ins={tensor: x - axis for tensor, x in ins.items()},
            outs={tensor: x - axis for tensor, x in outs.items()},
        )
        return rect, node


def _outline(frame: Frame, flat: Flat, drawing: Drawing, ins: dict[str, float], outs: dict[str, float]) -> Rect:
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
    return Rect(left, 0.0, right - left, drawing.height)


def _stretch(flat: Flat, drawing: Drawing, lack: float) -> None:
    """Make a drawing higher: move all but what is on its borders to the middle."""
    for node, point in drawing.places.items():
        by = {ENTRY: 0.0, None: lack / 2, EXIT: lack}[flat.nodes[node].border]
        drawing.places[node] = Point(point.x, point.y + by)
    for (net, pin), line in drawing.lines.items():
        line[:] = [Point(point.x, point.y + lack / 2) for point in line]
        if flat.nodes[flat.nets[net].source].border:
            line.insert(0, Point(line[0].x, 0.0))
        if flat.nodes[flat.nets[net].pins[pin].node].border:
            line.append(Point(line[-1].x, drawing.height + lack))
    for net, rect in drawing.labels.items():
        drawing.labels[net] = rect.moved(0.0, lack / 2)
    drawing.height += lack
