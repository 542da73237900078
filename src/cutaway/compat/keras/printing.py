"""`Model.summary` of Keras 2 and 3, for live models of either."""

import sys
from collections.abc import Callable, Sequence
from numbers import Integral, Real

from cutaway.compat.keras.listing import Wanted
from cutaway.compat.keras.mistakes import ArgumentError, FunctionError
from cutaway.errors import UnsupportedError
from cutaway.sources.live.nodes import KerasObject, keras_of


def print_summary(  # noqa: PLR0913, PLR0917 - Keras' own keywords, in their order
    model: object,
    line_length: int | None = None,
    positions: Sequence[float] | None = None,
    print_fn: Callable[[str], object] | None = None,
    expand_nested: bool = False,  # noqa: FBT001, FBT002
    show_trainable: bool = False,  # noqa: FBT001, FBT002
    layer_range: Sequence[str] | None = None,
) -> None:
    """Print what `model.summary()` prints, in the form of the Keras that the model is of; nothing is cut or shortened.

    Where Keras 3 shortens a name ("…"), its column is wider here, and others are narrower by as much, as long as there
    is room; all else is the same byte by byte.

    `model` is a live model, or anything that `cutaway.read` reads, or a Graph: of these is printed what their Keras
    prints once it has loaded them, and "?" or "at least" for what they do not tell. So nothing tells which weights of a
    class that is not Keras' own are trained: they are in the total, and the rest of it is "at least". From texts and
    HDF5 files Keras makes anew what nested models share, in each of them, and so it is counted there; an archive, a
    Graph and a live model hold it once.

    `line_length` is kept to wherever the text goes. `positions` are where the columns end: parts of the line, or
    columns of it where the last is greater than 1. `print_fn` is called as Keras calls it: once with the whole text by
    Keras 3, once for each line by Keras 2. `expand_nested` lists the layers of nested models below them,
    `show_trainable` tells of each layer whether it is trained, `layer_range` are patterns (`re.match`) of the names of
    the first and the last layer to list. Raises InputError for what is no model and for values that cannot be used,
    of the class that Keras raises, too: ValueError, IndexError for too few positions, TypeError for a `print_fn` that
    is no function.
    """
    _check(line_length, positions, print_fn)
    wanted = Wanted(
        line_length=line_length,
        positions=positions,
        print_fn=print_fn or _logged(model),
        show_trainable=show_trainable,
    )
    try:
        _write(model, wanted, layer_range, nested=expand_nested)
    except RecursionError as error:
        raise UnsupportedError(
            f"cannot list a {type(model).__name__}: its models are nested deeper than Python's recursion limit"
            f" ({sys.getrecursionlimit()} calls) lets one follow; raise it with sys.setrecursionlimit"
        ) from error


def _check(line_length: object, positions: object, print_fn: object) -> None:
    if print_fn and not callable(print_fn):
        raise FunctionError(
            f"cannot print with print_fn={print_fn!r}: give a function of one text, or None to print it"
        )
    if line_length is not None and not isinstance(line_length, Integral):
        raise ArgumentError(f"cannot print lines of line_length={line_length!r}: give a number of columns, or None")
    if positions is None:
        return
    if not isinstance(positions, Sequence) or not all(isinstance(each, Real) for each in positions):
        raise ArgumentError(f"cannot print columns with positions={positions!r}: give a list of numbers, or None")


def _write(model: KerasObject, wanted: Wanted, layer_range: Sequence[str] | None, *, nested: bool) -> None:
    version = keras_of(model)
    if version == 3:
        from cutaway.compat.keras import live3

        listing = live3.listing(model, nested=nested, layer_range=layer_range)
    elif version == 2:
        from cutaway.compat.keras import live2

        listing = live2.listing(model, nested=nested, layer_range=layer_range)
    else:
        from cutaway.compat.keras import source

        version, listing = source.listing(model, nested=nested, layer_range=layer_range)
    if version == 3:
        from cutaway.compat.keras.text3 import write
    else:
        from cutaway.compat.keras.text2 import write
    write(listing, wanted)


def _logged(model: object) -> Callable[[str], object] | None:
    """Return how the Keras of a live model writes to its log, where it is told to print nothing."""
    for each in type(model).__mro__:
        output = sys.modules.get(f"{each.__module__.partition('.')[0]}.src.utils.io_utils")
        if output is not None and not output.is_interactive_logging_enabled():
            return output.print_msg  # type: ignore[no-any-return]
    return None
