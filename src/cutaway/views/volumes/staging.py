"""Which stage each volume of a chain is in, what stages are called, and what borders of groupings take between them."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import pairwise

from cutaway.typed import TYPE_CHECKING
from cutaway.views.volumes.bracketing import Bracket
from cutaway.views.volumes.captions import ASIDE, THIN, Seen

if TYPE_CHECKING:
    from cutaway.views.preparing import Prepared
    from cutaway.views.volumes import Volumes


class Staging:
    """Tells the stages of chains.

    `names` are those of stages by node, `around` is the room of borders beside nodes, and `outputs` end the model.
    """

    def __init__(
        self,
        seen: Mapping[str, Seen],
        inputs: Collection[str],
        around: Mapping[str, tuple[float, float]],
        names: Mapping[str, str],
        outputs: Collection[str],
    ) -> None:
        self._seen, self._inputs, self._around, self._names = seen, inputs, around, names
        self._outputs = outputs
        self._none = (0.0, 0.0)

    def stages(self, nodes: Sequence[str]) -> dict[str, int]:
        """Return the numbers of the stages, by node, of nodes in the order of the flow.

        An input is one of its own, as is each layer that makes a vector, and the layer that makes what the model gives
        where that has other channels; borders of groupings part them too.
        """
        found: dict[str, int] = {}
        number, last, rim, given = 0, "", 0.0, self._given(nodes)
        for node in nodes:
            before, after = self._around.get(node, self._none)
            if last:
                number += max(rim, before) > 0.0 or last in self._inputs or node == given or self._begins(node, last)
            found[node], last, rim = number, node, after
        return found

    def _given(self, nodes: Sequence[str]) -> str | None:
        """Return the layer that makes what the model gives, if it changes the channels: the last that is not thin."""
        if nodes[-1] not in self._outputs:
            return None
        for node, before in zip(reversed(nodes), [*reversed(nodes[:-1])], strict=False):
            if self._seen[node].dims != self._seen[before].dims:
                return node
            if self._seen[node].node.kind not in THIN:
                return None
        return None

    def _begins(self, node: str, last: str) -> bool:
        """Tell whether a node behind another begins a stage."""
        seen = self._seen[node]
        if seen.stage != self._seen[last].stage or self._names.get(node) != self._names.get(last):
            return True
        return seen.axes.is_vector and seen.node.kind not in ASIDE

    def brackets(self, order: Sequence[str]) -> Iterator[Bracket]:
        """Yield the brackets below nodes from left to right."""
        first = 0
        for place, node in enumerate(order):
            name = self._names.get(node)
            if place + 1 == len(order) or self._names.get(order[place + 1]) != name:
                if name is not None:
                    yield Bracket(name=name, first=first, last=place)
                first = place + 1


def rims(view: "Volumes", prepared: "Prepared") -> dict[str, tuple[float, float]]:
    """Return the room that the borders of groupings need before and behind volumes."""
    found: dict[str, tuple[float, float]] = {}
    order = [node.id for node in prepared.reduction.graph.nodes]
    for grouping in view.groupings:
        wide, inside = grouping.padding + 2 * grouping.width, frozenset(grouping.members)
        for one, other in pairwise(order):
            if (one in inside) != (other in inside):
                before, after = found.get(one, (0.0, 0.0))
                found[one] = before, max(after, wide)
                before, after = found.get(other, (0.0, 0.0))
                found[other] = max(before, wide), after
    return found
