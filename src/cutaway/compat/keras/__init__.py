"""What `keras.utils` and `Model.summary` do, for live models of Keras 2 and 3, and for files without Keras."""

from cutaway.compat.keras.dot import model_to_dot
from cutaway.compat.keras.patching import patch, patched
from cutaway.compat.keras.plot_model import plot_model
from cutaway.compat.keras.summary import print_summary

summary = print_summary

__all__ = ["model_to_dot", "patch", "patched", "plot_model", "print_summary", "summary"]
