"""The costs of all calls of a Graph."""

from collections.abc import Iterable, Mapping

from cutaway.analysis.cost.cost import Cost
from cutaway.analysis.cost.forward import Forward, Work, elements, product
from cutaway.analysis.cost.rules import Works, multiply_adds
from cutaway.analysis.cost.sample import of_one
from cutaway.analysis.cost.sight import EACH_STEP, sights
from cutaway.analysis.count import BITS
from cutaway.analysis.rules import Given, LayerRule, layer_rules, output_rules
from cutaway.analysis.rules import multiply_adds as by_rule
from cutaway.analysis.shapes.call import call_of
from cutaway.analysis.shapes.rules import Rules
from cutaway.graph import Graph, Node, Port, Scope


def costs(graph: Graph, rules: Given | None = None) -> Mapping[str, Cost]:
    """Return the cost of each node, by its id, of a graph whose shapes are complete.

    `rules` are the caller's own, by class name, and go before the built-in ones. A layer that is called twice costs
    twice, and one in a model that runs at each step of a sequence costs as often as there are steps.
    """
    given = layer_rules(rules)
    shapes, own = Rules(output_rules(given)), _own(given)
    works = Works(own)
    one = of_one(graph, output_rules(given))
    sample = one.graph
    steps, around = _steps(sample), runs_in(sample)
    seen = sights(sample, shapes, around)
    found: dict[str, Cost] = {}
    for node in sample.nodes:
        outputs = tuple([port.tensor for port in node.outputs])
        forward = Forward(call=call_of(node, shapes), outputs=outputs, works=works)
        times = steps.get(around.get(node.id) or "", 1)
        each = 0 if around.get(node.id) != node.scope else multiply_adds(forward, own)
        found[node.id] = Cost(
            multiply_adds=_times(each, times),
            activation_bytes=_times(_bytes(node.outputs), times),
            receptive_field=seen[node.id].receptive_field,
            stride=seen[node.id].stride,
            effective_stride=seen[node.id].effective_stride,
            exact=node.id not in one.in_doubt,
        )
    return found


def _own(given: Mapping[str, LayerRule]) -> Mapping[str, Work]:
    """Return the rules of the caller in the form of the built-in ones."""
    return {name: lambda forward: by_rule(given, forward.call) for name in given}


def _times(each: int | None, times: int | None) -> int | None:
    return 0 if each == 0 else product(each, times)


def runs_in(graph: Graph) -> Mapping[str, str | None]:
    """Return the scope in which each node runs: what puts the steps of a sequence together runs outside of its own."""
    nodes = {node.id: node for node in graph.nodes}
    found = {node.id: node.scope for node in graph.nodes}
    for scope in graph.scopes:
        if scope.op == EACH_STEP:
            ends = [end.node for port in scope.outputs for end in port.ends]
            found.update({end: scope.parent for end in ends if end in nodes and nodes[end].scope == scope.id})
    return found


def _steps(graph: Graph) -> Mapping[str, int | None]:
    """Return how often the nodes in each scope run: once for each step of the sequences around them."""
    scopes = {scope.id: scope for scope in graph.scopes}
    nodes = {node.id: node for node in graph.nodes}
    found: dict[str, int | None] = {}
    for scope in graph.scopes:
        around: list[str] = []
        each: str | None = scope.id
        while each is not None and each in scopes and each not in found and each not in around:
            around.append(each)
            each = scopes[each].parent
        for inner in reversed(around):
            outside = found.get(scopes[inner].parent or "", 1)
            found[inner] = product(outside, _own_steps(scopes[inner], nodes))
    return found


def _own_steps(scope: Scope, nodes: Mapping[str, Node]) -> int | None:
    if scope.op != EACH_STEP:
        return 1
    shapes = [scope.inputs[0].tensor.shape] if scope.inputs else []
    shapes += [nodes[end.node].inputs[end.port].tensor.shape for port in scope.inputs[:1] for end in port.ends]
    for shape in shapes:
        if shape is not None and len(shape) > 1 and isinstance(shape[1], int):
            return shape[1]
    return None


def _bytes(ports: Iterable[Port]) -> int | None:
    """Return how many bytes the outputs take; a truth value takes one."""
    total = 0
    for port in ports:
        bits = 8 if port.tensor.dtype == "bool" else BITS.get(port.tensor.dtype or "")
        size = product(elements(port.tensor.shape), bits)
        if size is None:
            return None
        total += -(-size // 8)
    return total
