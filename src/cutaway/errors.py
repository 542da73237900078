"""The errors and the warning that cutaway raises on purpose.

A message says what failed, the value, where, why, and what is allowed or what to do instead.
"""


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
