"""What the `neurons` view draws, in one size and direction: columns, boxes, lines between neurons, words around."""

from collections import Counter
from functools import cached_property

from cutaway.errors import warn
from cutaway.record import replace
from cutaway.theme import Theme
from cutaway.typed import TYPE_CHECKING, Any
from cutaway.views.block_composing import chosen, node_glyphs, titles_of, with_blocks
from cutaway.views.block_glyphs import SIGNS, GlyphMaker
from cutaway.views.block_words import description, edge_labels, heading_facts, legend
from cutaway.views.composition import Composition
from cutaway.views.frame import Frame
from cutaway.views.naming import border_names, captions, output_key, sharing, terminal_names
from cutaway.views.neurons.columns import Asked, Columns
from cutaway.views.neurons.forks import beside_forks
from cutaway.views.neurons.lines import Wires
from cutaway.views.neurons.linework import cores, explained, linework, with_lines
from cutaway.views.neurons.words import ColumnWords
from cutaway.views.parts.legend import Legend
from cutaway.views.parts.lines import evened, roomy
from cutaway.views.parts.tint import tinted
from cutaway.views.spelling import heading

if TYPE_CHECKING:
    from collections.abc import Mapping

    from cutaway.views.neurons import Neurons
    from cutaway.views.neurons.joints import Joint
    from cutaway.views.neurons.plan import Plan
    from cutaway.views.parts.box import Glyph
    from cutaway.views.readings import Said

_LIMITS = {"right": 74.0, "left": 74.0, "down": 118.0, "up": 118.0}
"""The widest line in a box, in points."""

_ROUNDS = 4
"""So often words move away from lines that lead to several columns; what moves then may be in the way of others."""


def composed(view: "Neurons", plan: "Plan", theme: Theme, breadth: float) -> tuple[Composition, Frame]:
    """Return what is to be drawn, and the words around it; boxes may be `breadth` times as wide as usual."""
    prepared = plan.prepared
    drawing = _Drawing(view, plan, with_lines(with_blocks(theme, prepared), plan.weighed), breadth)
    asked: dict[str, Asked] = {}
    composition = drawing.composition(asked)
    for _ in range(_ROUNDS if drawing.forks else 0):
        more = beside_forks(composition, drawing.forks, asked)
        if more == asked:
            break
        asked = more
        composition = drawing.composition(asked)
    shown = prepared.explaining.explanations(drawing.maker, drawing.boxes) if prepared.explaining else None
    words = Legend()
    if view.legend:
        words = legend(composition, None, prepared, shown.glyphs if shown else ())
        words = explained(words, plan, drawing.cut())
    frame = Frame(
        title=heading(prepared.known.name) if view.title is None else view.title,
        facts=heading_facts(prepared.known, prepared.totals),
        legend=words,
        description=description(prepared.known, prepared.totals),
        explained=shown,
    )
    return composition, frame


class _Drawing:
    """A plan while it is composed."""

    def __init__(self, view: "Neurons", plan: "Plan", theme: Theme, breadth: float) -> None:
        self.view, self.plan, self.theme = view, plan, theme
        self.reduction, self.styling = plan.prepared.reduction, plan.prepared.styling
        self.labels, told = self._labels()
        self.maker = self._maker(breadth * _LIMITS[view.direction], told)
        made = node_glyphs(self.maker, plan.prepared.known, self.reduction, {})
        boxes = {key: glyph for key, glyph in made.items() if key not in plan.totals}
        self.boxes = self._with_pictures(evened(boxes, view.direction, unit=theme.spacing.box))
        self.linework = linework(view, plan)

    def _with_pictures(self, boxes: "Mapping[str, Glyph]") -> "dict[str, Glyph]":
        """Return boxes with their pictures; the circles of merges have no room for any."""
        found, left = dict(boxes), list[str]()
        styles = self.styling.styles if self.styling else {}
        for node, picture in self.plan.prepared.pictures.items():
            if node not in found:
                continue
            if found[node].form == "round":
                left.append(node)
                continue
            from cutaway.views.parts.pictured import pictured

            found[node] = pictured(found[node], picture, styles[node].fit, self.theme)
        if left:
            warn(f"the pictures of {', '.join(map(repr, left))} are left out: the small circles have no room for them")
        return found

    def composition(self, asked: "Mapping[str, Asked]") -> Composition:
        """Return what is drawn, with words at columns where they are `asked` to stand."""
        view, plan, prepared = self.view, self.plan, self.plan.prepared
        drawn, opened = plan.graph, prepared.opened
        columns = Columns(
            view=view,
            plan=plan,
            theme=self.theme,
            words=ColumnWords(maker=self.maker),
            cores=cores(plan.weighed),
            asked=asked,
        ).made()
        every: dict[str, Any] = {**self.boxes, **columns}
        glyphs: dict[str, Any] = dict(roomy(every, drawn, view.direction, self.theme))
        theme = self.theme
        if self.styling:
            found = tinted(glyphs, self.styling.shades(output_key), theme)
            glyphs, theme = dict(found.glyphs), found.theme
        composition = Composition(
            graph=drawn,
            theme=theme,
            direction=view.direction,
            glyphs=glyphs,
            labels=self.labels,
            titles=titles_of(prepared, None),
            counts={block: words.count for block, words in opened.items() if words.count},
            captions=captions(drawn, prepared.shared, prepared.loose)
            | {block: words.caption for block, words in opened.items()},
            stands_for=self.reduction.stands_for,
            may_bend=not columns,
            groupings=view.groupings,
            **chosen(prepared),
        )
        return (
            replace(composition, connecting=Wires(composition, plan.joints, self.linework))
            if plan.joints
            else composition
        )

    @cached_property
    def forks(self) -> "list[Joint]":
        """The joints of columns from which several lines lead."""
        counts = Counter(edge.source for edge in self.plan.graph.edges)
        totals = self.plan.totals
        return [
            joint
            for joint in self.plan.joints.values()
            if counts[joint.source] > 1 and joint.source in totals and joint.target in totals
        ]

    def cut(self) -> dict[str, tuple[int, int]]:
        """Return how many lines are drawn of how many between circles, for the edges of which some are not."""
        found: dict[str, tuple[int, int]] = {}
        for key, joint in self.plan.joints.items():
            lines = joint.count(self.plan.numbers(joint.source), self.plan.numbers(joint.target))
            if lines > self.plan.most:
                found[key] = self.plan.most, lines
        return found

    def _labels(self) -> "tuple[dict[str, str], dict[str, tuple[Said, ...]]]":
        """Return the labels of edges, and what boxes say from which lines lead to all neurons: no label stands there.

        Columns say themselves how much they give.
        """
        graph, totals = self.plan.graph, self.plan.totals
        labels = edge_labels(graph, frozenset(self.view.show), self.reduction.stages)
        nodes = {node.id: node for node in graph.nodes}
        sources = {edge.id: edge.source for edge in graph.edges}
        told: dict[str, tuple[Said, ...]] = {}
        for key in [key for key in labels if key in self.plan.joints and sources[key] not in totals]:
            source = nodes[sources[key]]
            if source.operation not in SIGNS and source.id not in self.reduction.marks:
                told[source.id] = ((labels.pop(key),),)
        return {key: text for key, text in labels.items() if sources[key] not in totals}, told

    def _maker(self, limit: float, told: "Mapping[str, tuple[Said, ...]]") -> GlyphMaker:
        prepared, drawn = self.plan.prepared, self.plan.graph
        return GlyphMaker(
            theme=self.theme,
            show=frozenset(self.view.show),
            limit=limit,
            names=terminal_names(drawn),
            shared=sharing(drawn, prepared.shared),
            merged=self.reduction.merged,
            marks=self.reduction.marks,
            blocks=prepared.words,
            borders=border_names(drawn),
            lines=told,
            labels=self.styling.texts("label") if self.styling else {},
        )
