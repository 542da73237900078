"""Words for what a figure simplifies: phrases of merged layers, signs of small marks, sentences that count them all."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import Final

from cutaway.analysis.reduction import Reduction
from cutaway.analysis.simplify.words import word_for
from cutaway.graph import Node
from cutaway.views.tally import counted
from cutaway.views.wording import describe

MARKS: Final[Mapping[str, tuple[str, str]]] = {
    "dropouts": ("d", "dropout"),
    "reshapes": ("r", "reshaping"),
    "casts": ("c", "cast"),
    "masks": ("m", "masking"),
}
"""The sign of a small mark and what the legend calls it, by the words of analysis.simplify."""

_SHORT: Final[Mapping[str, tuple[str, str]]] = {
    "GroupNormalization": ("GN", "group normalization"),
    "SyncBatchNormalization": ("BN", "batch normalization"),
}
_BATCH: Final = ("BN", "batch normalization")


def phrases(main: Node, nodes: Sequence[Node], *, activations: bool) -> tuple[str, ...]:
    """Return what a box says of the layers merged into `main`, in the order of the flow; padding is not told."""
    found: list[str] = []
    for node in nodes[[node.id for node in nodes].index(main.id) + 1 :]:
        word = word_for(node)
        if word == "normalizations":
            found.append(_SHORT.get(node.op, _BATCH)[0])
        elif word == "activations" and activations:
            told = describe(node)
            found += told.details if node.op == "TimeDistributed" else (told.title, *told.details)
    return tuple(found)


def mark_sign(node: Node) -> str:
    """Return the sign of a small mark."""
    return MARKS[word_for(node)][0]


def merged_titles(titles: Mapping[str, str], reduction: Reduction) -> dict[str, str]:
    """Return what merged nodes say on hovering: their own titles, then what else they are, in the order of the flow."""
    return {
        main: f"{titles[main]}; merged: " + " → ".join([f"{node.id} ({node.operation})" for node in nodes])
        for main, nodes in reduction.merged.items()
        if main in titles
    }


def simplified_notes(reduction: Reduction) -> Iterator[str]:
    """Say what is merged, marked and left out of the whole model, and how often."""
    parts = [node for main, nodes in reduction.merged.items() for node in nodes if node.id != main]
    said = Counter([_called(node) for node in parts])
    pads = said.pop("zero padding", 0)
    told = [text for name, count in said.items() if (text := _amount(name, count))]
    if told:
        yield f"Merged into the layer before: {', '.join(told)}."
    if pads:
        yield f"Merged into the layer behind: {counted(pads, 'zero padding')}."
    rows = [len(reduction.merged[mark]) for mark in reduction.marks if mark in reduction.merged]
    if rows:
        yield f"One circle stands for up to {max(rows)} such layers in a row."
    if reduction.hidden:
        left = [counted(count, word.removesuffix("s")) for word, count in reduction.hidden.items()]
        yield f"Left out: {', '.join(left)}."


def _called(node: Node) -> str:
    word = word_for(node)
    if word == "normalizations":
        short, name = _SHORT.get(node.op, _BATCH)
        return f"{name} ({short})"
    return {"activations": "activation", "padding": "zero padding"}.get(word, "")


def _amount(name: str, count: int) -> str:
    head, space, tail = name.partition(" (")
    return f"{counted(count, head)}{space}{tail}" if name else ""
