"""A summary as Keras 2 prints it: columns of plain text, with lines about nested models."""

import re
import sys
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from cutaway.compat.keras.listing import UNKNOWN, Listing, Row, Wanted, printable
from cutaway.compat.keras.mistakes import ArgumentError, PositionsError
from cutaway.record import Record

SEVERAL = "multiple"
"""The shape of what was called on several."""
_UNITS = ("Byte", "KB", "MB", "GB", "TB", "PB")
_ENDS = ("),", "},", "],", "',")
"""After which a cell is broken early: the ends of shapes and connections that are not the last."""
_CHAIN, _CONNECTED = (0.45, 0.85, 1.0), (0.3, 0.6, 0.7, 1.0)
"""Where the columns end, without and with that of connections."""
_GAP = 2
_TRAINABLE = 11
"""By how much the column that tells what is trained makes lines longer."""


def bits(dtype: str) -> int | None:
    """Return how many bits Keras 2 counts for a value of a type: whole bytes, and none where it cannot tell."""
    if dtype == "bool":
        return 8
    size = re.match(r"[a-z]+(\d+)", dtype)
    return max(8, int(size[1])) if size else 0


def write(listing: Listing, wanted: Wanted) -> None:
    """Print a listing line by line, each with the function that was given."""
    for line in _lines(listing, wanted):
        if wanted.print_fn is None:
            print(printable(line, sys.stdout.encoding or "utf-8"))  # noqa: T201 - what it is for
        else:
            wanted.print_fn(line)


class _Columns(Record):
    """Where columns end, and how long the lines are."""

    line: int
    ends: tuple[int, ...]

    def row(self, cells: Sequence[str], depth: int = 0) -> Iterator[str]:
        """Give the lines of one row: every cell in as many as it takes, within the lines about the models it is in."""
        starts = (0, *self.ends)
        last = len(self.ends) - 1
        broken: list[list[str]] = []
        for place, cell in enumerate(cells):
            width = self.ends[place] - starts[place] - (0 if place == last else _GAP + 1)
            broken.append(_broken(cell, max(1, width if place else width - depth)))
        for pieces in zip_longest(*broken, fillvalue=""):
            line = "|" * depth + " "
            for place, piece in enumerate(pieces):
                end = self.ends[place]
                line = (line + piece).ljust(end) if place < last else (line + piece).ljust(end - depth)
            yield line + "|" * depth

    def border(self, depth: int, mark: str) -> str:
        """Return a line of one mark, within the lines about as many models."""
        return "|" * depth + mark * (self.line - 2 * depth) + "|" * depth


def _columns(header: Sequence[str], wanted: Wanted) -> _Columns:
    count = len(header) - wanted.show_trainable
    line = wanted.line_length or (65 if count == 3 else 98)
    given = list(wanted.positions or (_CHAIN if count == 3 else _CONNECTED))
    if len(given) < count:
        raise PositionsError(f"cannot print {count} columns with positions={given}: give {count} of them")
    ends = [int(line * end if given[-1] <= 1 else end) for end in given]
    if wanted.show_trainable:
        line += _TRAINABLE
        ends.append(line)
    for place, (start, end) in enumerate(zip((0, *ends), ends[: len(header)], strict=False)):
        if end - start - (0 if place == len(ends) - 1 else _GAP + 1) < 1:
            raise ArgumentError(
                f"cannot print a summary in lines of {line} columns: there is no room between {start} and {end} for"
                f" {header[place]!r}; give a larger line_length, or other positions"
            )
    return _Columns(line=line, ends=tuple(ends))


def _lines(listing: Listing, wanted: Wanted) -> Iterator[str]:
    header = ["Layer (type)", "Output Shape", "Param #"]
    header += [] if listing.chain else ["Connected to"]
    header += ["Trainable"] if wanted.show_trainable else []
    columns = _columns(header, wanted)
    yield f'Model: "{listing.name}"'
    yield "_" * columns.line
    yield from columns.row(header)
    yield "=" * columns.line
    for row in listing.rows:
        for cells, depth in _listed(row, listing, wanted):
            yield from columns.row(cells, depth) if isinstance(cells, list) else [columns.border(depth, cells)]
    yield "=" * columns.line
    for name, size in listing.sums():
        yield f"{name} params: {''.join(size.text('', _UNITS))}"
    yield "_" * columns.line


def _listed(row: Row, listing: Listing, wanted: Wanted, depth: int = 0) -> Iterator[tuple[list[str] | str, int]]:
    """Give the cells of a row and of those in it, and the marks of the borders between them, each with its depth."""
    yield _cells(row, listing, wanted), depth
    if row.rows:
        yield "¯", depth + 1
        for inner in row.rows[:-1]:
            yield from _listed(inner, listing, wanted, depth + 1)
            if not inner.rows:
                yield " ", depth + 1
        yield from _listed(row.rows[-1], listing, wanted, depth + 1)
        yield "¯", depth
    elif not depth:
        yield " ", depth


def _cells(row: Row, listing: Listing, wanted: Wanted) -> list[str]:
    parameters = UNKNOWN if row.parameters is None else str(row.parameters)
    cells = [f"{row.name} ({row.op})", row.shape, parameters if row.built else "0 (unused)"]
    cells += [] if listing.chain else [str([str(each) for each in row.connections])]
    return cells + [row.trainable] * wanted.show_trainable


def _broken(text: str, width: int) -> list[str]:
    """Return a cell's text in pieces of at most a width, broken where a shape or a connection ends."""
    pieces: list[str] = []
    while text:
        piece = text[:width]
        ends = [piece.find(end) + len(end) for end in _ENDS if end in piece]
        pieces.append(piece[: min(ends)] if ends else piece)
        text = text[len(pieces[-1]) :]
    return pieces
