"""What a caller wants of a summary, checked."""

from collections.abc import Sequence

from cutaway.errors import InputError, unknown
from cutaway.record import Record
from cutaway.typed import Any
from cutaway.views.summary.columns import COLUMNS, STATISTICS
from cutaway.views.summary.shown import Folding


class Choice(Record):
    """Which columns, in which order and how many rows; None where the caller leaves it to us."""

    columns: tuple[str, ...] | None = None
    sort: str | None = None
    top: int | None = None
    depth: int | None = None
    folding: Folding = Folding()

    @property
    def takes_values(self) -> bool:
        """Whether the values of weights have to be read for it."""
        return not STATISTICS.isdisjoint({*(self.columns or ()), self.sort})


def choice(
    columns: str | Sequence[str] | None = None,
    sort: str | None = None,
    top: int | None = None,
    depth: int | None = None,
    *,
    fold: object = None,
    unfold: object = None,
) -> Choice:
    """Check what a caller wants. Raises InputError for a name or a number that is not allowed."""
    return Choice(
        columns=None if columns is None else _columns(columns),
        sort=None if sort is None else _sort(sort),
        top=_whole("top", top, least=1),
        depth=_whole("depth", depth, least=0),
        folding=_folding(fold, unfold),
    )


def _folding(fold: object, unfold: object) -> Folding:
    if fold is None and unfold is None:
        return Folding()
    from cutaway.views.selecting import folds, ids

    return Folding(
        fold="auto" if fold is None else folds("fold", fold), unfold=() if unfold is None else ids("unfold", unfold)
    )


def _columns(given: Any) -> tuple[str, ...]:  # noqa: ANN401 - whatever a caller gives
    names = given.split(",") if isinstance(given, str) else given
    if not isinstance(names, list | tuple):
        raise InputError(f"cannot use columns={given!r}: give names in a list; {unknown(None, COLUMNS)}")
    found = [name.strip() if isinstance(name, str) else name for name in names]
    found = [name for name in found if name != ""]
    for name in found:
        if not isinstance(name, str) or name not in COLUMNS:
            raise InputError(f"unknown column {name!r}: {unknown(name, COLUMNS)}")
    if not found:
        raise InputError(f"cannot use columns={given!r}: there is none; {unknown(None, COLUMNS)}")
    return tuple(dict.fromkeys(found))


def _sort(given: object) -> str:
    numbers = [name for name, offer in COLUMNS.items() if offer.is_number]
    if not isinstance(given, str) or given not in numbers:
        raise InputError(f"cannot sort by {given!r}: {unknown(given, numbers)}")
    return given


def _whole(name: str, value: object, *, least: int) -> int | None:
    if value is None:
        return None
    if not isinstance(value, int) or isinstance(value, bool) or value < least:
        raise InputError(f"cannot use {name}={value!r}: give a whole number, {least} or more")
    return value
