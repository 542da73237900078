"""How a picture fills its place, by the names that callers of the original use."""

from cutaway.errors import InputError, warn
from cutaway.views.parts.picture import Fit, fit_named


def fit_of(name: object) -> Fit:
    """Return the way to fit a picture; others than there are stretch it, with a warning."""
    try:
        return fit_named(name)
    except InputError as error:
        warn(f"{error}; stretched instead")
        return "fill"
