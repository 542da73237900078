"""Draw the architecture of neural networks: from a live Keras model, or from a saved file without Keras."""

TYPE_CHECKING = False
if TYPE_CHECKING:
    from cutaway.analysis.rules import LayerRule
    from cutaway.drawing import draw
    from cutaway.errors import CutawayError, CutawayWarning, InputError, InternalError, UnsupportedError
    from cutaway.figure import Figure
    from cutaway.linting import lint
    from cutaway.reporting import Report, report
    from cutaway.sources import read, read_weights
    from cutaway.style import Style
    from cutaway.summary import Summary, summarize
    from cutaway.weights import Weights

__version__ = "0.1.0"

__all__ = [
    "CutawayError",
    "CutawayWarning",
    "Figure",
    "InputError",
    "InternalError",
    "LayerRule",
    "Report",
    "Style",
    "Summary",
    "UnsupportedError",
    "Weights",
    "draw",
    "lint",
    "read",
    "read_weights",
    "report",
    "summarize",
]

_HOMES = {
    "Figure": "cutaway.figure",
    "LayerRule": "cutaway.analysis.rules",
    "Report": "cutaway.reporting",
    "Style": "cutaway.style",
    "Summary": "cutaway.summary",
    "Weights": "cutaway.weights",
    "draw": "cutaway.drawing",
    "lint": "cutaway.linting",
    "read": "cutaway.sources",
    "read_weights": "cutaway.sources",
    "report": "cutaway.reporting",
    "summarize": "cutaway.summary",
}
"""Where the public names live that are not errors; each module is loaded when its name is first asked for."""


def __getattr__(name: str) -> object:
    if name not in __all__:
        raise AttributeError(f"module 'cutaway' has no attribute {name!r}")
    from importlib import import_module

    value: object = getattr(import_module(_HOMES.get(name, "cutaway.errors")), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
