"""What is worth noticing of a model before it is trained: facts only, each as a sentence."""

from collections.abc import Iterable, Iterator, Mapping

from cutaway.analysis.measures import Amount, Measures
from cutaway.graph import Graph, Kind, Node
from cutaway.views.inside import HeldWeight, Inside
from cutaway.views.naming import border_names, counted, shared_ids
from cutaway.views.quantities import number_text
from cutaway.views.scale import Number

_NAMED = 4
"""Names that a sentence lists; of more it says how many."""
_LARGEST = 3
_CONSTANT = frozenset({"zeros", "ones", "constant"})
_WORDS: Mapping[str, str] = {"parameters": "parameters", "macs": "multiply–adds", "memory": "memory of activations"}


def remarks(measures: Measures, insides: Mapping[str, Inside] | None = None) -> Iterator[str]:
    """Give what is worth noticing of a graph whose shapes and weights are complete; `insides` tell of values."""
    graph = measures.graph
    layers = _layers(graph)
    yield from _idle(graph)
    yield from _unknown(layers, measures)
    yield from _frozen(layers, measures)
    for measure in _WORDS:
        yield from _largest(graph, measures, measure)
    yield from _shared(graph)
    yield from _of_values((insides or {}).values())


def _layers(graph: Graph) -> Mapping[str, Node]:
    """Return one node for each layer: that of its first call."""
    found: dict[str, Node] = {}
    for node in graph.nodes:
        if node.kind is not Kind.INPUT:
            found.setdefault(node.owner, node)
    return found


def _idle(graph: Graph) -> Iterator[str]:
    """Say which inputs are not connected, and what is computed for nothing."""
    if not graph.edges:
        if len(graph.nodes) > 1:
            yield "How the data flows between the layers is not known."
        return
    used = {edge.source for edge in graph.edges} | {output.node for output in graph.outputs}
    borders = border_names(graph)
    idle = [node for node in graph.nodes if node.id not in used and node.id not in borders]
    inputs = [node.name for node in idle if node.id in graph.inputs]
    if inputs:
        yield f"Connected to nothing: the {_noun(inputs, 'input')} {listed(inputs)}."
    others = [node.id for node in idle if node.id not in graph.inputs]
    if others:
        yield f"Used by nothing, and no output of the model: what {listed(others)} {_verb(others, 'gives', 'give')}."


def _unknown(layers: Mapping[str, Node], measures: Measures) -> Iterator[str]:
    """Say what is not known of layers, and which sizes inputs leave open."""
    graph, parameters = measures.graph, measures["parameters"]
    holding = [_with_class(node) for node in layers.values() if not parameters[node.id].exact]
    if holding:
        yield f"Not known: the weights of {listed(holding)}; numbers of parameters are therefore “at least”."
    shapeless = [
        _with_class(node) for node in layers.values() if any(port.tensor.shape is None for port in node.outputs)
    ]
    if shapeless:
        yield f"Not known: the shape of what {listed(shapeless)} {_verb(shapeless, 'gives', 'give')}."
    opened = [
        node.name
        for node in graph.nodes
        if node.id in graph.inputs
        and any(not isinstance(dim, int) for port in node.outputs for dim in (port.tensor.shape or (None,))[1:])
    ]
    if opened:
        yield (
            f"Sizes besides the batch are open in the {_noun(opened, 'input')} {listed(opened)}; costs that depend on"
            " them are not known unless they are assumed (--assume, assume=)."
        )


def _frozen(layers: Mapping[str, Node], measures: Measures) -> Iterator[str]:
    holding = [node for node in layers.values() if node.weights]
    frozen = [node.owner for node in holding if node.trainable is False]
    if not frozen:
        return
    total, still = measures["parameters"].total(), measures["non_trainable"].total()
    part = f"training leaves {_full(still)} of {_full(total)} parameters as they are"
    if len(frozen) == len(holding):
        yield f"Frozen: every layer with weights ({len(frozen):,}); {part}."
    else:
        yield f"Frozen: {len(frozen):,} of {counted(len(holding), 'layer')} with weights; {part}: {listed(frozen)}."


def _largest(graph: Graph, measures: Measures, measure: str) -> Iterator[str]:
    """Say which layers have the most of a measure, in all their calls, with their shares, if these stand out."""
    measured = measures[measure]
    total = measured.total()
    calls: dict[str, list[str]] = {}
    for node in graph.nodes:
        if node.kind is not Kind.INPUT:
            calls.setdefault(node.owner, []).append(node.id)
    held = {owner: measured.total(nodes).value or 0 for owner, nodes in calls.items()}
    held = {owner: value for owner, value in held.items() if value}
    if total.value is None or len(held) <= 1:
        return
    shares = {owner: 100 * float(value) / float(total.value or 1) for owner, value in held.items()}
    largest = [owner for owner in _foremost(held) if shares[owner] >= 1]
    if largest:
        parts = [f"{owner} {number_text(measure, held[owner])} ({shares[owner]:.0f} %)" for owner in largest]
        whole = f"{'' if total.exact else 'at least '}{number_text(measure, total.value)}"
        yield f"Most {_WORDS[measure]}: {', '.join(parts)}, of {whole}."


def _foremost(held: Mapping[str, Number]) -> list[str]:
    """Return up to three layers that have more than all others."""
    found = sorted(held, key=lambda owner: -held[owner])
    last = _LARGEST
    while 0 < last < len(found) and held[found[last - 1]] == held[found[last]]:
        last -= 1
    return found[:last]


def _shared(graph: Graph) -> Iterator[str]:
    """Say what has weights and is called more than once; of a nested model only itself."""
    found = shared_ids(graph)
    above = {node.id: node.scope for node in graph.nodes} | {scope.id: scope.parent for scope in graph.scopes}
    names: dict[str, None] = {}
    for node in graph.nodes:
        item: str | None = node.id if node.weights and found else None
        while item is not None and item not in found:
            item = above[item]
        if item is not None:
            first, sign, number = item.rpartition("#")
            names[first if sign and number.isdecimal() else item] = None
    if names:
        yield f"Called more than once, with weights counted once: {listed(names)}."


def _of_values(insides: Iterable[Inside]) -> Iterator[str]:
    """Say which weights hold what is not finite, and which kernels are all of one value."""
    odd, equal = [], []
    for inside in insides:
        for held in inside.weights or ():
            values, key = held.values, held.weight.key
            if values is None or not key.startswith(f"{inside.node}/"):  # it is told of the layer that owns it
                continue
            if values.odd:
                odd.append(f"{key} ({values.odd:,} of {values.count:,})")
            elif values.count > 1 and values.minimum == values.maximum and _varies(held, inside):
                equal.append(f"{key} ({values.count:,} times {values.minimum:g})")
    if odd:
        yield f"Not finite: values of {listed(odd)}."
    if equal:
        yield f"All equal: the values of {listed(equal)}."


def _varies(held: HeldWeight, inside: Inside) -> bool:
    """Tell whether a weight starts with values of which no two are equal, as kernels do and biases do not."""
    start = inside.start_of(held.name)
    return start not in _CONSTANT if start else held.name.endswith(("kernel", "embeddings"))


def listed(names: Iterable[str]) -> str:
    """List names: "a, b, c and 12 more"."""
    found = list(names)
    if len(found) > _NAMED + 1:
        return f"{', '.join(found[:_NAMED])} and {len(found) - _NAMED:,} more"
    *first, last = found
    return f"{', '.join(first)} and {last}" if first else last


def _with_class(node: Node) -> str:
    return node.owner if node.operation == node.owner else f"{node.owner} ({node.operation})"


def _noun(names: list[str], word: str) -> str:
    return word if len(names) == 1 else f"{word}s"


def _verb(names: list[str], one: str, several: str) -> str:
    return one if len(names) == 1 else several


def _full(amount: Amount) -> str:
    if amount.value is None:
        return "?"
    return f"{'' if amount.exact else 'at least '}{amount.value:,}"
