"""What an error is called in front of the user."""

from cutaway.errors import CutawayError, InternalError


def in_words(error: Exception) -> str:
    """Say what went wrong; a mistake of ours is owned up to."""
    if isinstance(error, CutawayError) and not isinstance(error, InternalError):
        return str(error)
    what = str(error) if isinstance(error, InternalError) else f"{type(error).__name__}: {error}"
    return f"{' '.join(what.split())}\nthis is a bug of cutaway: please report it, with what --debug shows"


def unwritten(error: OSError) -> str:
    """Say that standard output did not take what was written."""
    return f"cannot write to standard output: {error.strerror or error}"


def trace() -> str:
    """Return where in the program the error being handled arose."""
    import traceback

    return traceback.format_exc().rstrip()
