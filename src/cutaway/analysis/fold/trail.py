"""The way through a block from its input to its end, in steps: layers, gates, residuals, and what is joined on.

An attention may be built of products of matrices: a softmax of one product, multiplied with the values.
"""

from cutaway.analysis.fold.sketch import Sketch, Source, filter_of
from cutaway.graph import Kind, Node
from cutaway.record import Record
from cutaway.typed import Literal

How = Literal["layer", "gate", "attention", "residual", "joined"]

_GLOBAL = ("Global", "AdaptiveAverage", "AdaptiveMax")
_MEANS = frozenset({"Mean", "ReduceMean"})
_SUMS = frozenset({"Add"})
_PRODUCTS = frozenset({"Matmul", "MatMul", "Einsum", "Dot", "BatchMatMul", "BatchDot"})
_ARITHMETIC = frozenset({"Add", "Subtract", "Multiply", "Divide", "TrueDivide", "Where", "Split"})


class Step(Record):
    """What happens to a tensor at one place of a block.

    A `layer` works on it; a `gate` scales it by what its own mean says; an `attention`, its projections `inner`, mixes
    places; to a `residual` what `inner` makes of it is added, to a `joined` one concatenated, where it goes by `skip`,
    itself or through the layers there. `crosses` tells of an attention that its keys and values come from elsewhere.
    """

    node: Node
    how: How = "layer"
    inner: "tuple[Step, ...]" = ()
    skip: "tuple[Step, ...]" = ()
    crosses: bool = False


class Composed(Record):
    """An attention of several nodes: what its queries, and its keys and values, are made of."""

    nodes: tuple[Node, ...]
    query: Source
    crosses: bool


def trail(sketch: Sketch) -> tuple[Step, ...] | None:
    """Return the steps through a block in the order of the flow.

    None for a block that is more than a way from one tensor to one other: nothing in it may be left over.
    """
    found: list[Step] = []
    place: Source = sketch.exits[0] if len(sketch.exits) == 1 else 0
    while isinstance(place, str):
        steps, places = _straight(sketch, place)
        found += steps
        *_, place = places
        if isinstance(place, str):
            merged = _merged(sketch, place)
            if merged is None:
                return None
            step, place = merged
            found.append(step)
    return tuple(reversed(found)) if sum(map(weight, found)) == len(sketch.working) else None


def _straight(sketch: Sketch, place: Source) -> tuple[list[Step], dict[Source, int]]:
    """Walk back over layers with one input, attentions and gates; return the steps, and how many come to each place."""
    steps: list[Step] = []
    places = {place: 0}
    while isinstance(place, str):
        found = _layer(sketch, place)
        if found is None or found[1] in places:
            break
        step, place = found
        steps.append(step)
        places[place] = len(steps)
    return steps, places


def _merged(sketch: Sketch, place: str) -> tuple[Step, Source] | None:
    """Walk back over a sum or a concatenation of what a tensor became on two ways."""
    node, sources = sketch.nodes[place], sketch.sources(place)
    how: How = "residual" if node.operation in _SUMS else "joined"
    if len(sources) != 2 or len(sketch.ports(place)) != 2 or not (how == "residual" or sketch.joins(node)):
        return None
    first, second = (_straight(sketch, source) for source in sources)
    meeting = next((each for each in second[1] if each in first[1]), None)
    if meeting is None:
        return None
    ways = [steps[: places[meeting]] for steps, places in (first, second)]
    body, skip = sorted([tuple(reversed(way)) for way in ways], key=lambda way: -sum(map(weight, way)))
    return Step(node=node, how=how, inner=body, skip=skip), meeting


def _layer(sketch: Sketch, place: str) -> tuple[Step, Source] | None:
    node, sources = sketch.nodes[place], sketch.sources(place)
    if is_attention(node) and sources:
        return _attention(sketch, node)
    if len(sources) == 1:
        return Step(node=node), sources[0]
    if node.operation == "Multiply" and len(sources) == 2:
        return _gate(sketch, node, *sources)
    found = composed(sketch, place)
    if found is None:
        return None
    inner = tuple(Step(node=each) for each in found.nodes if each is not node)
    return Step(node=node, how="attention", inner=inner, crosses=found.crosses), found.query


def _gate(sketch: Sketch, node: Node, one: Source, other: Source) -> tuple[Step, Source] | None:
    """Walk back over a squeeze and excitation (Hu et al. 2018, section 3)."""
    for gate, whole in ((one, other), (other, one)):
        inner: list[Step] = []
        place = gate
        while isinstance(place, str) and place != whole and len(sketch.sources(place)) == 1:
            inner.append(Step(node=sketch.nodes[place]))
            place = sketch.sources(place)[0]
        if place == whole and inner and is_global(inner[-1].node):
            return Step(node=node, how="gate", inner=tuple(reversed(inner))), whole
    return None


def _attention(sketch: Sketch, node: Node) -> tuple[Step, Source]:
    """Walk back over an attention along its query, with the dense layers before it."""
    ports = [_projected(sketch, source) for source in sketch.ports(node.id)]
    inner = [Step(node=each) for each in {each.id: each for _, each in ports if each is not None}.values()]
    crosses = len(ports) > 1 and ports[1][0] != ports[0][0]
    return Step(node=node, how="attention", inner=tuple(inner), crosses=crosses), ports[0][0]


def _projected(sketch: Sketch, source: Source) -> tuple[Source, Node | None]:
    if isinstance(source, str) and sketch.nodes[source].kind is Kind.DENSE:
        before = sketch.sources(source)
        if len(before) == 1:
            return before[0], sketch.nodes[source]
    return source, None


def weight(step: Step) -> int:
    """Return how many nodes of a block a step is."""
    return 1 + sum(map(weight, (*step.inner, *step.skip)))


def is_global(node: Node) -> bool:
    """Tell whether a layer takes one value of each channel."""
    return node.operation.startswith(_GLOBAL) or node.operation in _MEANS


def is_attention(node: Node) -> bool:
    """Tell whether a layer is an attention, by its kind, or of a class that is called so."""
    return node.kind is Kind.ATTENTION or (node.kind is Kind.OTHER and node.op.endswith("Attention"))


def composed(sketch: Sketch, place: str) -> Composed | None:
    """Return the attention that ends with a product; None where it is none."""
    if sketch.nodes[place].operation not in _PRODUCTS or len(sketch.sources(place)) < 2:
        return None
    found: dict[str, None] = {}
    projected: dict[Source, None] = {}
    waiting = [place]
    while waiting:
        each = waiting.pop()
        if each in found:
            continue
        found[each] = None
        node = sketch.nodes[each]
        if _is_projection(node):
            projected.update(dict.fromkeys(sketch.sources(each)))
        elif each == place or node.operation in _PRODUCTS | _ARITHMETIC or len(sketch.sources(each)) == 1:
            waiting += reversed([source for source in sketch.sources(each) if isinstance(source, str)])
        else:
            return None
    if not _has_softmax(sketch, found) or not 0 < len(projected) < 3 or projected.keys() & found.keys():
        return None
    query, *others = projected
    return Composed(nodes=tuple(sketch.nodes[each] for each in found), query=query, crosses=bool(others))


def _is_projection(node: Node) -> bool:
    found = filter_of(node)
    return node.kind is Kind.DENSE or (found is not None and found.is_pointwise)


def _has_softmax(sketch: Sketch, found: dict[str, None]) -> bool:
    """Tell whether a softmax stands between two of the products."""
    return any(
        sketch.real(node.id) in found and sketch.nodes[str(sketch.real(node.id))].operation != "Dense"
        for node in sketch.nodes.values()
        if sketch.passes(node) and "softmax" in (node.operation.lower(), node.attributes.get("activation"))
    )
