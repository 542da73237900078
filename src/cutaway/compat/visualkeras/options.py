"""The names of the original's module `options`."""

from cutaway.compat.visualkeras.option_classes import FunctionalOptions, GraphOptions, LayeredOptions, LenetOptions
from cutaway.compat.visualkeras.presets import FUNCTIONAL_PRESETS, GRAPH_PRESETS, LAYERED_PRESETS, LENET_PRESETS
from cutaway.compat.visualkeras.text_callables import LAYERED_TEXT_CALLABLES

__all__ = [
    "FUNCTIONAL_PRESETS",
    "GRAPH_PRESETS",
    "LAYERED_PRESETS",
    "LAYERED_TEXT_CALLABLES",
    "LENET_PRESETS",
    "FunctionalOptions",
    "GraphOptions",
    "LayeredOptions",
    "LenetOptions",
]
