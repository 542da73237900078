"""What the `volumes` view draws, in one size: cuboids in runs, captions and names, and the words around."""

from collections import Counter
from collections.abc import Mapping
from functools import cached_property

from cutaway.graph import Graph, Kind, Node, Tensor
from cutaway.record import replace
from cutaway.theme import Theme
from cutaway.typed import TYPE_CHECKING
from cutaway.views.block_composing import chosen, node_glyphs, titles_of, with_blocks
from cutaway.views.block_glyphs import GlyphMaker
from cutaway.views.block_words import description, heading_facts
from cutaway.views.composition import Composition
from cutaway.views.frame import Frame
from cutaway.views.naming import border_names, captions, keyed_outputs, output_key, sharing, terminal_names
from cutaway.views.parts.box import Glyph
from cutaway.views.parts.cuboid import Cuboid
from cutaway.views.parts.legend import Legend
from cutaway.views.phrases import PHRASES
from cutaway.views.runs import Run
from cutaway.views.sizing import Axes, Sizing
from cutaway.views.sizing.drawn import drawn_axes
from cutaway.views.spelling import heading
from cutaway.views.volumes.bracketing import bracketed
from cutaway.views.volumes.captions import Seen, Stage, named
from cutaway.views.volumes.chains import chains, parted
from cutaway.views.volumes.coloured import coloured
from cutaway.views.volumes.legend import legend
from cutaway.views.volumes.looks import looked
from cutaway.views.volumes.placing import Placing
from cutaway.views.volumes.scale import scale_notes
from cutaway.views.volumes.solids import Lines, Solids, lines
from cutaway.views.volumes.telling import told_apart
from cutaway.views.volumes.words import Label, label

if TYPE_CHECKING:
    from cutaway.views.explaining import Explanations
    from cutaway.views.parts.grouping import Grouping
    from cutaway.views.preparing import Prepared
    from cutaway.views.volumes import Volumes

_ACTIVE = frozenset({Kind.CONVOLUTION, Kind.UPSAMPLING, Kind.DENSE, Kind.ACTIVATION})
"""Kinds whose activation is said beside what they give."""
_LEAST = 0.36
"""How small volumes may become for a page, beside their natural size."""
_SMALL = 0.6
"""How small they may become where a run may go on in another."""
_LONGEST = 760.0
"""Points: how long a run may be where there is no page."""


def composed(view: "Volumes", prepared: "Prepared", theme: Theme, breadth: float) -> tuple[Composition, Frame]:
    """Return what is to be drawn, and the words around it; volumes may be `breadth` times as large as usual."""
    return _Composing(view, prepared, looked(view, with_blocks(theme, prepared))).result(breadth)


class _Composing:
    """A graph while its volumes are made and placed in runs."""

    def __init__(self, view: "Volumes", prepared: "Prepared", theme: Theme) -> None:
        ended = {output.node for output in prepared.reduction.graph.outputs}
        self._cuts = {edge.target for edge in prepared.reduction.graph.edges if edge.source in ended}
        bare = bracketed(told_apart(prepared), self._cuts)
        self._prepared = prepared = bare.prepared
        self._brackets = bare.names
        self._view, self._theme = view, theme
        self._graph: Graph = prepared.reduction.graph
        axes = drawn_axes(prepared)
        self._seen = {node.id: _seen(node, axes.get(node.id, ())) for node in self._graph.nodes}
        self._names = terminal_names(self._graph)
        self._styles = prepared.styling.styles if prepared.styling else {}
        self._outputs = self._attached()
        self._chains = chains(self._graph, self._cuts)
        self._least = _LEAST
        self._sizing = Sizing()

    def result(self, breadth: float) -> tuple[Composition, Frame]:
        """Return what is to be drawn, and the words around it."""
        view, prepared, graph = self._view, self._prepared, self._graph
        reduction, opened, maker = prepared.reduction, prepared.opened, self._maker()
        words = node_glyphs(maker, prepared.known, reduction, {})
        placing, cuboids, runs = self._fitted(words, breadth)
        cuboids, theme = coloured(view, prepared, self._theme, cuboids)
        composition = Composition(
            graph=graph,
            theme=theme,
            direction=view.direction,
            glyphs={**cuboids, **placing.names},
            labels=placing.labels,
            titles=titles_of(prepared, None),
            counts={block: each.count for block, each in opened.items() if each.count},
            captions=captions(graph, prepared.shared, prepared.loose)
            | {block: each.caption for block, each in opened.items()},
            stands_for=reduction.stands_for,
            runs=runs,
            groupings=tuple([_with_words(grouping, runs, self._outputs) for grouping in view.groupings]),
            logos=view.logos,
            brackets=self._brackets,
            **chosen(prepared),
        )
        told = frozenset(placing.called.told)
        explained = prepared.explaining.explanations(maker, words, told) if prepared.explaining else None
        frame = Frame(
            title=heading(prepared.known.name) if view.title is None else view.title,
            facts=heading_facts(prepared.known, prepared.totals),
            legend=self._legend(composition, explained, cuboids) if view.legend else Legend(),
            description=description(prepared.known, prepared.totals),
            explained=explained,
            logos=view.logo_legend,
        )
        return composition, frame

    def _legend(
        self, composition: Composition, explained: "Explanations | None", cuboids: Mapping[str, Cuboid]
    ) -> Legend:
        """Return what explains the figure."""
        scales = tuple(scale_notes(self._view, self._sizing, cuboids, self._seen))
        found = legend(self._view, composition, self._prepared, explained, scales)
        return replace(found, drawn=dict.fromkeys(scales, ""))

    def _fitted(self, words: Mapping[str, Glyph], breadth: float) -> tuple[Placing, dict[str, Cuboid], tuple[Run, ...]]:
        """Place the volumes; those of a run that is too long are smaller, or go on in further ones."""
        view, whole, is_tight = self._view, self._view.room or _LONGEST, False
        while True:
            ends = lines(self._graph, self._chains, self._outputs)
            cuboids = self._cuboids(words, breadth, ends)
            placing = Placing(view, self._prepared, self._theme, self._seen, self._names_of_outputs(), self._brackets)
            runs = placing.runs(self._chains, cuboids, self._outputs, ends, is_tight=is_tight)
            if not runs:
                return placing, cuboids, runs
            place, long = max(enumerate(runs), key=lambda each: each[1].size.width)
            room = whole - self._around(long) if len(runs) > 1 else whole
            if long.size.width <= room:
                return placing, cuboids, runs
            if not is_tight:
                is_tight = True
                continue
            chain = self._chains[place] if place < len(self._chains) else None
            own = sum(cuboids[node].solid.front.width for node in long.members if node in cuboids)
            smaller = min(0.97, (room - long.size.width + own) / own) * breadth if own else 0.0
            if smaller < _SMALL and chain and not chain.skips:
                parts = parted(chain, {node: rect.right for node, rect in long.members.items()}, room, self._stages)
                if len(parts) > 1:
                    self._chains = (*self._chains[:place], *parts, *self._chains[place + 1 :])
                    continue
            if view.room is None or not chain or len(chain.nodes) < 2:
                return placing, cuboids, runs
            if breadth > self._least:
                breadth = max(self._least, smaller)
            else:  # nothing else helps
                self._least = breadth = _SMALL
                self._cuts.add(max(chain.nodes[1:], key=lambda node: min(long.members[node].right, room)))
                self._chains = chains(self._graph, self._cuts)

    def _around(self, run: Run) -> float:
        """Return what the lines and the borders beside a run take at least."""
        parents = {scope.id: scope.parent for scope in self._graph.scopes}
        spacing, scope = self._theme.spacing, run.scope
        room = 2 * spacing.rank
        while scope is not None:
            room, scope = room + 2 * spacing.region, parents[scope]
        return room

    @cached_property
    def _stages(self) -> dict[str, Stage]:
        names = self._brackets
        return {node: (names[node],) if node in names else seen.stage for node, seen in self._seen.items()}

    def _attached(self) -> dict[str, str]:
        """Return the keys of the outputs whose names stand above the nodes that give them; an input has its own."""
        ended = Counter(output.node for output in self._graph.outputs)
        return {
            output.node: output_key(place)
            for place, output in enumerate(self._graph.outputs)
            if ended[output.node] == 1 and self._is_outside(output.node) and output.node not in self._graph.inputs
        }

    def _is_outside(self, node: str) -> bool:
        """Tell whether a node lies in no nested model or opened block, which its output leaves."""
        parents = {scope.id: scope.parent for scope in self._graph.scopes}
        scope = self._seen[node].node.scope
        while scope is not None and scope in self._prepared.reduction.stages:
            scope = parents[scope]
        return scope is None

    def _maker(self) -> GlyphMaker:
        """Return what words the boxes of the nodes would have."""
        reduction, styling = self._prepared.reduction, self._prepared.styling
        return GlyphMaker(
            theme=self._theme,
            show=frozenset({"shapes", "activations"}),
            limit=74.0,
            names=self._names,
            shared=sharing(self._graph, self._prepared.shared),
            merged=reduction.merged,
            marks=reduction.marks,
            blocks=self._prepared.words,
            borders=border_names(self._graph),
            labels=styling.texts("label") if styling else {},
        )

    def _cuboids(self, words: Mapping[str, Glyph], breadth: float, ends: Lines) -> dict[str, Cuboid]:
        """Return the cuboids of nodes."""
        makes = Solids(self._view, [*self._seen.values()], self._theme, ends, breadth)
        styles, pictures = self._styles, self._prepared.pictures
        self._sizing = makes.sizes
        return {
            node: makes.cuboid(seen, words[node], styles.get(node), pictures.get(node))
            for node, seen in self._seen.items()
        }

    def _names_of_outputs(self) -> dict[str, Label]:
        """Return the names of outputs."""
        found: dict[str, Label] = {}
        for key, output in keyed_outputs(self._graph):
            name = self._names.get(key, output.name)
            node = self._seen[output.node].node
            tensor = node.outputs[output.port].tensor if output.port < len(node.outputs) else Tensor()
            detail = PHRASES["activation"](node.attributes) if node.kind in _ACTIVE and self._view.room is None else ""
            found[key] = label(named(name, tensor, self._theme, detail), self._theme)
        return found


def _with_words(grouping: "Grouping", runs: tuple[Run, ...], outputs: Mapping[str, str]) -> "Grouping":
    """Return a grouping around its volumes and what is written beside them."""
    inside = frozenset(grouping.members)
    rooms = [f"{run.id}/{place}" for run in runs for place, words in enumerate(run.words) if words.ref in inside]
    names = [key for node, key in outputs.items() if node in inside]
    return replace(grouping, members=(*grouping.members, *rooms, *names))


def _seen(node: Node, axes: tuple[Axes, ...]) -> Seen:
    """Return what is seen of a node: its first output."""
    tensor = node.outputs[0].tensor if node.outputs else Tensor()
    return Seen(node=node, tensor=tensor, axes=axes[0] if axes else Axes())
