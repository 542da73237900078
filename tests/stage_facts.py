"""What stages hold, however much of them is drawn folded."""

from cutaway.analysis.reduction import Reducing, Reduction, reduced
from cutaway.analysis.shapes import infer
from cutaway.analysis.stages import Stage, stages
from cutaway.graph import Graph, Node


def staged(graph: Graph, fold: object = "auto", most: int = 40) -> tuple[Reduction, tuple[Stage, ...]]:
    """Return what is left of a graph to draw, and its stages."""
    reduction = reduced(infer(graph, verify=False), Reducing(fold=fold, most=most, stages=False))
    return reduction, stages(reduction.graph, reduction.blocks, reduction.patterns)


def held(graph: Graph, counted, most: int = 40, fold: object = "auto") -> list[tuple[str, int]]:
    """Return the captions of the stages, and how many of the model's own layers in each are `counted`."""
    reduction, found = staged(graph, fold, most)
    nodes: dict[str, Node] = {node.id: node for node in graph.nodes}
    return [
        (
            stage.caption,
            sum(
                counted(nodes[each])
                for member in stage.members
                for each in (member, *reduction.stands_for.get(member, ()))
                if each in nodes
            ),
        )
        for stage in found
    ]


def of(*ops: str):
    """Return what counts layers of some operations."""
    return lambda node: node.op in ops
