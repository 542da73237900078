"""Words for what a figure simplifies: phrases of merged layers, signs of small marks, sentences that count them all."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence

from cutaway.analysis.reduction import Reduction
from cutaway.analysis.simplify.merged import word_for
from cutaway.graph import Graph, Node
from cutaway.views.naming import counted
from cutaway.views.wording import describe

MARKS: Mapping[str, tuple[str, str]] = {
    "dropouts": ("d", "dropout"),
    "reshapes": ("r", "reshaping"),
    "casts": ("c", "cast"),
    "masks": ("m", "masking"),
}
"""The sign of a small mark and what the legend calls it, by the words of analysis.simplify."""

_BATCH = ("batch normalization", "BN")
_GROUP = ("group normalization", "GN")
_ACTIVATION = ("activation", "")
_PADDING = ("zero padding", "")
_MERGED = (_BATCH, _GROUP, _ACTIVATION)
_NAMES: Mapping[str, tuple[str, str]] = {"activations": _ACTIVATION, "padding": _PADDING}
_SHORT: Mapping[str, tuple[str, str]] = {"GroupNormalization": _GROUP}
"""What is called otherwise than batch normalization."""


def phrases(main: Node, nodes: Sequence[Node], *, activations: bool) -> tuple[str, ...]:
    """Return what a box says of the layers merged into `main`, in the order of the flow; padding is not told."""
    found: list[str] = []
    for node in nodes[[node.id for node in nodes].index(main.id) + 1 :]:
        word = word_for(node)
        if word == "normalizations":
            found.append(_normalized(node)[1])
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


def simplified_notes(graph: Graph, reduction: Reduction, said: Collection[str]) -> Iterator[str]:
    """Say what is merged, marked and left out of a whole graph, and how often; explain what is `said` in short."""
    parts = [node for main, nodes in reduction.merged.items() for node in nodes if node.id != main]
    merged = Counter(map(_called, parts))
    before = ", ".join([_amount(merged[name], *name, said) for name in _MERGED if merged[name]])
    padding = _amount(merged[_PADDING], *_PADDING, said) if merged[_PADDING] else ""
    sides = (("layer before", before), ("following layer", padding))
    places = [f"into the {place}: {told}" for place, told in sides if told]
    if places:
        yield f"Merged {'; '.join(places)}."
    marked = reduction.marks.union([node.id for mark in reduction.marks for node in reduction.merged.get(mark, ())])
    marks = Counter([word_for(node) for node in graph.nodes if node.id in marked])
    if marks:
        in_rows = ", those in a row as one" if len(marked) > len(reduction.marks) else ""
        yield f"Small circles: {_list(marks)}{in_rows}."
    left_out = {word: count for word, count in reduction.hidden.items() if word != "lines"}
    if left_out:
        yield f"Left out: {_list(left_out)}."
    if "lines" in reduction.hidden:
        yield "A tensor that is several of query, key and value comes in one line."


def _called(node: Node) -> tuple[str, str]:
    """Return what is merged into other layers in words, and in short."""
    word = word_for(node)
    return _normalized(node) if word == "normalizations" else _NAMES.get(word, ("", ""))


def _normalized(node: Node) -> tuple[str, str]:
    return _SHORT.get(node.op, _BATCH)


def _list(counts: Mapping[str, int]) -> str:
    return ", ".join([counted(count, word.removesuffix("s")) for word, count in counts.items()])


def _amount(count: int, name: str, short: str, said: Collection[str]) -> str:
    is_said = short and any(short in text for text in said)
    return f"{counted(count, name)} ({short})" if is_said else counted(count, name)
