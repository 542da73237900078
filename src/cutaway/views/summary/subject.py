"""What the cells of a summary ask of a model; each part is worked out when the first column needs it."""

from collections.abc import Mapping
from functools import cached_property

from cutaway.analysis.measures import Amount, Measured, Measures
from cutaway.graph import Graph, Node
from cutaway.typed import TYPE_CHECKING
from cutaway.views.summary.flows import Flows
from cutaway.views.summary.sharing import shared
from cutaway.views.summary.shown import Shown
from cutaway.views.summary.tree import Entry, tree

if TYPE_CHECKING:
    from cutaway.analysis.rules import Given
    from cutaway.views.inside import Inside, Store


class Subject:
    """A model whose shapes and weights are complete, and the rows that its summary has: those of what is `shown`."""

    def __init__(
        self,
        graph: Graph,
        depth: int | None,
        rules: "Given | None" = None,
        store: "Store | None" = None,
        shown: Shown | None = None,
    ) -> None:
        self.graph = graph
        self.shown = shown or Shown(graph)
        self.tree = tree(self.shown.graph, depth)
        self.measures = Measures(graph, rules)
        self._whole = self.tree if depth is None else None
        self._store = store
        self._measured: dict[str, Measured] = {}

    def amount(self, name: str, entry: Entry) -> Amount:
        """Return one measure of all that a row stands for."""
        measured = self.measured(name)
        return measured.total(self.shown.nodes(entry.id)) if self.shown.is_reduced else measured[entry.id]

    def measured(self, name: str) -> Measured:
        """Return one measure of all nodes and scopes, by its name in MEASURES."""
        if name not in self._measured:
            self._measured[name] = self.measures[name]
        return self._measured[name]

    @cached_property
    def is_open(self) -> bool:
        """Whether an input has sizes, besides the batch, that are not numbers."""
        nodes = {node.id: node for node in self.graph.nodes}
        shapes = [port.tensor.shape for key in self.graph.inputs for port in nodes[key].outputs]
        return any(shape is None or not all(isinstance(dim, int) for dim in shape[1:]) for shape in shapes)

    @cached_property
    def flows(self) -> Flows:
        """Where the inputs of each row come from."""
        return Flows(self.shown.graph, self.tree)

    @cached_property
    def shared(self) -> Mapping[str, str]:
        """The rows whose weights an earlier one has, with the id of that."""
        weights = [weight.key for node in self.shown.graph.nodes for weight in node.weights or ()]
        if len(weights) == len(set(weights)):
            return {}
        graph = self.shown.graph
        found = shared(graph, self._whole or tree(graph, None))
        return {item: self.tree.visible(first) for item, first in found.items() if item not in self.tree.hidden}

    @cached_property
    def insides(self) -> "Mapping[str, Inside]":
        """What is inside each node."""
        from cutaway.views.inside import insides

        return insides(self.graph, self._store)

    @cached_property
    def odd(self) -> Mapping[str, int]:
        """How many values of a layer's weights are infinite or not a number, where any are known to be."""
        found: dict[str, int] = {}
        met = set()
        for inside in self.insides.values():
            for held in inside.weights or ():
                if held.values is not None and held.values.odd and held.weight.key not in met:
                    met.add(held.weight.key)
                    found[inside.node] = found.get(inside.node, 0) + held.values.odd
        return found

    def nodes(self, entry: Entry) -> tuple[Node, ...]:
        """Return the nodes that a row stands for."""
        return tuple([self._nodes[node] for node in self.shown.nodes(entry.id)])

    @cached_property
    def _nodes(self) -> Mapping[str, Node]:
        return {node.id: node for node in self.graph.nodes}
