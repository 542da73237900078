"""A model as it was drawn, with what a caller changed in its Dot."""

from collections import defaultdict, deque
from collections.abc import Mapping

from cutaway.compat.keras.dot.ids import identifier
from cutaway.compat.keras.dot.labelled import Labelling, caption
from cutaway.compat.keras.dot.looks import Look, ground, look_of
from cutaway.compat.keras.dot.origin import Origin
from cutaway.compat.keras.dot.painted import Heads, Painted, in_look
from cutaway.compat.keras.dot.ports import Ports, heads_of, with_ports
from cutaway.compat.keras.dot.sketch import Sketch, Vertex, number, paired, plain
from cutaway.compat.keras.dot.unshown import warn_of_unshown
from cutaway.graph import Edge, Graph, Node, Scope
from cutaway.record import Record, replace
from cutaway.theme import Theme
from cutaway.views.composition import Composition
from cutaway.views.parts.box import Glyph, TextLine
from cutaway.views.parts.lines import roomy
from cutaway.views.parts.shaped import Shaped

_NEW = "+ "
"""What the ids of things begin with that a caller added."""
_SILENT = TextLine(text="", size=1.0)
_GAPS = {"nodesep": 0.25, "ranksep": 0.5}
"""The usual gaps of Graphviz, in inches."""
_LEAST_GAP = 0.02
_PENS = {2: 1.0, 3: 2.0}
"""The width of lines, by the generation of Keras."""


class Redrawn(Record, eq=False):
    """A composition with the changes in it, and the looks of lines and regions by the ids of edges and scopes.

    A legend explains what is `explained`: the same without the words of the caller.
    """

    composition: Composition
    explained: Composition
    lines: Mapping[str, tuple[Look, Heads]]
    regions: Mapping[str, Look]


class Redrawing:
    """The changes of a Dot: what it says `now`, and what it said `before`."""

    def __init__(self, origin: Origin, before: Sketch, now: Sketch, name: str) -> None:
        self._before = before
        self._now = now
        self._name = name
        self._pen = _PENS[origin.plotting.generation]
        self._across = origin.plotting.rankdir in {"TB", "BT"}
        self._nodes = {plain(name): node for node, name in origin.names.items()}
        self._scopes = {plain(identifier(f"cluster_{name}")): scope for scope, name in origin.clusters.items()}
        self._unread: dict[str, None] = {}

    def warn(self) -> None:
        """Warn of what a caller said that is not in the picture."""
        warn_of_unshown(self._now, self._before, self._name, self._unread)

    def redrawn(self, drawn: Composition) -> Redrawn:
        """Return the composition of a model with the changes in it."""
        theme = self._theme(drawn.theme)
        scopes = self._regions(drawn.graph)
        glyphs, nodes = self._boxes(drawn, theme, scopes)
        edges, labels, lines = self._links(drawn, nodes)
        nodes = with_ports(nodes, edges)
        kept = frozenset(nodes)
        graph = replace(
            drawn.graph,
            nodes=tuple(nodes.values()),
            edges=tuple(edges),
            scopes=tuple(scopes.values()),
            inputs=tuple([node for node in drawn.graph.inputs if node in kept]),
        )
        composition = replace(
            drawn,
            graph=graph,
            theme=theme,
            glyphs=roomy(glyphs, graph, drawn.direction, theme),
            labels=labels,
            captions=self._captions(drawn, scopes),
            stands_for={},
            titles={**drawn.titles, **self._titles()},
        )
        return Redrawn(
            composition=composition,
            explained=_without_words(composition, drawn),
            lines=lines,
            regions=self._region_looks(),
        )

    def _theme(self, theme: Theme) -> Theme:
        """Return the theme with the ground and the gaps that the graph asks for."""
        said, spacing = self._now.attributes, theme.spacing
        page = ground(said.get("bgcolor"))
        apart = {
            name: 1.0 if (gap := number(said.get(name))) is None else max(_LEAST_GAP, gap) / usual
            for name, usual in _GAPS.items()
        }
        spacing = replace(spacing, box=spacing.box * apart["nodesep"], rank=spacing.rank * apart["ranksep"])
        palette = {**theme.palette, "page": page} if page else theme.palette
        return replace(theme, spacing=spacing, palette=palette)

    def _regions(self, graph: Graph) -> dict[str, Scope]:
        known = {scope.id: scope for scope in graph.scopes}
        keys = {key: self._scope(key) for key in self._now.rings}
        found: dict[str, Scope] = {}
        for key, ring in self._now.rings.items():
            old = known.get(keys[key])
            made = old or Scope(id=keys[key], name=caption(ring, self._name) or key, op="")
            found[keys[key]] = replace(made, parent=None if ring.parent is None else keys[ring.parent])
        return found

    def _scope(self, key: str) -> str:
        return self._scopes.get(key, f"{_NEW}{key}")

    def _node(self, name: str) -> str:
        return self._nodes.get(name, f"{_NEW}{name}")

    def _boxes(
        self, drawn: Composition, theme: Theme, scopes: Mapping[str, Scope]
    ) -> tuple[dict[str, Shaped], dict[str, Node]]:
        """Return the glyphs and the nodes of the picture by their ids: those of the model, then those that are new."""
        old = {node.id: node for node in drawn.graph.nodes}
        hidden = [node for node in old.values() if node.id not in self._nodes.values()]
        labelling = Labelling(theme, self._name, across=self._across)
        nodes: dict[str, Node] = {node.id: node for node in hidden if node.scope is None or node.scope in scopes}
        glyphs: dict[str, Shaped] = {node: drawn.glyphs[node] for node in nodes}
        for name, vertex in self._now.vertices.items():
            identity, before = self._node(name), self._before.vertices.get(name)
            scope = None if vertex.cluster is None else self._scope(vertex.cluster)
            known = old.get(identity)
            glyph = drawn.glyphs.get(identity)
            if before is not None and isinstance(glyph, Glyph) and not _is_said_anew(vertex, before, "label"):
                glyph = labelling.resized(glyph, vertex) if _is_said_anew(vertex, before, "fontsize") else glyph
            elif glyph is None or before is None or _is_said_anew(vertex, before, "label", "fontsize"):
                glyph, unread = labelling.glyph(vertex, glyph.role if glyph is not None else None)
                self._unread.update(dict.fromkeys(unread))
            look = look_of(vertex.attributes, _usual(vertex, before))
            glyphs[identity] = glyph if look == Look() else in_look(glyph, look)
            nodes[identity] = replace(known or Node(id=identity, name=name, op=""), scope=scope)
        order = {node: place for place, node in enumerate(old)}
        return glyphs, dict(sorted(nodes.items(), key=lambda item: order.get(item[0], len(order))))

    def _links(
        self, drawn: Composition, nodes: Mapping[str, Node]
    ) -> tuple[list[Edge], dict[str, str], dict[str, tuple[Look, Heads]]]:
        """Return the edges, their labels, and the looks of those that have one of their own."""
        model: defaultdict[tuple[str, str], deque[Edge]] = defaultdict(deque)
        ours = frozenset(self._nodes.values())
        edges = [edge for edge in drawn.graph.edges if not {edge.source, edge.target} <= ours]
        edges = [edge for edge in edges if edge.source in nodes and edge.target in nodes]
        labels = {edge.id: drawn.labels[edge.id] for edge in edges if edge.id in drawn.labels}
        for edge in drawn.graph.edges:
            model[edge.source, edge.target].append(edge)
        ports = Ports(nodes)
        looks: dict[str, tuple[Look, Heads]] = {}
        for arrow, before in paired(self._now, self._before):
            ends = self._node(arrow.source), self._node(arrow.target)
            known = model[ends].popleft() if before is not None and model[ends] else None
            edge = known or Edge(source=ends[0], target=ends[1], target_port=ports.input(ends[1]))
            look = look_of(
                arrow.attributes, before.attributes if before else {"penwidth": f"{self._pen:g}"}, pen=self._pen
            )
            heads = heads_of(arrow, is_directed=self._now.is_directed)
            label = caption(arrow, self._name)
            is_own = (look, heads) != (Look(), Heads())
            if is_own or label:
                edge = replace(edge, source_port=ports.output(ends[0]))
            if is_own:
                looks[edge.id] = (look, heads)
            edges.append(edge)
            if label:
                labels[edge.id] = label
            elif known is not None and known.id in drawn.labels:
                labels[edge.id] = drawn.labels[known.id]
        return edges, labels, looks

    def _captions(self, drawn: Composition, scopes: Mapping[str, Scope]) -> dict[str, str]:
        found = {scope: text for scope, text in drawn.captions.items() if scope in scopes}
        for key, ring in self._now.rings.items():
            before = self._before.rings.get(key)
            if before is None or ring.attributes.get("label") != before.attributes.get("label"):
                found[self._scope(key)] = caption(ring, self._name)
        return found

    def _region_looks(self) -> dict[str, Look]:
        found: dict[str, Look] = {}
        for key, ring in self._now.rings.items():
            usual: Mapping[str, str] = {"style": "dashed"}
            old = self._before.rings.get(key)
            look = look_of(ring.attributes, old.attributes if old else usual)
            if look != Look():
                found[self._scope(key)] = look
        return found

    def _titles(self) -> dict[str, str]:
        """Return what is said of nodes on hovering, where a caller says it."""
        return {
            self._node(name): each.attributes["tooltip"]
            for name, each in self._now.vertices.items()
            if "tooltip" in each.attributes
        }


def _without_words(composition: Composition, drawn: Composition) -> Composition:
    """Return a composition that says nothing but what was `drawn` before."""
    glyphs: dict[str, Shaped] = {}
    for key, glyph in composition.glyphs.items():
        inner = glyph.inner if isinstance(glyph, Painted) else glyph
        is_own = inner is drawn.glyphs.get(key)
        glyphs[key] = glyph if is_own else Glyph(lines=(_SILENT,), role=glyph.role, size=glyph.size)
    labels = {edge: text for edge, text in composition.labels.items() if drawn.labels.get(edge) == text}
    return replace(composition, glyphs=glyphs, labels=labels)


def _is_said_anew(vertex: Vertex, before: Vertex, *names: str) -> bool:
    return any(vertex.attributes.get(name) != before.attributes.get(name) for name in names)


def _usual(vertex: Vertex, before: Vertex | None) -> Mapping[str, str]:
    """Return what of a node has no look: what it had before, or the shape of a new one that is a box."""
    if before is not None:
        return before.attributes
    shape = vertex.attributes.get("shape", "box")
    return {"shape": shape} if shape.lower() in {"record", "mrecord", "box", "rect", "rectangle"} else {}
