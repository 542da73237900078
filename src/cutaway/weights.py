"""The values of weights beside a Graph: each is read when it is asked for, and not kept.

`cutaway.read_weights` makes the store of a file or of a live model. A Graph knows keys, shapes and types of weights;
here is what they hold.
"""

from collections.abc import Callable, Iterator, Mapping
from typing import TypeAlias

from cutaway.errors import InputError
from cutaway.graph import Graph, Weight
from cutaway.record import Record
from cutaway.typed import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

Array: TypeAlias = "np.ndarray[Any, Any]"

_BLOCK = 1 << 20
"""Values that are looked at together, so that statistics of a large weight do not take several times its memory."""


class Statistics(Record):
    """What the values of one weight are like, as far as they are finite; all but the counts are None where none is.

    `deviation` is the square root of the mean squared distance to the mean, `sparsity` the share of values that are 0.
    """

    count: int
    finite: int
    minimum: float | None
    maximum: float | None
    mean: float | None
    deviation: float | None
    sparsity: float | None


class MissingWeightError(InputError, KeyError):
    """Say that there is no weight of that key."""

    __str__ = Exception.__str__  # KeyError puts its message in quotes


class Weights(Mapping[str, Array]):
    """The values of all weights of a graph by their keys: arrays that cannot be changed.

    Only what a source holds is in it, in the order of the graph. Asking for a value reads it, within a limit of size;
    InputError says where the source is gone, has changed since, or does not hold what it said.

        weights = cutaway.read_weights("net.keras")
        kernel = weights["encoder/conv1/kernel"]
        for key in weights.of("encoder/conv1"):
            print(key, weights.statistics(key).mean)
    """

    def __init__(self, graph: Graph, source: str, readers: Mapping[str, Callable[[], Array]]) -> None:
        """Make a store of what `readers` give for the keys of a graph's weights; `source` is what errors call it."""
        self.graph = graph
        self._source = source
        self._readers = readers
        self._known: dict[str, Weight] = {
            weight.key: weight for node in graph.nodes for weight in node.weights or () if weight.key in readers
        }

    def __getitem__(self, key: str) -> Array:
        if key not in self._known:
            raise MissingWeightError(f"{self._source} has no weight {key!r}: it has {_some(self._known)}")
        array = self._readers[key]()
        shape = self._known[key].shape
        if shape is not None and tuple(array.shape) != shape:
            raise InputError(f"{self._source} has changed: its weight {key!r} is {tuple(array.shape)} and was {shape}")
        array = array.view()
        array.flags.writeable = False
        return array

    def __contains__(self, key: object) -> bool:
        return key in self._known

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)

    def __repr__(self) -> str:
        return f"<cutaway.Weights of {self._source}: {len(self)}>"

    def of(self, node: str) -> tuple[str, ...]:
        """Return the keys of a node's weights, by its id; InputError where there is no such node."""
        found = next((each for each in self.graph.nodes if each.id == node), None)
        if found is None:
            raise InputError(f"{self._source} has no node {node!r}: it has {_some([n.id for n in self.graph.nodes])}")
        return tuple(weight.key for weight in found.weights or () if weight.key in self._known)

    def statistics(self, key: str) -> Statistics:
        """Return what the values of one weight are like."""
        return statistics(self[key])


def statistics(array: Array) -> Statistics:
    """Return what the values of an array of numbers are like."""
    import numpy as np

    flat = np.ravel(array)
    finite, zeros, total = 0, 0, 0.0
    low, high = np.inf, -np.inf
    for block in _blocks(flat):
        finite += block.size
        if block.size:
            zeros += int(block.size - np.count_nonzero(block))
            total += float(block.sum())
            low, high = min(low, float(block.min())), max(high, float(block.max()))
    if not finite:
        return Statistics(
            count=flat.size, finite=0, minimum=None, maximum=None, mean=None, deviation=None, sparsity=None
        )
    mean = total / finite
    spread = sum(float(np.square(block - mean).sum()) for block in _blocks(flat))
    return Statistics(
        count=flat.size,
        finite=finite,
        minimum=low,
        maximum=high,
        mean=mean,
        deviation=(spread / finite) ** 0.5,
        sparsity=zeros / finite,
    )


def _blocks(flat: Array) -> Iterator[Array]:
    """Give the finite values in pieces, as numbers of double precision."""
    import numpy as np

    for start in range(0, flat.size, _BLOCK):
        block = flat[start : start + _BLOCK].astype(np.float64)
        yield block[np.isfinite(block)]


def _some(names: Mapping[str, object] | list[str]) -> str:
    listed = list(names)
    return (", ".join(map(repr, listed[:4])) + (", ..." if len(listed) > 4 else "")) or "none"
