"""Measure `cutaway summary FILE` against Keras loading that file and calling `model.summary()`.

Whole processes, interleaved, on one machine: CPU time (user and system, children included). The files are built by
Keras, with the weights that its initializers give, in `out/models`, and kept for the next run. Run it where Keras and
TensorFlow are installed, with `--peer` naming the Python that has them; name models of `keras.applications` to measure
others than the usual handful.
"""

import argparse
import os
import platform
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.peer import ENVIRONMENT, ROOT, command, measure

CPU_RATIO = 1 / 20
MODELS = ("VGG16", "ResNet50", "MobileNetV2", "EfficientNetB7", "NASNetLarge")
FOLDER = ROOT / "out" / "models"
MAKE = """
import os, sys, keras
path = sys.argv[2]
getattr(keras.applications, sys.argv[1])(weights=None).save(path + ".part.keras")
os.replace(path + ".part.keras", path)
"""
TELL = """
import sys, keras
keras.saving.load_model(sys.argv[1]).summary()
"""


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, and with `--gate` return 1 where a ratio is above its bound."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("models", nargs="*", default=MODELS, metavar="MODEL", help=f"default: {', '.join(MODELS)}")
    parser.add_argument("--runs", type=int, default=5, help="how often each is run (default: 5)")
    parser.add_argument("--peer", default=sys.executable, metavar="PYTHON", help="the Python that has Keras")
    parser.add_argument("--gate", action="store_true", help="fail above 1/20 of the CPU time")
    options = parser.parse_args(arguments)
    print(f"Python {platform.python_version()}, {os.cpu_count()} cores, {platform.platform()}")
    print(f"least of {options.runs} interleaved runs; CPU seconds of whole processes")
    kept = [compare(model, options.peer, options.runs) for model in options.models]
    return 1 if options.gate and not all(kept) else 0


def compare(model: str, peer: str, runs: int) -> bool:
    """Measure one model, print its line, and tell whether the ratio of the least costs keeps its bound."""
    path = saved(model, peer)
    ours = [*command(), "summary", str(path)]
    theirs = [peer, "-c", TELL, str(path)]
    measure(ours)  # warms the caches of files and of bytecode
    pairs = [(measure(ours).cpu, measure(theirs).cpu) for _ in range(runs)]
    our, their = (min(pair[side] for pair in pairs) for side in (0, 1))
    verdict = "kept" if our / their <= CPU_RATIO else "BROKEN"
    print(
        f"{model:18} cutaway {our:6.3f} s   Keras {their:7.2f} s   ratio 1/{their / our:.1f}"
        f" (at most 1/{1 / CPU_RATIO:.0f}: {verdict})",
        flush=True,
    )
    return our / their <= CPU_RATIO


def saved(model: str, peer: str) -> Path:
    """Let Keras save an application model, unless it has done so before."""
    path = FOLDER / f"{model}.keras"
    if not path.exists():
        FOLDER.mkdir(parents=True, exist_ok=True)
        command = [peer, "-c", MAKE, model, str(path)]
        subprocess.run(command, env=ENVIRONMENT, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    return path


if __name__ == "__main__":
    sys.exit(main())
