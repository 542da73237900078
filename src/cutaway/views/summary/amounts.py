"""Measures as they stand in a table: counts of parameters in full, other numbers in three figures."""

from cutaway.analysis.measures import MEASURES, Amount, Unit
from cutaway.table import Cell
from cutaway.typed import TYPE_CHECKING
from cutaway.views.spelling import bytes_text, count_text, length_text

if TYPE_CHECKING:
    from fractions import Fraction

NONE = "–"
UNKNOWN = "?"

_IN_FULL = frozenset({"parameters", "trainable", "non_trainable"})
"""The counts that people compare digit by digit."""


def amount_cell(amount: Amount, measure: str) -> Cell:
    """Return the cell of an amount: `25,636,712`, `3.87 G`, `103 MB`, `427×427`; `≥ 512` where it is at least that.

    That something is at least 0 says nothing: it is unknown.
    """
    if amount.axes is not None:
        text = "×".join(map(length_text, amount.axes))
        return Cell(text=text or NONE, value=tuple(map(plain, amount.axes)))
    if amount.value is None or not (amount.value or amount.exact):
        return Cell(text=NONE if amount.exact else UNKNOWN)
    text, value = amount_text(amount.value, measure), plain(amount.value)
    return Cell(text=text, value=value) if amount.exact else Cell(text=f"≥ {text}", least=value)


def amount_text(value: "int | Fraction", measure: str) -> str:
    """Write the number of a measure."""
    unit = MEASURES[measure].unit
    if unit is Unit.LENGTH:
        return length_text(value)
    if unit is Unit.BYTES:
        return bytes_text(int(value))
    return f"{value:,}" if measure in _IN_FULL else count_text(value)


def plain(value: "int | Fraction") -> int | float:
    """Return a number as programs want it: whole where it is."""
    if isinstance(value, int):
        return value
    return value.numerator if value.denominator == 1 else float(value)
