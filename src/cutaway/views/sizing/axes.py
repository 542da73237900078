"""What each axis of an output is, whatever its place: depth, height and width, time, heads, channels."""

from collections.abc import Sequence
from math import prod

from cutaway.graph import Dim
from cutaway.record import Record
from cutaway.typed import Literal

AxisName = Literal["depth", "height", "width", "length", "heads", "channels", "other"]
SPATIAL: tuple[AxisName, ...] = ("depth", "height", "width")


class Axes(Record):
    """The axes of one output without its batch, in their order, by what they mean; None is an unknown size.

    `length` is the axis of a sequence: time, tokens, patches; scores of attention have two. `other` is an axis of which
    nothing but its size is known. `names` is None where not even the number of axes is known.
    """

    names: tuple[AxisName, ...] | None = None
    sizes: tuple[int | None, ...] = ()

    @property
    def spatial(self) -> tuple[int | None, ...]:
        """The sizes of depth, height and width, in this order, as far as there are such axes."""
        return tuple([size for name in SPATIAL for size in self.all(name)])

    @property
    def length(self) -> int | None:
        """The size of the first axis of a sequence; None where it is unknown too: see `has`."""
        return self.size("length")

    @property
    def channels(self) -> int | None:
        """The number of features; None where it is unknown too: see `has`."""
        return self.size("channels")

    @property
    def heads(self) -> int | None:
        """The number of heads; None where it is unknown too: see `has`."""
        return self.size("heads")

    def has(self, name: AxisName) -> bool:
        """Tell whether there is such an axis."""
        return self.names is not None and name in self.names

    def all(self, name: AxisName) -> tuple[int | None, ...]:
        """Return the sizes of all axes of that meaning."""
        return tuple([size for each, size in zip(self.names or (), self.sizes, strict=True) if each == name])

    def size(self, name: AxisName) -> int | None:
        """Return the size of the first axis of that meaning."""
        return next(iter(self.all(name)), None)

    @property
    def is_image(self) -> bool:
        """Whether it has a height and a width."""
        return self.has("height") and self.has("width")

    @property
    def is_sequence(self) -> bool:
        """Whether it is a sequence, of vectors or of heads, and no image."""
        return self.has("length") and not self.has("height")

    @property
    def is_vector(self) -> bool:
        """Whether it is one row of features."""
        return self.names == ("channels",)

    @property
    def count(self) -> int | None:
        """How many values it has for one item of a batch."""
        return None if self.names is None else product(self.sizes)


def product(sizes: Sequence[int | None]) -> int | None:
    """Return the product of sizes; None where one is unknown."""
    known = [size for size in sizes if size is not None]
    return prod(known) if len(known) == len(sizes) else None


def known_size(dim: Dim) -> int | None:
    """Return a size as a number; one that only has a name is unknown."""
    return dim if isinstance(dim, int) else None
