r"""Labels that are plain texts or records, in which a backslash makes the next character a sign or an ordinary one.

`\n`, `\l` and `\r` end a line that is centred, or leads at the left or the right; `\N` and `\G` stand for the names of
the node and the graph, `&lt;` and the like for characters. A record has fields between bars, braces turn from fields
side by side to fields below each other and back, and `<name>` is a port (doc.graphviz.org, "escString", "Node Shapes").
"""

import re
from html import unescape
from html.entities import html5

from cutaway.compat.keras.dot.grid_label import Cell, Grid, Label, Line, Place, Run, Side

ENTITY = re.compile(r"&(?:#\d+|#[xX][\da-fA-F]+|\w+);")
"""What stands for a character by its number or its name."""
_ENDS: dict[str, Side] = {"n": "middle", "l": "left", "r": "right"}
_MOST = 50
"""Records in each other; those that are deeper are not told apart."""


def text_label(text: str, name: str, graph: str) -> Label:
    """Return a plain label of a node or whatever else has that `name`, in a graph of the name `graph`."""
    lines = _Lines(name, graph)
    escaped = False
    for character in text:
        if escaped:
            lines.escaped(character)
        elif character != "\\":
            lines.add(character)
        escaped = character == "\\" and not escaped
    return Label(content=lines.cell())


def record_label(text: str, name: str, graph: str, *, across: bool) -> Label:
    """Return the label of a record, whose fields stand side by side if it is read `across`; see `text_label`."""
    levels: list[list[Cell | Grid]] = [[]]
    field: Cell | Grid | None = None
    lines, escaped, port = _Lines(name, graph), False, False
    for character in f"{text} |":  # a space, as the last may be a backslash
        if escaped:
            (lines.add if character in "{}|<> " else lines.escaped)(character)
        elif port or character in "<>":
            port = character != ">" and (port or character == "<")
        elif character == "{" and len(levels) < _MOST:
            levels.append([])
            lines = _Lines(name, graph)
        elif character in "|}":
            if character == "|" or len(levels) > 1:
                levels[-1].append(field or lines.cell(trimmed=True))
                field, lines = None, _Lines(name, graph)
            if character == "}" and len(levels) > 1:
                field = _fields(levels.pop(), across=across == (len(levels) % 2 == 0))
        elif character != "\\":
            lines.add(character)
        escaped = character == "\\" and not escaped
    while len(levels) > 1:  # braces that nothing closes
        inner = _fields(levels.pop(), across=across == (len(levels) % 2 == 0))
        levels[-1].append(inner)
    return Label(content=_fields(levels[0], across=across))


def _fields(fields: list[Cell | Grid], *, across: bool) -> Cell | Grid:
    if len(fields) == 1:
        return fields[0]
    return Grid(
        places=tuple(
            [
                Place(row=0 if across else place, column=place if across else 0, content=each)
                for place, each in enumerate(fields)
            ]
        )
    )


class _Lines:
    """Lines while their characters are read."""

    def __init__(self, name: str, graph: str) -> None:
        self._names = {"N": name, "G": graph}
        self._lines: list[Line] = []
        self._text = ""

    def add(self, character: str) -> None:
        if character == "\n":
            self._end("middle")
        elif character != "\r":
            self._text += " " if character.isspace() else character

    def escaped(self, character: str) -> None:
        """Add what a backslash and a character stand for."""
        if character in _ENDS:
            self._end(_ENDS[character])
        else:
            self._text += self._names.get(character, character)

    def cell(self, *, trimmed: bool = False) -> Cell:
        """Return all lines; `trimmed` of the spaces around them."""
        if self._text or not self._lines:
            self._end("middle")
        if not trimmed:
            return Cell(lines=tuple(self._lines))
        return Cell(lines=tuple([Line((Run(" ".join(line.text.split())),), line.side) for line in self._lines]))

    def _end(self, side: Side) -> None:
        self._lines.append(Line((Run(ENTITY.sub(_meant, self._text)),), side))
        self._text = ""


def _meant(entity: re.Match[str]) -> str:
    """Return the character that an entity stands for; one that is unknown is a text."""
    return unescape(entity[0]) if entity[0][1] == "#" or entity[0][1:] in html5 else entity[0]
