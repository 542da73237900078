"""A graph in JSON, as `outputs/graph_json.py` writes it, back to the Graph; `schema/graph.schema.json` documents it.

Every value is checked, and errors tell the place of the first fault. Values of attributes may be nested deeply: nothing
here is recursive.
"""

import math
from collections.abc import Callable, Iterator, Mapping
from types import MappingProxyType

from cutaway.analysis.check import check
from cutaway.errors import InputError, UnsupportedError
from cutaway.graph import Edge, Graph, Kind, Node, Output, Port, PortRef, Scope, ScopePort, Tensor, Value, Weight
from cutaway.schema import FORMAT, NUMBER, OBJECT, VERSION
from cutaway.sources.configs.serialized import Config, shown
from cutaway.typed import Any

_NUMBERS = {"NaN": math.nan, "Infinity": math.inf, "-Infinity": -math.inf}
_KINDS = {kind.value: kind for kind in Kind}
_SCALARS = frozenset({bool, int, float, str, type(None)})
_TOLD = 3
"""How many broken promises an error tells; a damaged file may break thousands."""


def graph_of(config: Config, where: str) -> Graph:
    """Return the graph in the JSON of one.

    Raises InputError, with the place of the fault, for one that is damaged or contradicts itself, UnsupportedError for
    a form that a later cutaway wrote.
    """
    version = config.get("version")
    if isinstance(version, int) and version > VERSION:
        raise UnsupportedError(
            f"cannot read {where}: it holds a graph in version {version} of the form, and this cutaway reads version"
            f" {VERSION}; use a newer cutaway"
        )
    cursor = _Cursor()
    try:
        held = cursor.fields(config, _GRAPH)
    except _FaultError as fault:
        raise InputError(f"cannot read {where}: it holds a graph in which {cursor.place()} {fault}") from None
    del held["format"], held["version"]
    graph = Graph(**held)
    faults = (*check(graph), *_lost_layers(graph))
    if faults:
        more = f"; and {len(faults) - _TOLD} more faults" if len(faults) > _TOLD else ""
        raise InputError(f"cannot read {where}: it holds a graph that is not whole: {'; '.join(faults[:_TOLD])}{more}")
    return graph


def _lost_layers(graph: Graph) -> Iterator[str]:
    known = {node.id for node in graph.nodes}
    for node in graph.nodes:
        if node.layer is not None and node.layer not in known:
            yield f"node {node.id!r} is a call of the layer of {node.layer!r}, which does not exist"


class _FaultError(Exception):
    """Say what is wrong with the value at the cursor's place."""


class _Cursor:
    """Where in the JSON a reader is."""

    def __init__(self) -> None:
        self.path: list[str | int] = []

    def fields(self, value: object, readers: "Readers") -> dict[str, Any]:
        """Read an object that has these keys and no others."""
        if not isinstance(value, dict):
            raise _wrong(value, "an object")
        odd = next((key for key in value if key not in readers), None)
        if odd is not None:
            raise _FaultError(f"has {shown(odd)}, and knows only {', '.join(readers)}")
        made = {}
        for key, read in readers.items():
            if key not in value:
                raise _FaultError(f"has no {key!r}")
            self.path.append(key)
            made[key] = read(self, value[key])
            self.path.pop()
        return made

    def items(self, value: object, read: "Reader") -> tuple[Any, ...]:
        """Read a list of things that are all alike."""
        if not isinstance(value, list):
            raise _wrong(value, "a list")
        made = []
        for place, item in enumerate(value):
            self.path.append(place)
            made.append(read(self, item))
            self.path.pop()
        return tuple(made)

    def place(self) -> str:
        """Return how an error calls the place, such as `nodes[3].inputs[0].shape`."""
        named = "".join(f"[{key}]" if isinstance(key, int) else f".{key}" for key in self.path)
        return named.removeprefix(".") or "the whole"


Reader = Callable[[_Cursor, object], Any]
Readers = Mapping[str, Reader]


def _wrong(value: object, wanted: str) -> _FaultError:
    return _FaultError(f"is {shown(value)}, not {wanted}")


def _only(*kinds: type, wanted: str) -> Reader:
    """Return a reader of values of exactly these types; a bool is no number."""

    def read(_: _Cursor, value: object) -> object:
        if type(value) not in kinds:
            raise _wrong(value, wanted)
        return value

    return read


def _place(_: _Cursor, value: object) -> int:
    if type(value) is not int or value < 0:
        raise _wrong(value, "the place of a port: 0, 1, ...")
    return value


def _one_of(*allowed: object) -> Reader:
    def read(_: _Cursor, value: object) -> object:
        if value not in allowed or type(value) is bool:
            raise _wrong(value, " or ".join(map(repr, allowed)))
        return value

    return read


def _kind(_: _Cursor, value: object) -> Kind:
    if not isinstance(value, str) or value not in _KINDS:
        raise _wrong(value, f"one of {', '.join(_KINDS)}")
    return _KINDS[value]


def _shape(cursor: _Cursor, value: object) -> tuple[Any, ...] | None:
    return None if value is None else cursor.items(value, _DIM)


def _attributes(_: _Cursor, value: object) -> Mapping[str, Value]:
    """Read the attributes of a node or a scope: mappings of mappings and tuples, first opened, then closed again."""
    whole: list[Any] = [value]
    opened: list[tuple[Any, Any]] = []
    rest: list[tuple[Any, Any]] = [(whole, 0)]
    while rest:
        holder, key = rest.pop()
        item = holder[key]
        if isinstance(item, (dict, list)):
            item = holder[key] = _meant(item) if isinstance(item, dict) else list(item)
        if isinstance(item, (dict, list)):
            opened.append((holder, key))
            rest += [(item, each) for each in (item if isinstance(item, dict) else range(len(item)))]
        elif type(item) not in _SCALARS:
            raise _wrong(item, "a plain value")
    for holder, key in reversed(opened):
        item = holder[key]
        holder[key] = MappingProxyType(item) if isinstance(item, dict) else tuple(item)
    if not isinstance(whole[0], Mapping):
        raise _wrong(value, "an object")
    return whole[0]


def _meant(held: dict[str, Any]) -> dict[str, Any] | float:
    """Return what an object stands for: a number that JSON lacks, the object in it, or a copy of itself."""
    if held.keys() == {NUMBER}:
        name = held[NUMBER]
        if not isinstance(name, str) or name not in _NUMBERS:
            raise _wrong(held, f"{{'{NUMBER}': …}} of {', '.join(_NUMBERS)}")
        return _NUMBERS[name]
    if held.keys() == {OBJECT}:
        held = held[OBJECT]
        if not isinstance(held, dict):
            raise _wrong(held, f"an object in {{'{OBJECT}': …}}")
    return dict(held)


def _list_of(make: Callable[..., Any], readers: Readers) -> Reader:
    def one(cursor: _Cursor, value: object) -> object:
        return make(**cursor.fields(value, readers))

    return lambda cursor, value: cursor.items(value, one)


def _with_tensor(make: Callable[..., Any]) -> Callable[..., Any]:
    """Return what makes a port of whose tensor the shape and the type stand beside the name."""

    def made(*, shape: tuple[Any, ...] | None, dtype: str | None, **others: Any) -> Any:  # noqa: ANN401
        return make(tensor=Tensor(shape=shape, dtype=dtype), **others)

    return made


_TEXT = _only(str, wanted="a text")
_TEXT_OR_NULL = _only(str, type(None), wanted="a text or null")
_BOOL = _only(bool, wanted="true or false")
_BOOL_OR_NULL = _only(bool, type(None), wanted="true, false or null")
_DIM = _only(int, str, type(None), wanted="a whole number, a text or null")
_TYPED: Readers = {"shape": _shape, "dtype": _TEXT_OR_NULL}
_PORT: Readers = {"name": _TEXT, **_TYPED}
_PORTS = _list_of(_with_tensor(Port), _PORT)
_ENDS = _list_of(PortRef, {"node": _TEXT, "port": _place})
_SCOPE_PORTS = _list_of(_with_tensor(ScopePort), {**_PORT, "ends": _ENDS})
_WEIGHTS = _list_of(Weight, {"key": _TEXT, **_TYPED, "trainable": _BOOL_OR_NULL})
_NODE: Readers = {
    "id": _TEXT,
    "name": _TEXT,
    "op": _TEXT,
    "kind": _kind,
    "inputs": _PORTS,
    "outputs": _PORTS,
    "attributes": _attributes,
    "weights": lambda cursor, value: None if value is None else _WEIGHTS(cursor, value),
    "trainable": _BOOL_OR_NULL,
    "scope": _TEXT_OR_NULL,
    "computes": _TEXT_OR_NULL,
    "layer": _TEXT_OR_NULL,
    "custom": _BOOL,
    "is_layer": _BOOL,
}
_SCOPE: Readers = {
    "id": _TEXT,
    "name": _TEXT,
    "op": _TEXT,
    "parent": _TEXT_OR_NULL,
    "inputs": _SCOPE_PORTS,
    "outputs": _SCOPE_PORTS,
    "attributes": _attributes,
}
_GRAPH: Readers = {
    "format": _one_of(FORMAT),
    "version": _one_of(VERSION),
    "name": _TEXT,
    "op": _TEXT,
    "inputs": lambda cursor, value: cursor.items(value, _TEXT),
    "outputs": _list_of(Output, {"name": _TEXT, "node": _TEXT, "port": _place}),
    "nodes": _list_of(Node, _NODE),
    "edges": _list_of(Edge, {"source": _TEXT, "target": _TEXT, "source_port": _place, "target_port": _place}),
    "scopes": _list_of(Scope, _SCOPE),
}
