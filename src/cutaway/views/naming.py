"""Names of inputs, outputs and regions, which layers share their weights, and how large a model is, in words."""

from collections import Counter
from collections.abc import Iterable, Mapping

from cutaway.analysis.names import snake, without_model
from cutaway.graph import Graph, Kind, Node, Output, Scope

FLOW_UNKNOWN = "flow not known"
"""What a region says in which something is not connected."""
_PLAIN = ("Functional", "Sequential", "Model", "Layer", "list")
"""Classes of regions that tell nothing: models, and parts and lists of which only the weights in a file tell."""


def output_key(place: int) -> str:
    """Return the key of the mark of a graph's output, by its place; no id of a graph starts with this character."""
    return f"\0output/{place}"


def keyed_outputs(graph: Graph) -> list[tuple[str, Output]]:
    """Return the outputs with the keys of their marks."""
    return [(output_key(place), output) for place, output in enumerate(graph.outputs)]


def terminal_names(graph: Graph) -> dict[str, str]:
    """Rename inputs and outputs whose own names say nothing, say the same twice, or repeat the name of the model.

    A lone input or output with the name that Keras numbers is "input" or "output"; outputs of one name are numbered.
    The keys are the input's node id and the output's `output_key`.
    """
    nodes = {node.id: node for node in graph.nodes}
    names = _without_model(graph, nodes)
    if len(graph.inputs) == 1 and _is_numbered(nodes[graph.inputs[0]].name, "input", "input_layer", "keras_tensor"):
        names[graph.inputs[0]] = "input"
    if len(graph.outputs) == 1:
        output = graph.outputs[0]
        node = nodes[output.node]
        stems = (snake(node.op), "fc") if node.kind is Kind.DENSE else (snake(node.op),)
        if _is_numbered(output.name, *stems, f"tf.{node.attributes.get('function')}"):
            names[output_key(0)] = "output"
    given = Counter(output.name for output in graph.outputs)
    seen: Counter[str] = Counter()
    for key, output in keyed_outputs(graph):
        seen[output.name] += 1
        if given[output.name] > 1:
            names[key] = f"{output.name} ({seen[output.name]})"
    return names


def _without_model(graph: Graph, nodes: Mapping[str, Node]) -> dict[str, str]:
    """Return the names that begin with that of the model, without it, where that leaves each of them one of its own."""
    told = [(each, nodes[each].name) for each in graph.inputs if each in nodes]
    told += [(key, output.name) for key, output in keyed_outputs(graph)]
    short = {key: without_model(name, graph.name) for key, name in told}
    times = Counter(short.values())
    return {key: short[key] for key, name in told if short[key] != name and times[short[key]] == 1}


def _is_numbered(name: str, *stems: str) -> bool:
    """Tell whether a name is one of `stems`, perhaps with a number behind it."""
    return name in stems or name.rstrip("0123456789").removesuffix("_") in stems


def repeated_ids(graph: Graph) -> frozenset[str]:
    """Return the ids of nodes and scopes that are one of several calls of the same layer or model.

    The second call of `encoder` is `encoder#2` (graph.Node); calls at different depths are known by equal weights.
    """
    ids = {node.id for node in graph.nodes} | {scope.id for scope in graph.scopes}
    called = {item.removesuffix("#2") for item in ids if item.endswith("#2")}
    numbered = {item for item in ids if _without_number(item) in called} if called else set[str]()
    return frozenset(numbered | _of_equal_weights(graph.nodes) | _scopes_of_equal_weights(graph))


def shared_ids(graph: Graph) -> frozenset[str]:
    """Return what a figure marks as shared: repeated calls, but within a repeated model only the model."""
    repeated = repeated_ids(graph)
    if not repeated:
        return repeated
    parents = {scope.id: scope.parent for scope in graph.scopes}
    above = {node.id: node.scope for node in graph.nodes} | parents
    return frozenset(item for item in repeated if not _lies_in(above[item], repeated, parents))


def _lies_in(scope: str | None, some: frozenset[str], parents: dict[str, str | None]) -> bool:
    while scope is not None:
        if scope in some:
            return True
        scope = parents[scope]
    return False


def _without_number(name: str) -> str:
    head, sign, tail = name.rpartition("#")
    return head if sign and tail.isdecimal() else name


def _of_equal_weights(nodes: Iterable[Node]) -> set[str]:
    owners: dict[tuple[str, ...], list[str]] = {}
    for node in nodes:
        if node.weights:
            owners.setdefault(tuple(weight.key for weight in node.weights), []).append(node.id)
    return {owner for group in owners.values() if len(group) > 1 for owner in group}


def _scopes_of_equal_weights(graph: Graph) -> set[str]:
    """Return the scopes with the same weights, neither in the other."""
    weights = [weight.key for node in graph.nodes for weight in node.weights or ()]
    if len(weights) == len(set(weights)):  # as is usual; what follows takes long where models lie deep in each other
        return set()
    parents = {scope.id: scope.parent for scope in graph.scopes}
    keys: dict[str, set[str]] = {}
    for node in graph.nodes:
        scope = node.scope if node.weights else None
        while scope is not None:
            keys.setdefault(scope, set()).update(weight.key for weight in node.weights or ())
            scope = parents[scope]
    groups: dict[frozenset[str], list[str]] = {}
    for name, held in keys.items():
        groups.setdefault(frozenset(held), []).append(name)
    found: set[str] = set()
    for group in groups.values():
        inner = {parents[name] for name in group}
        alone = [name for name in group if name not in inner]
        if len(alone) > 1:
            found.update(group)
    return found


def border_names(graph: Graph) -> dict[str, str]:
    """Name the nodes that are no layers but the borders of a scope, by their ids.

    Readers keep an InputLayer inside a nested model where its flow would be lost otherwise, and, around a model that is
    called for each time step, the places where the time axis goes away and comes back.
    """
    if not graph.scopes:
        return {}
    stepwise = {scope.id: scope.name for scope in graph.scopes if scope.op == "TimeDistributed"}
    names: dict[str, str] = {}
    for node in graph.nodes:
        if node.scope in stepwise and node.op == "InputLayer":
            names[node.id] = "each time step"
        elif node.scope in stepwise and (node.op, node.name) == ("TimeDistributed", stepwise[node.scope]):
            names[node.id] = "all time steps"  # of this scope; others are layers within it
        elif node.scope is not None and node.op == "InputLayer":
            names[node.id] = f"input {node.name}"
    return names


def sharing(graph: Graph, shared: frozenset[str]) -> dict[str, str]:
    """Say of each call that shares its weights so, by its id: and with what, where that is not called the same."""
    if not shared:
        return {}
    from cutaway.views.wording import describe, in_short

    nodes = {node.id: node for node in graph.nodes}
    words = dict.fromkeys(shared, "shared")
    for node in graph.nodes:
        first = nodes.get(node.owner) if node.id in shared else None
        if first is not None and describe(first) != describe(node):
            words[node.id] = f"shared with {in_short(first)}"
    return words


def captions(
    graph: Graph, shared: frozenset[str], loose: frozenset[str | None] = frozenset(), *, classed: bool = False
) -> dict[str, str]:
    """Return what stands in the corner of each region: its name, how it is called, whether it is `shared`.

    Those that are `loose` have something in them that is not connected, as nobody knows how the data flows there. If
    they are to be `classed`, they say in the words of code what they are, unless that is a plain model.
    """
    names = {scope.id: without_model(scope.name, graph.name) for scope in graph.scopes}
    for scope in graph.scopes:
        remarks = [names[scope.id]]
        if classed and scope.op not in _PLAIN:
            inner = _stepped(scope, graph)
            remarks.append(f"{scope.op}({inner})" if inner else scope.op)
        elif scope.op == "TimeDistributed":
            remarks.append(f"{_stepped(scope, graph)} for each time step".strip())
        remarks += ["shared"] if scope.id in shared else []
        remarks += [FLOW_UNKNOWN] if scope.id in loose else []
        names[scope.id] = ", ".join(remarks)
    return names


def _stepped(scope: Scope, graph: Graph) -> str:
    """Return the name of the model that a TimeDistributed calls, which no box in it has."""
    layer = scope.attributes.get("layer") if scope.op == "TimeDistributed" else None
    config = layer.get("config") if isinstance(layer, Mapping) else None
    name = config.get("name") if isinstance(config, Mapping) else None
    is_told = any(node.name == name for node in graph.nodes if node.scope == scope.id)
    return name if isinstance(name, str) and not is_told else ""


def calls(graph: Graph) -> list[Node]:
    """Return the nodes that are calls of layers or operations: no inputs, and no borders of nested models."""
    borders = border_names(graph)
    return [node for node in graph.nodes if node.kind is not Kind.INPUT and node.id not in borders]


def tally(graph: Graph) -> tuple[str, ...]:
    """Say how many layers the model has, each once however often it is called, and operations such as `x + y`."""
    found = calls(graph)
    layers = [node for node in found if node.is_layer]
    words = [counted(len({_layer(node) for node in layers}), "layer")] if layers or not found else []
    if len(layers) < len(found):
        words.append(counted(len(found) - len(layers), "operation"))
    return tuple(words)


def _layer(node: Node) -> tuple[str, ...]:
    """Return what all calls of one layer have in common, at whatever depth: its weights, or where none, its owner."""
    return tuple([weight.key for weight in node.weights or ()]) or (node.owner,)


def counted(count: int, word: str) -> str:
    """Write a number of things: `1 layer`, `2 layers`."""
    return f"{count} {word}{'' if count == 1 else 's'}"
