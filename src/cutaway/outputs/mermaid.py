"""Diagram → Mermaid's flowchart (https://mermaid.js.org/syntax/flowchart.html), which READMEs are drawn with."""

import json
import re
from collections.abc import Iterable, Iterator
from types import MappingProxyType

from cutaway.diagram import Box, Diagram, Entry, Words, broken, nested, one_line
from cutaway.errors import InternalError, UnsupportedError, warn
from cutaway.theme import Theme

TEXT = 50_000
"""The most characters that Mermaid draws where nothing else is configured (`maxTextSize`)."""
LINKS = 500
"""The most links, likewise (`maxEdges`)."""

_DIRECTION = MappingProxyType({"down": "TB", "up": "BT", "right": "LR", "left": "RL"})
_BRACKETS = MappingProxyType({"box": ("(", ")"), "stack": ("[[", "]]"), "round": ("([", "])")})
_PLAIN = " .,/?()!'"
"""Of the characters of ASCII that are no letters or digits, those that mean nothing within a label."""
_JOINER = "\N{WORD JOINER}"
"""A character that is not seen."""
_MEANT = re.compile(r"(?<=\\)(?=n)|(?<=\$)(?=\$)|(?<=ﬂ)(?=°)")
"""Where Mermaid sees a break, a formula or its own escape, even if what stands there is escaped."""
_LIST = re.compile(r"\d+[.)](?= |$)")
"""How a numbered list begins in Markdown, which Mermaid looks for in labels."""


def to_mermaid(diagrams: Iterable[Diagram]) -> str:
    """Return the first of some diagrams, each coarser than that before it, that Mermaid draws.

    Warns where that is not the first. Raises UnsupportedError where all of them have too many links, or too much text.
    """
    too_much, name = "", ""
    for diagram in diagrams:
        text = "\n".join((*_lines(diagram), ""))
        more = _too_much(diagram, text)
        if not more:
            if too_much:
                warn(f"the Mermaid diagram of {diagram.name!r} is {diagram.folded}: as in the figure, {too_much}")
            return text
        too_much, name = too_much or more, diagram.name
    if not too_much:
        raise InternalError("there is no diagram to write")
    raise UnsupportedError(
        f"cannot write {name!r} as Mermaid: {too_much}, and it cannot be folded so far; draw less of it, by"
        " fold='auto', depth=0 or hide=..., or save as .dot or .svg"
    )


def _too_much(diagram: Diagram, text: str) -> str:
    """Say what Mermaid has no room for; empty where it has."""
    links = len(diagram.links) + sum(bool(box.note) for box in diagram.boxes) + text.count(" ~~~ ")
    size = len(text.encode("utf-16-le")) // 2
    if links > LINKS:
        return f"it has {links} links, and Mermaid draws no more than {LINKS}"
    return f"it has {size} characters, and Mermaid draws no more than {TEXT}" if size > TEXT else ""


def _lines(diagram: Diagram) -> Iterator[str]:
    names = {box.id: f"n{place}" for place, box in enumerate(diagram.boxes)}
    regions = {group.id: f"g{place}" for place, group in enumerate(diagram.groups)}
    direction = _DIRECTION[diagram.direction]
    yield from _head(diagram)
    yield f"flowchart {direction}"
    if diagram.legend.description:
        yield f"  accDescr: {_spoken(diagram.legend.description)}"
    for depth, thing in nested(diagram):
        indent = "  " * (depth + 1)
        if isinstance(thing, Box):
            yield f"{indent}{names[thing.id]}{_box(thing)}"
        elif thing is None:
            yield f"{indent}end"
        else:
            yield f'{indent}subgraph {regions[thing.id]}["{_label(thing.caption)}"]'
            yield f"{indent}  direction {direction}"
    for link in diagram.links:
        label = f'|"{_label(link.label)}"|' if link.label else ""
        yield f"  {names[link.source]} -->{label} {names[link.target]}"
    yield from _beside(diagram, names)
    yield from _looks(diagram, regions)


def _head(diagram: Diagram) -> Iterator[str]:
    """Yield the title, which is a text of YAML."""
    title = " · ".join([part for part in (diagram.legend.title, diagram.legend.facts) if part])
    if title:
        yield "---"
        yield f"title: {json.dumps(one_line(title), ensure_ascii=False)}"
        yield "---"


def _box(box: Box) -> str:
    first, last = _BRACKETS[box.form]
    if box.form == "round" and sum(len(line.whole) for line in box.lines) == 1:
        first, last = "((", "))"
    return f'{first}"{_words(box.lines)}"{last}:::{_class(box.role)}'


def _words(lines: Iterable[Words]) -> str:
    """Return lines below each other; none is empty, which Mermaid takes for a mistake."""
    return "<br/>".join([f"<b>{_label(line.whole)}</b>" if line.is_title else _label(line.whole) for line in lines])


def _beside(diagram: Diagram, names: dict[str, str]) -> Iterator[str]:
    """Yield the notes, and below the last box what is to be known of colours and signs."""
    for box in diagram.boxes:
        if box.note:
            yield f'  {names[box.id]}n["{_label(box.note)}"]:::note'
            yield f"  {names[box.id]} -.- {names[box.id]}n"
    foot: list[str] = []
    if colors := _own_colors(diagram):
        foot.append("colors")
        yield '  subgraph colors[" "]'
        yield "    direction TB"  # boxes without links stand across the direction: in a row
        yield from [f'    k{place}["{_label(each.words)}"]:::{_class(each.role)}' for place, each in enumerate(colors)]
        yield "  end"
        yield "  style colors fill:none,stroke:none"
    explanations = [line for each in diagram.legend.explanations for line in broken(each)]
    signs = [f"{entry.sign} {entry.words}" for entry in diagram.legend.entries if entry.sign]
    if told := [*([", ".join(signs)] if signs else []), *diagram.legend.notes, *explanations]:
        foot.append("legend")
        yield f'  legend["{"<br/>".join(map(_label, told))}"]:::note'
    yield from [f"  n{len(names) - 1} ~~~ {each}" for each in foot]


def _own_colors(diagram: Diagram) -> list[Entry]:
    """Return what is explained of colours that are no kind's own, of which nothing else tells the meaning."""
    return [each for each in diagram.legend.entries if each.role.partition(".")[0] in {"heat", "style"}]


def _looks(diagram: Diagram, regions: dict[str, str]) -> Iterator[str]:
    """Yield the colours of the roles."""
    theme = diagram.theme
    palette = theme.palette
    inks: dict[str, str] = {}
    for box in diagram.boxes:
        inks.setdefault(box.role, box.lines[0].ink)
    for entry in _own_colors(diagram):
        inks.setdefault(entry.role, "ink")
    for role, ink in inks.items():
        yield f"  classDef {_class(role)} {_look(role, ink, theme)}"
    if regions:
        yield f"  classDef region fill:{palette['region']},stroke:{palette['region.stroke']},color:{palette['grey']}"
        yield f"  class {','.join(regions.values())} region"
    yield f"  classDef note fill:none,stroke:none,color:{palette['grey']},text-align:left"
    if diagram.links:
        yield f"  linkStyle default stroke:{palette['edge']}"  # to be seen on regions, whatever the page is like
    pale = [str(place) for place, link in enumerate(diagram.links) if link.is_pale]
    if pale:
        yield f"  linkStyle {','.join(pale)} stroke:{palette['edge.pale']}"


def _look(role: str, ink: str, theme: Theme) -> str:
    palette, strokes = theme.palette, theme.strokes
    width = strokes.strong if role.endswith(".strong") else strokes.box
    look = f"fill:{palette[role]},stroke:{palette[f'{role}.stroke']},stroke-width:{width:g}px,color:{palette[ink]}"
    dash = theme.dashes.get(role)
    return f"{look},stroke-dasharray:{' '.join([f'{length:g}' for length in dash])}" if dash else look


def _class(role: str) -> str:
    """Return the class of a role; `style` is a word of Mermaid's."""
    return re.sub(r"^style\b", "own", role).replace(".", "_")


def _label(text: str) -> str:
    """Return a text as it stands between quotes: what may mean something to Mermaid, HTML or Markdown is escaped."""
    words = _MEANT.sub(_JOINER, " ".join(one_line(text).split()))
    numbered = _LIST.match(words)
    marked = numbered.end() - 1 if numbered else None
    return "".join([_character(words, place, place == marked) for place in range(len(words))]) or " "


def _character(words: str, place: int, is_marked: bool) -> str:  # noqa: FBT001
    """Return a character of a label; dashes and the like mean nothing within a word."""
    each = words[place]
    is_plain = each.isalnum() or each in _PLAIN or each > "\x7f"
    if each in "-+_=":
        around = words[place - 1 : place] + words[place + 1 : place + 2]
        is_plain = len(around) == 2 and (each != "_" or around.isalnum())
    return each if is_plain and not is_marked else f"#{ord(each)};"


def _spoken(text: str) -> str:
    """Return a text for those who cannot see the figure, which ends with its line and knows no escapes."""
    return " ".join(re.sub(r'[#;"<>%{}&\\]', " ", one_line(text)).split())
