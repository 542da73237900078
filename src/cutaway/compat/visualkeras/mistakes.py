"""Mistakes of a caller, of the class that callers of the original expect, too."""

from cutaway.errors import InputError


class WrongValueError(InputError, ValueError):
    """Say that a preset, a mode, an option or a rule has a value that cannot be used."""


class WrongTypeError(InputError, TypeError):
    """Say that a value is of a type that cannot be used, or that a keyword is not known."""
