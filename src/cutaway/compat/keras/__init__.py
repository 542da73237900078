"""What `keras.utils` and `Model.summary` do, for live models of Keras 2 and 3, and for files without Keras."""

from cutaway.compat.keras.plot_model import plot_model
from cutaway.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from cutaway.compat.keras.dot import model_to_dot
    from cutaway.compat.keras.patching import patch, patched
    from cutaway.compat.keras.printing import print_summary
    from cutaway.compat.keras.printing import print_summary as summary

__all__ = ["model_to_dot", "patch", "patched", "plot_model", "print_summary", "summary"]

_HOMES = {
    "model_to_dot": "cutaway.compat.keras.dot",
    "patch": "cutaway.compat.keras.patching",
    "patched": "cutaway.compat.keras.patching",
    "print_summary": "cutaway.compat.keras.printing",
    "summary": "cutaway.compat.keras.printing",
}
"""Where those are that are loaded when they are first asked for."""


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(_HOMES[name]), "print_summary" if name == "summary" else name)
    globals()[name] = value
    return value
