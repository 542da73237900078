"""What a layer looks at: the window that slides over the maps before it, or the patch that it makes of one value."""

import re
from collections.abc import Sequence

from cutaway.graph import Kind, Node, Value
from cutaway.record import Record
from cutaway.typed import Literal

Relation = Literal["window", "opening", "funnel", "full"]

_SIZES = ("kernel_size", "pool_size", "size")
_AXES = re.compile("[123]D")
"""In the name of an operation, along how many axes it slides."""


class Window(Record):
    """How a layer sees the one before it: `sides` are those of its window, in height and width as far as it has them.

    A `window` is seen as one value; an `opening` is made of one. All of what is before is read by a `funnel`, and each
    value by each one of a layer that is `full`.
    """

    relation: Relation
    sides: tuple[int, ...] = ()


def window(node: Node) -> Window | None:
    """Return the window of a layer that slides over maps; None for other layers, and where its sides are not known."""
    if node.kind not in {Kind.CONVOLUTION, Kind.POOLING, Kind.UPSAMPLING} or "Global" in node.operation:
        return None
    axes = _AXES.search(node.operation)
    given = next((value for name in _SIZES if (value := node.attributes.get(name)) is not None), None)
    found = _sides(given, int(axes[0][0]) if axes else None)
    if not found:
        return None
    spaced = _sides(node.attributes.get("dilation_rate"), len(found)) or (1,) * len(found)
    sides = tuple([(side - 1) * gap + 1 for side, gap in zip(found, spaced, strict=True)])
    opens = node.kind is Kind.UPSAMPLING or "Transpose" in node.operation
    return Window(relation="opening" if opens else "window", sides=sides[-2:])


def _sides(value: Value, axes: int | None) -> tuple[int, ...]:
    """Return a whole number for each of some axes; one alone is for all of them. Nothing where it is none."""
    each = (value,) * (axes or 1) if isinstance(value, int) else value
    if isinstance(each, str) or not isinstance(each, Sequence) or len(each) != (axes or len(each)):
        return ()
    found = [side for side in each if isinstance(side, int) and not isinstance(side, bool) and side > 0]
    return tuple(found) if len(found) == len(each) else ()
