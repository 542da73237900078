"""Graphs with other names, which are to make no difference."""

from dataclasses import replace

from cutaway.graph import Graph, Scope


def renaming(graph: Graph, new: dict[str, str]) -> Graph:
    """Return a graph whose nodes and scopes have new ids and names, by their old ids."""

    def scope(each: Scope) -> Scope:
        ports = {
            side: tuple(
                replace(port, ends=tuple(replace(end, node=new[end.node]) for end in port.ends))
                for port in getattr(each, side)
            )
            for side in ("inputs", "outputs")
        }
        return replace(each, id=new[each.id], name=new[each.id], parent=each.parent and new[each.parent], **ports)

    return replace(
        graph,
        nodes=tuple(
            replace(each, id=new[each.id], name=new[each.id], scope=each.scope and new[each.scope])
            for each in graph.nodes
        ),
        edges=tuple(replace(each, source=new[each.source], target=new[each.target]) for each in graph.edges),
        scopes=tuple(map(scope, graph.scopes)),
        inputs=tuple(new[each] for each in graph.inputs),
        outputs=tuple(replace(each, node=new[each.node]) for each in graph.outputs),
    )
