"""What an object of pydot says, as the DOT language reads it: nodes, edges and clusters with all their attributes.

Defaults hold for what stands behind them. A statement of defaults that nothing stands behind would mean nothing: it is
taken for all that stands before it. (doc.graphviz.org, "DOT Language".)
"""

import re
from collections import ChainMap, defaultdict, deque
from collections.abc import Iterator, Mapping, Sequence

from cutaway.record import Record, field
from cutaway.typed import Any

Attributes = Mapping[str, str]
_Dict = Mapping[str, Any]

_KINDS = ("graph", "node", "edge")
_QUOTED = re.compile(r'"((?:[^"\\]|\\.)*)"', re.DOTALL)
_LARGEST = 1e6
_ENDS = re.compile(r'("(?:[^"\\]|\\.)*"|<.*>|[^:]*)(:.*)?', re.DOTALL)


class Vertex(Record, kw_only=False):
    """A node: its name, what is said of it, and the key of the cluster that it lies in."""

    name: str
    attributes: Attributes
    cluster: str | None = None


class Arrow(Record, kw_only=False):
    """An edge between the nodes of two names."""

    source: str
    target: str
    attributes: Attributes


class Ring(Record, kw_only=False):
    """A cluster: its key, which is its name if no other has that, and the key of the one that it lies in."""

    key: str
    attributes: Attributes
    parent: str | None = None


class Sketch(Record):
    """All that a graph says."""

    attributes: Attributes
    vertices: Mapping[str, Vertex]
    arrows: tuple[Arrow, ...]
    rings: Mapping[str, Ring]
    is_directed: bool = True


class Asked(Record):
    """Attributes that are set from without: of the graph, and defaults of nodes and of edges."""

    graph: Attributes = field(default_factory=dict)
    node: Attributes = field(default_factory=dict)
    edge: Attributes = field(default_factory=dict)


class _Level(Record, eq=False, frozen=False):
    """A graph while it is read: what is left of it, the defaults that hold, and the cluster that it is in."""

    rest: Iterator[_Dict]
    defaults: dict[str, dict[str, str]]
    ring: str | None


def sketch(graph: _Dict, asked: Asked | None = None) -> Sketch:
    """Return what the contents of an object of pydot (its `obj_dict`) say."""
    return _Reading(asked or Asked()).read(graph)


class _Reading:
    def __init__(self, asked: Asked) -> None:
        self._asked = asked
        self._vertices: dict[str, Vertex] = {}
        self._arrows: list[Arrow] = []
        self._rings: dict[str, Ring] = {}

    def read(self, graph: _Dict) -> Sketch:
        levels = [self._level(graph, {kind: {} for kind in _KINDS}, None)]
        while levels:
            level = levels[-1]
            item = next(level.rest, None)
            if item is None:
                levels.pop()
            elif item["type"] == "subgraph":
                levels.append(self._level(item, level.defaults, self._ring(item, level)))
            elif item["type"] == "edge":
                self._edge(item, level)
            elif item["name"] in _KINDS:
                level.defaults[item["name"]].update(_values(item))
            else:
                self._node(plain(item["name"]), _values(item), level)
        attributes = {**_values(graph), **_defaults(graph, "graph"), **self._asked.graph}
        return Sketch(
            attributes=attributes,
            vertices=self._shown(suppressed=bool(graph.get("suppress_disconnected"))),
            arrows=tuple(self._once() if graph.get("simplify") or graph.get("strict") else self._arrows),
            rings=self._rings,
            is_directed=graph.get("type") != "graph",
        )

    def _level(self, graph: _Dict, defaults: Mapping[str, Mapping[str, str]], ring: str | None) -> _Level:
        return _Level(rest=iter(_in_order(graph)), defaults={kind: dict(defaults[kind]) for kind in _KINDS}, ring=ring)

    def _ring(self, item: _Dict, level: _Level) -> str | None:
        """Return the key of the cluster that the nodes of a subgraph lie in; one that is none groups them only."""
        name = plain(item.get("name") or "")
        if not name.startswith("cluster"):
            return level.ring
        key, count = name, 1
        while key in self._rings:
            count += 1
            key = f"{name} {count}"
        self._rings[key] = Ring(key, {**level.defaults["graph"], **_values(item)}, level.ring)
        return key

    def _node(self, name: str, values: Attributes, level: _Level) -> None:
        known = self._vertices.get(name)
        if known is None:
            own = ChainMap(dict(values), dict(self._asked.node), dict(level.defaults["node"]))
            self._vertices[name] = Vertex(name, own, level.ring)
            return
        own = ChainMap({**known.attributes.maps[0], **values}, *known.attributes.maps[1:])  # type: ignore[attr-defined]
        self._vertices[name] = Vertex(name, own, known.cluster or level.ring)

    def _edge(self, item: _Dict, level: _Level) -> None:
        attributes = {**level.defaults["edge"], **self._asked.edge, **_values(item)}
        ends = zip(item["points"], _SIDES, strict=True)
        sources, targets = [self._ends(point, attributes, side, level) for point, side in ends]
        self._arrows += [Arrow(source, target, attributes) for source in sources for target in targets]

    def _ends(self, point: Any, attributes: dict[str, str], side: str, level: _Level) -> list[str]:  # noqa: ANN401
        """Return the nodes at an end of an edge: those of a subgraph, or one, which is made where there is none."""
        if isinstance(point, Mapping):
            names = [plain(str(name)) for name in point.get("nodes", {}) if name not in _KINDS]
        else:
            name, port = _ENDS.fullmatch(str(point)).groups()  # type: ignore[union-attr] # it takes any text
            names = [plain(name)]
            if port:
                attributes[side] = plain(port[1:])
        for each in names:
            if each not in self._vertices:
                self._node(each, {}, level)
        return names

    def _shown(self, *, suppressed: bool) -> dict[str, Vertex]:
        if not suppressed:
            return self._vertices
        met = {end for arrow in self._arrows for end in (arrow.source, arrow.target)}
        return {name: vertex for name, vertex in self._vertices.items() if name in met}

    def _once(self) -> Sequence[Arrow]:
        return list({(arrow.source, arrow.target): arrow for arrow in reversed(self._arrows)}.values())[::-1]


_SIDES = ("tailport", "headport")


def paired(now: Sketch, before: Sketch) -> Iterator[tuple[Arrow, Arrow | None]]:
    """Give the edges, each with the one that it was before: of equal ends, one after the other."""
    known: defaultdict[tuple[str, str], deque[Arrow]] = defaultdict(deque)
    for arrow in before.arrows:
        known[arrow.source, arrow.target].append(arrow)
    for arrow in now.arrows:
        same = known[arrow.source, arrow.target]
        yield arrow, same.popleft() if same else None


def _in_order(graph: _Dict) -> list[_Dict]:
    """Return what a graph holds in its order; statements of defaults that nothing stands behind stand first."""
    held = [item for kind in ("nodes", "edges", "subgraphs") for each in graph[kind].values() for item in each]
    held.sort(key=lambda item: item["sequence"] or 0)
    nodes = edges = False
    late: list[_Dict] = []
    rest: list[_Dict] = []
    for item in reversed(held):
        name = item["name"] if item["type"] == "node" else ""
        if (name == "node" and not nodes) or (name == "edge" and not edges):
            late.append(item)
        else:
            rest.append(item)
            nodes = nodes or name not in _KINDS
            edges = edges or item["type"] != "node"
    rest.reverse()
    start = next((place for place, item in enumerate(rest) if not _is_default(item)), len(rest))
    return rest[:start] + late[::-1] + rest[start:]


def _is_default(item: _Dict) -> bool:
    return item["type"] == "node" and item["name"] in _KINDS


def _defaults(graph: _Dict, kind: str) -> dict[str, str]:
    found: dict[str, str] = {}
    for item in graph["nodes"].get(kind, ()):
        found |= _values(item)
    return found


def _values(item: _Dict) -> dict[str, str]:
    """Return attributes as texts; a label stays as it is, as its marks tell what it is."""
    values = item.get("attributes") or {}
    return {
        str(name): _text(value) if "label" in str(name) else plain(_text(value))
        for name, value in values.items()
        if value is not None
    }


def _text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def number(text: str | None) -> float | None:
    """Return the number that a text is; None for what is none, is below 0, or is larger than any picture."""
    try:
        value = float(text or "")
    except ValueError:
        return None
    return value if 0 <= value <= _LARGEST else None


def plain(text: str) -> str:
    """Return what a quoted text says, or any other as it is."""
    found = _QUOTED.fullmatch(text)
    return found[1].replace('\\"', '"').replace("\\\n", "") if found else text
