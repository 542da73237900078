"""The names that nodes and clusters have in the DOT language."""

import re
from collections.abc import Mapping

from cutaway.compat.keras.dot.text_label import ENTITY
from cutaway.diagram import one_line
from cutaway.graph import Graph

_MISREAD = re.compile(r'[:"\\\\\n]')
_UNWRITTEN = re.compile(r"[\0\ud800-\udfff]")
_KEYWORDS = frozenset({"", "graph", "digraph", "subgraph", "node", "edge", "strict"})


def node_ids(graph: Graph, items: Mapping[str, object], within: str = "") -> dict[str, str]:
    """Return the names of nodes and of scopes by their ids in a graph.

    A live layer is called by its identity, as Keras calls it; the second call of it has `_2` behind that. What is not
    live is called by its path, such as `encoder/conv1`, `within` the path of another.
    """
    found: dict[str, str] = {}
    calls: dict[int, int] = {}
    for identity in (*[node.id for node in graph.nodes], *[scope.id for scope in graph.scopes]):
        item = items.get(identity)
        if item is None:
            found[identity] = identifier(within + identity)
            continue
        count = calls[id(item)] = calls.get(id(item), 0) + 1
        found[identity] = str(id(item)) if count == 1 else f"{id(item)}_{count}"
    return found


def cluster_ids(graph: Graph) -> dict[str, str]:
    """Return the names of scopes without what pydot puts before them: those of their models, each once."""
    found: dict[str, str] = {}
    taken: set[str] = set()
    for scope in graph.scopes:
        name, count = scope.name, 1
        while name in taken:
            count += 1
            name = f"{scope.name}_{count}"
        taken.add(name)
        found[scope.id] = name
    return found


def identifier(text: str) -> str:
    """Return a text as pydot takes it for a name: quoted where it would take it for something else."""
    text = _UNWRITTEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
    if text.lower() not in _KEYWORDS and not _MISREAD.search(text) and text[0] + text[-1] != "<>":
        return text
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def unread(text: str) -> str:
    """Return a text as the value of an attribute that says it as it is."""
    return unmarked(verbatim(text).replace("\\", "\\\\"))


def verbatim(text: str) -> str:
    """Return a text for a label in which `&lt;` and the like are characters, which says it as it is."""
    return ENTITY.sub(lambda found: "&amp;" + found[0][1:], one_line(text))


def unmarked(text: str) -> str:
    """Return the value of an attribute so that pydot does not take it for HTML, or for quoted already."""
    if len(text) > 1 and text[0] + text[-1] in {'""', "<>"}:
        return '"' + text.replace('"', '\\"') + '"'
    return text
