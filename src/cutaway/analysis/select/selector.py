"""A selector as a value, made of what a caller gives, and applied to a Graph."""

from collections.abc import Callable, Collection, Iterable, Mapping
from types import MappingProxyType

from cutaway.analysis.select.grammar import read
from cutaway.analysis.select.terms import TESTS, Context, Test, attribute, context
from cutaway.errors import InputError, warn
from cutaway.graph import Graph, Node
from cutaway.record import Record

_NONE: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class Selector(Record):
    """A function of a Graph that returns the ids of the nodes that are meant; `words` are how a sentence names it.

    One that is `general` is made for many models: nobody is told where it means nothing.
    """

    words: str
    test: Test
    general: bool = False

    def __call__(self, graph: Graph, blocks: Mapping[str, tuple[str, ...]] = _NONE) -> frozenset[str]:
        """Return the ids of the nodes that are meant, given the ids of the `blocks` that nodes are drawn in."""
        known = context(graph, blocks)
        return frozenset([node.id for node in graph.nodes if self.test(node, known)])


def selector(given: object) -> Selector:
    """Return the selector that a caller means. Raises InputError where it means none."""
    if isinstance(given, Selector):
        return given
    if isinstance(given, str):
        return Selector(words=given, test=read(given))
    if isinstance(given, Mapping):
        return Selector(words=", ".join(f"{key}={value}" for key, value in given.items()), test=_all_of(given))
    if isinstance(given, list | tuple | set | frozenset):
        return _any_of(given)
    if isinstance(given, type):
        return Selector(words=given.__name__, test=_of_class(given))
    own = getattr(given, "name", None)
    if isinstance(own, str) and hasattr(given, "get_config"):
        return Selector(words=own, test=_layer(type(given).__name__, own))
    if callable(given):
        return Selector(words=_called(given), test=_predicate(given))
    raise InputError(
        f"cannot select by a value of type {type(given).__name__!r}: give a text such as 'block1/*' or"
        " 'kind:convolution', a function of a node, a layer, a layer's class, or a list of them"
    )


def select(given: object, graph: Graph, option: str, blocks: Mapping[str, tuple[str, ...]] = _NONE) -> frozenset[str]:
    """Return the ids of the nodes that a caller means by an `option`, and warn where there are none."""
    if isinstance(given, list | tuple):
        return frozenset[str]().union(*(select(each, graph, option, blocks) for each in given))
    chosen = selector(given)
    found = chosen(graph, blocks)
    if not found and not chosen.general:
        told = [name for names in blocks.values() for name in names]
        warn(f"{option}={chosen.words!r} selects nothing in {graph.name!r}{_perhaps(chosen.words, graph, told)}")
    return found


def _perhaps(words: str, graph: Graph, blocks: Iterable[str]) -> str:
    """Say which names of a graph are near to words that none has, where any are."""
    from difflib import get_close_matches

    head, colon, tail = words.partition(":")
    word = tail if colon and head in TESTS else words
    if words in {str(node.kind) for node in graph.nodes}:
        return f"; did you mean 'kind:{words}'?"
    names = dict.fromkeys(
        [name for node in graph.nodes for name in (node.name, node.operation)]
        + [scope.name for scope in graph.scopes]
        + [key for node in graph.nodes for key in node.attributes]
        + [*blocks]
    )
    close = get_close_matches(word.partition("=")[0].strip("*?"), names, n=1)
    return f"; did you mean {close[0]!r}?" if close else ""


def _all_of(given: Mapping[object, object]) -> Test:
    tests = list[Test]()
    for key, value in given.items():
        if not isinstance(key, str):
            raise InputError(f"cannot select by {key!r}: the keys of a mapping are texts, such as 'kind' or 'filters'")
        tests.append(TESTS[key](str(value)) if key in TESTS else attribute(key, value))
    return lambda node, known: all(test(node, known) for test in tests)


def _any_of(given: Collection[object]) -> Selector:
    parts = [selector(each) for each in given]
    tests = [part.test for part in parts]
    return Selector(
        words=", ".join(_sorted([part.words for part in parts], given)),
        test=lambda node, known: any(test(node, known) for test in tests),
    )


def _sorted(words: list[str], given: object) -> Iterable[str]:
    return sorted(words) if isinstance(given, set | frozenset) else words


def _of_class(given: type) -> Test:
    """Test for a class or any that is derived from it: a node knows its class by name only."""
    names, waiting = set[str](), [given]
    while waiting:
        each = waiting.pop()
        names.add(each.__name__)
        waiting += type.__subclasses__(each)
    return lambda node, _: node.op in names or node.operation in names


def _layer(op: str, name: str) -> Test:
    return lambda node, _: node.name == name and node.op == op


def _called(given: Callable[..., object]) -> str:
    name = getattr(given, "__name__", type(given).__name__)
    return "a function" if name == "<lambda>" else str(name)


def _predicate(given: Callable[..., object]) -> Test:
    def test(node: Node, _: Context) -> bool:
        try:
            return bool(given(node))
        except Exception as error:
            raise InputError(
                f"cannot select with {_called(given)}: asked about the node {node.id!r} it raised"
                f" {type(error).__name__}: {error}"
            ) from error

    return test
