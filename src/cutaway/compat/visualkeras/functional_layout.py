"""Where the functional view places boxes: ranks from left to right, parts that are not connected below each other."""

from collections.abc import Mapping, Sequence
from itertools import pairwise

from cutaway.compat.visualkeras.drawn_layer import Drawn, text_key
from cutaway.geometry import Point, Rect, Size
from cutaway.graph import Graph
from cutaway.layered import lay_out
from cutaway.layered.problem import Layout, Problem
from cutaway.record import Record, replace
from cutaway.views.composition import Composition, problem, shifted
from cutaway.views.runs import Run, expanded

_ROUNDS = 4


class Rooms(Record):
    """Room that is kept free above and below some boxes, by their nodes."""

    above: Mapping[str, float]
    below: Mapping[str, float]


class Way(Record):
    """How boxes are placed: the `gap` between parts that are not connected, the size of a line in a rank, rounds.

    The original sorts boxes in four rounds; from so many on ours are sorted as long as that saves crossings.
    """

    gap: float
    line: float
    rounds: float

    def problem(self, composition: Composition) -> Problem:
        """Return what is laid out."""
        found = problem(composition)
        rounds = None if self.rounds >= _ROUNDS else max(0, int(self.rounds))
        return replace(found, rounds=rounds, gaps=replace(found.gaps, beside=self.line / 2))


def placed(composition: Composition, drawn: Mapping[str, Drawn], rooms: Rooms, way: Way) -> Layout:
    """Return where everything goes."""
    whole: Layout | None = None
    for nodes in components(composition.graph):
        graph = _part(composition.graph, nodes)
        runs = tuple([_run(drawn[node.id], rooms) for node in graph.nodes])
        part = replace(composition, graph=graph, runs=runs)
        layout = lay_out(way.problem(part))
        layout = expanded(part, layout)
        whole = layout if whole is None else _below(whole, layout, way.gap)
    return whole or Layout(size=Size(0.0, 0.0), boxes={}, clusters={}, routes={}, labels={})


def components(graph: Graph) -> list[list[str]]:
    """Return the nodes in the parts that are connected, each in the order of the graph."""
    home = {node.id: node.id for node in graph.nodes}

    def root(node: str) -> str:
        while home[node] != node:
            home[node] = home[home[node]]
            node = home[node]
        return node

    for edge in graph.edges:
        home[root(edge.target)] = root(edge.source)
    found: dict[str, list[str]] = {}
    for node in graph.nodes:
        found.setdefault(root(node.id), []).append(node.id)
    return list(found.values())


def crossed_ranks(layout: Layout, ends: Mapping[str, tuple[str, str]]) -> list[Point]:
    """Return where lines pass ranks of boxes that lie between their ends, on the middle of each rank."""
    columns = _columns([rect for key, rect in layout.boxes.items() if not key.startswith("\0")])
    found: list[Point] = []
    for link, (source, target) in ends.items():
        low, high = sorted((layout.boxes[source].center.x, layout.boxes[target].center.x))
        for left, right in columns:
            middle = (left + right) / 2
            if left <= low <= right or left <= high <= right or not low < middle < high:
                continue
            found += _passed(layout.routes[link], middle)
    return found


def _passed(route: Sequence[Point], x: float) -> list[Point]:
    for one, two in pairwise(route):
        if one.y == two.y and min(one.x, two.x) <= x <= max(one.x, two.x):
            return [Point(x, one.y)]
    return []


def _columns(rects: Sequence[Rect]) -> list[tuple[float, float]]:
    """Return the ranks as stretches of x that boxes cover."""
    found: list[tuple[float, float]] = []
    for left, right in sorted((rect.x, rect.right) for rect in rects):
        if found and left < found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], right))
        else:
            found.append((left, right))
    return found


def _part(graph: Graph, nodes: Sequence[str]) -> Graph:
    known = set(nodes)
    return replace(
        graph,
        nodes=tuple([node for node in graph.nodes if node.id in known]),
        edges=tuple([edge for edge in graph.edges if edge.source in known]),
        inputs=tuple([node for node in graph.inputs if node in known]),
    )


def _run(layer: Drawn, rooms: Rooms) -> Run:
    """Return a box with its text and the room that is kept at it, as one box of the layout."""
    box, caption = layer.volume.size, layer.caption
    above, below = rooms.above.get(layer.node, 0.0), rooms.below.get(layer.node, 0.0)
    text = caption.size if caption else Size(0.0, 0.0)
    wide = max(box.width, text.width)
    high = text.height + caption.gap if caption else 0.0
    top = above + (high if caption and caption.above else 0.0)
    rect = Rect((wide - box.width) / 2, top, box.width, box.height)
    labels: dict[str, Rect] = {}
    if caption:
        y = above if caption.above else rect.bottom + caption.gap
        labels[text_key(layer.node)] = Rect((wide - text.width) / 2, y, text.width, text.height)
        below += 0.0 if caption.above else high
    return Run(
        id=f"\0box/{layer.node}",
        members={layer.node: rect},
        size=Size(wide, rect.bottom + below),
        axis=rect.center.y,
        half=max(0.0, rect.height / 2 - 2.0),
        labels=labels,
    )


def _below(one: Layout, other: Layout, gap: float) -> Layout:
    """Return two layouts as one, the other below the first."""
    moved = shifted(other, 0.0, one.size.height + gap)
    return Layout(
        size=Size(max(one.size.width, other.size.width), one.size.height + gap + other.size.height),
        boxes={**one.boxes, **moved.boxes},
        clusters={},
        routes={**one.routes, **moved.routes},
        labels={**one.labels, **moved.labels},
    )
