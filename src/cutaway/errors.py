"""The errors and the warning that cutaway raises on purpose.

A message says what failed, the value, where, why, and what is allowed or what to do instead.
"""

from collections.abc import Iterable


class CutawayError(Exception):
    """Stand above every error that cutaway raises on purpose."""


class InputError(CutawayError):
    """Say that what the caller gave cannot be used: a file, a model, an option's value."""


class UnsupportedError(CutawayError):
    """Say that the request is sound but outside of what cutaway, or the chosen format, can do."""


class InternalError(CutawayError):
    """Say that cutaway broke one of its own promises: a bug of ours, never the caller's mistake."""


class CutawayWarning(UserWarning):
    """Say that a figure was drawn, but something was drawn otherwise than asked; it names what."""


def warn(message: str) -> None:
    """Warn whoever called into the package, however deep inside it the warning arises."""
    import sys
    import warnings

    package, frame, level = __name__.partition(".")[0], sys._getframe(), 1  # noqa: SLF001 - as `logging` does
    ours = {package, "functools", "pydot"}  # a cached property asks by way of functools, an object of pydot by its own
    while frame.f_back is not None and frame.f_globals.get("__name__", "").partition(".")[0] in ours:
        frame, level = frame.f_back, level + 1
    warnings.warn(message, CutawayWarning, stacklevel=level)


def unknown(name: object, known: Iterable[str]) -> str:
    """Say what is allowed instead of an unknown name, and which of it was perhaps meant."""
    from difflib import get_close_matches

    names = list(known)
    close = get_close_matches(name.lower(), names, n=1) if isinstance(name, str) else []
    meant = f"did you mean {close[0]!r}? " if close else ""
    return f"{meant}allowed: {', '.join(map(repr, names))}"
