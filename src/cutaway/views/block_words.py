"""Words of the `blocks` view outside its boxes: labels on edges, facts beside the title, legend, descriptions."""

from collections.abc import Iterable, Mapping

from cutaway.analysis.count import parameters
from cutaway.graph import Graph, Kind, Node, Output, Tensor
from cutaway.views.block_glyphs import SIGNS
from cutaway.views.composition import Composition
from cutaway.views.parts.legend import Legend, LegendEntry
from cutaway.views.shape_text import count_text, shape_text, tensor_text

_KIND_WORDS: Mapping[str, str] = {
    Kind.UPSAMPLING: "up-sampling",
    Kind.RESHAPE: "reshaping",
    Kind.OTHER: "other operation",
}


def output_tensor(graph: Graph, output: Output) -> Tensor:
    """Return the type of what an output hands out."""
    for node in graph.nodes:
        if node.id == output.node:
            return node.outputs[output.port].tensor
    return Tensor()


def terminal_names(graph: Graph) -> dict[str, str]:
    """Name a lone input "input" and a lone output "output" where their own names are only those that Keras numbers.

    The keys are the input's node id and the output's `node:port`.
    """
    nodes, names = {node.id: node for node in graph.nodes}, dict[str, str]()
    if len(graph.inputs) == 1 and _is_numbered(nodes[graph.inputs[0]].name, "input", "input_layer", "keras_tensor"):
        names[graph.inputs[0]] = "input"
    if len(graph.outputs) == 1:
        output = graph.outputs[0]
        if _is_numbered(output.name, _snake(nodes[output.node].op)):
            names[f"{output.node}:{output.port}"] = "output"
    return names


def _is_numbered(name: str, *stems: str) -> bool:
    """Tell whether a name is one of `stems`, perhaps with a number behind an underscore."""
    head, _, tail = name.rpartition("_")
    return name in stems or (head in stems and tail.isdecimal())


def _snake(op: str) -> str:
    """Write a class name as Keras does to name layers: `Conv2DTranspose` is `conv2d_transpose`."""
    parts = []
    for place, letter in enumerate(op):
        before, after = op[place - 1 : place], op[place + 1 : place + 2]
        if letter.isupper() and place and (before.islower() or after.islower()):
            parts.append("_")
        parts.append(letter.lower())
    return "".join(parts)


def shared_ids(graph: Graph) -> frozenset[str]:
    """Return the ids of nodes and scopes that are one of several calls of the same layer or model.

    The second call of `encoder` is `encoder#2` (graph.Node), beside which the first keeps the plain name.
    """
    ids = {node.id for node in graph.nodes} | {scope.id for scope in graph.scopes}
    return frozenset(item for item in ids if f"{_without_number(item)}#2" in ids)


def _without_number(name: str) -> str:
    head, sign, tail = name.rpartition("#")
    return head if sign and tail.isdecimal() else name


def captions(graph: Graph) -> dict[str, str]:
    """Return what stands in the corner of each region: its name, and whether its weights are used elsewhere too."""
    shared = shared_ids(graph)
    return {scope.id: f"{scope.name}, shared" if scope.id in shared else scope.name for scope in graph.scopes}


def edge_labels(graph: Graph, show: frozenset[str]) -> dict[str, str]:
    """Label the first edge of each tensor whose type differs from what entered its producer; inputs say it themselves."""
    nodes = {node.id: node for node in graph.nodes}
    labels: dict[str, str] = {}
    told: set[tuple[str, int]] = set()
    for edge in graph.edges:
        tensor = (edge.source, edge.source_port)
        if tensor in told:
            continue
        told.add(tensor)
        node = nodes[edge.source]
        text = _type_text(node.outputs[edge.source_port].tensor, show)
        before = _type_text(node.inputs[0].tensor, show) if node.inputs else ""
        if node.kind is not Kind.INPUT and text and text != before:
            labels[edge.id] = text
    return labels


def _type_text(tensor: Tensor, show: frozenset[str]) -> str:
    return tensor_text(tensor, shape="shapes" in show, dtype="dtypes" in show)


def node_titles(graph: Graph) -> dict[str, str]:
    """Say of every node and scope what a box has no room for: name, class, output shapes."""
    titles = {node.id: _title(node) for node in graph.nodes}
    return titles | {scope.id: f"{scope.id} ({scope.op})" for scope in graph.scopes}


def _title(node: Node) -> str:
    shapes = ", ".join(shape_text(port.tensor.shape) for port in node.outputs)
    return f"{node.id} ({node.op}) → {shapes}" if shapes else f"{node.id} ({node.op})"


def heading_facts(graph: Graph) -> str:
    """Say how large the model is: layers, and parameters where every layer's are known."""
    layers = [node for node in graph.nodes if node.kind is not Kind.INPUT]
    repeated = any(_without_number(part) != part for node in layers for part in node.id.split("/"))
    word = "call" if repeated else "layer"
    facts = [f"{len(layers)} {word}{'' if len(layers) == 1 else 's'}"]
    total = parameters(layers)
    if total is not None:
        facts.insert(0, f"{count_text(total)} parameters")
    return " · ".join(facts)


def legend(composition: Composition, show: frozenset[str]) -> Legend:
    """Explain the colours and signs that occur, in the order of the kinds, and how shapes are written."""
    roles = {glyph.role for glyph in composition.glyphs.values() if glyph.form == "box"}
    entries = [
        LegendEntry(words=_KIND_WORDS.get(kind, str(kind)), role=kind)
        for kind in Kind
        if kind in roles and kind is not Kind.INPUT
    ]
    if "nested" in roles:
        entries.append(LegendEntry(words="nested model, closed", role="nested"))
    drawn = {glyph.lines[0].text for glyph in composition.glyphs.values() if glyph.form == "round"}
    for sign, word in dict.fromkeys(SIGNS.values()):
        if word and sign in drawn:
            entries.append(LegendEntry(words=word, role="merge", sign=sign))
    return Legend(entries=tuple(entries), notes=tuple(_notes(composition, show)))


def _notes(composition: Composition, show: frozenset[str]) -> Iterable[str]:
    texts = [*composition.labels.values()]
    for glyph in (*composition.glyphs.values(), *(glyph for _, glyph in composition.outputs)):
        texts += [line.text for line in glyph.lines]
    shaped = next((text for text in texts if "²×" in text), "")
    if shaped:
        side = shaped.split("²×")[0].split()[-1]
        rest = shaped.split("²×")[1].split()[0]
        yield f"Shapes leave out the batch: {side}²×{rest} is {side}×{side}×{rest}."
    if len(composition.graph.nodes) > 1 and not composition.graph.edges:
        yield "How the data flows between these layers is not known."
    if shared_ids(composition.graph):
        yield "Shared: one set of weights, called more than once."
    if "parameters" in show and any(node.weights is None for node in composition.graph.nodes):
        yield "Parameters stand only where the source of the model states its weights."
    if any("?" in text for text in composition.labels.values()):
        yield "? is a size that is not fixed or not known."


def description(graph: Graph) -> str:
    """Describe the model in one sentence, for those who cannot see the figure."""
    nodes = {node.id: node for node in graph.nodes}
    inputs = [f"{nodes[name].name} {shape_text(nodes[name].outputs[0].tensor.shape)}" for name in graph.inputs]
    outputs = [f"{output.name} {shape_text(output_tensor(graph, output).shape)}" for output in graph.outputs]
    counts: dict[str, int] = {}
    for node in graph.nodes:
        if node.kind is not Kind.INPUT:
            counts[node.op] = counts.get(node.op, 0) + 1
    parts = ", ".join(f"{count} {op}" for op, count in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])))
    return f"{graph.name} ({graph.op}) from {', '.join(inputs) or '?'} to {', '.join(outputs) or '?'}: {parts}."
