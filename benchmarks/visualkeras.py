"""Measure the views of `cutaway.compat.visualkeras` against those of visualkeras 0.2.0, the last release.

`python -m benchmarks.visualkeras`, where tf_keras, visualkeras and aggdraw are installed, or with `--peer` naming the
Python that has them. The release draws no model of Keras 3, so both are given the same one of Keras 2, in one process,
in turns; CPU time of whole calls that write a PNG of the same model, after a turn that does not count, the least of
which are compared, beside the sizes of both pictures. A call of ours may take as long as theirs, or 60 ms where that is
more; as SVG a fifth of theirs, where the model has more than 50 layers. `functional_view` and `lenet_view` were never
released: of these our own times are told, as where the release fails, beside RECORDED ones of their source, which are
not of the same run, but of another day on such a machine, so that they bound nothing; per pixel, for their canvases are
smaller. Name models of `tf_keras.applications` to measure others.
"""

import argparse
import importlib.util
import os
import subprocess
import sys
import tempfile
import warnings
from collections.abc import Callable, Sequence
from math import prod
from pathlib import Path
from time import process_time
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
LEAST = 0.06
"""Seconds that a call may take in any case."""
SVG_RATIO = 1 / 5
MANY = 50
"""More layers than this, and the bound of SVG holds."""
APPLICATIONS = ("VGG16", "ResNet50")
SMALL = ("lenet5", "mlp")
RELEASED = ("layered_view", "graph_view")
OWN = ("functional_view", "lenet_view")
RECORDED = {
    ("VGG16", "functional_view"): (0.05, 7233, 576),
    ("VGG16", "lenet_view"): (0.04, 4856, 315),
    ("ResNet50", "functional_view"): (0.84, 59506, 589),
    ("ResNet50", "lenet_view"): (0.44, 32468, 315),
    ("InceptionV3", "functional_view"): (0.75, 43437, 754),
    ("InceptionV3", "lenet_view"): (0.82, 52960, 315),
    ("NASNetMobile", "functional_view"): (2.72, 44564, 2618),
    ("NASNetMobile", "lenet_view"): (2.63, 127200, 315),
    ("DenseNet121", "functional_view"): (1.96, 116223, 589),
    ("DenseNet121", "lenet_view"): (0.57, 70132, 315),
}
"""Seconds that the source of the unreleased views took, drawing PNG, and the pixels of its canvas."""
KINDS = ("png", "svg")
INSIDE = "--inside"


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure, print the table, and with `--gate` return 1 where a bound is broken."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("models", nargs="*", default=(*SMALL, *APPLICATIONS), metavar="MODEL", help="what to draw")
    parser.add_argument("--runs", type=int, default=2, help="how often each is run (default: 2)")
    parser.add_argument("--peer", default=sys.executable, metavar="PYTHON", help="the Python that has visualkeras")
    parser.add_argument("--gate", action="store_true", help="fail where a bound is broken")
    parser.add_argument(INSIDE, action="store_true", help=argparse.SUPPRESS)
    options = parser.parse_args(arguments)
    if not options.inside:
        again = [options.peer, "-m", "benchmarks.visualkeras", INSIDE, "--runs", str(options.runs), *options.models]
        paths = os.pathsep.join([str(ROOT / "src"), str(ROOT)])
        environment = {key: value for key, value in os.environ.items() if key != "PYTHONDONTWRITEBYTECODE"} | {
            "TF_CPP_MIN_LOG_LEVEL": "3",
            "CUDA_VISIBLE_DEVICES": "-1",
            "PYTHONPATH": paths,
        }
        code = subprocess.run([*again, *(["--gate"] if options.gate else [])], cwd=ROOT, env=environment, check=False)
        return code.returncode
    warnings.simplefilter("ignore")
    if importlib.util.find_spec("visualkeras") is None:
        print("visualkeras is not installed: pip install -e '.[peer]'", file=sys.stderr)
        return 1
    broken = [fault for name in options.models for fault in measured(name, options.runs)]
    print("\n".join(f"BROKEN {fault}" for fault in broken) or "all bounds kept")
    return 1 if options.gate and broken else 0


def measured(name: str, runs: int) -> list[str]:
    """Print the lines of one model; return what breaks a bound."""
    import visualkeras

    from cutaway.compat import visualkeras as ours

    model, broken = built(name), list[str]()
    print(f"{name}: {len(model.layers)} layers", flush=True)
    with tempfile.TemporaryDirectory() as folder:
        for view in RELEASED:
            peer = saving(getattr(visualkeras, view), model, f"{folder}/{view}.png")
            if reason := failing(peer):
                print(f"  {view:16} visualkeras fails: {reason}")
                alone(view, getattr(ours, view), model, folder, runs)
                continue
            calls = [peer, *(saving(getattr(ours, view), model, f"{folder}/our_{view}.{kind}") for kind in KINDS)]
            (theirs, png, svg), sizes = least(calls, runs)
            print(
                f"  {view:16} PNG {1000 * png:7.0f} ms, visualkeras {1000 * theirs:7.0f} ms; SVG {1000 * svg:7.0f} ms"
                f"   {sizes[1]} and {sizes[0]} px",
                flush=True,
            )
            if png > max(LEAST, theirs):
                broken.append(f"{name}, {view}: PNG {png:.3f} s, above {max(LEAST, theirs):.3f} s")
            if len(model.layers) > MANY and svg > theirs * SVG_RATIO:
                broken.append(f"{name}, {view}: SVG {svg:.3f} s, above a fifth of {theirs:.3f} s")
        for view in OWN:
            png, pixels = alone(view, getattr(ours, view), model, folder, runs)
            if (name, view) in RECORDED:
                tell_recorded(name, view, png, pixels)
    return broken


def failing(call: Callable[[], object]) -> str:
    """Make a call, and return why it fails; nothing where it does not."""
    try:
        call()
    except Exception as error:  # noqa: BLE001 - whatever the peer raises
        return f"{type(error).__name__}: {error}"
    return ""


def alone(name: str, view: Callable[..., Any], model: object, folder: str, runs: int) -> tuple[float, int]:
    """Print the times of one of our views, of which there is no other; return that of PNG, and its pixels."""
    (png, svg), sizes = least([saving(view, model, f"{folder}/our_{name}.{kind}") for kind in KINDS], runs)
    print(f"  {name:16} PNG {1000 * png:7.0f} ms; SVG {1000 * svg:7.0f} ms   {sizes[0]} px", flush=True)
    return png, prod(map(int, sizes[0].split(" × ")))


def tell_recorded(name: str, view: str, png: float, pixels: int) -> None:
    """Print what a view took of another day for as many pixels, which bounds nothing: it is no measure of this run."""
    taken, width, height = RECORDED[name, view]
    alike = taken * pixels / (width * height)
    print(
        f"  {'':16} recorded: {1000 * taken:5.0f} ms for {width} × {height} px; for as many {png / alike:.2f} of theirs"
    )


def saving(view: Callable[..., Any], model: object, path: str) -> Callable[[], object]:
    """Return a call of a view that draws a model into a file."""
    return lambda: view(model, to_file=path)


def least(calls: Sequence[Callable[[], Any]], runs: int) -> tuple[list[float], list[str]]:
    """Return the least CPU seconds of each call, and the sizes of the pictures that they return."""
    sizes = [" × ".join(map(str, call().size)) for call in calls]
    times = [[seconds(call) for call in calls] for _ in range(runs)]
    return [min(each) for each in zip(*times, strict=True)], sizes


def seconds(work: Callable[[], object]) -> float:
    """Return the CPU seconds that some work takes."""
    start = process_time()
    work()
    return process_time() - start


def built(name: str) -> Any:  # noqa: ANN401 - a model of Keras 2, which has no types
    """Build a model with Keras 2."""
    import tf_keras

    if name not in SMALL:
        return getattr(tf_keras.applications, name)(weights=None)
    layers = tf_keras.layers
    if name == "mlp":
        stack = [layers.Input((784,)), *(layers.Dense(units) for units in (256, 128, 10))]
        return tf_keras.Sequential(stack)
    stack = [layers.Input((32, 32, 1)), layers.Conv2D(6, 5), layers.AveragePooling2D(), layers.Conv2D(16, 5)]
    stack += [layers.AveragePooling2D(), layers.Flatten(), *(layers.Dense(units) for units in (120, 84, 10))]
    return tf_keras.Sequential(stack)


if __name__ == "__main__":
    sys.exit(main())
