"""A smaller drawing of the same: layers one behind the other in one box, a line each; and smaller type."""

from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

from cutaway.graph import Graph
from cutaway.record import fields_of, record, replace
from cutaway.theme import Theme
from cutaway.views.parts.box import Glyph, TextLine, box_glyph
from cutaway.views.parts.wrap import joined

_MOST = 4
"""Lines of a box."""
_TIGHT = 0.75
_MINOR = frozenset({"activation", "normalization", "reshape", "regularization", "preprocessing"})
"""What does not give a box its colour where something else is in it."""


@record
class Condensed:
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


def chain_glyph(glyphs: Sequence[Glyph], theme: Theme, limit: float, *, is_bare: bool = False) -> Glyph:
    """Return one box for several, which says in a line each what they say, or if it is to be bare, only their titles.

    In a bare box equal ones are counted, and lines go on up to a `limit` in points.
    """
    size, face = theme.sizes.detail, theme.face
    told = [[line.text for line in glyph.lines if line.text] for glyph in glyphs]
    if is_bare:
        runs = [(title, len(list(same))) for title, same in groupby([words[0] for words in told])]
        texts = joined([title if count == 1 else f"{count} × {title}" for title, count in runs], size, face, limit)
    else:
        texts = tuple([", ".join(words) for words in told])
    lines = [TextLine(text=text, size=size, role="ink") for text in texts]
    roles = [glyph.role for glyph in glyphs]
    role = next((role for role in roles if role not in _MINOR), roles[0])
    return box_glyph(tuple(lines), role, theme)


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
