"""Mistakes of a caller, of the class that Keras raises for them, too."""

from cutaway.errors import InputError, UnsupportedError


class ArgumentError(InputError, ValueError):
    """Say that an argument has a value that cannot be used, where Keras raises a ValueError."""


class FunctionError(InputError, TypeError):
    """Say that a value is no function, where Keras raises a TypeError as it calls it."""


class PositionsError(InputError, IndexError):
    """Say that there are fewer positions than columns, where Keras raises an IndexError."""


class KeywordError(InputError, ValueError, TypeError):
    """Say that a keyword is not known, where Keras 3 raises a ValueError and Keras 2 a TypeError."""


class FolderError(InputError, FileNotFoundError):
    """Say that a file is to be written into a folder that is not there, where Keras raises a FileNotFoundError."""


class MissingError(UnsupportedError, ImportError):
    """Say that a package is not installed, where Keras raises an ImportError."""


class GraphvizError(UnsupportedError, OSError, AssertionError):
    """Say that Graphviz is not there or gave up, where pydot raises an OSError or an AssertionError."""
