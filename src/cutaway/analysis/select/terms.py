"""What a selector asks of one node: tests by name, operation, kind, scope and attribute."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from cutaway.errors import InputError, unknown
from cutaway.graph import Graph, Kind, Node, Value
from cutaway.record import Record


class Context(Record):
    """A graph while its nodes are tested: the ids and names of the scopes around each scope, itself included.

    `blocks` are the ids of the folded blocks that nodes are drawn in.
    """

    graph: Graph
    around: Mapping[str, tuple[str, ...]]
    blocks: Mapping[str, tuple[str, ...]] = MappingProxyType({})

    def scopes(self, node: Node) -> tuple[str, ...]:
        """Return the ids and names of the scopes that a node is in."""
        return self.around.get(node.scope, ()) if node.scope is not None else ()


Test = Callable[[Node, Context], bool]

_YES = frozenset({"yes", "true", "on"})
_NO = frozenset({"no", "false", "off"})


def context(graph: Graph, blocks: Mapping[str, tuple[str, ...]] = MappingProxyType({})) -> Context:
    """Return what tests know of a graph, and of its `blocks`."""
    scopes = {scope.id: scope for scope in graph.scopes}
    around: dict[str, tuple[str, ...]] = {}
    for scope in graph.scopes:
        found: dict[str, None] = {}
        each: str | None = scope.id
        while each is not None and each in scopes and each not in found:
            found[each] = None
            each = scopes[each].parent
        around[scope.id] = tuple([word for name in found for word in (name, scopes[name].name)])
    return Context(graph=graph, around=around, blocks=blocks)


def fits(pattern: str) -> Callable[[str], bool]:
    """Return whether a text fits a `pattern` in which `*` stands for any characters and `?` for one."""
    if not ("*" in pattern or "?" in pattern):
        return lambda text: text == pattern
    parts = [{"*": ".*", "?": "."}.get(part, re.escape(part)) for part in re.split(r"([*?])", pattern)]
    match = re.compile("".join(parts), re.DOTALL).fullmatch
    return lambda text: match(text) is not None


def anything(pattern: str) -> Test:
    """Test for an id, a name or an operation, or for what is in a scope of that id or name, or a block of that id.

    Wildcards do not look for blocks: what one box stands for depends on the place of the figure.
    """
    fit = fits(pattern)
    return lambda node, known: (
        any(map(fit, (node.id, node.name, node.op, node.operation, *known.scopes(node))))
        or pattern in known.blocks.get(node.id, ())
    )


def exactly(text: str) -> Test:
    """Test for an id, a name, an operation or a scope, without wildcards."""
    return lambda node, known: (
        text in (node.id, node.name, node.op, node.operation, *known.scopes(node), *known.blocks.get(node.id, ()))
    )


def operation(pattern: str) -> Test:
    """Test for an operation, by the class or by what its function computes."""
    fit = fits(pattern)
    return lambda node, _: fit(node.op) or fit(node.operation)


def name(pattern: str) -> Test:
    """Test for a layer's own name or a node's id."""
    fit = fits(pattern)
    return lambda node, _: fit(node.name) or fit(node.id)


def inside(pattern: str) -> Test:
    """Test for what is in a scope, or a block."""
    fit = fits(pattern)
    return lambda node, known: any(map(fit, known.scopes(node))) or pattern in known.blocks.get(node.id, ())


def kind(word: str) -> Test:
    """Test for a kind. Raises InputError where there is none of that word."""
    if word.lower() not in set(Kind):
        raise InputError(f"there is no kind {word!r}: {unknown(word, map(str, Kind))}")
    wanted = Kind(word.lower())
    return lambda node, _: node.kind is wanted


def expression(pattern: str) -> Test:
    """Test for a regular expression in the id or the name. Raises InputError for one that is none."""
    try:
        search = re.compile(pattern).search
    except re.error as error:
        raise InputError(f"/{pattern}/ is no regular expression: {error}") from None
    return lambda node, _: search(node.id) is not None or search(node.name) is not None


def attribute(key: str, wanted: object) -> Test:
    """Test for an attribute's value; `trainable` is asked of the node, texts may hold wildcards."""
    equal = _equal(wanted)

    def test(node: Node, _: Context) -> bool:
        if key == "trainable":
            return node.trainable is not None and equal(node.trainable)
        return key in node.attributes and equal(node.attributes[key])

    return test


TESTS: Mapping[str, Callable[[str], Test]] = {
    "op": operation,
    "name": name,
    "kind": kind,
    "in": inside,
}
"""The words before a colon."""


def _equal(wanted: object) -> Callable[[Value], bool]:
    if not isinstance(wanted, str):
        return lambda value: _same(value, tuple(wanted) if isinstance(wanted, list) else wanted)
    sizes, fit, word = _numbers(wanted), fits(wanted.lower()), wanted.lower()

    def equal(value: Value) -> bool:
        if isinstance(value, bool):
            return word in (_YES if value else _NO)
        if value is None:
            return word == "none"
        if isinstance(value, Mapping):
            value = value.get("class_name")
        if isinstance(value, str):
            return fit(value.lower())
        return sizes is not None and _same(value, sizes[0] if len(sizes) == 1 else sizes)

    return equal


def _same(value: Value, wanted: object) -> bool:
    """Tell whether two values are equal; one number stands for as many equal ones."""
    if isinstance(value, bool) or isinstance(wanted, bool):
        return value is wanted
    if isinstance(value, tuple) and isinstance(wanted, int | float):
        return bool(value) and all(item == wanted for item in value)
    return value == wanted


def _numbers(text: str) -> tuple[float, ...] | None:
    """Read `3`, `3x3`, `3×3`, `3,3` or `(3, 3)`; None for anything else."""
    try:
        return tuple([float(part) for part in re.split(r"[x×,]", text.strip("()[] ")) if part.strip()]) or None
    except ValueError:
        return None
