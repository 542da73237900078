"""Outputs of pages: a Sheet, which has sentences, tables and a figure, to HTML or Markdown."""

from cutaway.record import record
from cutaway.table import Table


@record
class Part:
    """One part of a page under its own heading, in this order: sentences, the figure, a table."""

    title: str
    sentences: tuple[str, ...] = ()
    has_figure: bool = False
    table: Table | None = None


@record
class Sheet:
    """A page: its title, lines below that, parts, and a line at its end."""

    title: str
    lines: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    ending: str = ""


@record
class Picture:
    """The figure of a page: an SVG document, its width in points, and the colour that it stands on."""

    svg: str
    width: float
    paper: str
