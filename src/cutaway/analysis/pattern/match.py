"""Where a pattern is found in a Graph: a machine that tries ways in turn, and never the same dead end twice."""

from collections.abc import Collection, Iterator, Mapping

from cutaway.analysis.pattern.grammar import read
from cutaway.analysis.pattern.program import Branch, Either, Fork, Join, Program, Take
from cutaway.analysis.pattern.state import Frame, State, Taken, ended, forked, holds, listed, moved
from cutaway.analysis.select.terms import Context, context
from cutaway.analysis.traverse import ordered
from cutaway.errors import InputError
from cutaway.graph import Edge, Graph, Node, PortRef
from cutaway.record import Record, field

_MOST_STEPS = 200_000
"""Steps from one node on; only branches that fit in many orders take more than a few thousand."""


def matches(graph: Graph, pattern: str, taken: Collection[str] = ()) -> tuple[tuple[str, ...], ...]:
    """Return where a pattern is found: tuples of the ids of nodes, in the order of the pattern, no node in two of them.

    A match is closed: what enters it enters its first node, or is the one tensor that its first branches share, and
    only its last node feeds anything outside or is an output of the model. Matches come in the order of the data flow,
    each as long as its repetitions allow, and without nodes that are `taken`. Raises InputError for what is no pattern.
    """
    return tuple(_Search(graph, pattern, taken).found())


class _Flows(Record):
    """What feeds what in a graph, by the ids of nodes."""

    into: Mapping[str, list[Edge]] = field(default_factory=dict)
    out_of: Mapping[str, list[Edge]] = field(default_factory=dict)
    sources: Mapping[str, frozenset[str]] = field(default_factory=dict)


class _Search:
    """A pattern while it is looked for in a graph."""

    def __init__(self, graph: Graph, pattern: str, taken: Collection[str]) -> None:
        self.pattern = pattern
        self.program: Program = read(pattern)
        self.nodes: Mapping[str, Node] = {node.id: node for node in graph.nodes}
        self.order = ordered(graph)
        self.known: Context = context(graph)
        self.results = {output.node for output in graph.outputs}
        into: dict[str, list[Edge]] = {node: [] for node in self.nodes}
        out_of: dict[str, list[Edge]] = {node: [] for node in self.nodes}
        for edge in graph.edges:
            into[edge.target].append(edge)
            out_of[edge.source].append(edge)
        sources = {node: frozenset([edge.source for edge in edges]) for node, edges in into.items()}
        self.flows = _Flows(into=into, out_of=out_of, sources=sources)
        self.used: set[str] = set(taken)
        self.dead: set[tuple[int, tuple[str, ...], PortRef | None]] = set()

    def found(self) -> Iterator[tuple[str, ...]]:
        """Give all matches."""
        for start in self.order:
            if start not in self.used:
                match = self._from(start)
                if match:
                    self.used.update(match)
                    yield match

    def _from(self, start: str) -> tuple[str, ...]:
        """Return the match whose first node is `start`, or one of whose first branches begins there; () for none."""
        stack, steps = [State()], 0
        while stack:
            steps += 1
            if steps > _MOST_STEPS:
                raise InputError(
                    f"cannot look for {self.pattern!r}: too many orders of its branches fit at {start!r}; give the"
                    " branches attributes that tell them apart"
                )
            state = stack.pop()
            if state.frame is None and state.taken is not None:
                key = state.next, state.front, state.outer if len(state.front) > 1 else None
                if key in self.dead:
                    continue
                self.dead.add(key)
            if state.next == len(self.program):
                match = listed(state.taken)
                if match and self._is_closed(match, state.outer):
                    return match
                continue
            stack.extend(reversed(list(self._steps(state, start))))
        return ()

    def _steps(self, state: State, start: str) -> Iterator[State]:
        """Give the states that may follow, the preferred one first."""
        match self.program[state.next]:
            case Either(first, second):
                yield moved(state, next=first)
                if second != first:
                    yield moved(state, next=second)
            case Take(test):
                for node in [start] if not state.front else self._following(state):
                    if node not in self.used and test(self.nodes[node], self.known):
                        yield moved(state, front=(node,), taken=Taken(node=node, before=state.taken))
            case Fork():
                yield from self._forked(state, start)
            case Branch():
                frame = ended(state)
                yield moved(state, front=(frame.begin,), frame=frame)
            case Join():
                frame = ended(state)
                if self._is_spent(frame, state):
                    yield moved(state, front=frame.ends, frame=frame.around, since=frame.taken)

    def _forked(self, state: State, start: str) -> Iterator[State]:
        """Give the states at the beginning of branches; a match that begins with them shares a tensor from before."""
        if len(state.front) == 1:
            yield forked(state)
        elif not state.front:
            for outer in dict.fromkeys([PortRef(edge.source, edge.source_port) for edge in self.flows.into[start]]):
                yield forked(moved(state, next=state.next, front=(outer.node,), outer=outer))

    def _following(self, state: State) -> list[str]:
        """Return the nodes that all the places reached feed and nothing else does, and that are all these feed."""
        reached = set(state.front)
        targets = dict.fromkeys([edge.target for edge in self.flows.out_of[state.front[0]]])
        return [
            target
            for target in targets
            if self.flows.sources[target] == reached
            and not (state.frame and holds(state, target))
            and all(self._is_all(place, target, state) for place in reached)
        ]

    def _is_all(self, place: str, target: str, state: State) -> bool:
        """Tell whether a place feeds nothing but `target` and what is taken, where it is not free to feed more."""
        edges = self.flows.out_of[place]
        if state.outer is not None and place == state.outer.node:
            return all(edge.source_port == state.outer.port for edge in edges if edge.target == target)
        if state.frame is not None and place == state.frame.begin:
            return True
        if place in self.results:
            return False
        return all(edge.target == target or holds(state, edge.target) for edge in edges)

    def _is_spent(self, frame: Frame, state: State) -> bool:
        """Tell whether the place where branches begin feeds only them; others look further where it may feed more."""
        begin = frame.begin
        is_outer = state.outer is not None and begin == state.outer.node
        if is_outer or begin in frame.ends or (frame.around is not None and begin == frame.around.begin):
            return True
        return begin not in self.results and all(holds(state, edge.target) for edge in self.flows.out_of[begin])

    def _is_closed(self, match: tuple[str, ...], outer: PortRef | None) -> bool:
        """Tell whether a match has one entry and one exit, looking at every edge at its border."""
        members, last = set(match), match[-1]
        entering = [edge for node in match for edge in self.flows.into[node] if edge.source not in members]
        leaving = [node for node in match for edge in self.flows.out_of[node] if edge.target not in members]
        leaving += [node for node in match if node in self.results]
        one_entry = len({edge.target for edge in entering}) <= 1 or (
            outer is not None and {PortRef(edge.source, edge.source_port) for edge in entering} == {outer}
        )
        return one_entry and all(node == last for node in leaving) and len(members) == len(match)
