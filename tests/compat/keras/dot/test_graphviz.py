"""Objects of pydot as Graphviz reads them."""

import html
import re
from itertools import pairwise

import pytest
from outputs.diagrams import TRICKY
from outputs.graph_programs import counted, svg_by_graphviz

from cutaway.compat.keras.dot.drawn_dot import DrawnDot
from cutaway.compat.keras.dot.origin import origin
from cutaway.compat.keras.plotting import Plotting
from cutaway.diagram import one_line
from cutaway.graph import Edge, Graph, Node, Port, Scope

pytestmark = pytest.mark.languages

NAMES = [
    *TRICKY,
    "",
    "node",
    "a\nb",
    "a b",
    "a:b:c",
    "<",
    "<b>",
    '"quoted"',
    "&amp;lt;",
    "back\\",
    r"\N",
    "1.5",
    "#",
    "\x07",
]


def tricky() -> Graph:
    """Return a graph of nodes with tricky names, one in a scope of the same name each, in a chain."""
    names = list(dict.fromkeys(NAMES))
    ports = {"inputs": (Port(name="i"),), "outputs": (Port(name="o"),)}
    nodes = [Node(id=name, name=name, op=name, scope=f"in {name}", **ports) for name in names]
    edges = [Edge(source=one, target=other) for one, other in pairwise(names)]
    scopes = [Scope(id=f"in {name}", name=name, op="Model") for name in names]
    return Graph(name=TRICKY[0], nodes=tuple(nodes), edges=tuple(edges), scopes=tuple(scopes))


@pytest.mark.parametrize("generation", [2, 3])
def test_graphviz_reads_every_name(generation):
    graph = tricky()
    plotting = Plotting(generation=generation, show_layer_names=True, expand_nested=True, splines="spline")
    svg = svg_by_graphviz(DrawnDot(origin=origin(graph, graph, {}, plotting)).to_string())
    assert counted(svg) == (len(graph.nodes), len(graph.edges), len(graph.scopes))
    texts = re.findall(r"<text[^>]*>(.*?)</text>", svg)
    said = one_line(" ".join(html.unescape(" ".join(texts)).split()))
    for node in graph.nodes:
        assert " ".join(one_line(node.name).split()) in said
