"""What is in a wrapper, as layers of their own: that of a TimeDistributed, both directions of a Bidirectional."""

from collections.abc import Mapping, Sequence

from cutaway.analysis.formulas.wrapper import ways
from cutaway.graph import Edge, Kind, Node, Port, PortRef, Tensor, Value, Weight
from cutaway.record import Record, replace
from cutaway.sources.kinds import layer_kind

Held = tuple[str, Mapping[str, Value]]
"""The class of a layer, and its configuration."""

_MERGES: Mapping[Value, str] = {"concat": "Concatenate", "sum": "Add", "mul": "Multiply", "ave": "Average"}


class Inside(Record):
    """What is in a wrapper: where each of its inputs goes, and where its outputs come from."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    entries: tuple[tuple[PortRef, ...], ...]
    exits: tuple[PortRef, ...]


def inside(node: Node) -> Inside | None:
    """Return what is in a node; None where it is none of these wrappers."""
    held = _held(node, "layer")
    if held is None or node.custom or not node.inputs or not node.outputs:
        return None
    if node.op == "Bidirectional":
        return _both_ways(node, held)
    return _each_step(node, held) if node.op == "TimeDistributed" else None


def _held(node: Node, key: str) -> Held | None:
    held = node.attributes.get(key)
    if not isinstance(held, Mapping):
        return None
    op, config = held.get("class_name"), held.get("config")
    return (op, config) if isinstance(op, str) and isinstance(config, Mapping) else None


def _layer(node: Node, held: Held, given: Sequence[Port], made: Sequence[Tensor], name: str = "") -> Node:
    """Return a layer in a wrapper, with its own name unless another is given."""
    op, config = held
    name = name or str(config.get("name") or op.lower())
    attributes = {key: value for key, value in config.items() if key != "name"}
    return Node(
        id=f"{node.id}/{name}",
        name=name,
        op=op,
        kind=layer_kind(op, attributes),
        inputs=tuple(given),
        outputs=tuple([Port(name=f"output {place}", tensor=tensor) for place, tensor in enumerate(made)]),
        attributes=attributes,
        weights=_own(name, node.weights),
        trainable=node.trainable,
        scope=node.id,
        layer=None if node.layer is None else f"{node.layer}/{name}",
    )


def _each_step(node: Node, held: Held) -> Inside | None:
    """Open a TimeDistributed as readers open one of a model: with borders, where the time axis goes and returns."""
    if len(node.outputs) != 1:
        return None
    places = [place for place, port in enumerate(node.inputs) if not _is_named(port, "mask")]  # those are for it alone
    around = Node(id=node.id, name=node.name, op="TimeDistributed", weights=(), scope=node.id)
    firsts = {place: _each(around, node.inputs[place], f"{place + 1}" if place else "") for place in places}
    given = [first.outputs[0] for first in firsts.values()]
    inner = _layer(node, held, given, [_without_time(node.outputs[0].tensor)])
    last = replace(around, id=f"{node.id}#all", inputs=inner.outputs, outputs=node.outputs)
    edges = [Edge(source=each.id, target=inner.id, target_port=to) for to, each in enumerate(firsts.values())]
    return Inside(
        nodes=(*firsts.values(), inner, last),
        edges=(*edges, Edge(source=inner.id, target=last.id)),
        entries=tuple([(PortRef(firsts[at].id, 0),) if at in firsts else () for at in range(len(node.inputs))]),
        exits=(PortRef(last.id, 0),),
    )


def _each(around: Node, given: Port, number: str) -> Node:
    """Return where the time axis of an input goes."""
    left = replace(given, tensor=_without_time(given.tensor))
    return replace(around, id=f"{around.id}#each{number}", op="InputLayer", inputs=(given,), outputs=(left,))


def _is_named(port: Port, *names: str) -> bool:
    """Tell whether a port has one of these names, perhaps with a number."""
    return port.name.partition(" ")[0] in names


def _without_time(tensor: Tensor) -> Tensor:
    shape = tensor.shape
    return tensor if shape is None or len(shape) < 2 else replace(tensor, shape=(shape[0], *shape[2:]))


def _both_ways(node: Node, held: Held) -> Inside | None:
    """Open a Bidirectional: a layer each way, and what merges their outputs; None where these do not tell how."""
    mode = node.attributes.get("merge_mode", "concat")
    results = 2 if mode is None else 1
    if len(node.outputs) < results or not (mode is None or mode in _MERGES):
        return None
    states = [port.tensor for port in node.outputs[results:]]  # of which a file tells those that are used, and before
    half = _states(held)
    made = [_halved(port.tensor) if mode == "concat" else port.tensor for port in node.outputs[:results]]
    names = ways(node.attributes["layer"], node.attributes.get("backward_layer"))
    back = _held(node, "backward_layer") or _turned(held)
    taken = _taken(node.inputs)
    forward, backward = [[node.inputs[place] for place in each] for each in taken]
    both = [
        _layer(node, held, forward, [made[0], *states[:half]], names[0]),
        _layer(node, back, backward, [made[-1], *states[half:]], names[1]),
    ]
    entries = [
        tuple([PortRef(way.id, each.index(place)) for way, each in zip(both, taken, strict=True) if place in each])
        for place in range(len(node.inputs))
    ]
    ends = [PortRef(both[place >= half].id, 1 + place % max(half, 1)) for place in range(len(states))]
    if mode is None:
        exits = (*[PortRef(each.id, 0) for each in both], *ends)
        return Inside(nodes=tuple(both), edges=(), entries=tuple(entries), exits=exits)
    merge = _merge(node, _MERGES[mode], made[0])
    edges = [Edge(source=each.id, target=merge.id, target_port=place) for place, each in enumerate(both)]
    exits = (PortRef(merge.id, 0), *ends)
    return Inside(nodes=(*both, merge), edges=tuple(edges), entries=tuple(entries), exits=exits)


def _taken(inputs: Sequence[Port]) -> tuple[list[int], list[int]]:
    """Return the places of the inputs that each way is given: its half of the initial states, all else is for both."""
    common = [place for place, port in enumerate(inputs) if _is_named(port, "mask", "constants")]
    states = [place for place in range(1, len(inputs)) if place not in common]
    half = len(states) // 2
    return [0, *states[:half], *common], [0, *states[half:], *common]


def _states(held: Held) -> int:
    """Return how many states a layer gives."""
    op, config = held
    return (2 if "LSTM" in op else 1) if config.get("return_state") else 0


def _merge(node: Node, op: str, given: Tensor) -> Node:
    """Return what a Bidirectional does with what both ways give: no layer, and without a name."""
    return Node(
        id=f"{node.id}/{op.lower()}",
        name="",
        op=op,
        kind=Kind.MERGE,
        inputs=(Port(name="forward", tensor=given), Port(name="backward", tensor=given)),
        outputs=node.outputs[:1],
        weights=(),
        scope=node.id,
        is_layer=False,
    )


def _halved(tensor: Tensor) -> Tensor:
    """Return a tensor of half of the features."""
    shape = tensor.shape
    if not shape:
        return tensor
    return replace(tensor, shape=(*shape[:-1], shape[-1] // 2 if isinstance(shape[-1], int) else None))


def _turned(held: Held) -> Held:
    """Return the other direction of a layer, as Keras makes it where none is given."""
    op, config = held
    return op, {**config, "go_backwards": not config.get("go_backwards")}


def _own(name: str, weights: tuple[Weight, ...] | None) -> tuple[Weight, ...] | None:
    """Return those weights of a wrapper that belong to a layer in it, by their keys; None where these do not tell."""
    if not weights:
        return weights
    return tuple([weight for weight in weights if name in weight.key.split("/")]) or None
