"""A composition as a Diagram: the words, colours, links and regions of a figure, before it is laid out."""

import re
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from itertools import pairwise

from cutaway.diagram import Box, Diagram, Entry, Form, Group, Legend, Link, Port, Words
from cutaway.errors import UnsupportedError, warn
from cutaway.graph import Edge, Graph, Node
from cutaway.graph import Port as NodePort
from cutaway.record import replace
from cutaway.typed import TYPE_CHECKING
from cutaway.views.block_words import edge_labels
from cutaway.views.naming import keyed_outputs
from cutaway.views.parts.box import STRONG

if TYPE_CHECKING:
    from cutaway.views import View
    from cutaway.views.composition import Composition
    from cutaway.views.frame import Frame
    from cutaway.views.parts.shaped import Shaped

_NAMELESS = re.compile(r"(input|output) \d+")
"""What ports are called that have no names of their own."""

_COMMUTATIVE = frozenset({"Add", "Multiply", "Average", "Maximum", "Minimum", "LogicalAnd", "LogicalOr"})
"""What gives the same in whatever order it is given its inputs."""


def refuse_scenes(view: "View") -> None:
    """Raise UnsupportedError for a view that says of a graph only what it looks like."""
    if not hasattr(view, "composed"):
        name = getattr(view, "__name__", type(view).__name__)
        raise UnsupportedError(
            f"cannot write a diagram of the view {name!r}: it draws by itself, and does not tell its"
            " boxes and links; draw with one of cutaway's views, or save as .svg, .pdf or .png"
        )


def diagram(composition: "Composition", frame: "Frame", folded: str = "") -> Diagram:
    """Return what a composition says, with the words around it."""
    if composition.groupings:
        warn("the diagram is written without the shaded boxes behind layers: they may cross, groups cannot")
    ports = _Ports(composition.graph)
    key = dict(frame.key.entries) if frame.key else {}
    boxes = tuple(_boxes(composition, ports, key))
    return Diagram(
        name=composition.graph.name,
        direction=composition.direction,
        theme=composition.theme,
        boxes=boxes,
        links=tuple(_links(composition, ports)),
        groups=tuple(_groups(composition)),
        legend=_legend(frame, frozenset([box.role.removesuffix(STRONG) for box in boxes])),
        folded=folded,
    )


class _Ports:
    """The ports of nodes, by node: those that are told apart by what they are called."""

    def __init__(self, graph: Graph) -> None:
        fed, left = set[tuple[str, int]](), set[tuple[str, int]]()
        for edge in graph.edges:
            fed.add((edge.target, edge.target_port))
            left.add((edge.source, edge.source_port))
        left |= {(output.node, output.port) for output in graph.outputs}
        inputs, outputs = Counter(node for node, _ in fed), Counter(node for node, _ in left)
        self.inputs = {node.id: _named(node.inputs, "i") for node in graph.nodes if inputs[node.id] > 1}
        self.outputs = {node.id: _named(node.outputs, "o") for node in graph.nodes if outputs[node.id] > 1}
        self.ordered = {node.id for node in graph.nodes if inputs[node.id] > 1 and not _is_commutative(node)}

    def of(self, node: Node) -> tuple[tuple[Port, ...], tuple[Port, ...]]:
        """Return the inputs and the outputs of a node that have places of their own."""
        return self.inputs.get(node.id, ()), self.outputs.get(node.id, ())


def _is_commutative(node: Node) -> bool:
    return node.operation in _COMMUTATIVE and not node.custom


def _named(ports: Iterable[NodePort], prefix: str) -> tuple[Port, ...]:
    """Return ports that have names, or none of them where they have only numbers."""
    found = tuple([Port(id=f"{prefix}{place}", name=port.name) for place, port in enumerate(ports)])
    return found if len(found) > 1 and not all(_NAMELESS.fullmatch(port.name) for port in found) else ()


def _at(ports: tuple[Port, ...], place: int) -> str | None:
    return ports[place].id if place < len(ports) else None


def _boxes(composition: "Composition", ports: _Ports, numbered: Mapping[str, str]) -> Iterator[Box]:
    """Yield a box for each node and each output of the model."""
    glyphs = composition.glyphs
    for node in composition.graph.nodes:
        inputs, outputs = ports.of(node)
        glyph = glyphs[node.id]
        yield Box(
            id=node.id,
            lines=tuple(_lines(glyph, numbered)),
            role=glyph.role,
            form=_form(glyph),
            group=_bracket(node, composition) or node.scope,
            inputs=inputs,
            outputs=outputs,
            is_ordered=node.id in ports.ordered,
            title=composition.titles.get(node.id, node.name),
            note=composition.notes.get(node.id, ""),
        )
    for key, output in keyed_outputs(composition.graph):
        glyph = glyphs[key]
        title = f"output {output.name}"
        yield Box(id=key, lines=tuple(_lines(glyph, numbered)), role=glyph.role, title=title)


def _form(glyph: "Shaped") -> Form:
    if glyph.count:
        return "stack"
    return "round" if glyph.form == "round" else "box"


def _lines(glyph: "Shaped", numbered: Mapping[str, str]) -> Iterator[Words]:
    """Yield the lines of a glyph, the count behind the title; what its number stands for comes last."""
    names: list[str] = []
    titles = sum(line.weight == 700 for line in glyph.lines)
    for place, line in enumerate(glyph.lines):
        parts = [f"{line.lead}:" if line.lead else "", line.text]  # 2 Dense would be two of them
        if glyph.count and place == max(titles - 1, 0):
            parts.append(glyph.count)
        if line.lead in numbered:
            names.append(numbered[line.lead])
        text = " ".join([part for part in parts if part])
        yield Words(text=text, size=line.size, ink=line.role, is_title=line.weight == 700, head=line.head)
    for name in names:
        yield Words(text=name, size=glyph.lines[-1].size, ink=glyph.lines[-1].role)


def _links(composition: "Composition", ports: _Ports) -> Iterator[Link]:
    """Yield every edge, those to one box in the order of its inputs, and a link to each output of the model."""
    graph, pale = composition.graph, composition.pale
    labels = composition.labels
    if composition.runs:  # whose glyphs show by their sides what elsewhere stands on lines
        labels = {**edge_labels(graph, frozenset({"shapes"}), composition.regions), **labels}
    entering: defaultdict[str, list[Edge]] = defaultdict(list)
    for edge in sorted(graph.edges, key=lambda each: -each.target_port):
        entering[edge.target].append(edge)
    for edge in [entering[each.target].pop() for each in graph.edges]:
        yield Link(
            id=edge.id,
            source=edge.source,
            target=edge.target,
            source_port=_at(ports.outputs.get(edge.source, ()), edge.source_port),
            target_port=_at(ports.inputs.get(edge.target, ()), edge.target_port),
            label=labels.get(edge.id, ""),
            is_pale=(edge.source, edge.source_port) in pale,
        )
    for key, output in keyed_outputs(graph):
        source_port = _at(ports.outputs.get(output.node, ()), output.port)
        is_pale = (output.node, output.port) in pale
        yield Link(id=key, source=output.node, target=key, source_port=source_port, is_pale=is_pale)


def _bracket(node: Node, composition: "Composition") -> str | None:
    """Return the group of a node in a stage that has a bracket and no region."""
    name = composition.brackets.get(node.id)
    return None if name is None else f"{node.scope or ''}/{name}"


def _groups(composition: "Composition") -> Iterator[Group]:
    """Yield the scopes that hold anything, each behind its parent, then stages that have no region."""
    scopes = {scope.id: scope for scope in composition.graph.scopes}
    used: dict[str, int] = {}
    for node in composition.graph.nodes:
        way, scope = list[str](), node.scope
        while scope is not None and scope not in used:
            way.append(scope)
            scope = scopes[scope].parent
        depth = used[scope] + 1 if scope is not None else 0
        for place, each in enumerate(reversed(way)):
            used[each] = depth + place
    for key in sorted(used, key=used.__getitem__):
        caption, count = composition.captions.get(key, scopes[key].name), composition.counts.get(key, "")
        yield Group(
            id=key,
            caption=" ".join([part for part in (caption, count) if part]),
            parent=scopes[key].parent,
            title=composition.titles.get(key, scopes[key].name),
        )
    inside = [(group, node) for node in composition.graph.nodes if (group := _bracket(node, composition))]
    for key, node in dict(inside).items():
        name = composition.brackets[node.id]
        yield Group(id=key, caption=name, parent=node.scope, title=name)


def _legend(frame: "Frame", roles: Collection[str]) -> Legend:
    """Return the words around; colours are explained that boxes have, which are of these roles."""
    shown = frame.legend.without_idle(()).in_words()
    entries = [Entry(words=each.words, role=each.role, sign=each.sign) for each in shown.entries]
    entries = [each for each in entries if each.sign or each.role.removesuffix(STRONG) in roles]
    if shown.scale:
        bounds = zip(shown.scale.cells, pairwise(shown.scale.ticks), strict=False)
        steps = [Entry(words=f"{low} – {high}", role=role) for role, (low, high) in bounds]
        steps[:1] = [replace(each, words=f"{shown.scale.title}: {each.words}") for each in steps[:1]]
        entries = [*steps, *entries]
    return Legend(
        title=frame.title,
        facts=frame.facts,
        entries=tuple(entries),
        notes=shown.notes,
        explanations=_explanations(frame),
        description=frame.description,
    )


def _explanations(frame: "Frame") -> tuple[str, ...]:
    if frame.explained is None:
        return ()
    from cutaway.views.explaining.told import told

    return tuple([told(each) for each in frame.explained.explained])
