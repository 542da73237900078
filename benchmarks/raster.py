"""Compare the two packages that bind resvg, `resvg` and `resvg-py`, on figures of 200 and 2000 nodes.

Needs both; they can stand in one environment: pip install resvg resvg-py && python benchmarks/raster.py

For each: CPU seconds and peak memory of one process that turns the same SVG text into PNG bytes, with our two font
files and no system fonts; the median of several processes, the two taking turns.
"""

import argparse
import json
import resource
import statistics
import subprocess
import sys
import time
from pathlib import Path

from cutaway.geometry import Point
from cutaway.outputs.svg import to_svg
from cutaway.ruler import Face
from cutaway.scene import Close, Curve, Line, Mark, Move, Scene, Stroke, Text
from cutaway.scene import Path as Outline

FONTS = Path(__file__).parent.parent / "src" / "cutaway" / "fonts"
PALETTE = {"page": "#ffffff", "ink": "#1f2630", "box": "#dceaf6", "line": "#0072b2"}
CASES = ((200, 96), (200, 300), (2000, 96), (2000, 300))
BINDINGS = ("resvg", "resvg-py", "resvg, in bands")


def figure(nodes: int) -> Scene:
    """Draw boxes with two lines of text and a curved edge each, in rows of ten."""
    marks: list[Mark] = []
    for number in range(nodes):
        x, y = 10 + number % 10 * 110, 10 + number // 10 * 60
        corners = (Line(Point(x + 80, y)), Line(Point(x + 80, y + 36)), Line(Point(x, y + 36)), Close())
        bend = Curve(Point(x + 95, y + 18), Point(x + 95, y + 48), Point(x + 110, y + 48))
        marks += [
            Outline(segments=(Move(Point(x, y)), *corners), fill="box", stroke=Stroke(paint="line", width=0.9)),
            Outline(segments=(Move(Point(x + 80, y + 18)), bend), stroke=Stroke(paint="ink", width=1)),
            Text(
                at=Point(x + 40, y + 15), text=f"Conv 3×3 / {number}", size=8, face=Face(), weight=700, anchor="middle"
            ),
            Text(at=Point(x + 40, y + 26), text="BN, ReLU", size=7, face=Face(), anchor="middle"),
        ]
    return Scene(width=1130, height=20 + nodes // 10 * 60, marks=tuple(marks), palette=PALETTE)


def draw(binding: str, nodes: int, dpi: int) -> bytes:
    """Turn one figure into PNG bytes."""
    scene = figure(nodes)
    if binding == "resvg, in bands":
        from cutaway.outputs.png import to_png

        return to_png(scene, dpi)
    svg = to_svg(scene)
    files = [str(FONTS / f"Inter-{style}.ttf") for style in ("Regular", "Bold")]
    width, height = round(scene.width * dpi / 72), round(scene.height * dpi / 72)
    if binding == "resvg":
        from resvg import render, usvg

        options = usvg.Options.default()
        for file in files:
            options.load_font_file(file)
        scale = dpi / 96
        tree = usvg.Tree.from_str(svg, options)
        return render(tree, (scale, 0.0, 0.0, 0.0, scale, 0.0), bg_size=(width, height))
    import resvg_py

    options = {"dpi": 96.0, "skip_system_fonts": True, "font_files": files}
    return bytes(resvg_py.svg_to_bytes(svg_string=svg, width=width, height=height, **options))


def measure(binding: str, nodes: int, dpi: int) -> None:
    """Print what one drawing in this process takes."""
    to_svg(figure(10))
    start = time.process_time()
    size = len(draw(binding, nodes, dpi))
    spent = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"cpu": spent, "peak": peak, "size": size}))


def main() -> None:
    """Run every case in processes of its own and print a table."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--one", nargs=3, metavar=("BINDING", "NODES", "DPI"), help="measure in this process")
    given = parser.parse_args()
    if given.one:
        measure(given.one[0], int(given.one[1]), int(given.one[2]))
        return
    print(f"{'figure':<20}{'binding':<18}{'CPU s':>8}{'peak MB':>9}{'file kB':>9}")
    for nodes, dpi in CASES:
        found: dict[str, list[dict[str, float]]] = {binding: [] for binding in BINDINGS}
        for _ in range(given.runs):
            for binding, results in found.items():
                command = [sys.executable, __file__, "--one", binding, str(nodes), str(dpi)]
                done = subprocess.run(command, capture_output=True, text=True, check=True)
                results.append(json.loads(done.stdout))
        for binding, results in found.items():
            cpu, peak = (statistics.median(result[key] for result in results) for key in ("cpu", "peak"))
            figure_name = f"{nodes} nodes, {dpi} dpi"
            print(f"{figure_name:<20}{binding:<18}{cpu:>8.2f}{peak:>9.0f}{results[0]['size'] / 1000:>9.0f}")


if __name__ == "__main__":
    main()
