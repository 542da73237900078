"""An explanation in words, for languages that draw none: what follows what in a folded block, and what lies beside."""

from collections.abc import Iterator, Mapping

from cutaway.graph import Graph
from cutaway.record import Record
from cutaway.views.block_glyphs import SIGNS
from cutaway.views.explaining.explained import Explained
from cutaway.views.parts.box import Glyph
from cutaway.views.simplified_words import MARKS


class Words(Record):
    """What a drawing would say, as far as it needs no drawing."""

    words: str
    left_out: str = ""


def told(explained: Explained) -> str:
    """Return what explained blocks are called, the layers in them, and what is to be said of these."""
    plan, glyphs = explained.plan, explained.drawings.glyphs()
    boxes = {name: _box(glyphs[name]) for name in plan.names if name in glyphs and name not in plan.stubs}
    words = Words(words=" ".join(boxes.values()))
    said = "; ".join((_ways(plan.graph, boxes), *explained.sentences(words), *explained.values(words)))
    return f"{explained.title}: {said}."


def _box(glyph: Glyph) -> str:
    """Return what a box says, or what its sign means."""
    signs = {sign: word for sign, word in SIGNS.values() if word} | dict(MARKS.values())
    first = glyph.lines[0].text
    return signs.get(first, " ".join([line.text for line in glyph.lines if line.text]))


def _ways(graph: Graph, boxes: Mapping[str, str]) -> str:
    """Return the boxes on the longest way, then those on the longest way among others, and so on.

    What gets a tensor from further ahead on its way, or from where the block begins, has a skip.
    """
    before: dict[str, dict[str, None]] = {}
    for edge in graph.edges:
        before.setdefault(edge.target, {})[edge.source] = None
    ways, left = list[str](), dict.fromkeys(boxes)
    while left:
        way = _longest(before, left)
        ways.append(" → ".join(_steps(way, before, boxes)))
        for name in way:
            del left[name]
    return "; beside it ".join(ways)


def _steps(way: list[str], before: Mapping[str, Mapping[str, None]], boxes: Mapping[str, str]) -> Iterator[str]:
    """Yield what the boxes on a way say."""
    for place, name in enumerate(way):
        others = [each for each in before.get(name, ()) if not place or each != way[place - 1]]
        is_skip = place > 0 and any(each not in boxes or each in way[:place] for each in others)
        yield f"{boxes[name]} skip" if is_skip else boxes[name]


def _longest(before: Mapping[str, Mapping[str, None]], among: Mapping[str, None]) -> list[str]:
    """Return the longest way among some boxes, which are in the order of the flow."""
    longest: dict[str, tuple[int, str | None]] = {}
    for name in among:
        ahead = [(longest[each][0], each) for each in before.get(name, ()) if each in longest]
        most = max([length for length, _ in ahead], default=0)
        longest[name] = (most + 1, next((each for length, each in ahead if length == most), None))
    end: str | None = max(longest, key=lambda name: longest[name][0])
    way = list[str]()
    while end is not None:
        way.append(end)
        end = longest[end][1]
    return way[::-1]
