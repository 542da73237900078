"""A strip: what of one chain is placed one behind the other, with captions below and lines above that skip some."""

from collections.abc import Iterator, Mapping

from cutaway.geometry import Size
from cutaway.graph import Edge
from cutaway.record import Record
from cutaway.theme import Theme
from cutaway.views.parts.box import TextLine
from cutaway.views.parts.lines import port_room
from cutaway.views.parts.solid import Solid
from cutaway.views.volumes.bracketing import Bracket

CLEAR = 3.0
"""Points between a line or caption and the volume beside it."""


class Volume(Record):
    """One of a strip: neighbours of one `stage` nearly touch.

    `named` stands above it, and a count with air reaches `foot` below it, and `hung` beyond it on both sides. `output`
    is the key of the output whose name stands there, or `under` it; `label` is the size of that. `before` and `after`
    widen the gaps to its left and right, where a `rim` is clear of other volumes. Vectors are `slim`.
    """

    id: str
    solid: Solid
    stage: int = 0
    slim: bool = False
    named: tuple[TextLine, ...] = ()
    output: str = ""
    label: Size = Size(0.0, 0.0)
    under: bool = False
    foot: float = 0.0
    hung: float = 0.0
    before: float = 0.0
    after: float = 0.0
    rim: tuple[float, float] = (0.0, 0.0)

    @property
    def middle(self) -> float:
        """How far right of its left end the name of an output stands above it."""
        one, two = self.solid.crown
        return self.solid.size.width / 2 if self.slim else (one.x + two.x) / 2

    @property
    def top(self) -> float:
        """How far it reaches above the axis."""
        return self.solid.axis


class Caption(Record):
    """What stands below the next `count` volumes, `air` beside others."""

    count: int
    lines: tuple[TextLine, ...] = ()
    air: float = 2 * CLEAR


class Strip(Record):
    """What is placed in one strip, from left to right, and the gaps between fronts.

    `brackets` name several of the volumes below all captions. `skips` are the edges that lead over others, with
    `labels` by their ids. Where cuboids reach to the left (`lefts`), those to the right lie behind. `funnels` join
    corners of neighbours; captions begin no higher than `low` under the axis. Where it is `signed`, words are asked for
    above each volume. No gap between stages is less than `even`, between those of vectors than `even_slim`; where it is
    tight, names of outputs get no gap of their own.
    """

    volumes: tuple[Volume, ...]
    captions: tuple[Caption, ...]
    brackets: tuple[Bracket, ...]
    joined: tuple[Edge, ...]
    skips: tuple[Edge, ...]
    labels: Mapping[str, str]
    near: float
    gap: float
    theme: Theme
    lefts: bool = False
    funnels: bool = False
    signed: bool = False
    is_tight: bool = False
    even: float = 0.0
    even_slim: float = 0.0
    low: float = 0.0

    @property
    def port(self) -> float:
        """Points between two lines that end on one volume."""
        return port_room(self.theme)

    def pitch(self, volume: Volume, count: int) -> float:
        """Return how far apart so many lines rise from the top of a volume."""
        one, two = volume.solid.crown
        return min(self.port, max(0.0, abs(two.x - one.x) - 1.0) / max(1, count - 1))

    def slots(self) -> Iterator[tuple[Caption, tuple[Volume, ...]]]:
        """Yield the captions with the volumes that they are for."""
        place = 0
        for caption in self.captions:
            yield caption, self.volumes[place : place + caption.count]
            place += caption.count

    def lowest(self) -> float:
        """Return how far what has a caption reaches below the axis; with funnels that is all beside it too."""
        slots = [*self.slots()]
        captioned = [bool(caption.lines) for caption, _ in slots]
        reaching = [slot for (_, slot), is_met in zip(slots, captioned, strict=True) if is_met or self.funnels]
        return max(
            [
                max(each.solid.size.height - each.solid.axis for each in slot) + max(each.foot for each in slot)
                for slot in (reaching if any(captioned) else [])
            ],
            default=0.0,
        )

    def called(self) -> Mapping[str, float]:
        """Return how wide the names of stages are, by volume: each has its share of that below it."""
        return {
            volume.id: each.width(self.theme) / (each.last - each.first + 1)
            for each in self.brackets
            for volume in self.volumes[each.first : each.last + 1]
        }

    def inner_first(self) -> list[Edge]:
        """Return the skips, the shorter ones before those that lead over them."""
        places = {volume.id: place for place, volume in enumerate(self.volumes)}

        def span(edge: Edge) -> tuple[int, int]:
            one, two = places[edge.source], places[edge.target]
            return abs(one - two), min(one, two)

        return sorted(self.skips, key=span)

    def tops(self) -> dict[str, list[str]]:
        """Return what ends on the top of each volume, from left to right so that lines do not cross."""
        places = {volume.id: place for place, volume in enumerate(self.volumes)}
        found: dict[str, list[tuple[int, int, str]]] = {}
        for rank, edge in enumerate(self.inner_first()):
            left = min(edge.source, edge.target, key=places.__getitem__)
            for node in dict.fromkeys((edge.source, edge.target)):
                found.setdefault(node, []).append((1, -rank, edge.id) if node == left else (0, rank, edge.id))
        return {node: [name for _, _, name in sorted(each)] for node, each in found.items()}
