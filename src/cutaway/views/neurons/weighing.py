"""Weights as looks: the sign of each that is drawn, and how large it is among all that are."""

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING, Any, Final

from cutaway.errors import CutawayError, warn
from cutaway.graph import Node, Weight
from cutaway.record import Record

if TYPE_CHECKING:
    from cutaway.views.neurons.plan import Plan

LEVELS: Final = 4
"""How many widths lines have."""
_MOST: Final = 1 << 20
"""Values of a kernel that are read where nobody asks for weights."""

Numbers = dict[tuple[int, int], float]


class Weighed(Record):
    """What is known: the look of each line by its edge and the two neurons, and of each circle by its node and number.

    Looks go from the weakest to the strongest, each first positive, then negative. `most` and `most_bias` are the
    largest absolute values; `unread` tells that there are larger kernels that were not read.
    """

    shades: Mapping[str, Mapping[tuple[int, int], int]]
    biases: Mapping[str, Mapping[int, int]]
    most: float
    most_bias: float
    unread: bool = False


def weighed(plan: "Plan", store: Any, *, all_sizes: bool) -> Weighed | None:  # noqa: ANN401 - views.inside.Store
    """Return what the weights of drawn neurons are like, those of large layers only if `all_sizes` are asked for."""
    reading = _Reading(plan, store, all_sizes=all_sizes)
    lines, biases = reading.lines(), reading.biases()
    most, most_bias = _largest(lines.values()), _largest(biases.values())
    biases = biases if most_bias else {}  # as of layers that have not been trained
    if not most and not biases:
        return None
    return Weighed(
        shades={key: {pair: look(value, most) for pair, value in each.items()} for key, each in lines.items()},
        biases={
            node: {pair[1]: look(value, most_bias) for pair, value in each.items()} for node, each in biases.items()
        },
        most=most,
        most_bias=most_bias,
        unread=reading.unread,
    )


def look(value: float, most: float) -> int:
    """Return the number of a look: twice the level, one more for a negative value."""
    level = min(LEVELS - 1, int(abs(value) / most * LEVELS)) if most else 0
    return 2 * level + (value < 0)


def _largest(rows: Any) -> float:  # noqa: ANN401 - the values of a dict
    return max((abs(value) for row in rows for value in row.values()), default=0.0)


class _Reading:
    """The weights of a plan while they are read; what cannot be read is warned of once."""

    def __init__(self, plan: "Plan", store: Any, *, all_sizes: bool) -> None:  # noqa: ANN401
        self._plan = plan
        self._store = store
        self._all = all_sizes
        self._nodes = {node.id: node for node in plan.graph.nodes}
        self._failed = False
        self.unread = False

    def lines(self) -> dict[str, Numbers]:
        """Return the weights of the lines that can be drawn, by their edges."""
        found: dict[str, Numbers] = {}
        totals = self._plan.totals
        for key, joint in self._plan.joints.items():
            if joint.kind != "all":
                continue
            shape = totals[joint.source], totals[joint.target]
            kernel = self._read(self._nodes[joint.target], "kernel", shape)
            if kernel is not None:
                rows, columns = self._shown(joint.source), self._shown(joint.target)
                found[key] = {(row, column): _finite(kernel[row, column]) for row in rows for column in columns}
        return found

    def biases(self) -> dict[str, Numbers]:
        """Return the biases of the neurons that are drawn, by their nodes."""
        found: dict[str, Numbers] = {}
        for node, total in self._plan.totals.items():
            bias = self._read(self._nodes[node], "bias", (total,))
            if bias is not None:
                found[node] = {(0, number): _finite(bias[number]) for number in self._shown(node)}
        return found

    def _shown(self, node: str) -> list[int]:
        return [number for number in self._plan.shown(node) if number is not None]

    def _read(self, node: Node, name: str, shape: tuple[int, ...]) -> Any:  # noqa: ANN401 - an array, or None
        weight = next((each for each in _named(node, name) if each.shape == shape and each.key in self._store), None)
        if weight is None or self._failed:
            return None
        size = 1
        for length in shape:
            size *= length
        if size > _MOST and not self._all:
            self.unread = True
            return None
        try:
            return self._store[weight.key]
        except CutawayError as error:
            self._failed = True
            warn(f"lines are drawn without weights: {error}")
            return None


def _named(node: Node, name: str) -> Iterator[Weight]:
    """Give what may be the kernel or the bias of a dense layer: by name, or by place where names are not known."""
    own = [weight for weight in node.weights or () if weight.key.startswith(f"{node.owner}/")]
    for place, weight in enumerate(own):
        last = weight.key.rpartition("/")[2]
        if last == name or (last.isdecimal() and place == ("kernel", "bias").index(name)):
            yield weight


def _finite(value: Any) -> float:  # noqa: ANN401 - of an array
    number = float(value)
    return number if number == number and abs(number) != float("inf") else 0.0  # noqa: PLR0124 - no NaN
