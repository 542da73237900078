"""The `blocks` view: rounded boxes in the reader's words, arrows, nested models as captioned regions."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

from cutaway.analysis.collapse import Collapsed, collapse
from cutaway.analysis.shapes import infer
from cutaway.graph import Graph
from cutaway.layered.problem import Direction
from cutaway.page import Page
from cutaway.record import record
from cutaway.scene import Scene
from cutaway.theme import Theme
from cutaway.views.block_glyphs import GlyphMaker, evened
from cutaway.views.block_words import description, edge_labels, heading_facts, legend, node_titles, output_tensor
from cutaway.views.composition import Composition
from cutaway.views.frame import Frame, framed
from cutaway.views.naming import border_names, captions, shared_ids, terminal_names
from cutaway.views.option import option
from cutaway.views.parts.box import Glyph
from cutaway.views.parts.key import KeyEntry
from cutaway.views.parts.legend import Legend
from cutaway.views.parts.room import roomy

Fact: TypeAlias = Literal["shapes", "dtypes", "names", "activations", "trainable", "parameters"]

_FACTS: Mapping[str, str] = {
    "shapes": "of the data, where they change",
    "dtypes": "the data's types",
    "names": "the layers' own",
    "activations": "of the layers that have one",
    "trainable": "'frozen' where a layer is not trained",
    "parameters": "how many, where the source states the weights, as a live model does and a file does not",
}

_LIMITS = {"down": 118.0, "across": 74.0}
"""The widest line in a box, in points: boxes in a column may be wide, boxes in a row had better be high."""


@record
class Blocks:
    """Draw a model as boxes and arrows."""

    show: tuple[Fact, ...] = option(
        ("shapes", "activations"), "what to say about layers, separated by commas", words=_FACTS
    )
    direction: Direction = option("down", "where the data flows on the page")
    depth: int | None = option(None, "how deep nested models are opened; 0 keeps them closed (default: all)", "N")
    numbers: bool = option(False, "number the boxes and add a key with the layers' names")
    legend: bool = option(True, "explain colours and signs below the figure")
    title: str | None = option(None, "the heading; empty for none (default: the model's name)", "TEXT")

    def __call__(self, graph: Graph, theme: Theme, page: Page) -> Scene:  # noqa: ARG002 - fitting comes from outside
        """Return the figure of `graph` in its natural size."""
        known = infer(graph, verify=False)
        collapsed = collapse(known, self.depth)
        numbers = self._numbers(collapsed.graph)
        glyphs = self._glyphs(known, collapsed, theme, numbers)
        composition = Composition(
            graph=collapsed.graph,
            theme=theme,
            direction=self.direction,
            glyphs={node.id: glyphs[node.id] for node in collapsed.graph.nodes},
            outputs=tuple((output, glyphs[_key(place)]) for place, output in enumerate(collapsed.graph.outputs)),
            labels=edge_labels(collapsed.graph, frozenset(self.show)),
            titles=node_titles(collapsed.graph),
            captions=captions(collapsed.graph),
            stands_for=collapsed.stands_for,
        )
        frame = Frame(
            title=graph.name if self.title is None else self.title,
            facts=heading_facts(known),
            legend=legend(composition, frozenset(self.show)) if self.legend else Legend(),
            key=tuple(KeyEntry(number=numbers[node.id], words=node.id) for node in collapsed.graph.nodes)
            if self.numbers
            else (),
            description=description(known),
        )
        return framed(composition, frame)

    def _numbers(self, graph: Graph) -> dict[str, str]:
        return {node.id: str(place) for place, node in enumerate(graph.nodes, 1)} if self.numbers else {}

    def _maker(self, graph: Graph, theme: Theme) -> GlyphMaker:
        return GlyphMaker(
            theme=theme,
            show=frozenset(self.show),
            limit=_LIMITS["across" if self.direction in {"right", "left"} else "down"],
            names=terminal_names(graph),
            shared=shared_ids(graph),
            borders=border_names(graph),
        )

    def _glyphs(self, graph: Graph, collapsed: Collapsed, theme: Theme, numbers: dict[str, str]) -> dict[str, Glyph]:
        maker, fed = self._maker(collapsed.graph, theme), dict[str, int]()
        for edge in collapsed.graph.edges:
            fed[edge.target] = fed.get(edge.target, 0) + 1
        calls, glyphs = {node.id for node in graph.nodes}, dict[str, Glyph]()
        for node in collapsed.graph.nodes:
            number = numbers.get(node.id, "")
            if node.id in calls:
                glyphs[node.id] = maker.node(node, fed.get(node.id, 0), number)
            else:
                members = len(calls.intersection(collapsed.stands_for[node.id]))
                glyphs[node.id] = maker.closed(node, members, number)
        for place, output in enumerate(collapsed.graph.outputs):
            glyphs[_key(place)] = maker.output(output, output_tensor(collapsed.graph, output))
        return roomy(evened(glyphs, self.direction), collapsed.graph, self.direction, theme)


def _key(output: int) -> str:
    """Return the key of an output's glyph; no id of a graph starts with this character."""
    return f"\0{output}"
