"""What the `volumes` view draws, in one size: cuboids in runs, captions and names, and the words around."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Final

from cutaway.geometry import Rect, Size
from cutaway.graph import Edge, Graph, Node, Tensor
from cutaway.record import replace
from cutaway.theme import Theme
from cutaway.theme.solid import with_solids
from cutaway.views.block_composing import chosen, node_glyphs, titles_of, with_blocks
from cutaway.views.block_glyphs import GlyphMaker
from cutaway.views.block_words import description, heading_facts
from cutaway.views.composition import Composition
from cutaway.views.connectors import output_key
from cutaway.views.frame import Frame
from cutaway.views.naming import border_names, captions, sharing, terminal_names
from cutaway.views.parts.box import Glyph
from cutaway.views.parts.cuboid import Cuboid
from cutaway.views.parts.legend import Legend
from cutaway.views.parts.stack import pill_size
from cutaway.views.runs import Run
from cutaway.views.shape_text import shape_text
from cutaway.views.sizing import Axes
from cutaway.views.sizing.drawn import drawn_axes
from cutaway.views.volumes.captions import Seen, caption, named
from cutaway.views.volumes.chains import Chain, chains
from cutaway.views.volumes.legend import legend
from cutaway.views.volumes.solids import Solids, lines, sizing
from cutaway.views.volumes.strip import Strip, Volume
from cutaway.views.volumes.words import Label, label

if TYPE_CHECKING:
    from cutaway.views.preparing import Prepared
    from cutaway.views.volumes import Volumes


def composed(view: "Volumes", prepared: "Prepared", theme: Theme, breadth: float) -> tuple[Composition, Frame]:
    """Return what is to be drawn, and the words around it; volumes may be `breadth` times as large as usual."""
    return _Composing(view, prepared, with_blocks(theme, prepared), breadth).result()


class _Composing:
    """A graph while its volumes are made and placed in runs."""

    def __init__(self, view: "Volumes", prepared: "Prepared", theme: Theme, breadth: float) -> None:
        self._view, self._prepared, self._theme, self._breadth = view, prepared, theme, breadth
        self._graph: Final[Graph] = prepared.reduction.graph
        axes = drawn_axes(prepared)
        self._seen: Final = {node.id: _seen(node, axes[node.id]) for node in self._graph.nodes}
        self._known: Final = {edge.id for edge in prepared.known.edges}
        self._names: Final = terminal_names(self._graph)
        self._outputs: Final = self._attached()
        ended = {output.node for output in self._graph.outputs}
        self._chains = chains(self._graph, [edge.target for edge in self._graph.edges if edge.source in ended])
        self._ends: Final = lines(self._graph, self._chains, self._outputs)
        self._labels: dict[str, str] = {}

    def _attached(self) -> dict[str, str]:
        """Return the keys of the outputs whose names stand above the nodes that give them."""
        ended = Counter(output.node for output in self._graph.outputs)
        return {
            output.node: output_key(place)
            for place, output in enumerate(self._graph.outputs)
            if ended[output.node] == 1 and self._is_outside(output.node)
        }

    def _is_outside(self, node: str) -> bool:
        """Tell whether a node lies in no nested model or opened block, which its output leaves."""
        parents = {scope.id: scope.parent for scope in self._graph.scopes}
        scope = self._seen[node].node.scope
        while scope is not None and scope in self._prepared.reduction.stages:
            scope = parents[scope]
        return scope is None

    def result(self) -> tuple[Composition, Frame]:
        """Return what is to be drawn, and the words around it."""
        view, prepared, graph = self._view, self._prepared, self._graph
        reduction, styling, opened = prepared.reduction, prepared.styling, prepared.opened
        maker = self._maker()
        words = node_glyphs(maker, prepared.known, reduction, {})
        cuboids, theme = self._cuboids(words), self._theme
        if styling:
            from cutaway.views.parts.tint import tinted

            found = tinted(cuboids, styling.shades(output_key), theme)
            cuboids, theme = dict(found.glyphs), found.theme
        theme = with_solids(theme, [cuboid.role for cuboid in cuboids.values()])
        labels = self._names_of_outputs()
        runs = tuple(self._runs(cuboids, labels))
        composition = Composition(
            graph=graph,
            theme=theme,
            direction=view.direction,
            glyphs={**cuboids, **labels},
            labels=self._labels,
            titles=titles_of(prepared, None),
            counts={block: each.count for block, each in opened.items() if each.count},
            captions=captions(graph, prepared.shared) | {block: each.caption for block, each in opened.items()},
            stands_for=reduction.stands_for,
            runs=runs,
            **chosen(prepared),
        )
        explained = prepared.explaining.explanations(maker, words) if prepared.explaining else None
        frame = Frame(
            title=prepared.known.name if view.title is None else view.title,
            facts=heading_facts(prepared.known, prepared.totals),
            legend=legend(view, composition, prepared, explained) if view.legend else Legend(),
            key=(),
            description=description(prepared.known, prepared.totals),
            explained=explained,
        )
        return composition, frame

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

    def _cuboids(self, words: Mapping[str, Glyph]) -> dict[str, Cuboid]:
        """Return the cuboids of nodes."""
        styling = self._prepared.styling
        styles = styling.styles if styling else {}
        makes = Solids(
            self._view,
            sizing(self._view, self._seen.values(), self._theme),
            self._theme,
            self._ends,
            self._breadth,
        )
        return {
            node: makes.cuboid(seen, box.lines, box.role, box.count, styles.get(node))
            for node, seen in self._seen.items()
            if (box := words[node])
        }

    def _names_of_outputs(self) -> dict[str, Label]:
        """Return the names of outputs."""
        found: dict[str, Label] = {}
        for place, output in enumerate(self._graph.outputs):
            name = self._names.get(f"{output.node}:{output.port}", output.name)
            tensor = _tensor(self._seen[output.node].node, output.port)
            found[output_key(place)] = label(named(name, tensor, self._theme), self._theme)
        return found

    def _runs(self, cuboids: Mapping[str, Cuboid], labels: Mapping[str, Label]) -> Iterator[Run]:
        """Place the volumes of each chain."""
        for place, chain in enumerate(self._chains):
            yield self._run(f"\0run/{place}", chain, cuboids, labels)
        for place, output in enumerate(self._graph.outputs):
            key = output_key(place)
            if self._outputs.get(output.node) != key:
                size = labels[key].size
                yield Run(
                    id=f"{key}/run",
                    members={key: Rect(0.0, 0.0, size.width, size.height)},
                    size=size,
                    axis=size.height / 2,
                    half=size.height / 2,
                )

    def _run(self, name: str, chain: Chain, cuboids: Mapping[str, Cuboid], labels: Mapping[str, Label]) -> Run:
        view = self._view
        stages = self._stages(chain)
        for edge in chain.skips:
            within = (
                stages[edge.source] == stages[edge.target] == max(stages[node] for node in _between(chain.nodes, edge))
            )
            if not within:
                tensor = _tensor(self._seen[edge.source].node, edge.source_port)
                self._labels[edge.id] = shape_text(tensor.shape)
        order = chain.nodes if view.direction == "right" else chain.nodes[::-1]
        volumes = [self._volume(node, stages[node], cuboids[node], labels) for node in order]
        members: dict[int, list[Seen]] = {}
        for node in chain.nodes:
            members.setdefault(stages[node], []).append(self._seen[node])
        strip = Strip(
            volumes=tuple(volumes),
            captions={stage: caption(seen, self._theme) for stage, seen in members.items()},
            joined=chain.joined,
            skips=chain.skips,
            labels=self._labels,
            near=view.spacing,
            gap=view.gap,
            theme=self._theme,
            lefts=view.reversed,
        )
        ends = [each for each in (volumes[0], volumes[-1]) if self._ends.beside.get(each.id, 0) > 1]
        half = min([each.solid.front.height for each in ends or volumes]) / 2
        run = strip.run(name, self._seen[chain.nodes[0]].node.scope, half)
        stands_for = self._prepared.reduction.stands_for
        edges = [each for link in run.joined for each in (link, *stands_for.get(link, ())) if each in self._known]
        return replace(run, edges=tuple(edges))

    def _stages(self, chain: Chain) -> dict[str, int]:
        """Return the numbers of the stages in a chain, by node."""
        found: dict[str, int] = {}
        number, last = 0, None
        for node in chain.nodes:
            stage = self._seen[node].stage
            number += last is not None and stage != last
            found[node], last = number, stage
        return found

    def _volume(self, node: str, stage: int, glyph: Cuboid, labels: Mapping[str, Label]) -> Volume:
        seen = self._seen[node]
        key = self._outputs.get(node, "")
        above = named(self._names.get(node, seen.node.name), seen.tensor, self._theme) if node in self._inputs else ()
        styling = self._prepared.styling
        style = styling.styles.get(node) if styling else None
        before, after = style.gap if style and style.gap else (0.0, 0.0)
        return Volume(
            id=node,
            solid=glyph.solid,
            stage=stage,
            named=above,
            output=key,
            label=labels[key].size if key else Size(0.0, 0.0),
            foot=pill_size(glyph.count, self._theme).height / 2 if glyph.count else 0.0,
            before=before,
            after=after,
        )

    @property
    def _inputs(self) -> tuple[str, ...]:
        return self._graph.inputs


def _between(nodes: tuple[str, ...], edge: Edge) -> tuple[str, ...]:
    return nodes[nodes.index(edge.source) : nodes.index(edge.target) + 1]


def _seen(node: Node, axes: tuple[Axes, ...]) -> Seen:
    """Return what is seen of a node: its first output."""
    return Seen(node=node, tensor=_tensor(node, 0), axes=axes[0] if axes else Axes())


def _tensor(node: Node, port: int) -> Tensor:
    return node.outputs[port].tensor if port < len(node.outputs) else Tensor()
