"""Random sound graphs for properties: acyclic, with nested scopes that a path never leaves and enters again."""

from dataclasses import replace

from hypothesis import strategies as st

from cutaway.graph import Edge, Graph, Kind, Node, Output, Port, PortRef, Scope, ScopePort, Tensor, Weight


@st.composite
def graphs(draw: st.DrawFn, most: int = 12) -> Graph:
    """Draw a graph; each scope holds an unbroken run of nodes, so that closing it makes no circle."""
    count = draw(st.integers(1, most))
    scopes = draw(_runs(count))
    nodes, edges = [], []
    for place in range(count):
        parents = draw(st.lists(st.integers(0, place - 1), max_size=3)) if place else []
        nodes.append(
            Node(
                id=f"n{place}",
                name=f"n{place}",
                op="Dense",
                inputs=tuple(Port(name=f"input {port}") for port in range(len(parents))),
                outputs=tuple(
                    Port(name=f"output {port}", tensor=Tensor(shape=(None, place, port))) for port in range(2)
                ),
                scope=_innermost(scopes, place),
            )
        )
        edges += [
            Edge(source=f"n{parent}", source_port=draw(st.integers(0, 1)), target=f"n{place}", target_port=port)
            for port, parent in enumerate(parents)
        ]
    starts = [node for node in nodes if not node.inputs and node.scope is None]
    nodes = [replace(node, kind=Kind.INPUT) if node in starts else node for node in nodes]
    return Graph(
        name="random",
        nodes=tuple(nodes),
        edges=tuple(edges),
        scopes=tuple(_scope(scope, scopes, edges) for scope in scopes),
        inputs=tuple(node.id for node in starts),
        outputs=(Output(name="last", node=nodes[-1].id, port=1),),
    )


LAYERS = {
    "Conv2D": (Kind.CONVOLUTION, {"padding": "valid", "filters": 8}),
    "Dense": (Kind.DENSE, {"units": 4}),
    "MaxPooling2D": (Kind.POOLING, {"padding": "valid"}),
    "ZeroPadding2D": (Kind.RESHAPE, {"padding": 1}),
    "BatchNormalization": (Kind.NORMALIZATION, {}),
    "ReLU": (Kind.ACTIVATION, {}),
    "Dropout": (Kind.REGULARIZATION, {"rate": 0.5}),
    "Reshape": (Kind.RESHAPE, {}),
    "Cast": (Kind.OTHER, {}),
    "Add": (Kind.MERGE, {}),
    "NotEqual": (Kind.OTHER, {}),
    "Attention": (Kind.ATTENTION, {}),
}
_WEIGHTED = frozenset({"Conv2D", "Dense", "BatchNormalization"})


@st.composite
def layers(draw: st.DrawFn, most: int = 14) -> Graph:
    """Draw a graph of common layers, most of them one behind the other, some with a mask, in scopes as in `graphs`."""
    count = draw(st.integers(1, most))
    scopes = draw(_runs(count))
    nodes, edges = [], []
    for place in range(count):
        op = draw(st.sampled_from(sorted(LAYERS)))
        near = st.lists(st.integers(max(0, place - 3), max(0, place - 1)), min_size=1, max_size=2)
        parents = draw(st.just([place - 1]) | near) if place else []
        ports = ["mask" if number and op == "Attention" else f"input {number}" for number in range(len(parents))]
        keys = ("kernel", "bias") if op in _WEIGHTED else ()
        nodes.append(
            Node(
                id=f"n{place}",
                name=f"n{place}",
                op=op,
                kind=LAYERS[op][0],
                inputs=tuple(Port(name=port) for port in ports),
                outputs=(Port(name="output"),),
                attributes=LAYERS[op][1],
                weights=tuple(Weight(key=f"n{place}/{key}", shape=(2,), dtype=None, trainable=True) for key in keys),
                scope=_innermost(scopes, place),
            )
        )
        edges += [Edge(source=f"n{each}", target=f"n{place}", target_port=port) for port, each in enumerate(parents)]
    results = draw(st.sets(st.integers(0, count - 1), max_size=1)) | {count - 1}
    return Graph(
        name="random",
        nodes=tuple(nodes),
        edges=tuple(edges),
        scopes=tuple(_scope(scope, scopes, edges) for scope in scopes),
        outputs=tuple(Output(name=f"out {place}", node=f"n{place}") for place in sorted(results)),
    )


Run = tuple[int, int, int, int]
"""A scope: its number, that of its parent (-1: none), the first node in it and the first after it."""


@st.composite
def _runs(draw: st.DrawFn, count: int) -> list[Run]:
    runs: list[Run] = []
    for _ in range(draw(st.integers(0, 4))):
        parent = draw(st.integers(-1, len(runs) - 1))
        low, high = (0, count) if parent < 0 else runs[parent][2:]
        brothers = [run for run in runs if run[1] == parent]
        low = max([low, *(run[3] for run in brothers)])
        if low < high:
            start = draw(st.integers(low, high - 1))
            runs.append((len(runs), parent, start, draw(st.integers(start + 1, high))))
    return runs


def _innermost(runs: list[Run], place: int) -> str | None:
    within = [number for number, _, start, end in runs if start <= place < end]
    return f"s{within[-1]}" if within else None


def _scope(run: Run, runs: list[Run], edges: list[Edge]) -> Scope:
    number, parent, start, end = run

    def inside(node: str) -> bool:
        return start <= int(node[1:]) < end

    entering: dict[PortRef, list[PortRef]] = {}
    leaving: dict[PortRef, None] = {}
    for edge in edges:
        source = PortRef(edge.source, edge.source_port)
        if inside(edge.target) and not inside(edge.source):
            entering.setdefault(source, []).append(PortRef(edge.target, edge.target_port))
        if inside(edge.source) and not inside(edge.target):
            leaving[source] = None
    return Scope(
        id=f"s{number}",
        name=f"s{number}",
        op="Functional",
        parent=None if parent < 0 else f"s{parent}",
        inputs=tuple(ScopePort(name=f"in {place}", ends=tuple(ends)) for place, ends in enumerate(entering.values())),
        outputs=tuple(ScopePort(name=f"out {place}", ends=(end,)) for place, end in enumerate(leaving)),
    )
