"""Summaries that Keras printed of files in this repository, which ours must equal; written by `python -m` this file."""

from pathlib import Path

from summary_text import printed

ROOT = Path(__file__).parent.parent
FOLDER = ROOT / "tests/compat/keras/golden"
WIDE = {"expand_nested": True, "show_trainable": True, "line_length": 130}
FILES = {
    "examples/siamese.keras": 3,
    "examples/stripes_cnn.keras": 3,
    "tests/models/keras2_shared.h5": 2,
    "tests/models/tf_keras_twins.keras": 2,
}
CASES = [(file, name, options) for file in FILES for name, options in (("usual", {}), ("wide", WIDE))]
COLUMNS = "150"
"""The width of the terminal that all of them are for: Keras 3 cuts off what is wider."""


def golden(file, name):
    """Return the file that holds a summary."""
    return FOLDER / f"{Path(file).stem}_{name}.txt"


def by_keras(file, options):
    """Return what the Keras of a file prints of it."""
    if FILES[file] == 3:
        import keras
    else:
        import tf_keras as keras
    model = keras.models.load_model(ROOT / file, compile=True)
    return "\n".join(printed(model.summary, **options))


if __name__ == "__main__":
    for case in CASES:
        golden(*case[:2]).write_text(by_keras(case[0], case[2]), "utf-8")
