"""Measure our `plot_model` against Keras' on a live model, from a file, and as a large PNG picture.

* SVG of a live model: CPU time of the whole call in one process, in turns, that of Keras' `dot` included, which draws
  with `splines="spline"`; the median of the turns. Wanted: at most as long as Keras takes.
* SVG from a file: whole processes, that of Keras loads the model and plots it; the least of several. Wanted: 1/50.
* PNG at 200 dpi of a live model: CPU time per megapixel, in turns, the least of several: of the whole call, and less
  that of SVG. Wanted: a third of Keras', in full size (Graphviz draws no picture of more than 32,767 pixels a side, but
  a smaller one), and from a file in 1 GB of memory.

`--gate` holds what is wanted with room for a busy machine.

Run it where Keras, TensorFlow, pydot and Graphviz are installed: `python benchmarks/plot_model.py --gate`.
"""

import argparse
import json
import os
import resource
import struct
import subprocess
import sys
import tempfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.peer import ENVIRONMENT, Cost, measure

MODELS = ("ResNet50", "EfficientNetB7", "NASNetLarge")
MEMORY = 1024.0
OURS = "import sys; from cutaway.compat.keras import plot_model; plot_model(sys.argv[1], sys.argv[2])"
THEIRS = """
import sys
sys.modules["IPython"] = None  # with which Keras writes an SVG file, and then fails to show it
import keras
keras.utils.plot_model(keras.saving.load_model(sys.argv[1]), to_file=sys.argv[2], splines="spline")
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """What our time may be of Keras': in a live process, from a file, and for a megapixel."""

    live: float = 1.0
    file: float = 1 / 40
    pixels: float = 0.4


BOUNDS = {"ResNet50": Bounds(live=1.1)}
"""That of a single model, whose time is short and swings."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure all models, print the figures, and with `--gate` return 1 where a bound is broken."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--models", nargs="*", default=MODELS)
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--gate", action="store_true", help="fail where a bound is broken")
    parser.add_argument("--live", nargs=2, metavar=("MODEL", "FILE"), help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if options.live:
        print(json.dumps(live(*options.live, options.runs)))
        return 0
    kept = True
    with tempfile.TemporaryDirectory() as folder:
        for name in options.models:
            kept &= compared(name, Path(folder), options.runs)
    return 1 if options.gate and not kept else 0


def compared(name: str, folder: Path, runs: int) -> bool:
    """Measure one model and print the figures; tell whether all bounds are kept."""
    saved, bounds = folder / f"{name}.keras", BOUNDS.get(name, Bounds())
    command = [sys.executable, __file__, "--live", name, str(saved), "--runs", str(runs)]
    told = subprocess.run(command, env=ENVIRONMENT, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    svg, png, sizes = json.loads(told.stdout.splitlines()[-1])
    kept = row(name, "SVG, live", (median(svg[0]), median(svg[1])), bounds.live, "s")
    print(f"{'':16}{'first call':22} cutaway {svg[0][0]:9.3f} s   Keras {svg[1][0]:9.3f} s")
    drawn = [_process(OURS, saved, folder / "ours.svg", 3 * runs), _process(THEIRS, saved, folder / "theirs.svg", 2)]
    kept &= row(name, "SVG, from a file", (drawn[0].cpu, drawn[1].cpu), bounds.file, "s")
    for side, (width, height) in zip(("cutaway", "Keras"), sizes, strict=True):
        print(f"{'':16}{side}: {width} × {height} pixels")
    whole, vectors = [min(each) for each in png], [min(each) for each in svg]
    kept &= row(name, "PNG, a megapixel", _per_megapixel(whole, sizes), bounds.pixels, "s")
    less = [one - other for one, other in zip(whole, vectors, strict=True)]
    kept &= row(name, "PNG less SVG", _per_megapixel(less, sizes), bounds.pixels, "s")
    memory = _process(OURS, saved, folder / "ours.png", 1).memory
    print(f"{'':16}peak memory of cutaway: {memory:.0f} MB (at most {MEMORY:.0f})")
    return kept and memory <= MEMORY


def _per_megapixel(costs: Sequence[float], sizes: Sequence[Sequence[int]]) -> tuple[float, float]:
    ours, theirs = (cost / (width * height / 1e6) for cost, (width, height) in zip(costs, sizes, strict=True))
    return ours, theirs


def row(name: str, what: str, costs: tuple[float, float], bound: float, unit: str) -> bool:
    """Print one comparison; tell whether it keeps its bound."""
    ours, theirs = costs
    kept = ours <= bound * theirs
    print(
        f"{name:16}{what:22} cutaway {ours:9.3f} {unit}   Keras {theirs:9.3f} {unit}"
        f"   ratio {ours / theirs:.3f} (at most {bound:.3f}: {'kept' if kept else 'BROKEN'})"
    )
    return kept


Times = tuple[list[float], list[float]]


def live(name: str, path: str, runs: int) -> tuple[Times, Times, list[tuple[int, int]]]:
    """Measure single calls on a live model, which is saved to `path`: ours and Keras', in turns.

    Returns the times of SVG, those of PNG, and the sizes of the two pictures.
    """
    sys.modules["IPython"] = None  # type: ignore[assignment]  # with it, Keras writes an SVG and then fails to show it
    import keras

    from cutaway.compat.keras import plot_model

    model = getattr(keras.applications, name)(weights=None)
    model.save(path)
    with tempfile.TemporaryDirectory() as folder:
        ours, theirs = f"{folder}/ours", f"{folder}/theirs"

        def turns(suffix: str, count: int) -> Times:
            calls = (
                lambda: plot_model(model, ours + suffix),
                lambda: keras.utils.plot_model(model, to_file=theirs + suffix, splines="spline"),
            )
            times = [[_spent(call) for call in calls] for _ in range(count)]
            return [each[0] for each in times], [each[1] for each in times]

        svg, png = turns(".svg", 2 * runs + 1), turns(".png", runs)
        return svg, png, [_size(Path(stem + ".png")) for stem in (ours, theirs)]


def _spent(call: Callable[[], object]) -> float:
    """Return the CPU seconds of a call, with those of its child processes."""
    before = _used()
    call()
    return _used() - before


def _used() -> float:
    usages = [resource.getrusage(who) for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)


def _process(code: str, model: Path, target: Path, runs: int) -> Cost:
    """Return the least that whole processes take that plot a saved model."""
    costs = [measure([sys.executable, "-c", code, str(model), str(target)]) for _ in range(runs)]
    return Cost(cpu=min(cost.cpu for cost in costs), memory=max(cost.memory for cost in costs))


def _size(path: Path) -> tuple[int, int]:
    """Return the width and height of a PNG picture."""
    with path.open("rb") as file:
        width, height = struct.unpack(">II", file.read(24)[16:])
    return width, height


if __name__ == "__main__":
    os.environ |= ENVIRONMENT
    sys.exit(main())
