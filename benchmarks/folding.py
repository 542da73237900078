"""Measure folding against the layout of the same networks, and how it grows with repetitive and with random graphs.

`python -m benchmarks.folding`, with CUTAWAY_CORPUS naming the corpus. CPU time in this process, after a turn that does
not count; all take turns, and least times are compared. What folding adds is the time of the fold and of the layout of
what it leaves, without that of the layout of the whole: over all networks that may be no more than their layouts take.
Graphs of 100,000 nodes are folded once each.
"""

import argparse
import platform
import random
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from time import process_time

from benchmarks.problems import APPLICATIONS, graph_of, plain
from benchmarks.scale import chain
from cutaway.analysis.fold import fold
from cutaway.graph import Edge, Graph, Kind, Node, Output, Port
from cutaway.layered import lay_out

ROOT = Path(__file__).resolve().parent.parent
NODES = 100_000
SECONDS = 5.0
"""What a graph of that many nodes may take."""
ADDED = 1.0
"""How much of the time of the layout folding may add."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, and with `--gate` return 1 where a bound is broken."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"what to fold (default: {' '.join(APPLICATIONS)})")
    parser.add_argument("--runs", type=int, default=9, help="how often each is run (default: 9)")
    parser.add_argument("--models", type=Path, default=ROOT / "out" / "models", help="where networks are kept")
    parser.add_argument("--peer", default=sys.executable, metavar="PYTHON", help="the Python that has Keras")
    parser.add_argument("--gate", action="store_true", help="fail where a bound is broken")
    options = parser.parse_args(arguments)
    print(f"Python {platform.python_version()}, {platform.platform()}")
    broken = []
    layouts = added = 0.0
    for name in options.names or APPLICATIONS:
        layout, more = measured(name, graph_of(name, options.models, options.peer), options.runs)
        layouts, added = layouts + layout, added + more
    print(f"{'all':15}{added / layouts:6.2f} × layout added")
    if added > ADDED * layouts:
        broken.append(f"folding adds {added / layouts:.2f} × the layout, above {ADDED:g}")
    if not options.names:
        broken += large()
    print("\n".join(f"BROKEN {fault}" for fault in broken) or "all bounds kept")
    return 1 if options.gate and broken else 0


def measured(name: str, graph: Graph, runs: int) -> tuple[float, float]:
    """Print the line of one network; return the seconds of its layout, and those that folding adds."""
    folded = fold(graph)
    whole, left = plain(graph), plain(folded.graph)
    ways: tuple[Callable[[], object], ...] = (lambda: lay_out(whole), lambda: fold(graph), lambda: lay_out(left))
    times = [[seconds(way) for way in ways] for _ in range(runs + 1)][1:]
    layout, folding, rest = (min(each) for each in zip(*times, strict=True))
    added = folding + rest - layout
    print(
        f"{name:15}{len(graph.nodes):6} nodes {1000 * layout:8.1f} ms layout {1000 * folding:8.1f} ms fold to"
        f" {len(folded.graph.nodes):2} boxes {1000 * rest:6.1f} ms their layout {added / layout:6.2f} × layout added",
        flush=True,
    )
    return layout, added


def large() -> list[str]:
    """Print the times of large graphs; return what breaks a bound."""
    broken = []
    for name, graph in (("chain", chain(NODES)), ("residual", residual(NODES)), ("random", scattered(NODES))):
        taken = seconds(lambda graph=graph: fold(graph))  # type: ignore[misc]
        print(f"{name:15}{len(graph.nodes):6} nodes {taken:8.2f} s fold", flush=True)
        if taken > SECONDS and name != "random":
            broken.append(f"{name}: {taken:.1f} s, above {SECONDS:g}")
    return broken


def residual(count: int) -> Graph:
    """Return blocks of five layers with a skip around them."""
    ops = (("Dense", Kind.DENSE), ("ReLU", Kind.ACTIVATION), ("Dense", Kind.DENSE), ("Dropout", Kind.REGULARIZATION))
    made: list[tuple[str, Kind, list[int]]] = [("InputLayer", Kind.INPUT, [])]
    while len(made) + len(ops) < count:
        start = len(made) - 1
        for op, kind in ops:
            made.append((op, kind, [len(made) - 1]))
        made.append(("Add", Kind.MERGE, [len(made) - 1, start]))
    return _graph(made)


def scattered(count: int) -> Graph:
    """Return layers of random kinds that read one or two of the ten before them."""
    dice = random.Random(1)  # noqa: S311 - a graph, no secret
    ops = (("Dense", Kind.DENSE), ("ReLU", Kind.ACTIVATION), ("Conv2D", Kind.CONVOLUTION), ("Add", Kind.MERGE))
    made: list[tuple[str, Kind, list[int]]] = [("InputLayer", Kind.INPUT, [])]
    while len(made) < count:
        op, kind = dice.choice(ops)
        near = range(max(0, len(made) - 10), len(made))
        made.append((op, kind, sorted({dice.choice(near) for _ in range(2 if op == "Add" else 1)})))
    return _graph(made)


def _graph(made: Sequence[tuple[str, Kind, list[int]]]) -> Graph:
    nodes = tuple(
        Node(
            id=f"n{place}",
            name=f"n{place}",
            op=op,
            kind=kind,
            inputs=tuple(Port(name=f"input {port}") for port in range(len(sources))),
            outputs=(Port(name="output"),),
        )
        for place, (op, kind, sources) in enumerate(made)
    )
    edges = tuple(
        Edge(source=f"n{source}", target=f"n{place}", target_port=port)
        for place, (_, _, sources) in enumerate(made)
        for port, source in enumerate(sources)
    )
    output = Output(name="out", node=nodes[-1].id)
    return Graph(name="made", nodes=nodes, edges=edges, inputs=(nodes[0].id,), outputs=(output,))


def seconds(work: Callable[[], object]) -> float:
    """Return the CPU seconds that some work takes."""
    start = process_time()
    work()
    return process_time() - start


if __name__ == "__main__":
    sys.exit(main())
