"""Hold the layout to its postconditions on many hostile problems; say which fail, and make these small.

    python tests/layered/long_run.py --cases 10000

Each case has a number and is always the same: `--first 4711 --cases 1` replays one.
"""

import argparse
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from time import process_time

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from layered.random_problems import numbered, without_boxes

from cutaway.layered import lay_out
from cutaway.layered.check import violations
from cutaway.layered.problem import Problem
from cutaway.record import replace


def faults(problem: Problem) -> tuple[str, ...]:
    """Return what is wrong with the layout of a problem, an exception included."""
    try:
        return violations(problem, lay_out(problem))
    except Exception as error:  # noqa: BLE001 - any is a failure of the case, to be told as such
        return (f"{type(error).__name__}: {error}",)


def shrunk(problem: Problem, wrong: Callable[[Problem], bool], budget: float = 60.0) -> Problem:
    """Return a smaller problem that is still wrong: without boxes, links, labels and clusters that do not matter."""
    end = process_time() + budget
    changed = True
    while changed and process_time() < end:
        changed = False
        for smaller in (_fewer_boxes, _fewer_links, _no_labels, _no_clusters):
            for less in smaller(problem):
                if process_time() > end:
                    break
                if wrong(less):
                    problem, changed = less, True
                    break
    return problem


def _fewer_boxes(problem: Problem) -> Iterable[Problem]:
    many = max(1, len(problem.boxes) // 2)
    while many:
        for start in range(0, len(problem.boxes), many):
            yield without_boxes(problem, {box.id for box in problem.boxes[start : start + many]})
        many //= 2


def _fewer_links(problem: Problem) -> Iterable[Problem]:
    many = max(1, len(problem.links) // 2)
    while many:
        for start in range(0, len(problem.links), many):
            yield replace(problem, links=problem.links[:start] + problem.links[start + many :])
        many //= 2


def _no_labels(problem: Problem) -> Iterable[Problem]:
    for index, link in enumerate(problem.links):
        if link.label is not None:
            links = (*problem.links[:index], replace(link, label=None), *problem.links[index + 1 :])
            yield replace(problem, links=links)


def _no_clusters(problem: Problem) -> Iterable[Problem]:
    for gone in problem.clusters:
        yield replace(
            problem,
            boxes=tuple(replace(box, cluster=gone.parent) if box.cluster == gone.id else box for box in problem.boxes),
            clusters=tuple(
                replace(one, parent=gone.parent) if one.parent == gone.id else one
                for one in problem.clusters
                if one.id != gone.id
            ),
        )


def _kind(fault: str) -> str:
    """Return a fault without its names."""
    return " ".join("_" if word.startswith("'") else word for word in fault.split())


def _say(*lines: str) -> None:
    sys.stdout.write("".join(f"{line}\n" for line in lines))
    sys.stdout.flush()


def main() -> int:
    """Run the cases that the command line asks for, and return 1 if any failed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--cases", type=int, default=10000)
    parser.add_argument("--first", type=int, default=0)
    parser.add_argument("--shrink", type=int, default=3, help="make this many of the failing cases small")
    options = parser.parse_args()
    start, failed, boxes, large = process_time(), 0, 0, 0
    for case in range(options.first, options.first + options.cases):
        done = case - options.first
        if done and done % 1000 == 0:
            _say(f"{done} cases, {failed} failed, {process_time() - start:.0f} s of CPU time")
        problem = numbered(case)
        boxes += len(problem.boxes)
        large += len(problem.boxes) >= 500
        found = faults(problem)
        if not found:
            continue
        failed += 1
        _say(f"case {case}, {len(problem.boxes)} boxes: {len(found)} faults, {found[0]}")
        if failed <= options.shrink:
            kind = _kind(found[0])
            small = shrunk(problem, lambda less, kind=kind: any(_kind(fault) == kind for fault in faults(less)))
            _say(str(small), *faults(small))
    spent = process_time() - start
    _say(
        f"{options.cases} cases, {boxes} boxes, {large} cases of 500 or more: {failed} failed",
        f"{spent:.0f} s of CPU time",
    )
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
