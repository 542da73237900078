"""The `blocks` view: rounded boxes in the reader's words, arrows, nested models as captioned regions."""

from collections import Counter
from collections.abc import Mapping
from typing import Literal, TypeAlias

from cutaway.analysis.collapse import Collapsed, collapse
from cutaway.analysis.shapes import infer
from cutaway.garbage import uncollected
from cutaway.graph import Graph
from cutaway.layered.problem import Direction
from cutaway.page import Page
from cutaway.record import record
from cutaway.scene import Scene
from cutaway.theme import Theme
from cutaway.views.block_glyphs import GlyphMaker, evened
from cutaway.views.block_words import description, edge_labels, heading_facts, legend, node_titles
from cutaway.views.composition import Composition, output_key
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
    "parameters": "how many, where the source holds the weights, as a live model does and JSON does not",
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

    @uncollected
    def __call__(self, graph: Graph, theme: Theme, page: Page) -> Scene:  # noqa: ARG002 - fitting comes from outside
        """Return the figure of `graph` in its natural size."""
        known = infer(graph, verify=False)
        collapsed = collapse(known, self.depth)
        drawn, show = collapsed.graph, frozenset(self.show)
        shared = shared_ids(drawn)
        numbers = self._numbers(drawn)
        maker = GlyphMaker(
            theme=theme,
            show=show,
            limit=_LIMITS["across" if self.direction in {"right", "left"} else "down"],
            names=terminal_names(drawn),
            shared=shared,
            borders=border_names(drawn),
        )
        glyphs = evened(_glyphs(maker, known, collapsed, numbers), self.direction)
        composition = Composition(
            graph=drawn,
            theme=theme,
            direction=self.direction,
            glyphs=roomy(glyphs, drawn, self.direction, theme),
            labels=edge_labels(drawn, show),
            titles=node_titles(drawn),
            captions=captions(drawn, shared),
            stands_for=collapsed.stands_for,
        )
        frame = Frame(
            title=graph.name if self.title is None else self.title,
            facts=heading_facts(known),
            legend=legend(composition, show, sharing=bool(shared)) if self.legend else Legend(),
            key=tuple(KeyEntry(number=number, words=name) for name, number in numbers.items()),
            description=description(known),
        )
        return framed(composition, frame)

    def _numbers(self, graph: Graph) -> dict[str, str]:
        return {node.id: str(place) for place, node in enumerate(graph.nodes, 1)} if self.numbers else {}


def _glyphs(maker: GlyphMaker, graph: Graph, collapsed: Collapsed, numbers: Mapping[str, str]) -> dict[str, Glyph]:
    """Return the glyphs of what is left of `graph`, and of its outputs."""
    fed = Counter(edge.target for edge in collapsed.graph.edges)
    calls = {node.id for node in graph.nodes}
    nodes, glyphs = {node.id: node for node in collapsed.graph.nodes}, dict[str, Glyph]()
    for node in nodes.values():
        number = numbers.get(node.id, "")
        if node.id in calls:
            glyphs[node.id] = maker.node(node, fed[node.id], number)
        else:
            members = len(calls.intersection(collapsed.stands_for[node.id]))
            glyphs[node.id] = maker.closed(node, members, number)
    for place, output in enumerate(collapsed.graph.outputs):
        glyphs[output_key(place)] = maker.output(output, nodes[output.node].outputs[output.port].tensor)
    return glyphs
