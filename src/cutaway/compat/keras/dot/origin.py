"""What a graph of the DOT language is made of, and how: so that it can be made again, to see what a caller changed."""

from collections.abc import Iterator, Mapping

from cutaway.analysis.traverse import Index, index
from cutaway.compat.keras.dot.ids import cluster_ids, identifier, node_ids, unread
from cutaway.compat.keras.dot.told import told
from cutaway.compat.keras.plotting import Plotting
from cutaway.graph import Graph, Node
from cutaway.record import Record, replace
from cutaway.typed import TYPE_CHECKING, Any
from cutaway.views.naming import FLOW_UNKNOWN

if TYPE_CHECKING:
    import pydot


class Origin(Record, eq=False):
    """What a Dot says when it is made.

    `whole` is the model, `graph` what is shown of it; `names` are those of nodes, `clusters` those of scopes, by their
    ids, and `labels` are those of nodes. `loose` is where nobody knows how the data flows (analysis.loose), and `notes`
    say what else is not known.
    """

    whole: Graph
    graph: Graph
    plotting: Plotting
    names: Mapping[str, str]
    clusters: Mapping[str, str]
    labels: Mapping[str, str]
    loose: frozenset[str | None] = frozenset()
    notes: str = ""


def origin(
    whole: Graph, graph: Graph, items: Mapping[str, object], plotting: Plotting, *, is_part: bool = False
) -> Origin:
    """Return what a Dot of a graph says; `items` are the live layers by the ids of their calls.

    A part of another's figure has names that no other model in it has.
    """
    if plotting.generation == 2:
        from cutaway.compat.keras.dot.label2 import label
    else:
        from cutaway.compat.keras.dot.label3 import label
    return Origin(
        whole=whole,
        graph=graph,
        plotting=plotting,
        names=node_ids(graph, items, f"{graph.name}/" if is_part else ""),
        clusters=cluster_ids(graph),
        labels={
            node.id: label(told(node, items.get(node.id), plotting.generation), plotting) for node in _called(graph)
        },
    )


def _called(graph: Graph) -> Iterator[Node]:
    """Yield the nodes, the one where the time axis of a wrapper goes as a part of that: it is no input of a model."""
    wrappers = {scope.id: scope.name for scope in graph.scopes if scope.op == "TimeDistributed"}
    for node in graph.nodes:
        is_part = node.op == "InputLayer" and node.name == wrappers.get(node.scope or "")
        yield replace(node, name=f"{node.name}, each time step", op="TimeDistributed") if is_part else node


def fill(target: "pydot.Graph", origin: Origin) -> None:
    """Put the nodes, clusters and edges of a model into an empty graph."""
    from pydot import Edge
    from pydot import Node as Vertex

    generation = origin.plotting.generation
    around: dict[str | None, pydot.Graph] = {None: target}
    known = index(origin.graph)
    for node in origin.graph.nodes:
        made = Vertex(origin.names[node.id], label=origin.labels[node.id])
        if generation == 3:
            for name, value in (("fontname", "Helvetica"), ("border", "0"), ("margin", "0")):
                made.set(name, value)
        _within(node.scope, around, known, origin).add_node(made)
    for scope in origin.graph.scopes:
        _within(scope.id, around, known, origin)
    for edge in origin.graph.edges:
        ends = [(None, *known.enclosing(each)) for each in (edge.source, edge.target)]
        shared = [one for one, other in zip(*ends, strict=False) if one == other]
        attributes: dict[str, Any] = {"penwidth": "2"} if generation == 3 else {}
        around[shared[-1]].add_edge(Edge(origin.names[edge.source], origin.names[edge.target], **attributes))


def _within(scope: str | None, around: "dict[str | None, pydot.Graph]", known: Index, origin: Origin) -> "pydot.Graph":
    """Return the cluster of a scope, which is made where it is met first, and so are those around it."""
    if scope not in around:
        for each in (*known.enclosing(str(scope)), str(scope)):
            if each not in around:
                label = captioned(each, known.scopes[each].name, origin)
                inner: Any = cluster(origin.clusters[each], label)  # no Subgraph, though it is taken
                around[known.scopes[each].parent].add_subgraph(inner)
                around[each] = inner
    return around[scope]


def captioned(scope: str | None, name: str, origin: Origin) -> str:
    """Return what a cluster is called: that of a scope, or of the whole model."""
    return f"{name}, {FLOW_UNKNOWN}" if scope in origin.loose else name


def cluster(name: str, label: str) -> "pydot.Cluster":
    """Return an empty cluster in the look of Keras."""
    from pydot import Cluster

    made = Cluster(graph_name="model", style="dashed", label=unread(label), labeljust="l")
    made.set_name(identifier(f"cluster_{name}"))
    return made
