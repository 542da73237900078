"""Lay out a problem: level by level from the inside out, then put the levels into each other."""

from cutaway.geometry import Point, Rect, Size
from cutaway.layered.direction import Frame, Turn
from cutaway.layered.flat import Drawing, Flat, Line, Net, Node, Pin, Style
from cutaway.layered.nest import ENTRY, EXIT, Level, Nest
from cutaway.layered.pack import draw_all
from cutaway.layered.problem import Box, Layout, Problem
from cutaway.layered.route import simplified
from cutaway.record import record

_BALANCE = 24.0  # a cluster widened on the left for its caption becomes wider on the right too, up to this
_NUDGE = 4.0  # between lanes and labels and the border of a cluster or its caption


def lay_out(problem: Problem) -> Layout:
    """Return places for all boxes and clusters, routes for all links and rectangles for all labels."""
    turn = Turn(problem.direction)
    nest = Nest(problem)
    inner = _Levels(problem, nest, turn)
    for level in nest.inner_first():
        inner.draw(level)
    return _Assembly(inner).layout()


@record(frozen=False)
class _Done:
    """A finished level: its drawing, its members and nets in the drawing, its outline there, and what it is outside."""

    drawing: Drawing
    members: list[str]
    nets: dict[str, int]
    rect: Rect
    node: Node


class _Levels:
    """Draw levels; each finished one is a node of the next."""

    def __init__(self, problem: Problem, nest: Nest, turn: Turn) -> None:
        self.nest = nest
        self.turn = turn
        self.problem = problem
        self.style: Style = turn.style(problem)
        self.boxes: dict[str, Box] = {box.id: box for box in problem.boxes}
        self.frames: dict[str | None, Frame] = {cluster.id: turn.frame(cluster) for cluster in problem.clusters}
        self.done: dict[str | None, _Done] = {}

    def draw(self, level: Level) -> None:
        """Draw a level whose inner ones are done."""
        frame = self.frames.get(level.id)
        flat, members, nets = self._flat(level, frame)
        drawing = draw_all(flat)
        rect = Rect(drawing.left, 0.0, drawing.right - drawing.left, drawing.height)
        node = Node()
        if frame is not None:
            rect, node = self._closed(level, flat, drawing, nets)
        self.done[level.id] = _Done(drawing=drawing, members=members, nets=nets, rect=rect, node=node)

    def _flat(self, level: Level, frame: Frame | None) -> tuple[Flat, list[str], dict[str, int]]:
        nodes = [self.node(member) for member in level.members]
        number = {member: place for place, member in enumerate(level.members)}
        nets: list[Net] = []
        names: dict[str, int] = {}
        for tensor, part in level.parts.items():
            ends = []
            if part.source == ENTRY:
                source = len(nodes)
                nodes.append(Node(border="entry", weight=2.0))
            else:
                source = number[part.source]
            for end, order in part.ends:
                if end == EXIT:
                    ends.append(Pin(len(nodes), order))
                    nodes.append(Node(border="exit", weight=2.0))
                else:
                    ends.append(Pin(number[end], order))
            names[tensor] = len(nets)
            nets.append(Net(tensor=tensor, source=source, pins=tuple(ends), label=self._label(part.label)))
        if frame is None:
            return Flat(nodes=tuple(nodes), nets=tuple(nets), style=self.style), level.members, names
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
        return flat, level.members, names

    def _label(self, link: str | None) -> Size | None:
        label = self.nest.links[link].label if link is not None else None
        return None if label is None else self.turn.size(label)

    def node(self, member: str) -> Node:
        """Return a box or a finished cluster as a node."""
        box = self.boxes.get(member)
        if box is None:
            return self.done[member].node
        size = self.turn.size(box.size)
        return Node(left=size.width / 2, right=size.width / 2, height=size.height, round=box.round)

    def _closed(self, level: Level, flat: Flat, drawing: Drawing, nets: dict[str, int]) -> tuple[Rect, Node]:
        """Return the outline of a cluster and the node it is outside; widen it where its caption is in the way."""
        frame = self.frames[level.id]
        ins: dict[str, float] = {}
        outs: dict[str, float] = {}
        for tensor, part in level.parts.items():
            index = nets[tensor]
            if part.source == ENTRY:
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
        by = {"entry": 0.0, "": lack / 2, "exit": lack}[flat.nodes[node].border]
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


class _Assembly:
    """The finished levels put into each other, on the page."""

    def __init__(self, levels: _Levels) -> None:
        self._levels = levels
        self._boxes: dict[str, Rect] = {}
        self._clusters: dict[str, Rect] = {}
        self._origin: dict[str | None, Point] = {}
        root = levels.done[None]
        self._origin[None] = Point(-root.rect.x, 0.0)
        self._size = Size(root.rect.width, root.rect.height)
        for level in reversed(levels.nest.inner_first()):
            self._put(level)

    def _put(self, level: Level) -> None:
        done, origin = self._levels.done[level.id], self._origin[level.id]
        for number, member in enumerate(level.members):
            place = done.drawing.places[number]
            node = self._levels.node(member)
            rect = Rect(origin.x + place.x - node.left, origin.y + place.y, node.left + node.right, node.height)
            if member in self._levels.done:
                self._clusters[member] = rect
                inner = self._levels.done[member].rect
                self._origin[member] = Point(rect.x - inner.x, rect.y - inner.y)
            else:
                self._boxes[member] = rect

    def layout(self) -> Layout:
        """Return the layout, turned back to the page."""
        turn, size = self._levels.turn, self._size
        problem = self._levels.problem
        routes, labels = self._lines()
        return Layout(
            size=turn.size(size),
            boxes={box.id: turn.rect_back(self._boxes[box.id], size) for box in problem.boxes},
            clusters={c.id: turn.rect_back(self._clusters[c.id], size) for c in problem.clusters},
            routes={
                link.id: tuple(turn.point_back(point, size) for point in routes[link.id]) for link in problem.links
            },
            labels={link: turn.rect_back(rect, size) for link, rect in labels.items()},
        )

    def _lines(self) -> tuple[dict[str, Line], dict[str, Rect]]:
        """Join the parts of the links, and gather the labels."""
        levels = self._levels
        routes: dict[str, Line] = {}
        labels: dict[str, Rect] = {}
        for link in levels.problem.links:
            line: Line = []
            for name in levels.nest.trails[link.id]:
                done, origin, part = levels.done[name], self._origin[name], levels.nest.levels[name].parts[link.tensor]
                net = done.nets[link.tensor]
                pin = part.pins[link.id]
                line += [Point(point.x + origin.x, point.y + origin.y) for point in done.drawing.lines[net, pin]]
                if part.label == link.id:
                    labels[link.id] = done.drawing.labels[net].moved(origin.x, origin.y)
            routes[link.id] = line if len(levels.nest.trails[link.id]) == 1 else simplified(line)
        return routes, labels
