"""A Graph as JSON: all of it, as it was read, one line per node; `cutaway.read` gives back an equal one.

`schema/graph.schema.json` documents the form. Values of attributes may be nested as deep as one likes: nothing here is
recursive.
"""

import math
from collections.abc import Iterable, Mapping
from json.encoder import encode_basestring

from cutaway.errors import UnsupportedError
from cutaway.garbage import uncollected
from cutaway.graph import Edge, Graph, Node, Output, Port, Scope, ScopePort, Value, Weight
from cutaway.schema import FORMAT, NUMBER, OBJECT, VERSION
from cutaway.typed import Any

_PLAIN = {None: "null", True: "true", False: "false"}
_AMBIGUOUS = ({NUMBER}, {OBJECT})
"""The keys of objects that a reader would take for something else."""


@uncollected
def to_graph_json(graph: Graph) -> str:
    """Write a graph as JSON, one line per node, edge, scope and output.

    Raises UnsupportedError for a value of an attribute that is not plain.
    """
    text = "{\n" + ",\n".join(
        (
            f'"format": {_json(FORMAT)}',
            f'"version": {_json(VERSION)}',
            f'"name": {_json(graph.name)}',
            f'"op": {_json(graph.op)}',
            f'"inputs": {_json(graph.inputs)}',
            f'"outputs": {_lines(map(_output, graph.outputs))}',
            f'"nodes": {_lines(map(_node, graph.nodes))}',
            f'"edges": {_lines(map(_edge, graph.edges))}',
            f'"scopes": {_lines(map(_scope, graph.scopes))}',
        )
    )
    return f"{text}\n}}\n".encode("utf-8", "backslashreplace").decode()  # a lone surrogate is \udXXX in JSON, too


def _lines(items: Iterable[dict[str, Value]]) -> str:
    written = ",\n  ".join(map(_json, items))
    return f"[\n  {written}\n]" if written else "[]"


def _output(output: Output) -> dict[str, Value]:
    return {"name": output.name, "node": output.node, "port": output.port}


def _node(node: Node) -> dict[str, Value]:
    return {
        "id": node.id,
        "name": node.name,
        "op": node.op,
        "kind": node.kind.value,
        "inputs": tuple(map(_port, node.inputs)),
        "outputs": tuple(map(_port, node.outputs)),
        "attributes": node.attributes,
        "weights": None if node.weights is None else tuple(map(_weight, node.weights)),
        "trainable": node.trainable,
        "scope": node.scope,
        "computes": node.computes,
        "layer": node.layer,
        "custom": node.custom,
        "is_layer": node.is_layer,
    }


def _port(port: Port) -> dict[str, Value]:
    return {"name": port.name, "shape": port.tensor.shape, "dtype": port.tensor.dtype}


def _weight(weight: Weight) -> dict[str, Value]:
    return {"key": weight.key, "shape": weight.shape, "dtype": weight.dtype, "trainable": weight.trainable}


def _edge(edge: Edge) -> dict[str, Value]:
    return {
        "source": edge.source,
        "target": edge.target,
        "source_port": edge.source_port,
        "target_port": edge.target_port,
    }


def _scope(scope: Scope) -> dict[str, Value]:
    return {
        "id": scope.id,
        "name": scope.name,
        "op": scope.op,
        "parent": scope.parent,
        "inputs": tuple(map(_scope_port, scope.inputs)),
        "outputs": tuple(map(_scope_port, scope.outputs)),
        "attributes": scope.attributes,
    }


def _scope_port(port: ScopePort) -> dict[str, Value]:
    ends: tuple[Value, ...] = tuple([{"node": end.node, "port": end.port} for end in port.ends])
    return {"name": port.name, "shape": port.tensor.shape, "dtype": port.tensor.dtype, "ends": ends}


def _json(value: Value) -> str:
    """Write a plain value on one line."""
    pieces: list[str] = []
    rest: list[tuple[bool, Any]] = [(False, value)]  # whether this is JSON already; the next last
    while rest:
        is_written, item = rest.pop()
        if is_written:
            pieces.append(item)
        elif isinstance(item, Mapping):
            is_ambiguous = set(item) in _AMBIGUOUS
            parts = _entries(item)
            if is_ambiguous:
                parts = [(True, f'{{"{OBJECT}": '), *parts, (True, "}")]
            rest += reversed(parts)
        elif isinstance(item, (tuple, list)):
            rest += reversed(_items(item))
        else:
            pieces.append(_scalar(item))
    return "".join(pieces)


def _entries(held: Mapping[str, Value]) -> list[tuple[bool, Any]]:
    parts: list[tuple[bool, Any]] = [(True, "{")]
    for key, item in held.items():
        parts += [(True, f"{', ' if len(parts) > 1 else ''}{encode_basestring(key)}: "), (False, item)]
    return [*parts, (True, "}")]


def _items(held: tuple[Value, ...] | list[Value]) -> list[tuple[bool, Any]]:
    parts: list[tuple[bool, Any]] = [(True, "[")]
    for item in held:
        parts += [(True, ", "), (False, item)] if len(parts) > 1 else [(False, item)]
    return [*parts, (True, "]")]


def _scalar(value: object) -> str:
    if value is None or value is True or value is False:
        return _PLAIN[value]
    if isinstance(value, str):
        return encode_basestring(value)
    if isinstance(value, float):
        if math.isfinite(value):
            return float.__repr__(value)
        name = "NaN" if math.isnan(value) else "Infinity" if value > 0 else "-Infinity"
        return f'{{"{NUMBER}": "{name}"}}'
    if isinstance(value, int):
        try:
            return int.__repr__(value)
        except ValueError:  # Python writes, and reads, no whole number of more than some thousand digits
            raise UnsupportedError(
                f"cannot write the graph as JSON: a whole number in it has {value.bit_length()} bits, more than Python"
                " reads back"
            ) from None
    raise UnsupportedError(
        f"cannot write the graph as JSON: an attribute holds a {type(value).__name__}, which is no plain value"
        " (None, a bool, a number, a text, or a tuple or mapping of those)"
    )
