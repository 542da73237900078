"""Measure folding against the layout of the same networks, and how it grows with repetitive and with random graphs.

`python -m benchmarks.folding`, with CUTAWAY_CORPUS naming the corpus. CPU time in this process, after a turn that does
not count; all take turns, and least times are compared. What folding adds to a figure is the time of the folded figure,
from a graph with shapes to a scene, without that of the same figure drawn whole: of no network may that be more than
the layout of its whole figure takes, which is to make the boxes and to place them. Both are drawn without a legend,
for the drawings in it that explain blocks are figures of their own; what it adds with these is printed too, as are the
bare numbers: all that makes the graph smaller, `fold` alone of the graph as it was read, and `lay_out` alone of plain
boxes. Graphs of 100,000 nodes are folded once each, again where that took too long.
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
from cutaway.analysis.reduction import Reducing, reduced
from cutaway.analysis.shapes import infer
from cutaway.graph import Edge, Graph, Kind, Node, Output, Port
from cutaway.layered import lay_out
from cutaway.page import Page
from cutaway.record import replace
from cutaway.theme import PAPER
from cutaway.views.blocks import Blocks
from cutaway.views.composition import arranged

ROOT = Path(__file__).resolve().parent.parent
NODES = 100_000
SECONDS = 5.0
"""What a graph of that many nodes may take."""
ADDED = 1.0
"""How much of the time of the layout folding may add: all of it, which is well above what any of them takes."""
TURNS = 3
"""How often a large graph is folded at most where it takes too long."""


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
    for name in options.names or APPLICATIONS:
        broken += measured(name, graph_of(name, options.models, options.peer), options.runs)
    if not options.names:
        broken += large()
    print("\n".join(f"BROKEN {fault}" for fault in broken) or "all bounds kept")
    return 1 if options.gate and broken else 0


def measured(name: str, graph: Graph, runs: int) -> list[str]:
    """Print the lines of one network; return what breaks a bound."""
    known, boxes = infer(graph, verify=False), plain(graph)
    folding, whole = Blocks(legend=False), Blocks(legend=False, fold="none", simplify="none")
    explaining, explained = replace(folding, legend=True), replace(whole, legend=True)
    prepared = whole.prepared(known)
    ways: tuple[Callable[[], object], ...] = (
        lambda: folding(known, PAPER, Page()),
        lambda: whole(known, PAPER, Page()),
        lambda: explaining(known, PAPER, Page()),
        lambda: explained(known, PAPER, Page()),
        lambda: arranged(whole.composed(prepared, PAPER)[0]),
        lambda: reduced(known, Reducing()),
        lambda: fold(graph),
        lambda: lay_out(boxes),
    )
    times = [[seconds(way) for way in ways] for _ in range(runs + 1)][1:]
    folded, drawn, told, plainly, layout, reducing, bare, placing = (
        1000 * min(each) for each in zip(*times, strict=True)
    )
    left = len(reduced(known, Reducing()).graph.nodes)
    added = (folded - drawn) / layout
    print(
        f"{name:15}{len(graph.nodes):5} nodes to {left:2} boxes: {drawn:6.1f} ms whole, {folded:6.1f} ms folded, "
        f"{layout:6.1f} ms layout of the whole: {added:5.2f} × layout added\n"
        f"{'':15} with a legend {(told - plainly) / layout:5.2f}; bare: {reducing:5.1f} ms making it smaller, "
        f"{bare:5.1f} ms fold, {placing:5.1f} ms lay_out ({bare / placing:.2f})",
        flush=True,
    )
    return [f"{name}: folding adds {added:.2f} × the layout, above {ADDED:g}"] if added > ADDED else []


def large() -> list[str]:
    """Print the times of large graphs; return what breaks a bound."""
    broken = []
    for name, graph in (("chain", chain(NODES)), ("residual", residual(NODES)), ("random", scattered(NODES))):
        is_bounded = name != "random"
        taken = seconds(lambda graph=graph: fold(graph))  # type: ignore[misc]
        for _ in range(TURNS - 1 if is_bounded and taken > SECONDS else 0):
            taken = min(taken, seconds(lambda graph=graph: fold(graph)))  # type: ignore[misc]
        print(f"{name:15}{len(graph.nodes):6} nodes {taken:8.2f} s fold", flush=True)
        if is_bounded and taken > SECONDS:
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
