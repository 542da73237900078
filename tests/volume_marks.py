"""Figures of volumes for tests: a chain of images and vectors, and what lies where in a scene."""

from collections.abc import Iterator

from small_graphs import chain

import cutaway
from cutaway.faults.outline import bounds, flatten
from cutaway.geometry import Bounds
from cutaway.graph import Edge, Graph
from cutaway.record import replace
from cutaway.scene import Group, Mark, Path, Scene, Text

IMAGES = chain(
    "Conv2D",
    "MaxPooling2D",
    "Conv2D",
    "Flatten",
    "Dense",
    shapes=(
        (None, 64, 64, 3),
        (None, 64, 64, 16),
        (None, 32, 32, 16),
        (None, 32, 32, 64),
        (None, 65536),
        (None, 10),
    ),
)
NODES = ("input", "conv2d_1", "maxpooling2d_2", "conv2d_3", "flatten_4", "dense_5")


def skipping() -> Graph:
    """Return the chain of images with a skip from the second to the fourth."""
    skip = Edge(source="conv2d_1", target="conv2d_3", target_port=1)
    return replace(IMAGES, edges=(*IMAGES.edges, skip))


def draw(graph: Graph, **options: object) -> Scene:
    return cutaway.draw(graph, view="volumes", **options).scene


def groups(marks: tuple[Mark, ...]) -> Iterator[Group]:
    for mark in marks:
        if isinstance(mark, Group):
            yield mark
            yield from groups(mark.marks)


def paths(group: Group) -> list[Path]:
    found = []
    for mark in group.marks:
        if isinstance(mark, Group):
            found += paths(mark)
        elif isinstance(mark, Path):
            found.append(mark)
    return found


def node(scene: Scene, name: str) -> Group:
    return next(group for group in groups(scene.marks) if group.part == "node" and group.ref == name)


def extent(path: Path) -> Bounds:
    return bounds(point for each in flatten(path.segments) for point in each)


def front(scene: Scene, name: str) -> Bounds:
    faces = [each for each in groups(node(scene, name).marks) if each.part == "front"]
    return extent(paths(faces[0])[0])


def size(scene: Scene, name: str) -> tuple[float, float]:
    left, top, right, bottom = front(scene, name)
    return right - left, bottom - top


def texts(scene: Scene) -> list[str]:
    return [mark.text for group in groups(scene.marks) for mark in group.marks if isinstance(mark, Text)]
