"""What `keras.utils` and `Model.summary` do, for live models of Keras 2 and 3, and for files without Keras."""

from typing import TYPE_CHECKING

from cutaway.compat.keras.plot_model import plot_model
from cutaway.compat.keras.summary import print_summary

if TYPE_CHECKING:
    from cutaway.compat.keras.dot import model_to_dot
    from cutaway.compat.keras.patching import patch, patched

summary = print_summary

__all__ = ["model_to_dot", "patch", "patched", "plot_model", "print_summary", "summary"]

_HOMES = {
    "model_to_dot": "cutaway.compat.keras.dot",
    "patch": "cutaway.compat.keras.patching",
    "patched": "cutaway.compat.keras.patching",
}
"""Where those are that are loaded when they are first asked for."""


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value
