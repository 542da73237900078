"""A run drawn open: one of its blocks in a scope `× N`, the others accounted for by it."""

from collections.abc import Mapping, Sequence

from cutaway.graph import Edge, Graph, PortRef, ScopePort
from cutaway.record import Record, replace


class Opened(Record):
    """A graph in which blocks stand for their likes; `accounts` tells for which ids, by the ids in `graph`."""

    graph: Graph
    accounts: Mapping[str, tuple[str, ...]]


def opened(graph: Graph, runs: Mapping[str, Sequence[Sequence[str]]]) -> Opened:
    """Return a graph that keeps the first block only of each run.

    `runs` are the ids of nodes and scopes in each block, equal ones at equal places, under the id of the scope that
    accounts for what passes from block to block. Edges of other blocks are accounted for by those of the first; what
    leaves another block leaves the first one then.
    """
    first: dict[str, str] = {}
    run_of: dict[str, str] = {}
    block_of: dict[str, int] = {}
    for run, blocks in runs.items():
        for number, block in enumerate(blocks):
            for like, each in zip(blocks[0], block, strict=True):
                first[each] = like
                run_of[each] = run
                block_of[each] = number
    accounts: dict[str, list[str]] = {}
    for each, like in first.items():
        if each != like:
            accounts.setdefault(like, []).append(each)
    gone = {each for each, like in first.items() if each != like}
    edges = _edges(graph.edges, first, run_of, block_of, accounts)

    def ends(port: ScopePort) -> ScopePort:
        kept = dict.fromkeys(PortRef(first.get(end.node, end.node), end.port) for end in port.ends)
        return replace(port, ends=tuple(kept))

    kept = replace(
        graph,
        nodes=tuple(node for node in graph.nodes if node.id not in gone),
        edges=edges,
        scopes=tuple(
            replace(scope, inputs=tuple(map(ends, scope.inputs)), outputs=tuple(map(ends, scope.outputs)))
            for scope in graph.scopes
            if scope.id not in gone
        ),
        outputs=tuple(replace(output, node=first.get(output.node, output.node)) for output in graph.outputs),
    )
    return Opened(graph=kept, accounts={each: tuple(ids) for each, ids in accounts.items()})


def _edges(
    edges: Sequence[Edge],
    first: Mapping[str, str],
    run_of: Mapping[str, str],
    block_of: Mapping[str, int],
    accounts: dict[str, list[str]],
) -> tuple[Edge, ...]:
    """Return the edges that stay, and note what accounts for the others."""
    kept: dict[tuple[str, int, str, int], Edge] = {}
    late: list[tuple[Edge, tuple[str, int, str, int]]] = []
    for edge in edges:
        start, end = edge.source, edge.target
        run = run_of.get(end)
        if run is not None and run == run_of.get(start) and block_of[start] != block_of[end]:
            accounts.setdefault(run, []).append(edge.id)
            continue
        ends = (first.get(start, start), edge.source_port, first.get(end, end), edge.target_port)
        if ends[0] == start and ends[2] == end:
            kept[ends] = edge
        elif block_of.get(end, 0):
            late.append((edge, ends))
        else:
            kept[ends] = replace(edge, source=ends[0], target=ends[2])
            accounts.setdefault(kept[ends].id, []).append(edge.id)
    ids = {ends: edge.id for ends, edge in kept.items()}
    for edge, ends in late:
        accounts.setdefault(ids.get(ends) or run_of[edge.target], []).append(edge.id)
    return tuple(kept.values())
