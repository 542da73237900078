"""What the ids of a Graph stand for, passed on from step to step while it is made smaller."""

from collections.abc import Iterator, Mapping
from functools import cached_property
from types import MappingProxyType

from cutaway.graph import Graph, Output


def output_line(output: Output) -> str:
    """Return the id of the line that leads to the mark of an output; it may account for hidden nodes too."""
    return f"{output.node}:{output.port}->{output.name}"


class Accounts:
    """Composes what the ids after each of several steps stand for, in terms of the graph before the first."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._is_first = True
        self._lines = [output_line(output) for output in graph.outputs]
        self._found: dict[str, dict[str, None]] = {}

    def copy(self) -> "Accounts":
        """Return accounts that go on from here, whatever these are passed on to."""
        other = Accounts.__new__(Accounts)
        vars(other).update(vars(self))  # what is found is never changed, but replaced
        return other

    def pass_on(self, step: Mapping[str, tuple[str, ...]], graph: Graph) -> None:
        """Take in what the ids of `graph`, which a step has made, stand for, by ids before that step."""
        lines = [output_line(output) for output in graph.outputs]
        if not step and lines == self._lines:
            return
        before = self._found
        if self._is_first:
            self._found = {key: dict.fromkeys(ids) for key, ids in step.items()}
            self._is_first = False
        else:
            self._found = self._after(step)
        for old, new in zip(self._lines, lines, strict=True):
            if old != new:
                self._found.setdefault(new, {}).update(before.get(old, {}))
        self._lines = lines

    def _after(self, step: Mapping[str, tuple[str, ...]]) -> dict[str, dict[str, None]]:
        """Return what ids stand for after one more step."""
        before = self._found
        found = {key: dict(ids) for key, ids in before.items()}
        for key, ids in step.items():
            told = found.setdefault(key, {})
            for each in ids:
                if each in self._old:
                    told[each] = None
                if each in before:
                    told.update(before[each])
        return found

    @cached_property
    def _old(self) -> set[str]:
        return set(_ids(self._graph))

    def of(self, graph: Graph) -> Mapping[str, tuple[str, ...]]:
        """Return what the ids of a graph stand for, besides themselves; it is the one that the last step has made."""
        drawn = (*_ids(graph), *dict.fromkeys(self._lines))
        return MappingProxyType({each: tuple(self._found[each]) for each in drawn if self._found.get(each)})


def _ids(graph: Graph) -> Iterator[str]:
    for node in graph.nodes:
        yield node.id
    for edge in graph.edges:
        yield edge.id
    for scope in graph.scopes:
        yield scope.id
