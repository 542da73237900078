"""Measure the layout, from boxes to routes, against Graphviz' `dot` with splines: CPU time, crossings, straightness.

`python -m benchmarks.layout`, with CUTAWAY_CORPUS naming the corpus. Ours runs in this process, after a turn that does
not count: from boxes to routes, with Python and the modules loaded. What counts for dot is its whole process, which
reads the boxes and writes its shortest form. Both get the same boxes and least distances; they take turns, and the
least times of both are compared, because whatever else the machine does only adds to them. `picture.py` says how
crossings and straight links are counted, by one rule for both.
Networks that the corpus lacks are made with Keras, by `--peer` naming a Python that has it, and kept in `--models`.
With `--scale`, it is measured instead how the way from a Graph to an SVG file grows with the number of nodes.
"""

import argparse
import platform
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from time import process_time

from benchmarks import scale
from benchmarks.graphviz import dot_picture, dot_seconds, dot_text, dot_version
from benchmarks.picture import Quality, of_layout, quality
from benchmarks.problems import APPLICATIONS, BOXES, GRAPHS, problem
from cutaway.layered import lay_out
from cutaway.layered.check import violations
from cutaway.layered.problem import Problem

ROOT = Path(__file__).resolve().parent.parent
TURN = 0.1
"""Seconds of layouts in one turn of ours: the first after `dot` has emptied the caches take up to twice as long."""
ROUNDS = 3
"""How often a problem is measured anew before it counts that ours is too slow."""
PATIENCE = 5.0
"""Seconds after which a run of `dot` is not repeated."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bound:
    """What is demanded: times faster than `dot`, crossings for each of `dot`, the share of straight chains."""

    faster: float = 5.0
    crossings: float = 1.0
    straight: float = 1.0


BOUNDS = {
    "NASNetLarge": Bound(faster=2.0, straight=0.97),
    "nas5k": Bound(crossings=1.1, straight=0.0),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """Both engines on one problem: CPU seconds of each run, and the quality of the picture."""

    ours: list[float]
    dots: list[float]
    our: Quality
    dot: Quality
    violations: int

    @property
    def faster(self) -> float:
        """How many times faster ours is."""
        return min(self.dots) / min(self.ours)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, and with `--gate` return 1 where a bound is broken."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    names = (*APPLICATIONS, *GRAPHS)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"what to lay out (default: {' '.join(names)})")
    parser.add_argument("--runs", type=int, default=5, help="how often each is run (default: 5)")
    parser.add_argument("--boxes", choices=BOXES, default=BOXES[0], help="plain boxes, or those of the view `blocks`")
    parser.add_argument("--models", type=Path, default=ROOT / "out" / "models", help="where networks are kept")
    parser.add_argument("--peer", default=sys.executable, metavar="PYTHON", help="the Python that has Keras")
    parser.add_argument("--scale", action="store_true", help="measure the growth with the number of nodes")
    parser.add_argument("--gate", action="store_true", help="fail where a bound is broken")
    options = parser.parse_args(arguments)
    print(f"Python {platform.python_version()}, {platform.platform()}")
    broken = []
    if options.scale:
        broken = scale.report(options.runs)
    else:
        print(f"{dot_version()}; least of {options.runs} turns, {options.boxes} boxes; ours / dot's")
        print(f"{'':15}{'CPU ms':>18}{'faster':>8}{'crossings':>13}{'through':>9}{'straight %':>12}{'size':>25}")
        for name in options.names or names:
            asked = problem(name, options.boxes, options.models, options.peer)
            bound = BOUNDS.get(name, Bound())
            for _ in range(ROUNDS if options.gate else 1):
                result = compared(asked, options.runs)
                print(row(name, result), flush=True)
                if result.faster >= bound.faster:
                    break
            broken += [f"{name}: {fault}" for fault in faults(result, bound)]
    print("\n".join(f"BROKEN {fault}" for fault in broken) or "all bounds kept")
    return 1 if options.gate and broken else 0


def compared(asked: Problem, runs: int) -> Result:
    """Let both engines lay a problem out by turns."""
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "problem.dot"
        source.write_text(dot_text(asked), encoding="utf-8")
        ours, dots = [], list[float]()
        layout = lay_out(asked)  # warms up
        for _ in range(runs):
            turn = process_time() + TURN
            while process_time() < turn:
                start = process_time()
                layout = lay_out(asked)
                ours.append(process_time() - start)
            if not dots or dots[0] < PATIENCE:
                dots.append(dot_seconds(source))
        dot = quality(dot_picture(asked, source))
    our = quality(of_layout(asked, layout))
    return Result(ours=ours, dots=dots, our=our, dot=dot, violations=len(violations(asked, layout)))


def row(name: str, result: Result) -> str:
    """Return the line of the table for one problem."""
    our, dot = result.our, result.dot
    return (
        f"{name:15}{1000 * min(result.ours):9.1f} /{1000 * min(result.dots):7.0f}{result.faster:8.1f}"
        f"{our.crossings:7} /{dot.crossings:4}{our.through:5} /{dot.through:2}"
        f"{100 * our.straight:7.1f} /{100 * dot.straight:3.0f}"
        f"{our.width:8.0f}×{our.height:<7.0f}/{dot.width:6.0f}×{dot.height:.0f}"
        + (f"  {result.violations} VIOLATIONS" if result.violations else "")
    )


def faults(result: Result, bound: Bound) -> list[str]:
    """Return which demands a result does not meet."""
    our, dot = result.our, result.dot
    found = []
    if result.faster < bound.faster:
        found.append(f"{result.faster:.1f} times faster than dot, below {bound.faster:g}")
    if our.crossings > bound.crossings * dot.crossings:
        found.append(f"{our.crossings} crossings, above {bound.crossings:g} × {dot.crossings}")
    if our.through or result.violations:
        found.append(f"{our.through} lines through boxes, {result.violations} violations of the postconditions")
    if our.straight < bound.straight:
        found.append(f"{100 * our.straight:.1f} % of the chains are straight, below {100 * bound.straight:g} %")
    return found


if __name__ == "__main__":
    sys.exit(main())
