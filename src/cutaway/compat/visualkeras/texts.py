"""The texts at layers: what a callable of the caller says, or one of those that have a name."""

from collections.abc import Callable

from cutaway.compat.visualkeras.layers import Layer
from cutaway.compat.visualkeras.mistakes import WrongTypeError, WrongValueError
from cutaway.compat.visualkeras.stand_in import with_shapes
from cutaway.compat.visualkeras.text_callables import LAYERED_TEXT_CALLABLES
from cutaway.record import Record
from cutaway.typed import Any


class LayerText(Record, kw_only=False):
    """The lines of a text at a layer, and whether they stand above it."""

    lines: tuple[str, ...]
    above: bool


def text_of(given: Any) -> Callable[[int, Layer], LayerText | None]:  # noqa: ANN401 - checked here
    """Return what says the text at a layer, given its place among the drawn ones.

    Raises WrongValueError for a name that is not known, WrongTypeError for what is no function.
    """
    if given is None:
        return lambda _, __: None
    if isinstance(given, str):
        named = LAYERED_TEXT_CALLABLES.get(given)
        if named is None:
            raise WrongValueError(
                f"Unknown text callable preset {given!r}. Available presets: {', '.join(LAYERED_TEXT_CALLABLES.names)}"
            )
        given = named
    if not callable(given):
        raise WrongTypeError(f"cannot use text_callable={given!r}: give a function of (place, layer), or a name")
    is_ours = given in [LAYERED_TEXT_CALLABLES[name] for name in LAYERED_TEXT_CALLABLES.names]

    def said(place: int, layer: Layer) -> LayerText | None:
        return _text(given(place, layer.told) if is_ours else asked(given, layer, place), given)

    return said


def asked(function: Callable[..., Any], layer: Layer, *before: object) -> Any:  # noqa: ANN401 - what it says
    """Ask a caller's function about a layer; where it wants the shapes that Keras 3 has not, it gets them."""
    try:
        return function(*before, layer.live)
    except AttributeError as error:
        if layer.live is layer.told or getattr(error, "name", None) not in {"output_shape", "input_shape"}:
            raise
    return function(*before, with_shapes(layer.live, layer.told))


def _text(found: Any, function: object) -> LayerText | None:  # noqa: ANN401 - what a caller's function returns
    if found is None:
        return None
    if isinstance(found, str):
        found = (found, False)
    if not isinstance(found, tuple | list) or len(found) != 2:
        raise WrongTypeError(
            f"text_callable {function!r} returned {found!r}: let it return a text and whether it is above"
        )
    text, above = found
    lines = tuple(str("" if text is None else text).split("\n"))
    return LayerText(lines, bool(above)) if any(line.strip() for line in lines) else None
