"""The whole model: every node, edge, scope and output is drawn or accounted for, and nothing is invented."""

from collections import Counter
from collections.abc import Iterator

from cutaway.faults.fault import Fault
from cutaway.faults.lookup import output_of
from cutaway.faults.outline import within
from cutaway.faults.survey import Owner, Survey
from cutaway.graph import Graph

_AROUND = frozenset({"region", "grouping", "note"})
"""Parts of which what they stand for is drawn as well."""


def unaccounted(found: Survey, graph: Graph) -> Iterator[Fault]:
    """Yield what is in the graph and neither drawn nor stood for by any mark."""
    drawing = [owner for owner in found.owners if owner.draws and not owner.explaining]
    present = {(owner.part, owner.ref) for owner in drawing}
    hidden = {item for owner in drawing if owner.part not in _AROUND for item in owner.stands_for}
    marks = Counter(owner.ref for owner in drawing if owner.part == "output")  # outputs may have one name
    for node in graph.nodes:
        if ("node", node.id) not in present and node.id not in hidden:
            yield _missing("node", node.id)
    for edge in graph.edges:
        if ("edge", edge.id) not in present and edge.id not in hidden:
            yield _missing("edge", edge.id)
    for scope in graph.scopes:
        if not {("scope", scope.id), ("node", scope.id)} & present and scope.id not in hidden:
            yield _missing("scope", scope.id)
    for output in graph.outputs:
        marks[output.name] -= 1
        if marks[output.name] < 0 and output.name not in hidden:
            yield _missing("output", output.name)


def _missing(word: str, item: str) -> Fault:
    return Fault("missing", (item,), f"the {word} {item!r} is neither drawn nor accounted for by another mark")


def invented(found: Survey, graph: Graph) -> Iterator[Fault]:
    """Yield the nodes, edges and scopes that are drawn or stood for and not in the graph."""
    nodes = {node.id for node in graph.nodes}
    edges = {edge.id for edge in graph.edges}
    scopes = {scope.id for scope in graph.scopes}
    outputs = {output.name for output in graph.outputs}
    known = {"node": nodes | scopes, "edge": edges, "scope": scopes, "output": outputs}
    anything = nodes | edges | scopes | outputs
    drawn = {owner.ref for owner in found.owners if owner.part in known}
    for owner in found.owners:
        if owner.explaining or owner.part == "note":
            continue
        is_line = owner.part == "edge" and (output_of(owner.ref) in outputs or edges.intersection(owner.stands_for))
        is_block = bool(owner.part in {"node", "scope"} and anything.intersection(owner.stands_for))
        is_block = is_block or (owner.part == "scope" and _holds_boxes(owner, found))
        if owner.part in known and owner.ref not in known[owner.part] and not is_line and not is_block:
            yield Fault("unknown", (owner.ref,), f"a mark draws the {owner.part} {owner.ref!r}: the graph has none")
        for item in owner.stands_for:
            if item not in anything and not (owner.part == "region" and item in drawn):
                yield Fault("unknown", (item,), f"a mark stands for {item!r}: the graph has nothing of that name")


def _holds_boxes(region: Owner, found: Survey) -> bool:
    """Tell whether a region lies around boxes that stand for more than themselves, as that of an open block does."""
    boxes = [owner for owner in found.owners if owner.part == "node" and owner.stands_for and owner.outline]
    around = region.outline
    return around is not None and any(box.outline and within(box.outline.bounds, around.bounds, 0.1) for box in boxes)
