"""What lies between the stacks of `lenet_view`: patches with wedges, funnels and bands, lines around other stacks."""

from collections import Counter
from collections.abc import Iterator, Mapping

from cutaway.compat.visualkeras.settling import Settled
from cutaway.compat.visualkeras.stack import shape_of
from cutaway.graph import Graph, Node
from cutaway.layered.problem import Layout
from cutaway.scene import Bent, Group, Mark, Path, Stroke
from cutaway.theme import Theme
from cutaway.views.maps.glyph import MapGlyph
from cutaway.views.maps.links import Joints, Links
from cutaway.views.maps.relations import Joint
from cutaway.views.maps.windows import window
from cutaway.views.sizing import Axes

_LEAST = 4.0
"""Points along the side of a patch at least."""
_MOST = 0.6
"""Of a map so much is covered by a patch at most."""
_RADIUS = 4.0


class Patches:
    """Draws the connections of stacks, each in the look of the stack where it ends."""

    def __init__(
        self,
        graph: Graph,
        glyphs: Mapping[str, MapGlyph],
        axes: Mapping[str, Axes],
        theme: Theme,
        settled: Settled,
    ) -> None:
        self._glyphs = glyphs
        self._theme = theme
        self._lines = bool(settled.draw_connections)
        self._targets = {edge.id: edge.target for edge in graph.edges}
        self._sources = {edge.id: edge.source for edge in graph.edges}
        self._links = Links(
            Joints(
                graph=graph,
                glyphs=glyphs,
                found=dict(_joints(graph, glyphs, axes)),
                words={},
                pale=frozenset(),
                theme=theme,
                direction="right",
                seed=settled.seed,
                windows=bool(settled.draw_patches),
                lines=self._lines,
            )
        )

    def connecting(self, key: str, layout: Layout) -> tuple[Mark, ...]:
        """Return the lines of an edge between its two stacks."""
        look = self._glyphs[self._targets[key]].look
        if not self._lines or not look.joint_width or look.joint is None:
            return ()
        found = self._links.connecting(key, layout)
        if found is not None:
            return found
        route = layout.routes[key]
        source, target = self._glyphs[self._sources[key]], self._glyphs[self._targets[key]]
        back = source.met(route[::-1], layout.boxes[self._sources[key]], self._theme, is_source=True)
        led = target.met(back[::-1], layout.boxes[self._targets[key]], self._theme, is_source=False)
        return (Path(segments=Bent(led, _RADIUS), stroke=Stroke(paint=look.joint, width=look.joint_width)),)

    def overlaying(self, layout: Layout) -> tuple[Mark, ...]:
        """Return the words around the stacks, and what lies upon these."""
        return (*self._words(layout), *self._links.over(layout))

    def _words(self, layout: Layout) -> Iterator[Mark]:
        for node, glyph in self._glyphs.items():
            place = glyph.place(layout.boxes[node])[1]
            words = tuple(glyph.words.texts(place, self._theme, is_row=True))
            if words:
                yield Group(marks=words, ref=node)


def _joints(graph: Graph, glyphs: Mapping[str, MapGlyph], axes: Mapping[str, Axes]) -> Iterator[tuple[str, Joint]]:
    """Give what is drawn between two stacks, where one edge alone leads from one to the other."""
    pairs = Counter((edge.source, edge.target) for edge in graph.edges)
    nodes = {node.id: node for node in graph.nodes}
    for edge in graph.edges:
        if pairs[edge.source, edge.target] == 1:
            yield edge.id, _joint(edge.source, nodes[edge.target], glyphs, axes)


def _joint(source: str, target: Node, glyphs: Mapping[str, MapGlyph], axes: Mapping[str, Axes]) -> Joint:
    seen = window(target)
    one, other = shape_of(axes[source]), shape_of(axes[target.id])
    if seen is None or {one.kind, other.kind} != {"spatial"}:
        return Joint(source=source, target=target.id, relation="funnel")
    is_window = seen.relation == "window"
    shape, body = (one, glyphs[source].body) if is_window else (other, glyphs[target.id].body)
    scale = glyphs[target.id].look.window_scale or 0.0
    high, wide = (1, 1, *seen.sides)[-2:]
    return Joint(
        source=source,
        target=target.id,
        relation=seen.relation,
        wide=_side(wide / shape.w * body.width * scale, body.width),
        high=_side(high / shape.h * body.height * scale, body.height),
    )


def _side(wanted: float, side: float) -> float:
    return min(max(wanted, _LEAST), _MOST * side)
