"""What a summary lists, for the printers of both generations of Keras: rows, and the sizes of all weights."""

from collections.abc import Callable, Iterable, Iterator, Sequence

from cutaway.record import Record

UNKNOWN = "?"
YES, NO, WEIGHTLESS = "Y", "N", "-"
"""Whether a layer is trained; Keras 3 says of a layer without weights that it has none."""


class Connection(Record, kw_only=False):
    """Where a tensor comes from: a layer's name, the number of its call, and the number among that call's tensors."""

    layer: str
    call: int
    tensor: int

    def __str__(self) -> str:
        return f"{self.layer}[{self.call}][{self.tensor}]"


class Row(Record):
    """One layer: `shape` as its generation writes it; `parameters` is None where they are not known.

    A layer that is not built has none yet. `rows` are the layers in it, where they are listed too.
    """

    name: str
    op: str
    shape: str
    parameters: int | None
    built: bool = True
    trainable: str = UNKNOWN
    connections: tuple[Connection, ...] = ()
    rows: tuple["Row", ...] = ()


class Size(Record, kw_only=False):
    """How many values some weights have, and in how many bits.

    Both are what is known at least where not all is `known`.
    """

    count: int = 0
    bits: int = 0
    known: bool = True

    def text(self, number: str, units: tuple[str, ...]) -> tuple[str, str, str]:
        """Return how a summary says it, in the pieces before, in and behind the number, which the format gives."""
        if not (self.known or self.count):
            return UNKNOWN, "", ""
        least = "" if self.known else "at least "
        return least, format(self.count, number), f" ({least}{in_units(self.bits, units)})"

    def __add__(self, other: "Size") -> "Size":
        return Size(self.count + other.count, self.bits + other.bits, self.known and other.known)


class Listing(Record):
    """A whole summary. `chain` tells that each layer is fed by the one above it: then no connections are listed.

    `untold` is the size of the weights of which nothing tells whether they are trained, as of a class that is not
    Keras' own: they are part of the total, and leave the two parts of it at "at least". `optimizer` is the size of the
    variables of an optimizer; None where there is none, or it has none yet.
    """

    name: str
    chain: bool
    rows: tuple[Row, ...]
    trainable: Size
    non_trainable: Size
    untold: Size = Size()
    optimizer: Size | None = None

    @property
    def total(self) -> Size:
        """The size of all weights, without the variables of the optimizer."""
        return self.trainable + self.non_trainable + self.untold

    def sums(self) -> tuple[tuple[str, Size], ...]:
        """Return what stands below the rows: names and sizes, the variables of an optimizer in the first of them."""
        told = Size(known=not self.untold.count)
        optimizer = () if self.optimizer is None else (("Optimizer", self.optimizer),)
        return (
            ("Total", self.total + (self.optimizer or Size())),
            ("Trainable", self.trainable + told),
            ("Non-trainable", self.non_trainable + told),
            *optimizer,
        )


def walk(rows: Iterable[Row], depth: int = 0) -> Iterator[tuple[int, Row]]:
    """Give rows and those in them, each with its depth."""
    stack = [(depth, row) for row in rows][::-1]
    while stack:
        level, row = stack.pop()
        yield level, row
        stack.extend([(level + 1, inner) for inner in row.rows][::-1])


def in_units(bits: int, units: tuple[str, ...]) -> str:
    """Return a size in the largest unit of which it has one, each 1024 of the one before; the first is a byte."""
    size = bits / 8
    for unit in units[:-1]:
        if size < 1024:
            return f"{size:.2f} {unit}"
        size /= 1024
    return f"{size:.2f} {units[-1]}"


def printable(text: str, encoding: str) -> str:
    """Return a text as an output of an encoding can take it: lines drawn by its own marks, letters as their numbers."""
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return text.translate({ord("└"): "+", ord("¯"): "-"}).encode(encoding, "backslashreplace").decode(encoding)
    return text


class Wanted(Record):
    """How a caller wants a summary printed: Keras' keywords of the same names."""

    line_length: int | None = None
    positions: Sequence[float] | None = None
    print_fn: Callable[[str], object] | None = None
    show_trainable: bool = False
