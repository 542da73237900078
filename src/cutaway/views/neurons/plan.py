"""What is drawn as neurons, and what is known of their weights: the same in every size and direction."""

from collections import Counter
from functools import cached_property

from cutaway.graph import Graph, Kind, Node
from cutaway.typed import TYPE_CHECKING
from cutaway.views.neurons.column import drawn_units
from cutaway.views.neurons.joints import Joint, joints
from cutaway.views.neurons.units import goes_on, is_dense, units_of, values_of, vector_of

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cutaway.views.neurons import Neurons
    from cutaway.views.neurons.inner import Pictured
    from cutaway.views.neurons.weighing import Weighed
    from cutaway.views.parts.picture import Picture
    from cutaway.views.preparing import Prepared

_WAYS = 8
"""So many columns are joined by straight lines with the neurons of one before them, at most."""


class Plan:
    """A prepared graph with its neurons; everything is found once, when it is needed."""

    def __init__(self, view: "Neurons", prepared: "Prepared") -> None:
        self.prepared = prepared
        self._view = view

    @property
    def graph(self) -> Graph:
        """What is drawn."""
        return self.prepared.reduction.graph

    @cached_property
    def totals(self) -> "Mapping[str, int]":
        """How many neurons the nodes have that are columns, by their ids."""
        reduction, graph = self.prepared.reduction, self.graph
        before = {edge.target: edge.source for edge in graph.edges}
        found: dict[str, int] = {}
        read = self._read()
        for node in graph.nodes:
            if node.id in reduction.blocks or node.id in reduction.marks:
                continue
            total = self._total(node) if node.id in read or node.kind is not Kind.INPUT else None
            if total is None and self._picked is None and before.get(node.id) in found and goes_on(node):
                total = vector_of(node.outputs[0].tensor)
            if total:
                found[node.id] = total
        return found

    def _read(self) -> frozenset[str]:
        """Return what is drawn as neurons even if it is an input: what layers of neurons read, or all if asked for."""
        graph = self.graph
        if self._view.inputs == "neurons":
            return frozenset(graph.inputs)
        nodes = {node.id: node for node in graph.nodes}
        return frozenset([edge.source for edge in graph.edges if self._total(nodes[edge.target])])

    @cached_property
    def joints(self) -> "Mapping[str, Joint]":
        """The edges that may be lines between neurons, by their ids.

        Lines that fan out to many columns would be ever steeper, and push these apart: they are arrows.
        """
        if self._view.connections == "none":
            return {}
        found = joints(self.graph, self.totals, gathers=self._view.gathers)
        ways = Counter(joint.source for joint in found.values() if joint.target in self.totals)
        if not self._view.words or max(ways.values(), default=0) <= _WAYS:
            return found
        return {key: joint for key, joint in found.items() if ways[joint.source] <= _WAYS}

    def limit(self, node: str) -> int | None:
        """Return how many circles a column has at most; None for as many as neurons."""
        given = self._view.own.get(node, {}).get("limit", self._limits.get(node, self._view.limit))
        return given or None

    def shown(self, node: str) -> tuple[int | None, ...]:
        """Return the numbers of the neurons of a column that are drawn, None for the dots."""
        return drawn_units(self.totals[node], self.limit(node))

    def numbers(self, node: str) -> tuple[int | None, ...]:
        """Return the numbers of the neurons that have lines; None alone for a box."""
        return tuple([each for each in self.shown(node) if each is not None]) if node in self.totals else (None,)

    @property
    def most(self) -> int:
        """How many lines are drawn for one edge at most."""
        return self._view.lines or 1 << 62

    @cached_property
    def weighed(self) -> "Weighed | None":
        """How lines and circles tell of weights; None where none are known."""
        view = self._view
        if view.store is None or view.weighted == "never":
            return None
        from cutaway.views.neurons.weighing import weighed

        return weighed(self, view.store, all_sizes=view.weighted == "always")

    @cached_property
    def curves(self) -> "Mapping[str, str]":
        """The functions whose curves lie in circles, by the ids of columns."""
        if not self._view.curves:
            return {}
        from cutaway.views.neurons.curves import curved

        merged = self.prepared.reduction.merged
        nodes = [node for node in self.graph.nodes if node.id in self.totals]
        return {node.id: name for node in nodes if (name := curved(node, tuple(merged.get(node.id, ()))))}

    @cached_property
    def pictures(self) -> "Mapping[str, Pictured]":
        """The pictures in circles, by the ids of their columns."""
        styling, given = self.prepared.styling, self.prepared.pictures
        styles = styling.styles if styling else {}
        return {
            node: self._pictured(node, each, styles[node].fit) for node, each in given.items() if node in self.totals
        }

    def _pictured(self, node: str, picture: "Picture", fit: str | None) -> "Pictured":
        from cutaway.views.neurons.inner import Pictured
        from cutaway.views.parts.picture import fit_named

        own = self._view.own.get(node, {})
        return Pictured(
            picture=picture,
            fit=fit_named(fit or "cover"),
            is_round=own.get("is_round", True),
            numbers=own.get("pictured"),
        )

    @cached_property
    def _limits(self) -> "Mapping[str, int]":
        styling = self.prepared.styling
        return {node: each.limit for node, each in styling.styles.items() if each.limit} if styling else {}

    @cached_property
    def _picked(self) -> frozenset[str] | None:
        if self._view.neurons is None:
            return None
        from cutaway.analysis.select import select

        return select(self._view.neurons, self.graph, "neurons")

    def _total(self, node: Node) -> int | None:
        inputs, picked = self._view.inputs, self._picked
        if node.kind is Kind.INPUT:
            if inputs == "tensors" or not node.outputs:
                return None
            tensor = node.outputs[0].tensor
            return values_of(tensor) if inputs == "neurons" else vector_of(tensor)
        if picked is None:
            return units_of(node) if is_dense(node) else None
        return units_of(node) if node.id in picked else None
