"""A Table as text: plain for files and pipes, in colour for terminals."""

from collections.abc import Iterable, Mapping

from cutaway.errors import InputError
from cutaway.outputs.tables.lines import Line, lines
from cutaway.table import Table

NARROWEST = 20
"""The fewest cells in a line that a table can be read in."""

_STYLES: Mapping[str, str] = {
    "title": "bold",
    "head": "bold",
    "rule": "dim",
    "faint": "dim",
    "nested": "bold",
    "convolution": "bright_blue",
    "dense": "red",
    "pooling": "green",
    "upsampling": "bright_red",
    "normalization": "yellow",
    "activation": "bright_yellow",
    "recurrent": "cyan",
    "attention": "magenta",
    "embedding": "bright_magenta",
    "preprocessing": "bright_green",
}
"""Colours by what a piece is: those of the terminal's own palette that are nearest to the figure's."""


def to_text(table: Table, *, width: int | None = None, color: bool = False, encoding: str | None = None) -> str:
    """Write a table as text, without a break at its end; see Summary.text. Raises InputError for a width below 20.

    With an `encoding` all of the text can be encoded in it.
    """
    if width is not None and (not isinstance(width, int) or isinstance(width, bool) or width < NARROWEST):
        raise InputError(f"cannot use width={width!r}: give a whole number, {NARROWEST} or more, or None")
    text = _written(table, width, color=color)
    if encoding is None:
        return text
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        from cutaway.outputs.tables.spelling import spelled

        return _written(spelled(table, encoding), width, color=color)
    return text


def _written(table: Table, width: int | None, *, color: bool) -> str:
    found = lines(table, width)
    return _colored(found) if color else "\n".join(["".join([text for text, _ in line]).rstrip() for line in found])


def _colored(found: Iterable[Line]) -> str:
    from io import StringIO

    from rich.console import Console
    from rich.text import Text

    console = Console(
        file=StringIO(),
        force_terminal=True,
        color_system="standard",
        no_color=False,
        legacy_windows=False,
        highlight=False,
    )
    with console.capture() as capture:
        for line in found:
            styled = Text.assemble(*[(text, _STYLES.get(role, "")) for text, role in line])
            console.print(styled, soft_wrap=True)
    return capture.get().removesuffix("\n")
