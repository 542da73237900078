"""Read the values of flags: each function takes the text that the user typed, and argparse reports what it raises."""

from argparse import ArgumentTypeError
from collections.abc import Callable, Iterable, Mapping, Sequence

from cutaway.graph import Dim
from cutaway.theme import NAMES

SWITCH_VALUES = frozenset({"yes", "no", "true", "false", "on", "off"})
"""What people put behind a flag that is a switch, and takes no value."""


def word(allowed: Iterable[str], meant: Mapping[str, str] | None = None) -> Callable[[str], str]:
    """Make a reader of one of the allowed words; `meant` are other words for some of them."""

    def read(text: str) -> str:
        text = (meant or {}).get(text, text)
        if text not in allowed:
            from cutaway.errors import unknown

            raise ArgumentTypeError(f"unknown {text!r}: {unknown(text, allowed)}")
        return text

    return read


def words(allowed: Sequence[str]) -> Callable[[str], tuple[str, ...]]:
    """Make a reader of several of the allowed words, with commas between them."""
    one = word(allowed)
    return lambda text: tuple(one(part.strip()) for part in text.split(",") if part.strip())


def theme(text: str) -> str:
    """Read the name of a theme, or the name of its file."""
    if text in NAMES or text.lower().endswith(".toml"):
        return text
    from cutaway.errors import unknown

    raise ArgumentTypeError(f"unknown {text!r}: {unknown(text, NAMES)}, or a file such as mine.toml")


def chosen(form: str) -> Callable[[str], object]:
    """Make a reader of an option of that form (views.selecting): what selects nodes, and what is said of them."""

    def read(text: str) -> object:
        from cutaway.errors import InputError
        from cutaway.views.selecting import parsed

        try:
            return parsed(form, text)
        except InputError as error:
            raise ArgumentTypeError(str(error)) from None

    return read


def whole(text: str) -> int:
    """Read a whole number, 0 or more."""
    if not text.isdecimal():
        raise ArgumentTypeError(f"give a whole number, 0 or more, not {text!r}")
    return int(text)


def count(text: str) -> int:
    """Read a whole number, 1 or more."""
    if not text.isdecimal() or int(text) < 1:
        raise ArgumentTypeError(f"give a whole number, 1 or more, not {text!r}")
    return int(text)


def positive(text: str) -> float:
    """Read a number above 0."""
    try:
        number = float(text)
    except ValueError:
        number = 0.0
    if not 0 < number < float("inf"):
        raise ArgumentTypeError(f"give a number above 0, not {text!r}")
    return number


def number(bounds: tuple[float, float]) -> Callable[[str], float]:
    """Make a reader of a number within bounds."""

    def read(text: str) -> float:
        try:
            found = float(text)
        except ValueError:
            found = float("nan")
        if not bounds[0] <= found <= bounds[1] or found - found:
            from cutaway.views.choice import bounded

            raise ArgumentTypeError(f"give {bounded(bounds)}, not {text!r}")
        return found

    return read


def length(text: str) -> float:
    """Read a length with its unit, in points."""
    from cutaway.errors import InputError
    from cutaway.fit.places import points

    try:
        return points("the length", text)
    except InputError as error:
        raise ArgumentTypeError(str(error)) from None


def assumed(text: str) -> "int | tuple[Dim, ...] | dict[str, int | tuple[Dim, ...]]":
    """Read sizes to assume: one for all open axes, a shape of one input, or either behind a name and `=`."""
    name, sign, sizes = text.rpartition("=")
    if sign and not name.strip():
        raise ArgumentTypeError(f"{text!r} names nothing before '=': give it as tokens=128")
    value = int(sizes) if sizes.strip().isdecimal() and int(sizes) > 0 else shape(sizes)
    return {name.strip(): value} if sign else value


def shape(text: str) -> tuple[Dim, ...]:
    """Read a shape; a batch axis of unknown size is put in front where the first axis has a size."""
    axes: list[int | None] = []
    for part in (item.strip() for item in text.strip("()[] ").split(",")):
        if part in {"None", "?"}:
            axes.append(None)
        elif part.isdecimal() and int(part) > 0:
            axes.append(int(part))
        else:
            raise ArgumentTypeError(f"{text!r} is not a shape: {part!r} is neither a number above 0 nor None")
    return tuple(axes) if axes[0] is None else (None, *axes)
