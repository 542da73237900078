"""Small graphs for the tests of the views."""

from hypothesis import strategies as st

from cutaway.graph import Edge, Graph, Kind, Node, Output, Port, Scope, Tensor
from cutaway.sources.attributes import plain

OPS = {
    "Conv2D": (
        Kind.CONVOLUTION,
        {
            "filters": 16,
            "kernel_size": [3, 3],
            "padding": "same",
            "activation": "relu",
            "strides": [1, 1],
            "dilation_rate": [1, 1],
            "data_format": "channels_last",
        },
    ),
    "Dense": (Kind.DENSE, {"units": 10}),
    "Dropout": (Kind.REGULARIZATION, {"rate": 0.5}),
    "Reshape": (Kind.RESHAPE, {"target_shape": [4, 4]}),
    "Add": (Kind.MERGE, {}),
    "Concatenate": (Kind.MERGE, {"axis": -1}),
    "AVeryLongNameForOneCustomLayerOfSomebody": (Kind.OTHER, {}),
}
SHAPES = ((None, 8, 8, 16), (None, None, 64), (None, 10), None)


def chain(*ops: str, shapes: tuple = ()) -> Graph:
    """Return a chain of operations behind an input; `shapes` are those of the outputs, the input's first."""
    nodes = [node("input", "InputLayer", 0, shape=shapes[0] if shapes else (None, 10))]
    edges = []
    for place, op in enumerate(ops, 1):
        shape = shapes[place] if shapes else (None, 10)
        before = nodes[-1]
        nodes.append(node(f"{op.lower()}_{place}", op, 1, shape=shape, before=before.outputs[0].tensor))
        edges.append(Edge(source=before.id, target=nodes[-1].id))
    output = Output(name=nodes[-1].name, node=nodes[-1].id)
    return Graph(name="chain", nodes=tuple(nodes), edges=tuple(edges), inputs=("input",), outputs=(output,))


def node(
    name: str, op: str, inputs: int, *, shape=None, before: Tensor | None = None, scope: str | None = None
) -> Node:
    kind, attributes = OPS.get(op, (Kind.INPUT, {}) if op == "InputLayer" else (Kind.OTHER, {}))
    return Node(
        id=name,
        name=name.rsplit("/", 1)[-1].split("#", maxsplit=1)[0],
        op=op,
        kind=kind,
        inputs=tuple(Port(name=f"input {place}", tensor=before or Tensor()) for place in range(inputs)),
        outputs=(Port(name="output", tensor=Tensor(shape=shape, dtype="float32")),),
        attributes=plain(attributes),
        scope=scope,
    )


@st.composite
def graphs(draw: st.DrawFn) -> Graph:
    """Draw a model of up to fourteen calls: branches, merges, nested scopes of consecutive calls, several outputs."""
    count = draw(st.integers(1, 14))
    scopes, owner = draw(scoped(count))
    nodes, edges = [node("input", "InputLayer", 0, shape=draw(st.sampled_from(SHAPES)))], []
    for place in range(count):
        sources = draw(st.lists(st.integers(max(0, len(nodes) - 5), len(nodes) - 1), min_size=1, max_size=3))
        op = draw(st.sampled_from(sorted(OPS)))
        name = f"{owner[place]}/n{place}" if owner[place] else f"n{place}"
        nodes.append(node(name, op, len(sources), shape=draw(st.sampled_from(SHAPES)), scope=owner[place]))
        edges += [Edge(source=nodes[source].id, target=name, target_port=port) for port, source in enumerate(sources)]
    used = {edge.source for edge in edges}
    outputs = tuple(Output(name=each.name, node=each.id) for each in nodes if each.id not in used)
    return Graph(
        name=draw(st.sampled_from(["model", "a long name of a model that wraps", ""])),
        nodes=tuple(nodes),
        edges=tuple(edges),
        scopes=scopes,
        inputs=("input",),
        outputs=outputs,
    )


@st.composite
def scoped(draw: st.DrawFn, count: int) -> tuple[tuple[Scope, ...], list[str | None]]:
    """Draw up to two scopes over runs of calls, the second perhaps inside the first."""
    owner: list[str | None] = [None] * count
    scopes: list[Scope] = []
    for number in range(draw(st.integers(0, 2))):
        low = draw(st.integers(0, count - 1))
        high = draw(st.integers(low, min(count - 1, low + 5)))
        parents = set(owner[low : high + 1])
        if len(parents) > 1:
            continue
        parent = parents.pop()
        name = f"{parent}/part{number}" if parent else f"part{number}"
        inside = [place for place in range(count) if owner[place] == parent] if parent else []
        if parent and len(inside) == high - low + 1:
            continue
        scopes.append(Scope(id=name, name=f"part{number}", op="Functional", parent=parent))
        owner[low : high + 1] = [name] * (high - low + 1)
    return tuple(scopes), owner
