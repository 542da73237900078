"""What a layer of a user's own class holds, as far as a file tells: its layers, and nothing of how they hang together.

A configuration may hold those of layers, and a stored weight stands at a path of names, the last but one of which is
the layer that owns it.
"""

from collections.abc import Iterable, Iterator, Mapping

from cutaway.compat.keras.wrappers import Inside
from cutaway.graph import Node, PortRef, Value, Weight
from cutaway.record import replace
from cutaway.sources.kinds import LAYERS, layer_kind

_UNKNOWN = "Layer"
"""The class of a layer of which nothing tells the class."""
_ALL = "layers/"
"""The list of all its layers that a model keeps by itself."""

Stored = dict[str, list[Weight]]
"""Weights by the first name along their paths, with the list that it stands in if that is of all layers."""


def held_in(node: Node) -> Inside | None:
    """Return a layer with those beside it that it holds; None where nothing tells of any.

    What is never called itself is not there unless it has weights of its own.
    """
    if not is_own(node):
        return None
    own, stored = _apart(node)
    told = dict(_configured(node.attributes))
    if not stored and not told:
        return None
    beside = [_layer(node, attribute, config, stored) for attribute, config in told.items()]
    beside += [_part(node, name, weights) for name, weights in stored.items()]
    nodes = tuple(_told_apart(beside))
    if node.inputs or node.outputs or own:
        nodes = (_itself(node, own, told), *nodes)
    ports = [PortRef(node=nodes[0].id, port=place) for place in range(max(len(node.inputs), len(node.outputs)))]
    return Inside(
        nodes=nodes,
        edges=(),
        entries=tuple([(port,) for port in ports[: len(node.inputs)]]),
        exits=tuple(ports[: len(node.outputs)]),
    )


def is_own(node: Node) -> bool:
    """Tell whether a layer is of a user's own class; HDF5 files say so only where that is registered."""
    return node.custom or node.op not in LAYERS


def _apart(node: Node) -> tuple[tuple[Weight, ...], Stored]:
    """Return the weights that are a layer's own, and those of what it holds."""
    own: list[Weight] = []
    stored: Stored = {}
    prefix = f"{node.owner}/"
    for weight in node.weights or ():
        path = weight.key.removeprefix(prefix)
        listed = _ALL if path.startswith(_ALL) else ""
        first, below, _ = path.removeprefix(listed).partition("/")
        if below and weight.key.startswith(prefix):
            stored.setdefault(listed + first, []).append(weight)
        else:
            own.append(weight)
    return tuple(own), stored


def _configured(attributes: Mapping[str, Value]) -> Iterator[tuple[str, Mapping[str, Value]]]:
    """Yield the layers that a configuration tells of, by the attributes that they stand in.

    What is of a user's own class may be a loss or a policy as well: that it is a layer would be a guess.
    """
    for attribute, value in attributes.items():
        several = isinstance(value, tuple)
        for place, each in enumerate(value if isinstance(value, tuple) else (value,)):
            config = each.get("config") if isinstance(each, Mapping) else None
            if isinstance(each, Mapping) and isinstance(config, Mapping) and _is_layer(each):
                yield f"{attribute}/{place}" if several else attribute, each


def _is_layer(told: Mapping[str, Value]) -> bool:
    op = told.get("class_name")
    return op in LAYERS and op != "InputLayer" and not told.get("custom")


def _told_apart(nodes: Iterable[Node]) -> Iterator[Node]:
    """Yield layers, and give those a number in their ids that are called as one before."""
    counts: dict[str, int] = {}
    for node in nodes:
        count = counts[node.id] = counts.get(node.id, 0) + 1
        layer = node.layer and f"{node.layer}#{count}"
        yield node if count == 1 else replace(node, id=f"{node.id}#{count}", layer=layer)


def _itself(node: Node, own: tuple[Weight, ...], told: Mapping[str, object]) -> Node:
    """Return a layer within itself, which holds nothing there."""
    names = {attribute.partition("/")[0] for attribute in told}
    return replace(
        node,
        id=f"{node.id}#itself",
        attributes={key: value for key, value in node.attributes.items() if key not in names},
        weights=node.weights and own,
        scope=node.id,
        layer=node.owner,
    )


def _layer(node: Node, attribute: str, told: Mapping[str, Value], stored: Stored) -> Node:
    """Return a layer of which the configuration tells, with its weights, which it takes from those that are stored."""
    config = told["config"]
    attributes = {key: value for key, value in config.items() if key != "name"} if isinstance(config, Mapping) else {}
    name = str(config.get("name") or attribute) if isinstance(config, Mapping) else attribute
    found = next((each for each in (attribute, name) if each in stored), None)
    weights = None if found is None else stored.pop(found)
    made = _part(node, found or name, weights)
    op = str(told["class_name"])
    return replace(made, name=name, op=op, kind=layer_kind(op, attributes), attributes=attributes, custom=False)


def _part(node: Node, name: str, weights: list[Weight] | None) -> Node:
    """Return a layer of which only the weights are known; it may hold others itself."""
    return Node(
        id=f"{node.id}/{name}",
        name=name.removeprefix(_ALL),
        op=_UNKNOWN,
        weights=None if weights is None else tuple(weights),
        trainable=node.trainable,
        scope=node.id,
        layer=None if node.layer is None else f"{node.layer}/{name}",
        custom=True,
    )
