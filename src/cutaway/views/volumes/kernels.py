"""Kernels and strides: said in the legend where one phrase holds of all of a colour, else below the volumes."""

from collections import Counter
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Final

from cutaway.graph import Kind, Node
from cutaway.record import Record
from cutaway.views.phrases import PHRASES
from cutaway.views.wording import describe

if TYPE_CHECKING:
    from cutaway.views.preparing import Prepared

_KINDS: Final = (Kind.CONVOLUTION, Kind.POOLING, Kind.UPSAMPLING)
_MOST: Final = 5
"""So many different ones of a kind are told below volumes."""
MAJORITY: Final = 2 / 3
"""What holds of so many of one colour is said of it, with what it does not hold of."""


class Window(Record):
    """What slides over the input of a layer: what it is called, its size and its stride, in words."""

    name: str = ""
    size: str = ""
    stride: str = ""


def window(node: Node) -> Window:
    """Return what slides over the input of a layer."""
    size = PHRASES["data_pool" if node.kind is Kind.POOLING else "kernel"](node.attributes)
    stride = PHRASES["stride"](node.attributes).removeprefix("/")
    name = describe(node).title.removesuffix(size).strip()
    pool = " pool" if node.kind is Kind.POOLING and "pool" not in name.lower() else ""
    return Window(name=f"{name}{pool}", size=size, stride=f"stride {stride}" if stride else "")


def is_global(node: Node) -> bool:
    """Tell whether a layer pools all of an image or a sequence: it has a colour of its own."""
    return node.kind is Kind.POOLING and node.operation.startswith("Global")


def windows_below(prepared: "Prepared") -> Mapping[str, Window]:
    """Return what is to be said below volumes, by the ids of nodes: all of a kind, where these differ a little."""
    kinds: dict[tuple[Kind, bool], list[tuple[Node, Window]]] = {}
    for node in prepared.reduction.graph.nodes:
        if node.kind in _KINDS and node.id not in prepared.words:
            kinds.setdefault((node.kind, is_global(node)), []).append((node, window(node)))
    found: dict[str, Window] = {}
    for told in kinds.values():
        differing = Counter((node.operation, each.size, each.stride) for node, each in told)
        if len(differing) <= _MOST and not _has_usual(differing):
            found.update((node.id, each) for node, each in told)
    return found


def _has_usual(differing: "Counter[tuple[str, str, str]]") -> bool:
    """Tell whether a legend says all: there is one, or one with a single exception of the same class."""
    (usual, count), *others = differing.most_common()
    if not others:
        return True
    (other, single), *more = others
    return not more and single == 1 < count and other[0] == usual[0] and count >= MAJORITY * (count + 1)


def sliding(windows: Iterable[Window]) -> list[str]:
    """Say what slides over the inputs of the volumes of a stage, each once."""
    names: dict[tuple[str, str], dict[str, None]] = {}
    for each in windows:
        names.setdefault((each.name, each.stride), {})[each.size] = None
    found: list[str] = []
    for (name, stride), sizes in names.items():
        found.append(f"{name} {', '.join(sizes)}".rstrip())
        found += [stride] if stride else []
    return found
