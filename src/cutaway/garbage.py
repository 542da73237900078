"""Make large values without looking for garbage on the way: there is hardly any, and looking takes a third of the time.

Each time some hundred objects have been made, Python searches those it knows for rings that nobody needs any more. A
figure of 16,000 nodes takes half as long again with these searches.
"""

import gc
from functools import wraps

from cutaway.typed import TYPE_CHECKING, ParamSpec, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

P = ParamSpec("P")
T = TypeVar("T")


def uncollected(function: "Callable[P, T]") -> "Callable[P, T]":
    """Let a function run without searches for garbage, in this process; what nobody needs is freed all the same.

    Rings are left to the next search. Where searches are off already, they stay so.
    """

    @wraps(function)
    def run(*arguments: P.args, **options: P.kwargs) -> T:
        if not gc.isenabled():
            return function(*arguments, **options)
        gc.disable()
        try:
            return function(*arguments, **options)
        finally:
            gc.enable()

    return run
