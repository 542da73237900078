"""What nodes, edges and clusters say, by their labels, and the glyphs of nodes that say it."""

import re
from collections.abc import Sequence

from cutaway.compat.keras.dot.grid_glyph import USUAL, GridGlyph, grid_glyph
from cutaway.compat.keras.dot.grid_label import Cell, Grid, Label, Line, Run
from cutaway.compat.keras.dot.html_label import html_label
from cutaway.compat.keras.dot.sketch import Arrow, Attributes, Ring, Vertex, number, plain
from cutaway.compat.keras.dot.text_label import record_label, text_label
from cutaway.sources.kinds import layer_kind
from cutaway.theme import Theme
from cutaway.views.parts.box import Glyph, TextLine, box_glyph

_RECORDS = frozenset({"record", "mrecord"})
_TITLE = re.compile(r"(.*) \((\w+)\)")
_OTHER = "other"


def read(label: str, name: str, graph: str, *, is_record: bool, across: bool) -> Label:
    """Return what a label says."""
    if label.startswith("<") and label.endswith(">"):
        return html_label(label[1:-1], name, graph)
    text = plain(label)
    return record_label(text, name, graph, across=across) if is_record else text_label(text, name, graph)


def caption(of: Arrow | Ring, graph: str) -> str:
    """Return the label of an edge or a cluster on one line."""
    name = f"{of.source} -> {of.target}" if isinstance(of, Arrow) else of.key
    label = of.attributes.get("label") or of.attributes.get("xlabel") or ""
    lines = read(label, name, graph, is_record=False, across=True).lines
    return " ".join([line.text.strip() for line in lines])


def graph_title(said: Attributes, graph: str) -> str | None:
    """Return the label of a graph on one line; None where it has none."""
    if "label" not in said:
        return None
    lines = read(said["label"], graph, graph, is_record=False, across=True).lines
    return " ".join([line.text.strip() for line in lines])


class Labelling:
    """Turns nodes into glyphs by their labels, in a theme; records are read `across` where the data flows down."""

    def __init__(self, theme: Theme, graph: str, *, across: bool) -> None:
        self._theme = theme
        self._graph = graph
        self._across = across

    def glyph(self, vertex: Vertex, role: str | None) -> tuple[Glyph | GridGlyph, tuple[str, ...]]:
        """Return the glyph of a node, in the colours of a role where it has one, and what of its label is not read."""
        said = vertex.attributes
        is_record = said.get("shape", "").lower() in _RECORDS
        text = said.get("label", "\\N")
        label = read(text, vertex.name, self._graph, is_record=is_record, across=self._across)
        unit = self._theme.sizes.detail * (number(said.get("fontsize")) or USUAL) / USUAL
        keras = _of_keras(label)
        if keras is not None:
            title, op, facts = keras
            kind = role or (layer_kind(op, {}) if op else _OTHER)
            return self._box(title, facts, kind, unit), ()
        is_html = text.startswith("<")
        if label.cells() and (isinstance(label.content, Grid) or (is_html and _has_looks(label))):
            return grid_glyph(label, role or _OTHER, self._theme, unit), label.unread
        lines = [line.text.strip() for line in label.lines] or [""]
        return self._box(lines[0], lines[1:], role or _OTHER, unit), label.unread

    def resized(self, glyph: Glyph, vertex: Vertex) -> Glyph | GridGlyph:
        """Return the glyph of a node in the size of type that it has now; what it says is the same."""
        unit = self._theme.sizes.detail * (number(vertex.attributes.get("fontsize")) or USUAL) / USUAL
        if unit == self._theme.sizes.detail:
            return glyph
        title, *rest = glyph.lines
        facts = [f"{line.head}  {line.text}".strip() if line.head else line.text for line in rest]
        return self._box(f"{title.lead} {title.text}".strip(), facts, glyph.role, unit)

    def _box(self, title: str, facts: Sequence[str], role: str, unit: float) -> Glyph | GridGlyph:
        """Return a box in our look: a title, and facts below it, those of the form "head: text" in a table."""
        sizes = self._theme.sizes
        if unit != sizes.detail:  # in which the lines are as far apart as their size asks for
            lines = (Line((Run(title, bold=True),)), *[Line((Run(fact),)) for fact in facts])
            return grid_glyph(Label(content=Cell(lines=lines)), role, self._theme, unit)
        texts = [TextLine(text=title, size=sizes.operation, weight=700, role="ink")]
        for fact in facts:
            head, colon, text = fact.partition(": ")
            texts.append(TextLine(text=text, size=unit, head=head) if colon else TextLine(text=fact, size=unit))
        return box_glyph(tuple(texts), role, self._theme)


def _has_looks(label: Label) -> bool:
    """Tell whether a label says more than lines of text."""
    runs = [run for line in label.lines for run in line.runs]
    return any(run.bold or run.color or run.size for run in runs) or any(line.side != "middle" for line in label.lines)


def _of_keras(label: Label) -> tuple[str, str, list[str]] | None:
    """Return the title, the class and the facts of a label in the form that Keras gives it; None for another."""
    cells, content = label.cells(), label.content
    if not isinstance(content, Grid) or {len(cell.lines) for cell in cells} != {1}:
        return None
    lines = [_stripped(cell.lines[0]) for cell in cells]
    if content.fill == "black" and cells[0].fill == "black" and not any(cell.fill == "black" for cell in cells[1:]):
        found = _TITLE.fullmatch(lines[0])
        title, op = (found[1], found[2]) if found else (lines[0], lines[0])
        return title, op, [*([op] if found else []), *lines[1:]]
    if content.fill is None and lines[-4:-2] == ["input:", "output:"] and len(lines) > 4:
        marks = [line for line in lines[:1] if line in {"T", "NT"}]
        title, *facts = lines[len(marks) : -4]
        words = {"T": "trainable: yes", "NT": "trainable: no"}
        shapes = [f"{head} {text}" for head, text in zip(lines[-4:-2], lines[-2:], strict=True)]
        return title, facts[0] if facts else title, [*facts, *shapes, *[words[mark] for mark in marks]]
    return None


def _stripped(line: Line) -> str:
    return line.text.strip()
