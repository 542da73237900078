"""What a folded graph accounts for, and what its boxes are."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from cutaway.analysis.fold import Folded, fold, unfold
from cutaway.graph import Graph


def unaccounted(folded: Folded) -> list[str]:
    """Return the ids of the original that are not drawn or accounted for exactly once."""
    original = Counter(each.id for each in _all(folded.original))
    told = Counter(each.id for each in _all(folded.graph) if each.id in original)
    told.update(each for ids in folded.stands_for.values() for each in ids)
    return sorted(((original - told) + (told - original)).elements())


def drawn_or_accounted(whole: Graph, drawn: Graph, stands_for: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Give every id of a graph as often as it is drawn or accounted for; one that is neither once too often."""
    ids = {each.id for each in _all(whole)}
    told = [each.id for each in _all(drawn)] + [each for several in stands_for.values() for each in several]
    yield from (each for each in told if each in ids)
    for each in ids.difference(told):
        yield from (each, each)


def too_large(folded: Folded) -> list[str]:
    """Return the boxes that are no repeat and stand for more than a third of the layers."""
    most = len(folded.original.nodes) / 3
    return [block.id for block in folded.blocks.values() if block.count == 1 and len(block.nodes) > most]


def unfolds(folded: Folded) -> bool:
    """Tell whether the original comes back, whole and block by block."""
    blocks = [*folded.blocks]
    while blocks:
        step = unfold(folded, blocks[0])
        if unaccounted(step) or blocks[0] in step.blocks:
            return False
        folded, blocks = step, [*step.blocks]
        if len(blocks) > 6:  # a few are as good as all
            folded, blocks = unfold(folded, *blocks[5:]), blocks[:5]
    return folded.graph == folded.original == unfold(folded).graph


def _all(graph: Graph) -> list:
    return [*graph.nodes, *graph.edges, *graph.scopes]


def outline(graph: Graph, most: int = 40) -> list[tuple[int, int]]:
    """Return the blocks of a folded graph, each as their number and the number of layers in one."""
    return [(block.count, len(block.instances[0])) for block in fold(graph, most=most).blocks.values()]
