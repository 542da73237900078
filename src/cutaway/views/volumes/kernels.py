"""Kernels and strides: said in the legend where one phrase holds of all of a colour, else below the volumes."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from cutaway.graph import Kind, Node
from cutaway.record import Record
from cutaway.typed import TYPE_CHECKING
from cutaway.views.phrases import PHRASES
from cutaway.views.wording import describe

if TYPE_CHECKING:
    from cutaway.views.preparing import Prepared

_KINDS = (Kind.CONVOLUTION, Kind.POOLING, Kind.UPSAMPLING)
_MOST = 5
"""So many different ones of a kind are told below volumes."""
MAJORITY = 2 / 3
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
    """Return what is to be said below volumes, by the ids of nodes.

    That is all of a kind, where these differ a little, or from those in folded blocks, which have the same colour.
    """
    kinds: dict[tuple[Kind, bool], list[tuple[Node, Window]]] = {}
    for node in prepared.reduction.graph.nodes:
        if node.kind in _KINDS and node.id not in prepared.words:
            kinds.setdefault((node.kind, is_global(node)), []).append((node, window(node)))
    found: dict[str, Window] = {}
    folded = _folded(prepared)
    for key, told in kinds.items():
        differing = Counter((node.operation, each.size, each.stride) for node, each in told)
        if len(differing) <= _MOST and not _has_usual(differing + folded.get(key, Counter())):
            found.update((node.id, each) for node, each in told)
    return found


def _folded(prepared: "Prepared") -> dict[tuple[Kind, bool], Counter[tuple[str, str, str]]]:
    """Return what slides over the inputs of the layers in folded blocks, by their kinds."""
    reduction = prepared.reduction
    found: dict[tuple[Kind, bool], Counter[tuple[str, str, str]]] = {}
    for block in prepared.words:
        for node in reduction.patterns[reduction.blocks[block].pattern].graph.nodes:
            if node.kind in _KINDS:
                each = window(node)
                found.setdefault((node.kind, is_global(node)), Counter())[node.operation, each.size, each.stride] += 1
    return found


def _has_usual(differing: "Counter[tuple[str, str, str]]") -> bool:
    """Tell whether a legend says all: there is one, or one with a single exception of the same class."""
    (usual, count), *others = differing.most_common()
    if not others:
        return True
    (other, single), *more = others
    return not more and single == 1 < count and other[0] == usual[0] and count >= MAJORITY * (count + 1)


def sliding(windows: Iterable[Window]) -> Iterator[list[str]]:
    """Say what slides over the inputs of the volumes of a stage, each once, in phrases."""
    names: dict[tuple[str, str], dict[str, None]] = {}
    for each in windows:
        names.setdefault((each.name, each.stride), {})[each.size] = None
    for (name, stride), sizes in names.items():
        yield [f"{name} {', '.join(sizes)}".rstrip(), *filter(None, [stride])]
