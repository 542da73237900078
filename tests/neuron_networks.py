"""Small networks of dense layers, and what their figures hold."""

from collections.abc import Iterator
from math import hypot

from keras_configs import called, given, layer, model, tensor

from cutaway.geometry import Point, Rect
from cutaway.graph import Graph, Kind, Port, Tensor
from cutaway.record import replace
from cutaway.scene import Close, Group, Image, Line, Mark, Move, Path, Rounded, Scene, Stroke, Text


def dense(name: str, source: str, units: int, before: int = 4, **config: object) -> dict:
    return layer("Dense", name, called(tensor(source, shape=(None, before))), units=units, use_bias=True, **config)


def mlp(*sizes: int, name: str = "mlp") -> dict:
    """Return a network of an input of the first size, and dense layers `d1`, `d2` … of the others."""
    names = ["x", *(f"d{place}" for place in range(1, len(sizes)))]
    pairs = zip(names, names[1:], sizes, sizes[1:], strict=False)
    layers = [dense(after, before, units, size) for before, after, size, units in pairs]
    return model(name, [given("x", (None, sizes[0])), *layers], ["x", 0, 0], [names[-1], 0, 0])


def groups(marks: tuple[Mark, ...]) -> Iterator[Group]:
    for mark in marks:
        if isinstance(mark, Group):
            yield mark
            yield from groups(mark.marks)


def edge(scene: Scene, ref: str) -> tuple[Path, ...]:
    """Return the paths of one edge."""
    found = next(group for group in groups(scene.marks) if group.part == "edge" and group.ref == ref)
    return tuple(mark for mark in found.marks if isinstance(mark, Path))


def lines(scene: Scene, ref: str) -> int:
    """Return of how many straight lines an edge is drawn; 0 for an arrow."""
    paths = edge(scene, ref)
    if any(path.fill is not None for path in paths):
        return 0
    return sum(type(segment).__name__ == "Move" for path in paths for segment in path.segments)


def circles(scene: Scene, node: str) -> int:
    """Return how many circles a node is drawn as."""
    own = next(group for group in groups(scene.marks) if group.part == "node" and group.ref == node)
    ports = [group for group in groups(own.marks) if group.part == "port"]
    paths = [mark for group in ports for mark in group.marks if isinstance(mark, Path)]
    return sum(type(segment).__name__ == "Close" for path in paths for segment in path.segments)


def images(marks: tuple[Mark, ...]) -> list[Image]:
    found = [mark for mark in marks if isinstance(mark, Image)]
    return found + [mark for group in groups(marks) for mark in group.marks if isinstance(mark, Image)]


def frame(scene: Scene, node: str) -> Path:
    """Return the frame around the circles of a node."""
    own = next(group for group in groups(scene.marks) if group.part == "node" and group.ref == node)
    return next(mark for mark in own.marks if isinstance(mark, Path))


def outline(scene: Scene, node: str) -> Rect:
    """Return where the frame of a node lies."""
    found = frame(scene, node).segments
    assert isinstance(found, Rounded)
    return found.rect


def frame_stroke(scene: Scene, node: str) -> Stroke:
    """Return the line of the frame of a node."""
    found = frame(scene, node).stroke
    assert found is not None
    return found


def texts(marks: tuple[Mark, ...]) -> list[str]:
    found = [mark.text for mark in marks if isinstance(mark, Text)]
    return found + [mark.text for group in groups(marks) for mark in group.marks if isinstance(mark, Text)]


def of_vectors(graph: Graph, units: int) -> Graph:
    """Return a graph in which all tensors are vectors of so many numbers, and layers of no kind are dense."""
    port = Port(name="output", tensor=Tensor(shape=(None, units)))
    nodes = [
        replace(
            node,
            kind=Kind.DENSE if node.kind is Kind.OTHER else node.kind,
            attributes={**node.attributes, "units": units},
            outputs=(port,) * len(node.outputs),
        )
        for node in graph.nodes
    ]
    return replace(graph, nodes=tuple(nodes))


def paths(mark: Mark) -> Iterator[Path]:
    if isinstance(mark, Path):
        yield mark
    for inner in mark.marks if isinstance(mark, Group) else ():
        yield from paths(inner)


def disks(group: Group) -> list[tuple[float, float, float]]:
    """Return the middles and radii of the circles of a node; none for a box."""
    found: list[tuple[float, float, float]] = []
    points: list[Point] = []
    for port in group.marks:
        for path in paths(port) if isinstance(port, Group) and port.part == "port" else ():
            for segment in path.segments:
                points = [segment.to] if isinstance(segment, Move) else points
                points += [segment.to] if not isinstance(segment, Move | Close) else []
                if isinstance(segment, Close):
                    xs, ys = ([getattr(point, axis) for point in points] for axis in ("x", "y"))
                    found.append(((min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2, (max(xs) - min(xs)) / 2))
    return found


def distance(one: Point, other: Point, x: float, y: float) -> float:
    """Return how far a point is from a line."""
    dx, dy = other.x - one.x, other.y - one.y
    share = ((x - one.x) * dx + (y - one.y) * dy) / ((dx * dx + dy * dy) or 1.0)
    share = min(1.0, max(0.0, share))
    return hypot(one.x + share * dx - x, one.y + share * dy - y)


def stretches(group: Group) -> Iterator[tuple[Point, Point]]:
    """Give the beginnings and ends of the straight lines in a group."""
    at: Point | None = None
    for path in paths(group):
        for segment in path.segments:
            if isinstance(segment, Line) and at is not None:
                yield at, segment.to
            at = None if isinstance(segment, Close) else segment.to
