"""Weights as looks: the sign of each that is drawn, and how large it is among all that are."""

import re
from collections.abc import Mapping
from math import isfinite

from cutaway.errors import CutawayError, warn
from cutaway.graph import Node, Weight
from cutaway.record import Record
from cutaway.typed import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cutaway.views.neurons.plan import Plan

LEVELS = 4
"""How many widths lines have."""
_MOST = 1 << 20
"""Values of a kernel that are read where nobody asks for weights."""

_REAL = "fV"
"""Kinds of NumPy's types whose values are real numbers; the last is that of types it does not know, as bfloat16."""
_DENSE = re.compile(
    r"(?P<places>[a-zA-Z]*|\.{3})(?P<feature>[a-zA-Z]),(?P=feature)(?P<unit>[a-zA-Z])->(?P=places)(?P=unit)"
)

Pair = tuple[int, int]
Numbers = dict[Pair, float]


class Weighed(Record):
    """What is known: the look of each line by its edge and the two neurons, and of each circle by its node and number.

    Looks go from the weakest to the strongest, each first positive, then negative. `most` and `most_bias` are the
    largest absolute values; `unread` tells that there are larger kernels that were not read, `odd` that some lines have
    no look since their weights are no finite numbers.
    """

    shades: Mapping[str, Mapping[tuple[int, int], int]]
    biases: Mapping[str, Mapping[int, int]]
    most: float
    most_bias: float
    unread: bool = False
    odd: bool = False


def weighed(plan: "Plan", store: Any, *, all_sizes: bool) -> Weighed | None:  # noqa: ANN401 - views.inside.Store
    """Return what the weights of drawn neurons are like, those of large layers only if `all_sizes` are asked for."""
    reading = _Reading(plan, store, all_sizes=all_sizes)
    lines, biases = reading.lines(), reading.biases()
    most, most_bias = _largest(lines.values()), _largest(biases.values())
    biases = biases if most_bias else {}  # as of layers that have not been trained
    if not (most or biases or reading.unread or reading.odd):
        return None
    return Weighed(
        shades={key: {pair: look(value, most) for pair, value in each.items()} for key, each in lines.items()},
        biases={
            node: {pair[1]: look(value, most_bias) for pair, value in each.items()} for node, each in biases.items()
        },
        most=most,
        most_bias=most_bias,
        unread=reading.unread,
        odd=reading.odd,
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
        self.odd = False

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
                drawn = [(rows[row], columns[column]) for row, column in joint.pairs(rows, columns, self._plan.most)]
                found[key] = _finite({pair: kernel[pair] for pair in drawn})
                self.odd = self.odd or len(found[key]) < len(drawn)
        return found

    def biases(self) -> dict[str, Numbers]:
        """Return the biases of the neurons that are drawn, by their nodes."""
        found: dict[str, Numbers] = {}
        for node, total in self._plan.totals.items():
            bias = self._read(self._nodes[node], "bias", (total,))
            if bias is not None:
                found[node] = _finite({(0, number): bias[number] for number in self._shown(node)})
        return found

    def _shown(self, node: str) -> list[int]:
        return [number for number in self._plan.shown(node) if number is not None]

    def _read(self, node: Node, name: str, shape: tuple[int, ...]) -> Any:  # noqa: ANN401 - an array, or None
        weight = named(node, name)
        if weight is None or weight.shape != shape or weight.key not in self._store or self._failed:
            return None
        size = 1
        for length in shape:
            size *= length
        if size > _MOST and not self._all:
            self.unread = True
            return None
        try:
            values = self._store[weight.key]
        except CutawayError as error:
            self._failed = True
            warn(f"lines are drawn without weights: {error}")
            return None
        return values if values.dtype.kind in _REAL else None


def named(node: Node, name: str) -> Weight | None:
    """Return the kernel or the bias of a node if its values are those of lines from inputs to units, or of units.

    It is known by its name, or by its place in a dense layer where names are not known. Several of one name belong to
    parts of the layer; beside factors of quantisation or of low rank, a kernel alone is not what counts.
    """
    own = [weight for weight in node.weights or () if weight.key.startswith(f"{node.owner}/")]
    names = [weight.key.rpartition("/")[2] for weight in own]
    if node.operation == "EinsumDense" and not _is_usual(node):
        return None
    if node.operation == "Dense" and all(each.isdecimal() for each in names):
        usual = ["kernel"] if node.attributes.get("use_bias") is False else ["kernel", "bias"]
        names = usual if len(names) == len(usual) else []
    if names.count(name) != 1 or any(each.startswith((f"{name}_", f"lora_{name}")) for each in names):
        return None
    return own[names.index(name)]


def _is_usual(node: Node) -> bool:
    """Tell whether a kernel has the axes of a dense layer's, features and then units, and biases that of units."""
    equation, bias = node.attributes.get("equation"), node.attributes.get("bias_axes")
    found = _DENSE.fullmatch(equation.replace(" ", "")) if isinstance(equation, str) else None
    return found is not None and (bias is None or bias == found["unit"])


def _finite(values: Mapping[Pair, Any]) -> Numbers:
    """Return the values that are finite numbers."""
    return {pair: number for pair, value in values.items() if isfinite(number := float(value))}
