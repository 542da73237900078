"""Outputs of tables: a Table to text, Markdown, CSV, JSON or HTML, told by the suffix of a file's name."""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from cutaway.outputs import by_suffix
from cutaway.table import Table

TableOutput = Callable[[Table], bytes]


def table_output_for(suffix: str) -> TableOutput:
    """Look up what writes tables into files of this suffix, such as `.md`, in any case.

    Raises InputError, naming the suffixes there are.
    """
    return by_suffix(TABLE_OUTPUTS, suffix, "a summary in a file")


def _text(table: Table) -> bytes:
    from cutaway.outputs.tables.text import to_text

    return f"{to_text(table)}\n".encode()


def _markdown(table: Table) -> bytes:
    from cutaway.outputs.tables.markdown import to_markdown

    return to_markdown(table).encode()


def _csv(table: Table) -> bytes:
    from cutaway.outputs.tables.csv import to_csv

    return to_csv(table).encode()


def _json(table: Table) -> bytes:
    from cutaway.outputs.tables.json import to_json

    return to_json(table).encode()


def _html(table: Table) -> bytes:
    from cutaway.outputs.tables.html import to_html_page

    return to_html_page(table).encode()


TABLE_OUTPUTS: Mapping[str, TableOutput] = MappingProxyType(
    {".txt": _text, ".md": _markdown, ".csv": _csv, ".json": _json, ".html": _html}
)
"""The formats of tables by the suffix of their files."""
