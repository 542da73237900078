"""A smaller drawing of the same: layers one behind the other in one box, a line each; and smaller type."""

from collections import Counter
from collections.abc import Collection, Iterator, Mapping, Sequence
from itertools import groupby

from cutaway.graph import Graph
from cutaway.record import Record, fields_of, replace
from cutaway.theme import Theme
from cutaway.views.explaining.boxes import phrases, title
from cutaway.views.parts.box import Glyph, TextLine, box_glyph
from cutaway.views.parts.wrap import joined

_MOST = 4
"""Lines of a box."""
_TIGHT = 0.75
_MINOR = frozenset({"activation", "normalization", "reshape", "regularization", "preprocessing"})
"""What does not give a box its colour where something else is in it."""
_WEIGHTED = frozenset({"attention", "convolution", "dense", "embedding", "recurrent"})
"""What gives it first."""
_CAUSAL = "causal"
_NORMALIZATIONS = frozenset({"BN", "LN", "GN", "IN", "RMS"})


class Condensed(Record):
    """A graph whose boxes may hold several layers: which, by the ids of the boxes."""

    graph: Graph
    chains: Mapping[str, tuple[str, ...]]


def condensed(graph: Graph, glyphs: Mapping[str, Glyph], stubs: frozenset[str]) -> Condensed:
    """Return a graph in which boxes that follow each other, with nothing leading away in between, are one box."""
    found = {chain[0]: chain for chain in _chains(graph, glyphs, stubs)}
    into = {node: first for first, chain in found.items() for node in chain}
    edges = [
        replace(edge, source=into.get(edge.source, edge.source), target=into.get(edge.target, edge.target))
        for edge in graph.edges
        if into.get(edge.source, edge.source) != into.get(edge.target, edge.target)
    ]
    outputs = {node.id: node.outputs for node in graph.nodes}
    nodes = tuple(
        [
            replace(node, outputs=outputs[found[node.id][-1]]) if node.id in found else node
            for node in graph.nodes
            if into.get(node.id, node.id) == node.id
        ]
    )
    return Condensed(graph=replace(graph, nodes=nodes, edges=tuple(edges)), chains=found)


class Bare(Record):
    """What the layers in some boxes are, a text each, and a sentence about what is left out."""

    texts: Mapping[str, str]
    sentence: str


def bare(glyphs: Mapping[str, Glyph], nodes: Collection[str], *, is_terse: bool = False) -> Bare:
    """Return what `nodes` are, without what is the same in all boxes of a kind, and without most numbers.

    Strides are kept, and what is causal, and if it is not to be terse, every word that is no normalization.
    """
    details = {node: phrases(glyph) for node, glyph in glyphs.items() if title(glyph) and glyph.form == "box"}
    common: dict[str, dict[str, None]] = {}
    for role in dict.fromkeys([glyphs[node].role for node in details]):
        own = [found for node, found in details.items() if glyphs[node].role == role and found]
        common[role] = dict.fromkeys([phrase for phrase in own[0] if _is_word(phrase)] if len(own) > 1 else [])
        for phrase in [phrase for phrase in common[role] if not all(phrase in found for found in own)]:
            del common[role][phrase]
    texts, left, told = dict[str, str](), dict[str, None](), dict[str, None]()
    for node in nodes:
        glyph, kept = glyphs[node], list[str]()
        for phrase in details.get(node, ()):
            if phrase in common[glyph.role]:
                told[glyph.role] = None
            elif _is_kept(phrase, is_terse=is_terse):
                kept.append(_CAUSAL if _CAUSAL in phrase else phrase)
            else:
                left[_category(phrase)] = None
        texts[node] = " ".join((title(glyph) or glyph.lines[0].text, *kept))
    sentences = [f"each {role}: {', '.join(common[role])}" for role in told]
    return Bare(texts=texts, sentence="; ".join((*sentences, *((f"left out: {', '.join(left)}",) if left else ()))))


def _is_word(phrase: str) -> bool:
    return len(phrase) > 1 and not any(char.isdigit() for char in phrase)


def _is_kept(phrase: str, *, is_terse: bool) -> bool:
    if phrase.lstrip("(").startswith("/") or _CAUSAL in phrase:
        return True
    return not is_terse and _is_word(phrase) and phrase.strip("()") not in _NORMALIZATIONS


def _category(phrase: str) -> str:
    """Return what a phrase tells, without its numbers: `heads`, `BN`; a number alone is one of channels."""
    return next((word for word in phrase.strip("()").split() if len(word) > 1 and word.isalpha()), "channels")


def chain_glyph(glyphs: Sequence[Glyph], theme: Theme, limit: float, texts: Sequence[str] = ()) -> Glyph:
    """Return one box for several, which says in a line each what they say, or if there are `texts`, only these.

    What is equal is counted, and lines of `texts` go on up to a `limit` in points.
    """
    size, face = theme.sizes.detail, theme.face
    each = texts or [", ".join(line.text for line in glyph.lines if line.text) for glyph in glyphs]
    runs = [(text, len(list(same))) for text, same in groupby(each)]
    said = tuple([text if count == 1 else f"{count} × {text}" for text, count in runs])
    if texts:
        said = joined(said, size, face, limit)
    lines = [TextLine(text=text, size=size, role="ink") for text in said]
    return box_glyph(tuple(lines), _leading([glyph.role for glyph in glyphs]), theme)


def _leading(roles: Sequence[str]) -> str:
    """Return the role that most of some layers have, those first that have weights."""
    working = [role for role in roles if role not in _MINOR] or list(roles)
    counts = Counter([role for role in working if role in _WEIGHTED] or working)
    return counts.most_common(1)[0][0]


def compact(theme: Theme) -> Theme:
    """Return a theme with all type as small as the smallest in it, and with less room between things."""
    sizes, strokes = theme.sizes, theme.strokes
    least = min(getattr(sizes, name) for name in fields_of(type(sizes)) if name != "leading")
    spacing = {
        name: max(_TIGHT * getattr(theme.spacing, name), floor)
        for name, floor in {
            "rank": 2 * strokes.arrow_length,
            "box": strokes.arrow_width,
            "lane": 1.2 * strokes.arrow_width,
            "pad_x": 0.0,
            "pad_y": 0.5 * least,  # letters that reach below the line must not touch the border
        }.items()
    }
    return replace(
        theme,
        sizes=replace(sizes, operation=least, detail=least, legend=least, label=least, leading=1.3 * least),
        spacing=replace(theme.spacing, **spacing),
    )


def _chains(graph: Graph, glyphs: Mapping[str, Glyph], stubs: frozenset[str]) -> Iterator[tuple[str, ...]]:
    """Yield chains of boxes, each with one tensor in between that goes nowhere else."""
    after: dict[str, set[str]] = {}
    before: dict[str, set[tuple[str, int]]] = {}
    ports: dict[str, set[int]] = {}
    for edge in graph.edges:
        after.setdefault(edge.source, set()).add(edge.target)
        before.setdefault(edge.target, set()).add((edge.source, edge.source_port))
        ports.setdefault(edge.source, set()).add(edge.source_port)
    plain = {node.id for node in graph.nodes if node.id not in stubs and glyphs[node.id].form == "box"}

    def behind(node: str) -> str | None:
        if len(after.get(node, ())) != 1 or len(ports[node]) != 1:
            return None
        (found,) = after[node]
        return found if found in plain and len(before[found]) == 1 else None

    inner = {found for node in plain if (found := behind(node))}
    for node in graph.nodes:
        if node.id in plain and node.id not in inner:
            chain, following = [node.id], behind(node.id)
            while following:
                chain.append(following)
                following = behind(following)
            yield from (tuple(part) for at in range(0, len(chain), _MOST) if len(part := chain[at : at + _MOST]) > 1)
