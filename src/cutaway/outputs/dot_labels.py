"""Labels of DOT with markup (https://graphviz.org/doc/info/shapes.html#html): words, boxes with ports, the heading."""

from collections.abc import Iterable, Iterator, Sequence

from cutaway.diagram import Box, Diagram, Entry, Port, Words, broken, one_line
from cutaway.outputs.xml_text import content
from cutaway.theme import Theme

_WIDE = 72
"""The most characters in a line below the title."""
_REST = 99
"""Columns for what is left of a row: Graphviz gives all of a table's columns the same share of that."""


def heading(diagram: Diagram) -> str:
    """Return the title, the facts, what colours and signs mean, and sentences, below each other; empty for none."""
    legend, theme = diagram.legend, diagram.theme
    sizes, grey = theme.sizes, theme.palette["grey"]
    rows = [_entries(row, theme) for row in _rows(legend.entries)]
    if legend.facts:
        rows.insert(0, _left(styled(legend.facts, sizes.facts, grey, theme)))
    if legend.title:
        rows.insert(0, _left(styled(legend.title, sizes.title, theme.palette["ink"], theme, is_bold=True)))
    told = [" ".join(legend.notes), *legend.explanations]
    if notes := [line for each in told for line in broken(each)]:
        align = '<BR ALIGN="LEFT"/>'
        lines = [styled(line, sizes.legend, grey, theme) + align for line in notes]
        rows.append(f'<TD ALIGN="LEFT" BALIGN="LEFT">{"".join(lines)}</TD>')
    return _plain_table([f"<TR>{row}</TR>" for row in rows], 2) if rows else ""


def _rows(entries: Iterable[Entry]) -> Iterator[list[Entry]]:
    """Yield the entries of a legend in rows."""
    row: list[Entry] = []
    for entry in entries:
        if row and sum(len(each.words) + 4 for each in row) + len(entry.words) > _WIDE:
            yield row
            row = []
        row.append(entry)
    if row:
        yield row


def _entries(entries: Iterable[Entry], theme: Theme) -> str:
    """Return a row of the legend: colours, or signs, with their words."""
    size, grey, cells = theme.sizes.legend, theme.palette["grey"], list[str]()
    for entry in entries:
        look = f'BGCOLOR="{theme.palette[entry.role]}" COLOR="{theme.palette[f"{entry.role}.stroke"]}"'
        sign = styled(entry.sign or " ", size, theme.palette["ink"], theme)
        cells.append(f'<TD BORDER="1" {look} WIDTH="{size + 2:g}">{sign}</TD>')
        cells.append(f'<TD ALIGN="LEFT">{styled(f" {entry.words}   ", size, grey, theme)}</TD>')
    cells.append(f'<TD COLSPAN="{_REST}"></TD>')
    return _left(_plain_table([f"<TR>{''.join(cells)}</TR>"], 1, spacing=0))


def _left(inner: str) -> str:
    """Return a cell whose content stands on its left."""
    return f'<TD ALIGN="LEFT">{inner}</TD>'


def _plain_table(rows: Iterable[str], padding: int, spacing: int | None = None) -> str:
    """Return a table without lines; cells are as far apart as they are padded unless `spacing` is given."""
    spacing = padding if spacing is None else spacing
    look = f'BORDER="0" CELLBORDER="0" CELLSPACING="{spacing}" CELLPADDING="{padding}"'
    return f"<TABLE {look}>{''.join(rows)}</TABLE>"


def lines_label(lines: Sequence[Words], theme: Theme) -> str:
    """Return lines below each other, centred, or as a table where some have heads."""
    if all(line.head is None for line in lines):
        return "<BR/>".join([_line(line, line.text, theme) for line in lines])
    return _plain_table([f"<TR>{_cells(line, theme)}</TR>" for line in lines], 1, spacing=0)


def _cells(line: Words, theme: Theme) -> str:
    """Return a line as a row of two columns."""
    if line.head is None:
        return f'<TD COLSPAN="2">{_line(line, line.text, theme)}</TD>'
    return _left(_line(line, line.head, theme)) + _left(_line(line, f" {line.text}", theme))


def _line(line: Words, text: str, theme: Theme) -> str:
    return styled(text, line.size, theme.palette[line.ink], theme, is_bold=line.is_title)


def styled(text: str, size: float, color: str, theme: Theme, *, is_bold: bool = False) -> str:
    """Return a line of a label; none is empty, which Graphviz takes for a mistake."""
    inner = content(one_line(text)) or " "
    inner = f"<B>{inner}</B>" if is_bold else inner
    look = f' POINT-SIZE="{size:g}"' if size != theme.sizes.operation else ""
    look += f' COLOR="{color}"' if color != theme.palette["ink"] else ""
    return f"<FONT{look}>{inner}</FONT>" if look else inner


def ported(box: Box, words: str, diagram: Diagram) -> str:
    """Return a box with its ports: inputs where the links come from, outputs on the other side."""
    theme = diagram.theme
    is_row, is_back = diagram.direction in {"right", "left"}, diagram.direction in {"up", "left"}
    fill, stroke = theme.palette[box.role], theme.palette[f"{box.role}.stroke"]
    pad = f'CELLPADDING="{theme.spacing.pad_y:g}"'
    parts = [
        _ports(box.inputs, theme, is_row=is_row),
        f"<TD {pad}>{words}</TD>",
        _ports(box.outputs, theme, is_row=is_row),
    ]
    cells = [part for part in (reversed(parts) if is_back else parts) if part]
    rows = f"<TR>{''.join(cells)}</TR>" if is_row else "".join([f"<TR>{cell}</TR>" for cell in cells])
    look = (
        f'BGCOLOR="{fill}" COLOR="{stroke}" STYLE="ROUNDED" BORDER="1" CELLBORDER="0" CELLSPACING="0" CELLPADDING="0"'
    )
    return f"<TABLE {look}>{rows}</TABLE>"


def _ports(ports: tuple[Port, ...], theme: Theme, *, is_row: bool) -> str:
    """Return the cell that holds ports, beside each other, or in a row below each other."""
    if not ports:
        return ""
    size, color = theme.sizes.label, theme.palette["grey"]
    cells = [f'<TD PORT="{port.id}">{styled(port.name, size, color, theme)}</TD>' for port in ports]
    rows = "".join([f"<TR>{cell}</TR>" for cell in cells]) if is_row else f"<TR>{''.join(cells)}</TR>"
    return f"<TD>{_plain_table([rows], 2)}</TD>"
