"""Plot every model of `keras.applications` in four settings and three formats: 480 files, each has to be right.

Keras' own `plot_model` fails in 29 of its 160 cases for these models and settings, where Graphviz aborts. Run it where
Keras and TensorFlow are installed: `python benchmarks/applications.py`; it takes some minutes.
"""

import argparse
import os
import sys
import tempfile
import time
import warnings
from collections.abc import Sequence
from pathlib import Path

MAGIC = {"png": b"\x89PNG", "svg": b"<svg ", "pdf": b"%PDF-"}
SETTINGS = {
    "default": {},
    "shapes and names": {"show_shapes": True, "show_layer_names": True},
    "all options": {
        "show_shapes": True,
        "show_dtype": True,
        "show_layer_names": True,
        "expand_nested": True,
        "show_layer_activations": True,
        "show_trainable": True,
    },
    "LR": {"rankdir": "LR"},
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Plot all, print what fails and how long it takes; return 1 where anything fails."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--models", nargs="*", help="names of models (default: all)")
    options = parser.parse_args(arguments)
    os.environ |= {"TF_CPP_MIN_LOG_LEVEL": "3", "CUDA_VISIBLE_DEVICES": "-1", "KERAS_BACKEND": "tensorflow"}
    import keras

    names = options.models or sorted(name for name in vars(keras.applications) if name[0].isupper())
    written = wanted = 0
    spent = 0.0
    for name in names:
        model = getattr(keras.applications, name)(weights=None)
        start = time.process_time()
        failed = failures(model)
        spent += time.process_time() - start
        wanted += len(SETTINGS) * len(MAGIC)
        written += len(SETTINGS) * len(MAGIC) - len(failed)
        for failure in failed:
            print(f"{name}, {failure}")
        keras.backend.clear_session()
    print(f"{written} of {wanted} files of {len(names)} models; {spent:.0f} s CPU for drawing and writing")
    return 0 if written == wanted else 1


def failures(model: object) -> list[str]:
    """Write all files of a model; return what went wrong."""
    from cutaway.compat.keras import plot_model

    found = []
    with tempfile.TemporaryDirectory() as folder:
        for setting, keywords in SETTINGS.items():
            for suffix, magic in MAGIC.items():
                path = Path(folder) / f"model.{suffix}"
                try:
                    with warnings.catch_warnings():
                        warnings.simplefilter("error")
                        plot_model(model, path, **keywords)
                    begun = path.read_bytes()[: len(magic)]
                    if begun != magic:
                        found.append(f"{setting}, {suffix}: begins with {begun!r}")
                    path.unlink()
                except Exception as error:  # noqa: BLE001 - any failure counts
                    found.append(f"{setting}, {suffix}: {type(error).__name__}: {error}")
    return found


if __name__ == "__main__":
    sys.exit(main())
