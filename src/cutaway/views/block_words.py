"""Words of the `blocks` view outside its boxes: labels on edges, facts beside the title, legend, descriptions."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from types import MappingProxyType

from cutaway.analysis.reduction import Reduction
from cutaway.graph import Graph, Kind, Node, Tensor
from cutaway.record import replace
from cutaway.typed import TYPE_CHECKING
from cutaway.views.block_glyphs import SIGNS
from cutaway.views.composition import Composition
from cutaway.views.naming import tally
from cutaway.views.parts.legend import Legend, LegendEntry, gap_notes, reading_notes
from cutaway.views.spelling import shape_text, tensor_text

if TYPE_CHECKING:
    from cutaway.views.parts.shaped import Shaped
    from cutaway.views.preparing import Prepared
    from cutaway.views.readings import Readings

_NONE: Mapping[str, str] = MappingProxyType({})
_LISTED = 60
"""Inputs, outputs and kinds of layers that a description lists."""
KIND_WORDS: Mapping[str, str] = {
    Kind.UPSAMPLING: "up-sampling",
    Kind.RESHAPE: "reshaping",
    Kind.OTHER: "other operation",
}


_ENDS = ("input", "output")
"""The roles of boxes at the ends of a model."""


def edge_labels(graph: Graph, show: frozenset[str], stages: Collection[str] = ()) -> dict[str, str]:
    """Label the first edge of each tensor whose type differs from what entered its producer; inputs say it themselves.

    A stage counts as one producer: what leaves it is labelled, and nothing that stays in it. `stages` are the ids of
    scopes, the keys those of edges.
    """
    if "shapes" not in show and "dtypes" not in show:
        return {}
    nodes = {node.id: node for node in graph.nodes}
    around = _stages_around(graph, stages)
    written = _writing(show)
    labels: dict[str, str] = {}
    told: set[tuple[str, int]] = set()
    entered: dict[str, str] = {}
    left: set[tuple[str, str]] = set()
    for edge in graph.edges:
        stage = around.get(edge.target)
        if stage and stage not in entered and stage != around.get(edge.source):
            entered[stage] = written(nodes[edge.source].outputs[edge.source_port].tensor)
    for edge in graph.edges:
        node, stage = nodes[edge.source], around.get(edge.source)
        tensor = (edge.source, edge.source_port)
        if tensor in told or node.kind is Kind.INPUT or (stage and stage == around.get(edge.target)):
            continue
        told.add(tensor)
        text = written(node.outputs[edge.source_port].tensor)
        before = entered.get(stage, "") if stage else written(node.inputs[0].tensor) if node.inputs else ""
        if text and text != before and (edge.source, text) not in left:
            labels[edge.id] = text
        if stage:
            left.add((edge.source, text))  # cells of which the last two are read give one shape
    return labels


def _writing(show: frozenset[str]) -> Callable[[Tensor], str]:
    """Return what says of tensors what is asked for."""
    shape, dtype = "shapes" in show, "dtypes" in show
    return lambda tensor: tensor_text(tensor, shape=shape, dtype=dtype)


def _stages_around(graph: Graph, stages: Collection[str]) -> dict[str, str]:
    """Return the stage in which a node lies, by the ids of those nodes that lie in one."""
    parents = {scope.id: scope.parent for scope in graph.scopes}
    found: dict[str, str] = {}
    for node in graph.nodes if stages else ():
        scope = node.scope
        while scope is not None and scope not in stages:
            scope = parents.get(scope)
        if scope is not None:
            found[node.id] = scope
    return found


def node_titles(graph: Graph, amounts: Mapping[str, str] = _NONE) -> dict[str, str]:
    """Say of every node and scope what a box has no room for: name, class, output shapes, amounts by the nodes' ids."""
    titles = {node.id: _title(node) for node in graph.nodes}
    titles |= {node: f"{titles[node]}: {words}" for node, words in amounts.items()}
    return titles | {scope.id: f"{scope.id} ({scope.op})" for scope in graph.scopes}


def _title(node: Node) -> str:
    shapes = ", ".join([shape_text(port.tensor.shape) for port in node.outputs])
    return f"{node.id} ({node.operation}) → {shapes}" if shapes else f"{node.id} ({node.operation})"


def heading_facts(graph: Graph, totals: Sequence[str] = ()) -> str:
    """Say how large the model is: its `totals`, if these are asked for, layers, and operations that are no layers."""
    return " · ".join((*totals, *tally(graph)))


def legend(
    composition: Composition, readings: "Readings | None", prepared: "Prepared", explained: "Iterable[Shaped]" = ()
) -> Legend:
    """Explain the colours and signs that occur, in the order of the kinds, and how shapes and numbers are written.

    Those of the drawings in which folded blocks are `explained` are among them.
    """
    styling, reduction, palette = prepared.styling, prepared.reduction, composition.theme.palette
    glyphs = tuple(composition.glyphs.values())
    own = {entry.words: entry for entry in _entries(glyphs, readings, prepared, palette)}
    entries = [
        entry if (mine := own.get(entry.words)) == entry else replace(entry, is_explained=True, shade=_shade(mine))
        for entry in _entries((*glyphs, *explained), readings, prepared, palette)
    ]
    simplified: tuple[str, ...] = ()
    if reduction.is_simplified:
        from cutaway.views.simplified_words import simplified_notes

        said = {line.text for glyph in (*glyphs, *explained) for line in glyph.lines}
        simplified = tuple(simplified_notes(prepared.known, reduction, said))
    counts: tuple[str, ...] = ()
    if reduction.blocks:
        from cutaway.views.block_names import count_notes

        counts = tuple(count_notes(reduction.blocks, {glyph.role for glyph in glyphs}))
    notes = (
        *(readings.notes if readings else ()),
        *counts,
        *simplified,
        *(styling.sentences if styling else ()),
        *reading_notes(
            composition,
            sharing=bool(prepared.shared),
            measured=readings is not None,
            staged=bool(reduction.stages),
        ),
        *gap_notes(prepared.known, composition.graph, prepared.loose),
    )
    return Legend(scale=readings.scale if readings else None, entries=tuple(entries), notes=notes)


def _entries(
    glyphs: "Sequence[Shaped]", readings: "Readings | None", prepared: "Prepared", palette: Mapping[str, str]
) -> list[LegendEntry]:
    """Explain the colours and signs of some glyphs."""
    styling, reduction = prepared.styling, prepared.reduction
    roles = {glyph.role: glyph.role for glyph in glyphs if glyph.form == "box"}
    signs = {glyph.lines[0].text: glyph.role for glyph in glyphs if glyph.form == "round"}
    if styling:
        from cutaway.views.parts.tint import shown, sign_roles

        roles, signs = shown(roles), sign_roles(glyphs)
    colors = _shades(roles) | roles if reduction.blocks else roles
    entries = [
        LegendEntry(words=_kind_words(kind, roles, palette), role=colors[kind])
        for kind in Kind
        if kind in colors and kind is not Kind.INPUT
    ]
    if styling:
        told = {entry.words for entry in entries}
        entries += [
            LegendEntry(words=words, role=roles[role])
            for role, words in styling.legend()
            if role in roles and words not in told
        ]
    if readings and readings.scale:
        used = set(readings.roles.values())
        entries += [LegendEntry(words=words, role=role) for role, words in readings.scale.words.items() if role in used]
    if reduction.blocks:
        from cutaway.views.block_names import block_entries

        entries += block_entries(reduction.blocks, prepared.words, roles)
    if "nested" in roles:
        entries.append(LegendEntry(words="nested model, closed", role=roles["nested"]))
    marks = tuple(_signs(signs, reduction))
    marked = {(entry.words, entry.role) for entry in marks}
    return [*[entry for entry in entries if (entry.words, entry.role) not in marked], *marks]


def _kind_words(kind: Kind, roles: Mapping[str, str], palette: Mapping[str, str]) -> str:
    """Return what a colour stands for: boxes of merges may look like those of what enters and leaves a model."""
    words = KIND_WORDS.get(kind, str(kind))
    if kind is not Kind.MERGE or kind not in roles or f"{kind}.side" in palette:  # solids are told by their colours
        return words
    return ", ".join([*[end for end in _ENDS if end in roles and palette[end] == palette[kind]], words])


def _shade(entry: LegendEntry | None) -> str:
    return entry.role if entry else ""


def _shades(roles: Mapping[str, str]) -> dict[str, str]:
    """Return the roles to show of kinds that lead in folded blocks."""
    from cutaway.theme.folded import FOLDED

    return {role.removesuffix(FOLDED): shade for role, shade in roles.items() if role.endswith(FOLDED)}


def _signs(signs: Mapping[str, str], reduction: Reduction) -> Iterator[LegendEntry]:
    """Explain the signs that occur, given with their roles."""
    words = dict.fromkeys(SIGNS.values())
    if reduction.is_simplified:
        from cutaway.views.simplified_words import MARKS

        words |= dict.fromkeys(MARKS.values())
    for sign, word in words:
        if word and sign in signs:
            yield LegendEntry(words=word, role=signs[sign], sign=sign)


def description(graph: Graph, totals: Sequence[str] = ()) -> str:
    """Describe the model in a sentence, and its `totals` in another, for those who cannot see the figure."""
    nodes = {node.id: node for node in graph.nodes}
    inputs = [f"{nodes[name].name} {shape_text(nodes[name].outputs[0].tensor.shape)}" for name in graph.inputs]
    outputs = [
        f"{output.name} {shape_text(nodes[output.node].outputs[output.port].tensor.shape)}" for output in graph.outputs
    ]
    counts: dict[str, int] = {}
    for node in graph.nodes:
        if node.kind is not Kind.INPUT:
            counts[node.operation] = counts.get(node.operation, 0) + 1
    said = f" {', '.join(totals)}." if totals else ""
    parts = [f"{count} {op}" for op, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))]
    kinds = _listed(parts, "more kinds")
    start = f" from {_listed(inputs)}" if graph.inputs else ""
    return f"{graph.name} ({graph.op}){start} to {_listed(outputs)}: {kinds}.{said}"


def _listed(parts: Sequence[str], others: str = "more") -> str:
    """List parts, of very many the first, and how many others there are."""
    more = f" and {len(parts) - _LISTED} {others}" if len(parts) > _LISTED else ""
    return (", ".join(parts[:_LISTED]) or "?") + more
