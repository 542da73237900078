"""A Table as HTML that needs nothing else: it takes its colours from the page around it, light or dark."""

from collections.abc import Iterable, Iterator, Sequence

from cutaway.outputs.tables.cells import printable
from cutaway.outputs.xml_text import attribute, content
from cutaway.table import Column, Fact, Row, Table

_STYLE = """\
.cutaway-summary{font:14px/1.45 system-ui,sans-serif;overflow-x:auto;text-align:left}
.cutaway-summary h2{font-size:1.25em;margin:0 0 .4em}
.cutaway-summary table{border-collapse:collapse;margin:.8em 0;color:inherit;background:none}
.cutaway-summary th,.cutaway-summary td{padding:.2em 1.2em .2em 0;text-align:left;vertical-align:top;
border:0;border-bottom:1px solid #8884;background:none;font-weight:400}
.cutaway-summary thead th{font-weight:600;border-bottom:2px solid #8888;white-space:nowrap}
.cutaway-summary .number{text-align:right;font-variant-numeric:tabular-nums;white-space:nowrap}
.cutaway-summary tbody th{white-space:nowrap;padding-left:calc(var(--depth,0)*1.4em)}
.cutaway-summary .nested>th{font-weight:600}
.cutaway-summary .operation{white-space:nowrap}
.cutaway-summary .facts th,.cutaway-summary .facts td{border:0;padding-top:0;padding-bottom:.1em}
.cutaway-summary .facts th{font-weight:600;white-space:nowrap}
.cutaway-summary p{margin:.3em 0;opacity:.75}
.cutaway-summary i{display:inline-block;width:.65em;height:.65em;border-radius:2px;margin-right:.5em;background:#8888}
"""
_DOTS = {
    "convolution": "#2e86c8",
    "dense": "#d0622a",
    "pooling": "#2a9d74",
    "upsampling": "#9a6b42",
    "normalization": "#a89a1c",
    "activation": "#d39a35",
    "recurrent": "#4aa3d8",
    "attention": "#b9658d",
    "embedding": "#7563b3",
    "preprocessing": "#6d9850",
}
"""Colours of kinds of layers, near those of the figure's outlines, to be seen on white and on black."""


def to_html(table: Table) -> str:
    """Write a table as one element with its own style; see Summary.html."""
    return "\n".join(_lines(table)) + "\n"


def to_html_page(*tables: Table) -> str:
    """Write tables as a whole page, in the colours that the reader's system prefers."""
    title = ", ".join(_shown(table.title) for table in tables)
    head = f'<meta charset="utf-8">\n<title>{title}</title>\n'
    scheme = '<meta name="color-scheme" content="light dark">\n'
    body = "".join(map(to_html, tables))
    return f'<!DOCTYPE html>\n<html lang="en">\n<head>\n{head}{scheme}</head>\n<body>\n{body}</body>\n</html>\n'


def _lines(table: Table) -> Iterator[str]:
    yield f'<div class="cutaway-summary">\n<style>\n{style([table])}</style>'
    yield from elements(table)
    yield "</div>"


def style(tables: Iterable[Table]) -> str:
    """Return the style of tables, for a page with their `elements` in elements of the class `cutaway-summary`."""
    kinds = {row.kind for table in tables for row in table.rows}
    return _STYLE + "".join(
        f".cutaway-summary .{kind} i{{background:{color}}}\n" for kind, color in _DOTS.items() if kind in kinds
    )


def elements(table: Table) -> Iterator[str]:
    """Give what there is of a table: title, facts, rows, totals and notes, without their style."""
    if table.title:
        yield f"<h2>{_shown(table.title)}</h2>"
    yield from _facts(table.facts)
    if table.columns:
        heads = "".join([f'<th scope="col"{_class(column)}>{_shown(column.title)}</th>' for column in table.columns])
        yield f"<table>\n<thead><tr>{heads}</tr></thead>\n<tbody>"
        for row in table.rows:
            yield _row(table.columns, row)
        yield "</tbody>\n</table>"
    yield from _facts(table.totals)
    for note in table.notes:
        yield f"<p>{_shown(note)}</p>"


def _facts(facts: Sequence[Fact]) -> Iterator[str]:
    if not facts:
        return
    yield '<table class="facts"><tbody>'
    for fact in facts:
        if fact.cell.text:
            number = ' class="number"' if isinstance(fact.cell.value, int | float) else ""
            depth = f' style="--depth:{fact.depth}"' if fact.depth else ""
            yield f'<tr><th scope="row"{depth}>{_shown(fact.title)}</th><td{number}>{_shown(fact.cell.text)}</td></tr>'
    yield "</tbody></table>"


def _row(columns: Sequence[Column], row: Row) -> str:
    cells = []
    for column, cell in zip(columns, row.cells, strict=True):
        if column.key == "name":
            depth = f' style="--depth:{row.depth}"' if row.depth else ""
            cells.append(f'<th scope="row" title="{attribute(printable(row.id))}"{depth}>{_shown(cell.text)}</th>')
        else:
            mark = "<i></i>" if column.key == "operation" else ""
            cells.append(f"<td{_class(column)}>{mark}{_shown(cell.text)}</td>")
    return f'<tr class="{attribute(row.kind)}">{"".join(cells)}</tr>'


def _class(column: Column) -> str:
    if column.is_number:
        return ' class="number"'
    return ' class="operation"' if column.key == "operation" else ""


def _shown(text: str) -> str:
    return content(printable(text))
