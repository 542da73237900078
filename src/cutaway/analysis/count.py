"""Count parameters: every weight once, by trainability and type; what is unknown makes a total "at least"."""

from collections.abc import Iterable, Mapping
from types import MappingProxyType

from cutaway.graph import Node, Weight
from cutaway.record import Record, field

_BY_SIZE = {
    1: "bool",
    4: "int4 uint4",
    8: "int8 uint8 float8_e4m3fn float8_e5m2",
    16: "int16 uint16 float16 bfloat16",
    32: "int32 uint32 float32",
    64: "int64 uint64 float64 complex64",
    128: "complex128",
}
BITS: Mapping[str, int] = MappingProxyType(
    {dtype: bits for bits, dtypes in _BY_SIZE.items() for dtype in dtypes.split()}
)
"""Bits of a value of each type, as Keras counts them: a truth value is one bit. A text has no fixed size."""


class Parameters(Record):
    """How many values the weights of some nodes have.

    `untold` is the number of those of which nothing says whether they are trained; they are part of `total`. Not
    `exact` means that the weights of a node, or the size of a weight, are unknown, so that each number is "at least".
    `values` are the numbers by type of data, None for unknown types.
    """

    trainable: int = 0
    non_trainable: int = 0
    untold: int = 0
    exact: bool = True
    values: Mapping[str | None, int] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def total(self) -> int:
        """The number of all values."""
        return self.trainable + self.non_trainable + self.untold

    @property
    def bytes_by_dtype(self) -> Mapping[str, int]:
        """Bytes of memory by type of data, rounded up; types of unknown size are left out."""
        return {
            dtype: -(-BITS[dtype] * number // 8)
            for dtype, number in self.values.items()
            if dtype is not None and dtype in BITS
        }

    @property
    def bytes(self) -> int:
        """Bytes of memory of all weights whose type has a known size."""
        return sum(self.bytes_by_dtype.values())

    @property
    def bytes_exact(self) -> bool:
        """Whether `bytes` is the whole: the number of values is exact, and all their types have a known size."""
        return self.exact and all(dtype in BITS for dtype in self.values)


def count(nodes: Iterable[Node]) -> Parameters:
    """Count the values of the weights of `nodes`, each key once.

    Where nodes say different things of one key, a known size goes before an unknown one, and trainable before frozen:
    a weight is trained if one of its owners trains it.
    """
    found = Counting()
    for node in nodes:
        found.add(node)
    return found.parameters()


class Counting:
    """Counts the weights of ever more nodes, each key once; see `count`.

    `nodes` is how many were added, `found` their weights by key, `unknown` of how many nodes they are unknown.
    """

    def __init__(self) -> None:
        self.nodes = 0
        self.found: dict[str, Weight] = {}
        self.unknown = 0
        self._unsized = 0
        self._sums: dict[bool | None, int] = {True: 0, False: 0, None: 0}
        self._values: dict[str | None, int] = {}
        self._weights: dict[str | None, int] = {}

    def add(self, node: Node) -> None:
        """Count the weights of one more node."""
        self.nodes += 1
        if node.weights is None:
            self.unknown += 1
        for weight in node.weights or ():
            self.take(weight)

    def with_all_of(self, later: "Counting") -> "Counting":
        """Return the count of these nodes and of `later` ones; neither of the two can be used any more.

        The smaller one is put into the larger one, so that adding up a tree of scopes takes little more than its size.
        """
        into, other = (self, later) if len(self.found) >= len(later.found) else (later, self)
        for weight in other.found.values():
            into.take(weight, is_first=into is later)
        into.unknown += other.unknown
        into.nodes += other.nodes
        return into

    def parameters(self) -> Parameters:
        """Return what was counted so far."""
        return Parameters(
            trainable=self._sums[True],
            non_trainable=self._sums[False],
            untold=self._sums[None],
            exact=not (self.unknown or self._unsized),
            values=MappingProxyType({dtype: size for dtype, size in self._values.items() if self._weights[dtype]}),
        )

    def take(self, weight: Weight, *, is_first: bool = False) -> None:
        """Count a weight, which stands before or behind those that were counted."""
        before = self.found.get(weight.key)
        if before is weight:
            return
        if before is not None:
            weight = _agreed(weight, before) if is_first else _agreed(before, weight)
            self._change(before, -1)
        self.found[weight.key] = weight
        self._change(weight, 1)

    def _change(self, weight: Weight, sign: int) -> None:
        """Count a weight, or take it out again."""
        size, dtype = weight_size(weight), weight.dtype
        if size is None:
            self._unsized += sign
            size = 0
        self._sums[weight.trainable] += sign * size
        self._values[dtype] = self._values.get(dtype, 0) + sign * size
        self._weights[dtype] = self._weights.get(dtype, 0) + sign


def weight_size(weight: Weight) -> int | None:
    """Return the number of values in a weight, or None where its shape is not wholly known."""
    if weight.shape is None:
        return None
    size = 1
    for dim in weight.shape:
        if not isinstance(dim, int):
            return None
        size *= dim
    return size


def parameters(nodes: Iterable[Node]) -> int | None:
    """Return the number of values in all weights of `nodes`, or None where a part of it is unknown."""
    found = count(nodes)
    return found.total if found.exact else None


def _agreed(first: Weight, second: Weight) -> Weight:
    known = first if weight_size(first) is not None else second
    told = [weight.trainable for weight in (first, second) if weight.trainable is not None]
    return Weight(
        key=first.key,
        shape=known.shape,
        dtype=known.dtype if known.dtype is not None else first.dtype or second.dtype,
        trainable=any(told) if told else None,
    )
