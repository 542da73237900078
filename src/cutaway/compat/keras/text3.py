"""A summary as Keras 3 prints it: a table with heavy lines about its header, and colours on a terminal."""

import re
from collections.abc import Iterable, Mapping, Sequence
from types import MappingProxyType

from cutaway.compat.keras.listing import NO, UNKNOWN, YES, Listing, Row, Size, Wanted, printable, walk
from cutaway.compat.keras.widths3 import Widths, balanced, widths
from cutaway.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import JustifyMethod
    from rich.table import Table
    from rich.text import Text

_UNITS = ("B", "KB", "MB", "GB", "TB", "PB")
_NONE, _NUMBER, _CLASS, _NO = "color(45)", "color(34)", "color(33)", "color(9)"
_JUSTIFY: Mapping[str, "JustifyMethod"] = MappingProxyType({"Param #": "right", "Trainable": "center"})
_WORDY = ("Layer (type)", "Connected to")
"""The columns of names; those of numbers stay as wide as they are."""
_DIMS = re.compile(r"\((?:(?:None|\d+)(?:, )?)*\)")
_DIM = re.compile(r"None|\d+")
Cell = list[tuple[str, str]]
"""Pieces of text, each with its style."""


def dims(shape: Iterable[object]) -> str:
    """Return a shape as Keras 3 writes it: "(None, 3)", and "(3)" where Python writes "(3,)"."""
    return f"({', '.join(map(str, shape))})"


def several(shapes: Iterable[str]) -> str:
    """Return the shapes of a layer as Keras 3 writes them: in brackets, unless there is just one."""
    found = list(shapes)
    return found[0] if len(found) == 1 else f"[{', '.join(found)}]"


def write(listing: Listing, wanted: Wanted) -> None:
    """Print a listing, or hand its whole text in one piece and without colours to the function that was given."""
    from rich.console import Console

    header = ["Layer (type)", "Output Shape", "Param #"]
    header += [] if listing.chain else ["Connected to"]
    header += ["Trainable"] if wanted.show_trainable else []
    asked = widths(len(header), wanted)
    rows = [_cells(depth, row, listing, wanted) for depth, row in walk(listing.rows)]
    title: Cell = [(f'Model: "{listing.name}"', "bold")]
    if wanted.print_fn is None:
        console = Console(highlight=False)
        rows = [[_printable(cell, console.encoding) for cell in row] for row in rows]
        title = _printable(title, console.encoding)
    else:
        console = Console(highlight=False, force_terminal=False, color_system=None)
        console.begin_capture()
    console.width = max(console.width, asked.line)
    console.print(_text(title))
    console.print(_table(header, rows, _fitting(header, rows, asked)))
    for name, size in listing.sums():
        console.print(_text(_total(name, size)))
    if wanted.print_fn is not None:
        wanted.print_fn(console.end_capture())


def _printable(cell: Cell, encoding: str) -> Cell:
    return [(printable(piece, encoding), style) for piece, style in cell]


def _text(cell: Cell) -> "Text":
    from rich.text import Text

    text = Text()
    for piece, style in cell:
        text.append(piece, style or None)
    return text


def _table(header: Sequence[str], rows: Iterable[Sequence[Cell]], asked: Widths) -> "Table":
    from rich.table import Column, Table

    table = Table(
        *(
            Column(name, justify=_JUSTIFY.get(name, "left"), width=width, overflow="fold")
            for name, width in zip(header, asked.columns, strict=True)
        ),
        width=asked.line,
        show_lines=True,
    )
    for row in rows:
        table.add_row(*map(_text, row))
    return table


def _fitting(header: Sequence[str], rows: Sequence[Sequence[Cell]], asked: Widths) -> Widths:
    """Return widths in which every word has room, where there are such and nobody asked for others.

    Those of Keras stay where it has to shorten nothing.
    """
    if asked.exact:
        return asked
    from rich.cells import cell_len

    columns = [
        [name, *("".join(piece for piece, _ in row[place]) for row in rows)] for place, name in enumerate(header)
    ]
    words = [max(cell_len(word) for text in column for word in text.split()) for column in columns]
    whole = [0 if name in _WORDY else max(map(cell_len, column)) for name, column in zip(header, columns, strict=True)]
    return balanced(asked, _made(header, asked), words, whole)


def _made(header: Sequence[str], asked: Widths) -> list[int]:
    """Return the widths that `rich` gives to the text in columns which are asked to be wider than their table."""
    from io import StringIO

    from rich.console import Console

    console = Console(file=StringIO(), width=asked.line, color_system=None, legacy_windows=False, force_jupyter=False)
    with console.capture() as captured:
        console.print(_table(header, (), asked))
    top = captured.get().partition("\n")[0]
    return [len(edge) - 2 for edge in re.split(r"\W", top.strip().replace("━", "_"))[1:-1]]


def _cells(depth: int, row: Row, listing: Listing, wanted: Wanted) -> list[Cell]:
    """Return the cells of one row."""
    indent = "   " * depth + "└ " if depth else ""
    cells = [[(f"{indent}{row.name} (", ""), (row.op, _CLASS), (")", "")], _shape(row.shape), _parameters(row)]
    if not listing.chain:
        cells.append(_connected(row))
    if wanted.show_trainable:
        colour = {YES: f"bold {_NUMBER}", NO: f"bold {_NO}"}.get(row.trainable, "bold")
        cells.append([(row.trainable, colour)])
    return cells


def _shape(text: str) -> Cell:
    """Return the text of shapes, their sizes coloured; names of tensors are none."""
    pieces: Cell = []
    end = 0
    for found in _DIMS.finditer(text):
        for size in _DIM.finditer(found[0]):
            start = found.start() + size.start()
            pieces += [(text[end:start], ""), (size[0], _NONE if size[0] == "None" else _NUMBER)]
            end = start + len(size[0])
    return [*pieces, (text[end:], "")]


def _parameters(row: Row) -> Cell:
    if row.parameters is None:
        return [(UNKNOWN, "")]
    return [(f"{row.parameters:,}", _NUMBER), ("" if row.built else " (unbuilt)", "")]


def _connected(row: Row) -> Cell:
    pieces: Cell = []
    for each in row.connections:
        pieces += [(", " if pieces else "", ""), (f"{each.layer}[", ""), (str(each.call), _NUMBER), ("][", "")]
        pieces += [(str(each.tensor), _NUMBER), ("]", "")]
    return pieces or [("-", "")]


def _total(name: str, size: Size) -> Cell:
    before, number, behind = size.text(",", _UNITS)
    return [(f" {name} params: ", "bold"), (before, ""), (number, _NUMBER), (behind, "")]
