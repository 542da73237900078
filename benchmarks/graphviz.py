"""Lay a problem out with Graphviz' `dot`, boxes and distances being the same."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from functools import cache
from itertools import pairwise
from pathlib import Path

from benchmarks.picture import Line, Picture, Spot
from cutaway.layered.problem import Problem

INCH = 72.0
STEPS = 12
"""Straight pieces that a curved piece of a line is measured as."""
_EDGE = re.compile(r'<g id="e(\d+)" class="edge">.*?</g>', re.DOTALL)
_NODE = re.compile(r'<g id="n(\d+)" class="node">.*? points="([^"]*)"', re.DOTALL)
_PATH = re.compile(r' d="M([^"]*)"')
_SIZE = re.compile(r'<svg width="([\d.]+)pt" height="([\d.]+)pt"')


def dot_text(problem: Problem) -> str:
    """Return the problem in the language of Graphviz: boxes of fixed size without text, lines without arrowheads.

    Clusters, labels and the order of inputs are left out: less for it to do.
    """
    number = {box.id: index for index, box in enumerate(problem.boxes)}
    gaps = f"ranksep={problem.gaps.rank / INCH:.5f} nodesep={problem.gaps.box / INCH:.5f}"
    lines = [
        "digraph {",
        f'graph [splines=spline {gaps}] node [shape=box fixedsize=true label=""] edge [arrowhead=none]',
    ]
    for index, box in enumerate(problem.boxes):
        size = f"width={box.size.width / INCH:.5f} height={box.size.height / INCH:.5f}"
        lines.append(f"n{index} [{size} id=n{index}]")
    for index, link in enumerate(problem.links):
        lines.append(f"n{number[link.source]} -> n{number[link.target]} [id=e{index}]")
    return "\n".join([*lines, "}"])


def dot_seconds(source: Path) -> float:
    """Return the CPU time of one run of `dot` that writes its shortest form: start, reading and writing included."""
    with tempfile.TemporaryFile() as out:
        process = subprocess.Popen(["dot", "-Tplain", str(source)], stdout=out, stderr=subprocess.DEVNULL)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, "dot")
    return usage.ru_utime + usage.ru_stime


@cache
def dot_version() -> str:
    """Return what `dot` calls itself; ends the program where there is none."""
    if shutil.which("dot") is None:
        raise SystemExit("there is no `dot` to compare with: install Graphviz")
    return subprocess.run(["dot", "-V"], capture_output=True, check=True, text=True).stderr.strip()


def dot_picture(problem: Problem, source: Path) -> Picture:
    """Return what `dot` draws, from its SVG, which is more exact than its plain form."""
    done = subprocess.run(["dot", "-Tsvg", str(source)], capture_output=True, check=True, text=True)
    return picture_of_svg(problem, done.stdout)


def picture_of_svg(problem: Problem, svg: str) -> Picture:
    """Return what the SVG of `dot` shows; raises ValueError where something is missing."""
    boxes = {}
    for index, points in _NODE.findall(svg):
        spots = list(map(_spot, points.split()))
        xs, ys = [x for x, _ in spots], [y for _, y in spots]
        boxes[problem.boxes[int(index)].id] = (min(xs), min(ys), max(xs), max(ys))
    lines = []
    for found in _EDGE.finditer(svg):
        link = problem.links[int(found[1])]
        path = _PATH.search(found[0])
        if path is None:
            continue
        points = tuple(_flattened(list(map(_spot, path[1].replace("C", " ").split()))))
        lines.append(Line(source=link.source, target=link.target, tensor=link.tensor, points=points))
    size = _SIZE.search(svg)
    if size is None or len(boxes) != len(problem.boxes) or len(lines) != len(problem.links):
        raise ValueError("the SVG of this Graphviz cannot be read: boxes or lines are missing")
    return Picture(boxes=boxes, lines=tuple(lines), width=float(size[1]), height=float(size[2]))


def _spot(text: str) -> Spot:
    x, _, y = text.partition(",")
    return float(x), float(y)


def _flattened(control: list[Spot]) -> Iterator[Spot]:
    """Yield points of a curve of cubic pieces; a straight piece is one."""
    yield control[0]
    for start in range(0, len(control) - 3, 3):
        piece = control[start : start + 4]
        if _bend(piece) < 0.01:
            yield piece[3]
            continue
        yield from (_at(piece, step / STEPS) for step in range(1, STEPS + 1))


def _bend(piece: list[Spot]) -> float:
    """Return by how much a piece is longer than its chord."""
    legs = sum(_distance(one, two) for one, two in pairwise(piece))
    return legs - _distance(piece[0], piece[3])


def _distance(one: Spot, two: Spot) -> float:
    return float(((one[0] - two[0]) ** 2 + (one[1] - two[1]) ** 2) ** 0.5)


def _at(piece: list[Spot], t: float) -> Spot:
    shares = ((1 - t) ** 3, 3 * t * (1 - t) ** 2, 3 * t * t * (1 - t), t**3)
    return (
        sum(share * x for share, (x, _) in zip(shares, piece, strict=True)),
        sum(share * y for share, (_, y) in zip(shares, piece, strict=True)),
    )
