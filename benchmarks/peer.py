"""Measure `cutaway draw resnet50.keras -o x.svg` against Keras loading that file and calling `plot_model`.

What `--width 17cm` costs besides, fitted to the page of a paper, is told for comparison; the bounds hold without it.

Whole processes, interleaved, on one machine: CPU time (user and system, children included) and peak resident memory
(of the largest process of the tree: Graphviz' own is not added to Keras'). The least of both are compared, because
whatever else the machine does only adds to them; ours is short, and runs several times in its turn. Run it where
Keras, TensorFlow, pydot and Graphviz are installed: `python dev.py bench`, or with `--peer` naming the Python that has
them.
"""

import argparse
import json
import os
import platform
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import median

ROOT = Path(__file__).resolve().parent.parent
CPU_RATIO = 1 / 50
"""Folding, stages and the drawings in the legend take a fifth of our time."""
MEMORY_RATIO = 1 / 20
ROUNDS = 3
"""A bound that seems to be broken is measured on: least times need more turns where the machine is busy."""
TURN = 4
ENVIRONMENT = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"} | {
    "KERAS_BACKEND": "tensorflow",
    "TF_CPP_MIN_LOG_LEVEL": "3",
    "CUDA_VISIBLE_DEVICES": "-1",
    "PYTHONPATH": str(ROOT / "src"),
}
MAKE = """
import json, sys, keras, tensorflow, pydot
keras.applications.ResNet50(weights=None).save(sys.argv[1])
print(json.dumps({module.__name__: module.__version__ for module in (keras, tensorflow, pydot)}))
"""
PLOT = """
import sys
sys.modules["IPython"] = None  # with which Keras writes an SVG file, and then fails to show it
import keras
keras.utils.plot_model(keras.saving.load_model(sys.argv[1]), to_file=sys.argv[2], splines=sys.argv[3])
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cost:
    """What one process cost: CPU seconds and the peak of its resident memory in MB."""

    cpu: float
    memory: float


def command() -> list[str]:
    """Return the command as users call it; where it is not installed, the module, which takes a fiftieth longer."""
    script = Path(sys.executable).with_name("cutaway")
    return [str(script)] if script.exists() else [sys.executable, "-m", "cutaway"]


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, and with `--gate` return 1 where a ratio is above its bound."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--runs", type=int, default=5, help="how often each is run (default: 5)")
    parser.add_argument("--peer", default=sys.executable, metavar="PYTHON", help="the Python that has Keras")
    parser.add_argument("--gate", action="store_true", help="fail above 1/50 of the CPU time or 1/20 of the memory")
    options = parser.parse_args(arguments)
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "resnet50.keras"
        versions = make_model(options.peer, model)
        splines = working_splines(options.peer, model)
        ours = [*command(), "draw", str(model), "-o", f"{folder}/ours.svg"]
        theirs = [options.peer, "-c", PLOT, str(model), f"{folder}/theirs.svg", splines]
        fitted = [*ours, "--width", "17cm"]
        measure(ours)  # warms the caches of files and of bytecode; Keras' are warm from the runs above
        measure(fitted)
        costs: list[tuple[list[Cost], Cost]] = []
        wide: list[float] = []
        for _ in range(ROUNDS if options.gate else 1):
            for _ in range(options.runs):
                costs.append(([measure(ours) for _ in range(TURN)], measure(theirs)))
                wide += [measure(fitted).cpu for _ in range(TURN)]
            if min(cost.cpu for turn, _ in costs for cost in turn) <= CPU_RATIO * min(cost.cpu for _, cost in costs):
                break
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.platform()}; {versions}")
    print(f"least of {len(costs)} interleaved turns; plot_model with splines={splines!r}")
    sides = [cost for turn, _ in costs for cost in turn], [cost for _, cost in costs]
    cpu = row("CPU time", "s", [[cost.cpu for cost in side] for side in sides], CPU_RATIO)
    plain = min(cost.cpu for cost in sides[0])
    print(f"with --width 17cm: {min(wide):.3f} s, {min(wide) / plain:.2f} times as long")
    memory = row("peak memory", "MB", [[cost.memory for cost in side] for side in sides], MEMORY_RATIO)
    return 1 if options.gate and not (cpu and memory) else 0


def make_model(peer: str, path: Path) -> str:
    """Let Keras save a ResNet50 with random weights to `path`; return the versions of what made it."""
    made = subprocess.run(
        [peer, "-c", MAKE, str(path)], env=ENVIRONMENT, check=True, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL
    )
    versions = json.loads(made.stdout.splitlines()[-1])
    return ", ".join(f"{name} {version}" for name, version in versions.items())


def working_splines(peer: str, model: Path) -> str:
    """Return Keras' own default of `splines`, "ortho", or "spline" where this Graphviz crashes on it."""
    command = [peer, "-c", PLOT, str(model), str(model.with_suffix(".svg")), "ortho"]
    if subprocess.run(command, env=ENVIRONMENT, check=False, capture_output=True).returncode == 0:
        return "ortho"
    print('note: plot_model fails with its default splines="ortho" on this machine')
    return "spline"


def measure(command: Sequence[str]) -> Cost:
    """Run `command` and return its cost; raises CalledProcessError where it fails."""
    with tempfile.TemporaryFile() as log:
        process = subprocess.Popen(command, env=ENVIRONMENT, stdout=log, stderr=log)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            log.seek(0)
            print(log.read().decode("utf-8", "replace")[-2000:], file=sys.stderr)
            raise subprocess.CalledProcessError(process.returncode, command)
    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return Cost(cpu=usage.ru_utime + usage.ru_stime, memory=usage.ru_maxrss / unit)


def row(name: str, unit: str, costs: Sequence[Sequence[float]], bound: float) -> bool:
    """Print one line of the table; tell whether the ratio of the least costs keeps its bound."""
    ours, theirs = costs
    ratio = min(ours) / min(theirs)
    verdict = "kept" if ratio <= bound else "BROKEN"
    print(
        f"{name:12} cutaway {min(ours):8.3f} {unit} (median {median(ours):.3f})"
        f"   Keras {min(theirs):8.2f} {unit} (median {median(theirs):.2f})"
        f"   ratio 1/{1 / ratio:.1f} (at most 1/{1 / bound:.0f}: {verdict})"
    )
    return ratio <= bound


if __name__ == "__main__":
    sys.exit(main())
