"""Diagram → DOT, the language of Graphviz (https://graphviz.org/doc/info/lang.html), for its layouts and its tools."""

from collections.abc import Iterable, Iterator, Mapping
from types import MappingProxyType

from cutaway.diagram import Box, Diagram, Group, Link, nested, one_line
from cutaway.outputs.dot_labels import heading, lines_label, ported, styled
from cutaway.ruler import width
from cutaway.theme import Theme

_RANKDIR = MappingProxyType({"down": "TB", "up": "BT", "right": "LR", "left": "RL"})
_FALLBACK = "Helvetica,Arial,sans-serif"
_INCH = 72.0
_MANY = 1000
"""Of so many links, Graphviz is asked to look for the best places not for ever."""
_ROOMIER = 1.8
"""Lines of Graphviz are curved, and have their labels beside them."""


def to_dot(diagram: Diagram) -> str:
    """Return a diagram as a `digraph`: groups are clusters, named ends of boxes are ports, colours those of the theme.

    Boxes have the ids of the graph, so that what is written stays the same where a model grows elsewhere.
    """
    return "\n".join((*_lines(diagram), ""))


def _lines(diagram: Diagram) -> Iterator[str]:
    names = _names(box.id for box in diagram.boxes)
    clusters = _names(group.id for group in diagram.groups)
    entered = _entered(diagram)
    yield f"digraph {_quoted(diagram.name)} {{"
    yield from _defaults(diagram)
    for depth, thing in nested(diagram):
        indent = "  " * (depth + 1)
        if isinstance(thing, Box):
            yield f"{indent}{_quoted(names[thing.id])} {_box(thing, diagram)};"
            for group in entered.get(thing.id, ()):
                spacer = _quoted(f"cluster_{clusters[group.id]}:caption")
                yield f"{indent}{_spacer(group, spacer, _quoted(names[thing.id]), diagram.theme)}"
        elif thing is None:
            yield f"{indent}}}"
        else:
            yield f"{indent}subgraph {_quoted(f'cluster_{clusters[thing.id]}')} {{"
            yield f"{indent}  graph {_group(thing, diagram.theme)};"
    for link in diagram.links:
        source, target = _end(names[link.source], link.source_port), _end(names[link.target], link.target_port)
        yield f"  {source} -> {target}{_link(link, diagram.theme)};"
    yield "}"


def _entered(diagram: Diagram) -> dict[str, list[Group]]:
    """Return the groups into which links lead at the top of the page, across captions: by the first boxes of these."""
    if diagram.direction != "down":
        return {}
    parents: dict[str | None, str | None] = {group.id: group.parent for group in diagram.groups}
    around = {box.id: _around(box.group, parents) for box in diagram.boxes}
    ends = {
        (each, link.target) for link in diagram.links for each in around[link.target] if each not in around[link.source]
    }
    firsts: dict[str, str] = {}
    for box, groups in around.items():
        for each in groups:
            if (each, box) in ends:
                firsts.setdefault(each, box)
    found: dict[str, list[Group]] = {}
    for group in diagram.groups:  # those around others first
        if group.id in firsts:
            found.setdefault(firsts[group.id], []).append(group)
    return found


def _around(group: str | None, parents: Mapping[str | None, str | None]) -> list[str]:
    """Return a group and those around it."""
    found: list[str] = []
    while group is not None:
        found.append(group)
        group = parents[group]
    return found


def _spacer(group: Group, name: str, first: str, theme: Theme) -> str:
    """Return what is not seen, and keeps the first box of a group that a link enters to the right of its caption."""
    wide = width(group.caption, theme.sizes.caption, theme.face, 700)
    look = {"style": "invis", "label": '""', "width": _inches(wide), "height": "0.01", "margin": "0"}
    return f"{{ rank=same; {name} {_listed(look)}; {name} -> {first} [style=invis]; }}"


def _defaults(diagram: Diagram) -> Iterator[str]:
    """Yield what holds for everything."""
    theme = diagram.theme
    ink, spacing = theme.palette["ink"], theme.spacing
    font = {
        "fontname": _quoted(f"{theme.face.family},{_FALLBACK}"),
        "fontsize": f"{theme.sizes.operation:g}",
        "fontcolor": _quoted(ink),
    }
    node = {
        "shape": "box",
        "style": _quoted("filled,rounded"),
        "margin": _quoted(f"{_inches(spacing.pad_x)},{_inches(spacing.pad_y)}"),
        "width": "0",
        "height": "0",
        "penwidth": f"{theme.strokes.box:g}",
        **font,
    }
    edge = {
        "color": _quoted(theme.palette["edge"]),
        "penwidth": f"{theme.strokes.edge:g}",
        "arrowsize": "0.5",
        **font,
        "fontsize": f"{theme.sizes.label:g}",
        "fontcolor": _quoted(theme.palette["grey"]),
    }
    for kind, attributes in (("graph", _whole(diagram, font)), ("node", node), ("edge", edge)):
        yield f"  {kind} {_listed(attributes)};"


def _whole(diagram: Diagram, font: Mapping[str, str]) -> dict[str, str]:
    """Return what is said of the whole: its direction, its ground, its distances, its heading."""
    theme = diagram.theme
    spacing = theme.spacing
    graph = {
        "rankdir": _RANKDIR[diagram.direction],
        **font,
        "bgcolor": _quoted(theme.palette.get("page", "transparent")),
        "pad": _inches(spacing.margin),
        "nodesep": _inches(spacing.box),
        "ranksep": _inches(_ROOMIER * spacing.rank),
    }
    if len(diagram.links) > _MANY:
        graph |= {"nslimit": "1", "nslimit1": "1"}
    if label := heading(diagram):
        graph |= {"label": f"<{label}>", "labelloc": "t", "labeljust": "l"}
    if diagram.legend.description:
        graph["tooltip"] = _text(diagram.legend.description)
    return graph


def _box(box: Box, diagram: Diagram) -> str:
    theme = diagram.theme
    role, stroke = _quoted(theme.palette[box.role]), _quoted(theme.palette[f"{box.role}.stroke"])
    style = "filled,rounded,dashed" if box.role in theme.dashes else "filled,rounded"
    words = lines_label(box.lines, theme)
    attributes = {"label": f"<{words}>", "fillcolor": role, "color": stroke}
    if box.inputs or box.outputs:
        attributes |= {"label": f"<{ported(box, words, diagram)}>", "shape": "plain"}
        style = ""
    elif box.form == "round":
        is_sign = sum(len(line.whole) for line in box.lines) == 1
        attributes |= {"shape": "circle", "margin": "0.01"} if is_sign else {"margin": _quoted("0.04,0.02")}
        style = style.replace(",rounded", "") if is_sign else style
    elif box.form == "stack":
        attributes["peripheries"] = "2"
    if style and style != "filled,rounded":
        attributes["style"] = _quoted(style)
    if box.role.endswith(".strong"):
        attributes["penwidth"] = f"{theme.strokes.strong:g}"
    if box.is_ordered:
        attributes["ordering"] = "in"  # from the left to the right, or downwards
    attributes["class"] = _quoted(_class(box.role))
    if box.title:
        attributes["tooltip"] = _text(box.title)
    if box.note:
        attributes["xlabel"] = f"<{styled(box.note, theme.sizes.label, theme.palette['grey'], theme)}>"
    return _listed(attributes)


def _group(group: Group, theme: Theme) -> str:
    caption = styled(group.caption, theme.sizes.caption, theme.palette["grey"], theme, is_bold=True)
    attributes = {
        "label": f"<{caption}>",
        "labeljust": "l",
        "style": _quoted("filled,rounded"),
        "fillcolor": _quoted(theme.palette["region"]),
        "color": _quoted(theme.palette["region.stroke"]),
        "penwidth": f"{theme.strokes.region:g}",
        "margin": f"{theme.spacing.region:g}",
        "tooltip": _text(group.title or group.caption),
    }
    return _listed(attributes)


def _link(link: Link, theme: Theme) -> str:
    attributes: dict[str, str] = {}
    if link.label:
        attributes["label"] = _text(f" {link.label} ")  # clear of the line
    if link.is_pale:
        attributes["color"] = _quoted(theme.palette["edge.pale"])
    return f" {_listed(attributes)}" if attributes else ""


def _end(name: str, port: str | None) -> str:
    return _quoted(name) + (f":{port}" if port else "")


def _listed(attributes: Mapping[str, str]) -> str:
    return f"[{', '.join([f'{name}={value}' for name, value in attributes.items()])}]"


def _inches(points: float) -> str:
    return f"{points / _INCH:.3g}"


def _class(role: str) -> str:
    """Return the class of a box, for style sheets: its kind."""
    return role.replace(".", " ")


def _names(ids: Iterable[str]) -> dict[str, str]:
    """Return names by ids: what can be seen of these, and none twice."""
    found: dict[str, str] = {}
    taken = set[str]()
    for each in ids:
        name = plain = one_line(each)
        number = 2
        while name in taken:
            name, number = f"{plain} ({number})", number + 1
        taken.add(name)
        found[each] = name
    return found


def _quoted(text: str) -> str:
    r"""Return an id or a plain value: quotes get a backslash, and so does this, so that none stands before the end."""
    text = one_line(text).replace("\\", "\\\\").replace('"', '\\"')
    return f'"{text}"'


def _text(words: str) -> str:
    r"""Return words as a label that is no markup, in which `\N`, `\l` and `&amp;` would mean something."""
    return _quoted(words.replace("&", "&amp;"))
