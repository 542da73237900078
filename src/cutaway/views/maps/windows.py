"""What a layer looks at: the window that slides over the maps before it, or the patch that it makes of one value."""

from collections.abc import Sequence
from typing import Final, Literal, TypeAlias

from cutaway.graph import Kind, Node, Value
from cutaway.record import Record

Relation: TypeAlias = Literal["window", "opening", "funnel", "full"]

_SIZES: Final = ("kernel_size", "pool_size", "size")


class Window(Record):
    """How a layer sees the one before it: `sides` are those of its window, in height and width as far as it has them.

    A `window` is seen as one value; an `opening` is made of one. All of what is before is read by a `funnel`, and each
    value by each one of a layer that is `full`.
    """

    relation: Relation
    sides: tuple[int, ...] = ()


def window(node: Node) -> Window | None:
    """Return the window of a layer that slides over maps; None for other layers."""
    if node.kind not in {Kind.CONVOLUTION, Kind.POOLING, Kind.UPSAMPLING} or "Global" in node.operation:
        return None
    found = next((sides for name in _SIZES if (sides := _sides(node.attributes.get(name)))), ())
    if not found:
        return None
    spaced = _sides(node.attributes.get("dilation_rate")) or (1,)
    if len(spaced) in {1, len(found)}:
        spaced = spaced if len(spaced) > 1 else spaced * len(found)
        found = tuple([(side - 1) * gap + 1 for side, gap in zip(found, spaced, strict=True)])
    opens = node.kind is Kind.UPSAMPLING or "Transpose" in node.operation
    return Window(relation="opening" if opens else "window", sides=found[-2:])


def _sides(value: Value) -> tuple[int, ...]:
    if isinstance(value, int) and not isinstance(value, bool):
        return (value,)
    if isinstance(value, Sequence) and not isinstance(value, str):
        return tuple([each for each in value if isinstance(each, int)])
    return ()
