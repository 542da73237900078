"""A small graph and a view of one's own, for the tests of figures and of drawing."""

from cutaway.geometry import Point
from cutaway.graph import Edge, Graph, Kind, Node, Output, Port, Tensor
from cutaway.ruler import Face
from cutaway.scene import Close, Line, Move, Scene, Text
from cutaway.scene import Path as Outline


def mlp():
    tensor = Tensor(shape=("batch", 8), dtype="float32")
    return Graph(
        name="mlp",
        nodes=(
            Node(id="x", name="x", op="InputLayer", kind=Kind.INPUT, outputs=(Port(name="0", tensor=tensor),)),
            Node(
                id="dense",
                name="dense",
                op="Dense",
                kind=Kind.DENSE,
                inputs=(Port(name="0", tensor=tensor),),
                outputs=(Port(name="0", tensor=tensor),),
                attributes={"units": 8, "activation": "relu"},
            ),
        ),
        edges=(Edge(source="x", target="dense"),),
        inputs=("x",),
        outputs=(Output(name="dense", node="dense"),),
    )


def square(graph, theme, page):
    corners = [Point(80, 20), Point(80, 60), Point(20, 60)]
    outline = Outline(segments=(Move(Point(20, 20)), *map(Line, corners), Close()), fill="ink")
    text = Text(at=Point(20, 80), text=graph.name, size=8.0, face=Face())
    return Scene(width=100, height=100, marks=(outline, text), palette={"ink": "#102030"}, title=graph.name)
