"""Reading with all that follows from what is read: the one way to numbers, for figures, summaries and reports."""

from collections.abc import Collection, Iterable, Iterator, Mapping

from cutaway.analysis.complete import are_known, complete, with_weights
from cutaway.analysis.rules import Given, layer_rules, weight_formulas
from cutaway.graph import Graph, Node, Value
from cutaway.record import replace
from cutaway.sources import FilePath, read_needed
from cutaway.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from cutaway.analysis.assume import Assumed
    from cutaway.sources.given_shape import Shapes


def read_complete(
    source: object,
    *,
    input_shape: "Shapes | None" = None,
    weights: "bool | FilePath | None" = None,
    assume: "Assumed | None" = None,
    rules: Given | None = None,
    verify: bool = True,
) -> Graph:
    """Return the graph of a model with the shapes, types and weights that follow from what is read.

    `source` and `input_shape` are those of `cutaway.read`, `rules`, `assume` and `verify` those of `complete`; a Graph
    is completed as it is. The weights that a file holds are read where formulas leave those of a layer unknown, or a
    rule of the caller's tells them (reading them costs more than all the rest); with `weights=True`, or the path of a
    file of them, always; with False never.
    """
    if isinstance(source, Graph):
        return complete(source, rules=rules, assume=assume, verify=verify)
    before: list[Graph] = []
    ruled = weight_formulas(layer_rules(rules))

    def need(graph: Graph) -> Collection[str] | None:
        done = complete(graph, rules=rules, assume=assume, verify=verify)
        before.append(done)
        known = {node.owner for node in done.nodes if are_known(node.weights)}
        suffice = weights is None and not ruled and len(known) == len({node.owner for node in done.nodes})
        return None if suffice and not _may_share(done.nodes) else known

    wanted = True if weights is None else weights
    graph = read_needed(source, need, input_shape=input_shape, weights=wanted)
    if not before:
        return complete(graph, rules=rules, assume=assume, verify=verify)
    pairs = zip(graph.nodes, before[0].nodes, strict=True)
    nodes = [with_weights(done, node.weights, done.weights, verify=verify, ruled=ruled) for node, done in pairs]
    return replace(before[0], nodes=tuple(nodes))


def _may_share(nodes: Iterable[Node]) -> bool:
    """Tell whether weights of two layers may be the same, as far as a file tells: equal names and attributes.

    Formulas count them twice; what is stored shows it.
    """
    met: dict[tuple[str, str], list[Mapping[str, Value]]] = {}
    for node in nodes:
        if node.weights and node.layer is None:
            for op, name, attributes in ((node.op, node.name, node.attributes), *_held(node)):
                alike = met.setdefault((op, name), [])
                if attributes in alike:
                    return True
                alike.append(attributes)
    return False


def _held(node: Node) -> Iterator[tuple[str, str, Mapping[str, Value]]]:
    """Give the class, the name and the config of what a layer holds in itself: a cell, or a layer that it wraps."""
    for key in ("cell", "layer"):
        value = node.attributes.get(key)
        config = value.get("config") if isinstance(value, Mapping) else None
        if isinstance(value, Mapping) and isinstance(config, Mapping) and config.get("name"):
            yield str(value.get("class_name")), str(config["name"]), config
