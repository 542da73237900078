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
        self._steps = 0
        self._lines = [output_line(output) for output in graph.outputs]
        self._found: dict[str, tuple[str, ...]] = {}

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
        self._found = self._after(step) if self._steps else dict(step)
        self._steps += 1
        for old, new in zip(self._lines, lines, strict=True):
            if old != new:
                self._steps += 1
                self._found[new] = tuple(dict.fromkeys((*self._found.get(new, ()), *before.get(old, ()))))
        self._lines = lines

    def _after(self, step: Mapping[str, tuple[str, ...]]) -> dict[str, tuple[str, ...]]:
        """Return what ids stand for after one more step."""
        before, old = self._found, self._old
        found = before.copy()
        for key, ids in step.items():
            told = dict.fromkeys(before.get(key, ()))
            for each in ids:
                if each in old:
                    told[each] = None
                if each in before:
                    told.update(dict.fromkeys(before[each]))
            found[key] = tuple(told)
        return found

    @cached_property
    def _old(self) -> set[str]:
        return set(_ids(self._graph))

    def of(self, graph: Graph) -> Mapping[str, tuple[str, ...]]:
        """Return what the ids of a graph stand for, besides themselves; it is the one that the last step has made."""
        found = self._found
        drawn = (*_ids(graph), *self._lines) if self._steps > 1 else found
        return MappingProxyType({each: found[each] for each in drawn if found.get(each)})


def _ids(graph: Graph) -> Iterator[str]:
    for node in graph.nodes:
        yield node.id
    for edge in graph.edges:
        yield edge.id
    for scope in graph.scopes:
        yield scope.id
