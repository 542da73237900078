"""The gallery: one small file per figure, which is its documentation, its golden test and its preview at once.

A figure's file has a docstring, whose first line names the figure and whose rest says what to see in it, and a function
`figure` that draws it. `NEEDS_KERAS = True` marks a figure of a live model. `python -m gallery FOLDER` renders all.
"""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

from cutaway import Figure

HERE = Path(__file__).parent
GOLDEN = HERE / "golden"


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One figure of the gallery: what its file says and the function that draws it."""

    name: str
    title: str
    text: str
    code: str
    draw: Callable[[], Figure]
    needs_keras: bool


def model(name: str) -> Path:
    """Return the path of a model file of the gallery or, failing that, of the examples."""
    own = HERE / "models" / name
    return own if own.exists() else HERE.parent / "examples" / name


def names() -> tuple[str, ...]:
    """Return the names of all figures, sorted."""
    return tuple(sorted(path.stem for path in HERE.glob("*.py") if not path.stem.startswith("_")))


def entry(name: str) -> Entry:
    """Return the figure called `name`."""
    module = import_module(f"gallery.{name}")
    title, _, text = (module.__doc__ or "").strip().partition("\n")
    return Entry(
        name=name,
        title=title.rstrip("."),
        text=" ".join(text.split()),
        code=(HERE / f"{name}.py").read_text(encoding="utf-8"),
        draw=module.figure,
        needs_keras=getattr(module, "NEEDS_KERAS", False),
    )
