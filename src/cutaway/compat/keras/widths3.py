"""How wide the columns are of a summary as Keras 3 prints it."""

import shutil
from collections.abc import Sequence

from cutaway.compat.keras.listing import Wanted
from cutaway.compat.keras.mistakes import ArgumentError, PositionsError
from cutaway.record import Record

_CHAIN, _CONNECTED = (0.45, 0.80, 1.0), (0.3, 0.56, 0.74, 1.0)
"""Where Keras 3 lets the columns end, without and with that of connections."""
_LEAST = 4
"""The fewest columns that Keras prints a cell in."""
_EDGE = 3
"""What a cell takes besides its text: a space on either side, and a line."""
_TRAINABLE = 12
"""By how much the column that tells what is trained makes a table wider."""


class Widths(Record):
    """How wide a table is, and how wide the text in each of its columns; `exact` where it stays as it is."""

    line: int
    columns: tuple[int, ...]
    exact: bool


def widths(columns: int, wanted: Wanted) -> Widths:
    """Return the widths of a table with so many columns, the one that tells what is trained among them.

    Positions are where the columns end: parts of the line, or columns of it where the last is greater than 1. Raises
    PositionsError where there are too few, ArgumentError where a column is left too narrow.
    """
    count = columns - wanted.show_trainable
    given = list(wanted.positions or (_CHAIN if count == 3 else _CONNECTED))
    if len(given) < count:
        raise PositionsError(f"cannot print a table of {columns} columns with positions={given}: give {count} of them")
    if given[count - 1] > 1:
        return _absolute(columns, wanted.line_length, given)
    usual = (88 if count == 3 else 108) + _TRAINABLE * wanted.show_trainable
    line = wanted.line_length or min(usual, shutil.get_terminal_size().columns - 4)
    ends = [*(0.9 * end for end in given), 1.0] if wanted.show_trainable else given
    found: list[int] = []
    for end in ends[:columns]:
        found.append(int(end * line) - sum(found))
    return Widths(line=line, columns=_wide_enough(found, line), exact=bool(wanted.positions))


def _absolute(columns: int, line_length: int | None, given: Sequence[float]) -> Widths:
    """Return the widths of a table whose columns end where it is said; a column that is not named takes the rest."""
    ends = [int(end) for end in given[:columns]]
    if len(ends) < columns:
        ends.append(max(line_length or 0, ends[-1] + _TRAINABLE))
    starts = [1, *ends]
    found = [end - start - _EDGE for start, end in zip(starts, ends, strict=False)]
    return Widths(line=ends[-1], columns=_wide_enough(found, ends[-1]), exact=True)


def _wide_enough(found: Sequence[int], line: int) -> tuple[int, ...]:
    if min(found) < _LEAST:
        raise ArgumentError(
            f"cannot print a summary in lines of {line} columns: one of the table's has a width of {min(found)},"
            f" at least {_LEAST} are needed; give a larger line_length, or other positions"
        )
    return tuple(found)


def balanced(asked: Widths, made: Sequence[int], words: Sequence[int], whole: Sequence[int]) -> Widths:
    """Return widths in which no word is longer than its column, if that can be; what is `made` of `asked` else.

    `words` are the lengths of the longest words, `whole` those of the longest texts that are not to be broken up more
    than they are. What one column lacks is taken from those that have the most to spare, and if that is not enough,
    from the widest.
    """
    if all(width >= word for width, word in zip(made, words, strict=True)):
        return asked
    needed = [max(word, min(width, text)) for width, word, text in zip(made, words, whole, strict=True)]
    found = [max(width, need) for width, need in zip(made, needed, strict=True)]
    while sum(found) > sum(made):
        spare = [width - need for width, need in zip(found, needed, strict=True)]
        measure = spare if max(spare) > 0 else found
        found[measure.index(max(measure))] -= 1
    return Widths(line=asked.line, columns=tuple(found), exact=True)
