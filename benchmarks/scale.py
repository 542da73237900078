"""Measure the way from a Graph to a written SVG file for chains with skips, from 1,000 to 100,000 nodes.

Each size is a process of its own: CPU time from the finished Graph to the closed file, and the peak of its memory.
"""

import resource
import subprocess
import sys
import tempfile
from math import log2
from pathlib import Path
from time import process_time

from cutaway import draw
from cutaway.graph import Edge, Graph, Kind, Node, Output, Port, Tensor

ROOT = Path(__file__).resolve().parent.parent
SIZES = (1000, 2000, 4000, 8000, 16000, 32000, 64000, 100000)
SKIPS = (4, 64)
GROWTH = 2.4
"""By how much twice the nodes may multiply the time, over two steps of the sizes: one alone measures much noise."""
SECONDS = 10.0
MEGABYTES = 1000.0


def chain(count: int) -> Graph:
    """Return a chain with a skip of 4 from each fourth node on and one of 64 from each 64th."""
    tensor = Tensor(shape=(None, 64), dtype="float32")
    sources: list[list[int]] = [[]] + [[node - 1] for node in range(1, count)]
    for skip in SKIPS:
        for node in range(0, count - skip, skip):
            sources[node + skip].append(node)
    nodes = [
        Node(
            id=f"n{node}",
            name=f"n{node}",
            op="Add" if len(feeds) > 1 else "Dense" if feeds else "InputLayer",
            kind=Kind.MERGE if len(feeds) > 1 else Kind.DENSE if feeds else Kind.INPUT,
            inputs=tuple(Port(name=f"input {port}", tensor=tensor) for port in range(len(feeds))),
            outputs=(Port(name="output", tensor=tensor),),
        )
        for node, feeds in enumerate(sources)
    ]
    edges = [
        Edge(source=f"n{source}", target=f"n{node}", target_port=port)
        for node, feeds in enumerate(sources)
        for port, source in enumerate(feeds)
    ]
    output = Output(name="out", node=nodes[-1].id)
    return Graph(name="chain", nodes=tuple(nodes), edges=tuple(edges), inputs=("n0",), outputs=(output,))


def cost(count: int) -> tuple[float, float]:
    """Return CPU seconds and the peak in MB of a process that draws a chain."""
    done = subprocess.run(
        [sys.executable, "-m", "benchmarks.scale", str(count)], cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True
    )
    seconds, memory = done.stdout.split()
    return float(seconds), float(memory)


def report(runs: int) -> list[str]:
    """Print the table; return what breaks a bound."""
    broken = []
    before: list[tuple[int, float]] = []
    print(f"chain with skips, Graph to SVG file, least of {runs} runs")
    for size in SIZES:
        costs = [cost(size) for _ in range(runs)]
        seconds, memory = min(costs)[0], max(memory for _, memory in costs)
        fewer, less = before[-2] if len(before) > 1 else (0, 0.0)
        growth = (seconds / less) ** (1 / log2(size / fewer)) if fewer else 0.0
        print(f"{size:8} nodes {seconds:8.3f} s {memory:7.0f} MB" + (f"   {growth:.2f} per doubling" if fewer else ""))
        if growth > GROWTH:
            broken.append(f"{size} nodes: {growth:.2f} per doubling, above {GROWTH}")
        before.append((size, seconds))
    if seconds > SECONDS or memory > MEGABYTES:
        broken.append(f"{size} nodes: {seconds:.1f} s and {memory:.0f} MB, above {SECONDS:.0f} s or {MEGABYTES:.0f} MB")
    return broken


def main(count: int) -> None:
    """Draw a chain into a file and print what that cost."""
    graph = chain(count)
    with tempfile.TemporaryDirectory() as folder:
        draw(chain(10)).save(Path(folder) / "warm.svg")  # loads the modules
        start = process_time()
        draw(graph).save(Path(folder) / "chain.svg")
        seconds = process_time() - start
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    print(f"{seconds:.4f} {resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit:.1f}")


if __name__ == "__main__":
    main(int(sys.argv[1]))
