"""What the graph says about the groups of a figure: where they belong, what they connect, what they carry."""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping

from cutaway.faults.enclosing import enclose, innermost
from cutaway.faults.survey import BOX_PARTS, REGION_PARTS, Owner, Survey
from cutaway.graph import Edge, Graph, PortRef
from cutaway.record import Record, replace
from cutaway.typed import TypeVar

Entry = TypeVar("Entry")
_EDGE = re.compile(r"(.*):(\d+)->(.*):(\d+)", re.DOTALL)
_START = re.compile(r"(.*):(\d+)->", re.DOTALL)
_MARK = "\0output/"
"""Tells the mark of an output from the node of the same name."""

Following = Callable[[str], list[str]]


class Lookup(Record):
    """Tables over one graph and the boxes of one figure, all by id."""

    parents: Mapping[str, str | None]
    """Node or scope → the scope around it."""
    lines: Mapping[str, tuple[Edge, ...]]
    """Reference of an edge's group → the edges that it draws or stands for; to an output's mark leads one as well."""
    edges: Mapping[str, Edge]
    into: Mapping[str, tuple[Edge, ...]]
    out_of: Mapping[str, tuple[Edge, ...]]
    boxes: Mapping[str, tuple[Owner, ...]]
    """Node or scope → the boxes that draw it or stand for it."""
    outputs: Mapping[str, tuple[PortRef, ...]]
    """Name of an output → its ports."""

    def scopes(self, item: str) -> frozenset[str]:
        """Return all scopes around a node or scope, from the inner to the outer; empty for anything else."""
        found: dict[str, None] = {}
        scope = self.parents.get(item)
        while scope is not None and scope not in found:
            found[scope] = None
            scope = self.parents.get(scope)
        return frozenset(found)

    def homes(self, owner: Owner) -> frozenset[str]:
        """Return the scopes in whose regions a group may lie: those around it or around an end of its edges."""
        for group in owner.chain():
            if group.part in REGION_PARTS:
                return self.scopes(group.ref) | {group.ref}
            if group.part == "output":
                return self._around(end.node for end in self.outputs.get(group.ref, ()))
            carried = self.carried(group) if group.part in {"edge", "label"} else ()
            if carried:
                return self._around(end for edge in carried for end in (edge.source, edge.target))
            if group.part in {"node", "note"} and group.ref in self.parents:
                return self.scopes(group.ref)
        return frozenset()

    def _around(self, nodes: Iterable[str]) -> frozenset[str]:
        """Return the scopes around some nodes, and around what stands for them."""
        ends = tuple(nodes)
        drawn = [box.ref for end in ends for box in self.boxes.get(end, ())]
        return frozenset().union(*map(self.scopes, (*ends, *drawn)))

    def carried(self, group: Owner) -> tuple[Edge, ...]:
        """Return the edges that a group draws or stands for."""
        return self.lines.get(group.ref, ())

    def standing(self, run: Owner) -> Iterator[Edge]:
        """Return the edges that a run of boxes stands for."""
        for item in run.stands_for:
            if edge := self.edges.get(item):
                yield edge

    def starts(self, node: str) -> dict[Owner, None]:
        """Return the boxes where the values of a node come from: its own, or through hidden nodes those before it."""
        return self._reach(node, lambda item: [edge.source for edge in self.into.get(item, ())])

    def stops(self, node: str) -> dict[Owner, None]:
        """Return the boxes that a value for a node goes to: its own, or through hidden nodes those behind it."""

        def following(item: str) -> list[str]:
            marks = [_MARK + name for name, ends in self.outputs.items() for end in ends if end.node == item]
            return [*(edge.target for edge in self.out_of.get(item, ())), *marks]

        return self._reach(node, following)

    def _reach(self, node: str, following: Following) -> dict[Owner, None]:
        found: dict[Owner, None] = {}
        seen = {node}
        waiting = [node]
        while waiting:
            item = waiting.pop()
            boxes = self.boxes.get(item, ())
            found.update(dict.fromkeys(boxes))
            fresh = [] if boxes else [other for other in following(item) if other not in seen]
            seen.update(fresh)
            waiting.extend(fresh)
        return found

    def tensors(self, group: Owner) -> frozenset[PortRef]:
        """Return the ports whose values a group's line carries, those in front of hidden nodes included."""
        waiting = [PortRef(edge.source, edge.source_port) for edge in self.carried(group)]
        begins = _START.match(group.ref)
        if begins and any(box.ref == begins[1] for port in waiting for box in self.boxes.get(port.node, ())):
            waiting.append(PortRef(begins[1], int(begins[2])))  # one box for several nodes: one line for their values
        found = set(waiting)
        while waiting:
            port = waiting.pop()
            if port.node in self.boxes:
                continue
            before = {PortRef(edge.source, edge.source_port) for edge in self.into.get(port.node, ())} - found
            found |= before
            waiting.extend(before)
        return frozenset(found)


def look_up(graph: Graph, found: Survey) -> Lookup:
    """Build the tables. The lines of drawings in the legend are edges as well, as far as their references name them."""
    graph = replace(graph, edges=(*graph.edges, *_explaining(found)))
    return Lookup(
        parents=_parents(found, graph),
        lines=_lines(found, graph),
        edges={edge.id: edge for edge in graph.edges},
        into=_gathered((edge.target, edge) for edge in graph.edges),
        out_of=_gathered((edge.source, edge) for edge in graph.edges),
        boxes=_boxes(found),
        outputs=_gathered((output.name, PortRef(output.node, output.port)) for output in graph.outputs),
    )


def _parents(found: Survey, graph: Graph) -> dict[str, str | None]:
    """Return the scope or region around each node and each of them; regions lie in the tree of the scopes."""
    parents: dict[str, str | None] = {scope.id: scope.parent for scope in graph.scopes}
    parents |= {node.id: node.scope for node in graph.nodes}
    for owner in found.owners:
        if owner.part == "node" and owner.ref not in parents and not owner.explaining:
            parents[owner.ref] = innermost([each for each in owner.stands_for if each in parents], parents)
    regions = [owner for owner in found.owners if owner.part == "region" and owner.stands_for]
    named = {region.ref: region for region in regions}  # one that is drawn in parts is the same one
    for region in sorted(named.values(), key=lambda region: -len(region.stands_for)):
        parents[region.ref] = parents.get(region.stands_for[0])
        parents |= dict.fromkeys(region.stands_for, region.ref)
    enclose(parents, found, {scope.id for scope in graph.scopes})
    return parents


def _explaining(found: Survey) -> Iterator[Edge]:
    for owner in found.owners:
        named = _EDGE.fullmatch(owner.ref) if owner.explaining and owner.part == "edge" else None
        if named:
            yield Edge(source=named[1], source_port=int(named[2]), target=named[3], target_port=int(named[4]))


def output_of(ref: str) -> str:
    """Return the name of the output to which the line of this reference, such as `dense:0->logits`, leads."""
    return ref.partition("->")[2]


def _lines(found: Survey, graph: Graph) -> dict[str, tuple[Edge, ...]]:
    edges = {edge.id: edge for edge in graph.edges}
    results = _gathered((output.name, output) for output in graph.outputs)
    lines: dict[str, tuple[Edge, ...]] = {}
    for owner in found.owners:
        if owner.part != "edge":
            continue
        carried = [edges[item] for item in (owner.ref, *owner.stands_for) if item in edges]
        if owner.ref not in edges:
            named = results.get(output_of(owner.ref), ())
            exact = [output for output in named if owner.ref == f"{output.node}:{output.port}->{output.name}"]
            carried += [
                Edge(source=output.node, source_port=output.port, target=_MARK + output.name)
                for output in exact or named  # a line that comes out of a closed scope begins with the scope's name
            ]
        lines[owner.ref] = (*lines.get(owner.ref, ()), *carried)
    return lines


def _boxes(found: Survey) -> dict[str, tuple[Owner, ...]]:
    boxes = [owner for owner in found.owners if owner.part in BOX_PARTS and owner.outline]
    drawn = _gathered((_MARK + owner.ref if owner.part == "output" else owner.ref, owner) for owner in boxes)
    hidden = _gathered((item, owner) for owner in boxes for item in owner.stands_for)
    return {**hidden, **drawn}


def _gathered(pairs: Iterable[tuple[str, Entry]]) -> dict[str, tuple[Entry, ...]]:
    lists: dict[str, list[Entry]] = {}
    for key, entry in pairs:
        lists.setdefault(key, []).append(entry)
    return {key: tuple(entries) for key, entries in lists.items()}
