"""Draw the architecture of neural networks: from a live Keras model, or from a saved file without Keras."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from cutaway.errors import CutawayError, CutawayWarning, InputError, InternalError, UnsupportedError
    from cutaway.figure import Figure, draw
    from cutaway.report import Report, report
    from cutaway.sources import read, read_weights
    from cutaway.summary import Summary, summarize
    from cutaway.weights import Weights

__version__ = "0.1.0"

__all__ = [
    "CutawayError",
    "CutawayWarning",
    "Figure",
    "InputError",
    "InternalError",
    "Report",
    "Summary",
    "UnsupportedError",
    "Weights",
    "draw",
    "read",
    "read_weights",
    "report",
    "summarize",
]

_HOMES = {
    "Figure": "cutaway.figure",
    "Report": "cutaway.report",
    "Summary": "cutaway.summary",
    "Weights": "cutaway.weights",
    "draw": "cutaway.figure",
    "read": "cutaway.sources",
    "read_weights": "cutaway.sources",
    "report": "cutaway.report",
    "summarize": "cutaway.summary",
}
"""Where the public names live that are not errors; each module is loaded when its name is first asked for."""


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'cutaway' has no attribute {name!r}")
    from importlib import import_module

    home = _HOMES.get(name, "cutaway.errors")
    module = import_module(home)
    # All names of that home at once: importing it has just bound `cutaway.report` to the module, not to its function.
    globals().update({each: getattr(module, each) for each in __all__ if _HOMES.get(each, "cutaway.errors") == home})
    value: object = globals()[name]
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
