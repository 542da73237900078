"""Outputs of pages: a Sheet, which has sentences, tables and a figure, to HTML or Markdown."""

from cutaway.record import Record
from cutaway.table import Table


class Part(Record):
    """One part of a page under its own heading, in this order: sentences, the figure, a table."""

    title: str
    sentences: tuple[str, ...] = ()
    has_figure: bool = False
    table: Table | None = None


class Sheet(Record):
    """A page: its title, lines below that, parts, and a line at its end."""

    title: str
    lines: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    ending: str = ""


class Picture(Record):
    """The figure of a page: an SVG document, its width in points, and the colour that it stands on."""

    svg: str
    width: float
    paper: str
