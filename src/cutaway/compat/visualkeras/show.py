"""One function for all views."""

from collections.abc import Callable, Mapping

from cutaway.compat.visualkeras.mistakes import WrongValueError
from cutaway.errors import unknown
from cutaway.typed import Any

_MODES: Mapping[str, str] = {
    "layered": "layered_view",
    "layers": "layered_view",
    "graph": "graph_view",
    "graph_view": "graph_view",
    "functional": "functional_view",
    "func": "functional_view",
    "lenet": "lenet_view",
    "lenet_style": "lenet_view",
}


def __getattr__(name: str) -> Any:  # noqa: ANN401 - one of the views
    if name not in _MODES.values():
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    view = getattr(import_module(f"{__package__}.{name.removesuffix('_view')}"), name)
    globals()[name] = view
    return view


def show(
    model: Any,  # noqa: ANN401 - as the views take it
    *,
    mode: str = "layered",
    preset: str | None = None,
    options: Any = None,  # noqa: ANN401 - as the views take them
    **overrides: Any,  # noqa: ANN401 - as the views take them
) -> Any:  # noqa: ANN401 - an image of Pillow
    """Draw a model with the view of a mode, and return the image.

    `mode` is "layered", "graph", "functional" or "lenet", in any case. The rest is handed on to the view. Raises
    WrongValueError, a ValueError, for another mode, and WrongTypeError, a TypeError, for options of another view.
    """
    name = _MODES.get(mode.strip().lower()) if isinstance(mode, str) else None
    if name is None:
        raise WrongValueError(f"Unknown mode {mode!r}: {unknown(mode, _MODES)}")
    view: Callable[..., Any] = globals().get(name) or __getattr__(name)
    return view(model, preset=preset, options=options, **overrides)
