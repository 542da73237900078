"""The names of the folded blocks of one figure: blocks of two patterns never go by the same words."""

from collections import Counter
from collections.abc import Iterator, Sequence
from typing import Final

from cutaway.analysis.fold import Pattern
from cutaway.analysis.fold.recognition import Alike, Called, called
from cutaway.analysis.reduction import Reduction
from cutaway.graph import Kind, Node
from cutaway.record import replace
from cutaway.views.wording import describe, in_short

_ASIDE: Final = frozenset({Kind.RESHAPE, Kind.REGULARIZATION, Kind.ACTIVATION, Kind.NORMALIZATION, Kind.MERGE})


def block_names(reduction: Reduction) -> dict[str, Called]:
    """Return what folded blocks are called, by their ids; those alike are told by what differs in them, or numbered."""
    blocks, patterns = reduction.blocks, reduction.patterns
    alike = Alike(reduction.graph, blocks.values())
    drawn = {node.id: node for node in reduction.graph.nodes}
    found = {
        identity: _widened(called(block, pattern, alike, in_short), drawn.get(identity), pattern)
        for identity, block in blocks.items()
        for pattern in (patterns[block.pattern],)
    }
    known: dict[tuple[int, Called], Called] = {}
    for name in dict.fromkeys(found.values()):
        same = list(dict.fromkeys(blocks[identity].pattern for identity, other in found.items() if other == name))
        if len(same) > 1:
            apart = _apart(name, [patterns[each] for each in same])
            known |= {(each, name): words for each, words in zip(same, apart, strict=True)}
    return {identity: known.get((blocks[identity].pattern, name), name) for identity, name in found.items()}


def _widened(name: Called, node: Node | None, pattern: Pattern) -> Called:
    """Say from what to what the channels go of a block, or a row of them, that widens; nothing of an open one."""
    if any(each.attributes.get("data_format") == "channels_first" for each in pattern.graph.nodes):
        return name
    if not name.widens or node is None or len(node.inputs) != 1 or len(node.outputs) != 1:
        return name
    before, after = (port.tensor.shape for port in (node.inputs[0], node.outputs[0]))
    if not before or not after or not isinstance(before[-1], int) or not isinstance(after[-1], int):
        return name
    return replace(name, details=(f"{before[-1]} → {after[-1]}", *name.details))


def _apart(name: Called, patterns: Sequence[Pattern]) -> Iterator[Called]:
    """Say more of several patterns that go by one name."""
    said = [dict.fromkeys(_said(pattern)) for pattern in patterns]
    times = Counter(text for texts in said for text in texts)
    own = [next((text for text in texts if times[text] == 1), "") for texts in said]
    is_told = own.count("") < 2 and not any(own.count(text) > 1 for text in own)
    for number, text in enumerate(own, 1):
        if not is_told:
            yield replace(name, title=f"{name.title} ({number})")
        else:
            yield replace(name, details=(*name.details, f"with {text}")) if text else name


def _said(pattern: Pattern) -> Iterator[str]:
    """Put each layer of a pattern into words, those first that work on the data, in the order of the flow."""
    for node in sorted(pattern.graph.nodes, key=lambda node: node.kind in _ASIDE):
        wording = describe(node)
        yield " ".join((wording.title, ", ".join(wording.details))).strip()
