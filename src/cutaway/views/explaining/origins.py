"""Where the further tensors come from that enter folded blocks: an encoder, an input, the block before last."""

from collections.abc import Iterator, Mapping, Sequence

from cutaway.analysis.fold import Block
from cutaway.graph import Edge, Kind, PortRef
from cutaway.record import Record
from cutaway.typed import TYPE_CHECKING
from cutaway.views.wording import describe

if TYPE_CHECKING:
    from cutaway.analysis.reduction import Reduction
    from cutaway.views.block_names import BlockWords

Origins = Mapping[str, Mapping[int, str]]
"""By the ids of blocks: words for the tensors from outside, by their numbers in the block's pattern."""

BEFORE_LAST = "block before last"
_TWO = 2
"""Sources, of which the one before the other can be told by that alone."""
_SMALL = frozenset({Kind.NORMALIZATION, Kind.REGULARIZATION, Kind.RESHAPE, Kind.ACTIVATION, Kind.EMBEDDING})
"""What a tensor passes on its way from what it is called by."""


def origins_of(reduction: "Reduction", words: "Mapping[str, BlockWords]") -> Origins:
    """Say where the further tensors come from that enter the blocks of a figure; `words` are those of the blocks.

    The first that enters a block is not among them: it goes on from block to block.
    """
    several = [
        block
        for block in reduction.blocks.values()
        if not block.is_open and len(set(reduction.patterns[block.pattern].fed)) > 1
    ]
    if not several:
        return {}
    known = _Known(reduction, words)
    return {block.id: found for block in several if (found := known.entering(block))}


class _Entry(Record):
    """The edge in the figure that brings a tensor, and the id of the layer that it is from."""

    edge: Edge
    source: str


class _Known:
    """What the edges of a figure stand for."""

    def __init__(self, reduction: "Reduction", words: "Mapping[str, BlockWords]") -> None:
        self.reduction = reduction
        self.words = words
        self.nodes = {node.id: node for node in reduction.graph.nodes}
        self.first: dict[int, dict[str, int]] = {}
        for block in reduction.blocks.values():  # a pattern names the nodes of the first block of its kind
            if block.pattern not in self.first:
                self.first[block.pattern] = {node: place for place, node in enumerate(block.instances[0])}
        self.places: dict[str, dict[str, int]] = {}
        self.into: dict[str, list[Edge]] = {}
        for edge in reduction.graph.edges:
            self.into.setdefault(edge.target, []).append(edge)

    def entering(self, block: Block) -> dict[int, str]:
        """Say where what enters a block comes from, as far as that is known."""
        pattern = self.reduction.patterns[block.pattern]
        ports = dict(zip(pattern.fed, pattern.entries, strict=True))
        brought = {target: entry for edge in self.into.get(block.id, ()) for target, entry in self._brought(edge)}
        runs = [
            {number: found for number, port in ports.items() if (found := self._entry(port, block, place, brought))}
            for place in range(min(block.count, 2))
        ]
        said = {
            number: self._repeated(number, runs) if block.count > 1 else self._single(number, runs[0])
            for number in ports
        }
        if sum(text == BEFORE_LAST for text in said.values()) > 1:  # only one can be that
            for number, text in said.items():
                if text == BEFORE_LAST:
                    said[number] = "" if block.count > 1 else self._words(runs[0][number])
        return {number: text for number, text in said.items() if text}

    def _repeated(self, number: int, runs: Sequence[Mapping[int, _Entry]]) -> str:
        """Say where a tensor comes from that enters each of several blocks, by what enters the first two."""
        own, again = runs[0].get(number), runs[1].get(number)
        if own is None or again is None:
            return ""
        if again.edge is own.edge and again.source == own.source:
            return self._words(own)
        is_older = any(other.source == again.source for at, other in runs[0].items() if at != number)
        return BEFORE_LAST if is_older else ""

    def _single(self, number: int, run: Mapping[int, _Entry]) -> str:
        """Say where a tensor comes from that enters a single block."""
        own = run.get(number)
        if own is None:
            return ""
        others = [other for at, other in run.items() if at != number]
        if len({entry.edge.source for entry in run.values()}) > _TWO:
            return self._words(own)
        if any(self._follows(other, own) for other in others):
            return BEFORE_LAST
        is_last = not number or any(self._follows(own, other) for other in others)
        return "" if is_last else self._words(own)

    def _brought(self, edge: Edge) -> Iterator[tuple[tuple[str, str], _Entry]]:
        """Yield the ports, a layer's id and a number, to which an edge of the figure leads."""
        for name in (edge.id, *self.reduction.stands_for.get(edge.id, ())):
            source, arrow, target = name.partition("->")
            if arrow:
                node, _, port = target.rpartition(":")
                yield (node, port), _Entry(edge=edge, source=source)

    def _entry(
        self, port: PortRef, block: Block, place: int, brought: Mapping[tuple[str, str], _Entry]
    ) -> _Entry | None:
        node = block.instances[place][self.first[block.pattern][port.node]]
        for member in (node, *(each.id for each in self.reduction.merged.get(node, ()))):
            if (member, str(port.port)) in brought:
                return brought[member, str(port.port)]
        return None

    def _follows(self, later: _Entry, earlier: _Entry) -> bool:
        """Tell whether one tensor is from the block behind that of another."""
        mine, theirs = later.edge.source, earlier.edge.source
        if mine != theirs:
            return any(edge.source == theirs for edge in self.into.get(mine, ()))
        known = self._places(mine)
        last, first = (known.get(entry.source.rpartition(":")[0]) for entry in (later, earlier))
        return last is not None and first is not None and last > first

    def _places(self, box: str) -> Mapping[str, int]:
        """Return which of several blocks each of its layers is in; nothing for what is no block."""
        if box not in self.places:
            block = self.reduction.blocks.get(box)
            found = self.places[box] = {}
            for place, instance in enumerate(block.instances if block else ()):
                for node in instance:
                    for layer in (node, *(each.id for each in self.reduction.merged.get(node, ()))):
                        found.setdefault(layer, place)
        return self.places[box]

    def _words(self, entry: _Entry) -> str:
        """Say what a tensor is from: an input, a block, or a layer that is more than a step on the way."""
        node = entry.edge.source
        while True:
            own, before = self.nodes[node], {edge.source for edge in self.into.get(node, ())}
            is_block = node in self.reduction.blocks
            if own.kind is Kind.INPUT and is_block and node == entry.edge.source:  # one of several, known by its id
                return entry.source.rpartition(":")[0]
            if own.kind is Kind.INPUT and not is_block:
                return own.name
            if is_block:
                title = self.words[node].title if node in self.words else self.reduction.blocks[node].name
                return _lower(title.removesuffix(" block"))
            if own.kind not in _SMALL or len(before) != 1:
                return _lower(describe(own).title)
            (node,) = before


def _lower(words: str) -> str:
    return words[:1].lower() + words[1:] if words[1:2].islower() else words
