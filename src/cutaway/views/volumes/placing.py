"""Where volumes go: each chain is placed in a strip, which is a run of the layout."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from cutaway.analysis.accounts import output_line
from cutaway.geometry import Rect, Size
from cutaway.graph import Edge, Tensor
from cutaway.page import LEAST_SIZE
from cutaway.record import replace
from cutaway.theme import Theme
from cutaway.typed import TYPE_CHECKING
from cutaway.views.naming import keyed_outputs, terminal_names
from cutaway.views.parts.box import TextLine
from cutaway.views.parts.cuboid import Cuboid
from cutaway.views.runs import Ended, Run
from cutaway.views.spelling import shape_text
from cutaway.views.volumes.along import evened
from cutaway.views.volumes.called import Called
from cutaway.views.volumes.captions import Seen, caption, named
from cutaway.views.volumes.chains import Chain, last_branches
from cutaway.views.volumes.placed import placed
from cutaway.views.volumes.rows import lows
from cutaway.views.volumes.solids import Lines, close_pitch, is_close
from cutaway.views.volumes.staging import Staging, rims
from cutaway.views.volumes.strip import CLEAR, Caption, Strip, Volume
from cutaway.views.volumes.words import Label, label, measured

if TYPE_CHECKING:
    from cutaway.views.preparing import Prepared
    from cutaway.views.volumes import Volumes

_TIGHT = 8.0
"""Points between stages at most where a run has too little room."""


class Placing:
    """Places the volumes of chains.

    `names` are those of outputs, `labels` what stands on lines inside of runs, and `called` names stages.
    """

    def __init__(
        self,
        view: "Volumes",
        prepared: "Prepared",
        theme: Theme,
        seen: Mapping[str, Seen],
        names: Mapping[str, Label],
        brackets: Mapping[str, str],
    ) -> None:
        self.names = {**names}
        self.called = Called(prepared, theme)
        self.labels: dict[str, str] = {}
        self._view, self._prepared, self._theme, self._seen = view, prepared, theme, seen
        self._graph = prepared.reduction.graph
        self._inputs = frozenset(self._graph.inputs)
        self._own_names = terminal_names(self._graph)
        whole = prepared.known
        self._known = {each.id for part in (whole.edges, whole.nodes, whole.scopes) for each in part}
        self._rims = rims(view, prepared)
        ended = frozenset([output.node for output in self._graph.outputs])
        self._staging = Staging(seen, self._inputs, self._rims, brackets, ended)
        self._is_tight = False
        self._is_signed = view.text is not None and view.text_position == "above"
        self._last: frozenset[str] = frozenset()
        self._styles = prepared.styling.styles if prepared.styling else {}

    def runs(
        self,
        chains: Sequence[Chain],
        cuboids: Mapping[str, Cuboid],
        outputs: Mapping[str, str],
        ends: Lines,
        *,
        is_tight: bool,
    ) -> tuple[Run, ...]:
        """Return a run for each chain, and for each name of an output that stands above none of the volumes.

        Gaps between stages are as small as they may be if all `is_tight`.
        """
        self._is_tight = is_tight
        self._last = last_branches(self._graph, chains)
        strips = [self._strip(chain, cuboids, outputs) for chain in chains]
        strips = evened(strips, lows(self._graph, chains, strips))
        found = [
            self._run(f"\0run/{place}", chain, strip, ends)
            for place, (chain, strip) in enumerate(zip(chains, strips, strict=True))
        ]
        above = frozenset(outputs.values())
        return (*found, *(_alone(key, each.size) for key, each in self.names.items() if key not in above))

    def _strip(self, chain: Chain, cuboids: Mapping[str, Cuboid], outputs: Mapping[str, str]) -> Strip:
        view = self._view
        stages = self._staging.stages(chain.nodes)
        order = chain.nodes if view.direction == "right" else chain.nodes[::-1]
        unit = self._theme.least_size / LEAST_SIZE  # larger type has larger arrowheads
        volumes = [self._volume(node, stages[node], cuboids[node], outputs.get(node, "")) for node in order]
        return Strip(
            volumes=tuple(volumes),
            captions=tuple(self._captions(order, stages, cuboids, outputs)),
            brackets=tuple(self._staging.brackets(order)),
            joined=chain.joined,
            skips=chain.skips,
            labels=dict(self._labelled(chain, stages)),
            near=unit * view.spacing,
            gap=unit * (min(view.gap, _TIGHT) if self._is_tight else view.gap),
            theme=self._theme,
            lefts=view.reversed if view.rotation is None else view.rotation < 0,
            funnels=view.funnels,
            signed=self._is_signed,
            is_tight=self._is_tight,
        )

    def _run(self, name: str, chain: Chain, strip: Strip, ends: Lines) -> Run:
        run = placed(strip, name, self._seen[chain.nodes[0]].node.scope, self._ended(strip.volumes, ends))
        self.labels.update({edge: strip.labels[edge] for edge in run.labels})
        stands_for = self._prepared.reduction.stands_for
        names = {key: output_line(output) for key, output in keyed_outputs(self._graph)}
        held = [(link, *stands_for.get(names.get(link, link), ())) for link in run.joined]
        edges = [each for links in held for each in links if each in self._known]
        return replace(run, edges=tuple(edges))

    def _ended(self, volumes: Sequence[Volume], ends: Lines) -> Ended:
        """Return where lines from elsewhere end; arrows that meet a low volume side by side need more room before."""
        first = (volumes[0], volumes[-1])
        met = [each for each in first if max(ends.arriving.get(each.id, 0), ends.leaving.get(each.id, 0)) > 1]
        half = min([each.solid.front.height for each in met or volumes]) / 2
        many = {each.id: ends.arriving[each.id] for each in met if is_close(each.id, ends)}
        pitch = close_pitch(max(many.values(), default=0), self._theme)
        wide = {each.id: 2 * pitch * (many[each.id] - 1) for each in met if each.id in many}
        low = {
            each.id: each.solid.front.height / 2 for each in met if each.solid.front.height / 2 < wide.get(each.id, 0.0)
        }
        least = min([each.solid.front.height for each in first]) / 2
        spread = [each.solid.front.height / 2 for each in met if each.id not in low]
        half = min([max([half, *[wide[node] for node in low]]), *spread])
        return Ended(half=half, low=low, pitch=pitch, least=least)

    def _labelled(self, chain: Chain, stages: Mapping[str, int]) -> Iterator[tuple[str, str]]:
        """Yield the words for skips that lead to another stage, or past one."""
        for edge in chain.skips:
            between = {stages[node] for node in _between(chain.nodes, edge)}
            if len(between) > 1:
                node = self._seen[edge.source].node
                tensor = node.outputs[edge.source_port].tensor if edge.source_port < len(node.outputs) else Tensor()
                copied = "copy " if self._seen[edge.target].node.operation == "Concatenate" else ""
                yield edge.id, f"{copied}{shape_text(tensor.shape)}"

    def _captions(
        self,
        order: Sequence[str],
        stages: Mapping[str, int],
        cuboids: Mapping[str, Cuboid],
        outputs: Collection[str],
    ) -> Iterator[Caption]:
        """Yield what stands below volumes: of each stage, or of each volume where a text is asked for."""
        if self._view.text is not None:
            for node in order:
                yield Caption(count=1, lines=() if self._is_signed else self._text(node))
            return
        stage: list[str] = []
        for node in (*order, ""):
            if stage and (not node or stages[node] != stages[stage[-1]]):
                flow = stage if self._view.direction == "right" else stage[::-1]
                seen = [self._seen[each] for each in flow if each not in self._inputs and each not in outputs]
                seen = seen or [self._seen[each] for each in flow]
                lines = caption(seen, self._theme)
                deep = max(cuboids[each].solid.size.width - cuboids[each].solid.front.width for each in stage)
                wide = sum(cuboids[each].solid.front.width for each in stage) + self._view.gap
                if self._view.room is not None and measured(lines, self._theme).width > wide + deep:
                    lines = caption(seen, self._theme, is_short=True)
                if len(stage) == 1 and (stage[0] in self._inputs or stage[0] in outputs):
                    lines = ()  # its name and shape stand above
                told = (*self.called.lines(flow, wide, cuboids),)
                air = 3 * CLEAR if told and self._view.room is None else 2 * CLEAR
                yield Caption(count=len(stage), lines=(*lines, *told), air=air)
                stage = []
            if node:
                stage.append(node)

    def _text(self, node: str) -> tuple[TextLine, ...]:
        from cutaway.views.texts import text_lines

        given, size = self.called.label(node), self._theme.sizes.detail
        said = [given] if given else text_lines(self._view.text, self._seen[node].node)
        return tuple(
            [TextLine(text=line, size=size, role="grey" if place else "ink") for place, line in enumerate(said)]
        )

    def _volume(self, node: str, stage: int, glyph: Cuboid, output: str) -> Volume:
        seen, style, view = self._seen[node], self._styles.get(node), self._view
        above: tuple[TextLine, ...] = ()
        if self._is_signed:
            above = self._text(node)
            if output and node not in self._last:  # one text for both
                self.names[output] = label((*self.names[output].lines, *above), self._theme)
                above = ()
        elif node in self._inputs:
            above = named(self._own_names.get(node, seen.node.name), seen.tensor, self._theme)
        before, after = style.gap if style and style.gap else (0.0, 0.0)
        rim = self._rims.get(node, (0.0, 0.0))
        if view.direction == "left":
            before, after, rim = after, before, (rim[1], rim[0])
        hung = glyph.pill(self._theme)
        return Volume(
            id=node,
            solid=glyph.solid,
            stage=stage,
            slim=seen.axes.is_vector,
            named=above,
            output=output,
            label=self.names[output].size if output else Size(0.0, 0.0),
            under=node in self._last,
            foot=max(0.0, hung.bottom + CLEAR - glyph.solid.front.bottom) if hung else 0.0,
            hung=max(0.0, hung.width - glyph.solid.front.width) / 2 if hung else 0.0,
            before=before,
            after=after,
            rim=rim,
        )


def _alone(key: str, size: Size) -> Run:
    """Return the run of the name of an output."""
    middle, whole = size.height / 2, Rect(0.0, 0.0, size.width, size.height)
    return Run(id=f"{key}/run", members={key: whole}, size=size, axis=middle, half=middle)


def _between(nodes: Sequence[str], edge: Edge) -> Sequence[str]:
    return nodes[nodes.index(edge.source) : nodes.index(edge.target) + 1]
