"""The layers of a model that is not live, each once, with what is known of its calls."""

from collections.abc import Iterator, Mapping

from cutaway.analysis.complete import complete
from cutaway.analysis.shapes.call import call_of
from cutaway.analysis.shapes.rules import LAYERS
from cutaway.compat.keras.listing import Connection
from cutaway.graph import Graph, Node, Tensor, Weight
from cutaway.record import Record
from cutaway.sources.assemble import assemble
from cutaway.sources.blueprint import Argument, Call, Model, referred
from cutaway.sources.opened import Opened, Opening

_SCORES = "return_attention_scores"


class Item(Record):
    """One layer, operation or nested model (`inner`) of a level.

    `outputs` and `connections` are those of each call. `weights` is None where they are not known, and `trainable`
    where nothing tells it. It is not `built` in
    a chain that knows no shape for its input, unless it knows its own.
    """

    name: str
    op: str
    outputs: tuple[tuple[Tensor, ...], ...]
    connections: tuple[tuple[Connection, ...], ...] = ()
    weights: tuple[Weight, ...] | None = ()
    trainable: bool | None = True
    operation: bool = False
    built: bool = True
    inner: "Level | None" = None


class Level(Record):
    """A model, or a nested one as it is by itself; `outputs` are its own, and not those of a call.

    `keys` are those of a dict of outputs. It is not `built` if it is a chain that knows no shape for its input.
    """

    name: str
    op: str
    items: tuple[Item, ...]
    outputs: tuple[Tensor, ...] = ()
    keys: tuple[str, ...] = ()
    built: bool = True
    sequential: bool = False

    @property
    def layers(self) -> tuple[Item, ...]:
        """Its layers as a model of Keras names them: without the input of a Sequential."""
        first = bool(self.sequential and self.items and self.items[0].op == "InputLayer")
        return self.items[first:]


class _Standing:
    """A call of a model, opened, in a completed graph; it is `built` if the shape of its input is known there."""

    def __init__(self, opened: Opened, graph: Graph, *, built: bool) -> None:
        self.built = built
        self.opened = opened
        self.graph = graph
        self._nodes = {node.id: node for node in graph.nodes}
        self._scopes = {scope.id: scope for scope in graph.scopes}

    def outputs(self, place: int, call: int) -> tuple[Tensor, ...]:
        """Return what a call of a layer gives; nothing for an input that is fed from outside."""
        inner = self.opened.inner.get((place, call))
        if inner is not None:
            return tuple(port.tensor for port in self._scopes[str(inner.scope)].outputs)
        node = self._nodes.get(self.opened.nodes.get((place, call), ""))
        return () if node is None else outputs_of(node)

    def weights(self, place: int) -> tuple[Weight, ...] | None:
        """Return the weights of a layer, or of all in it; None where any are unknown."""
        ids = [self.opened.nodes.get((place, 0), "")]
        stack = [inner for (layer, call), inner in self.opened.inner.items() if (layer, call) == (place, 0)]
        while stack:
            inner = stack.pop()
            ids += inner.nodes.values()
            stack += inner.inner.values()
        found: dict[str, Weight] = {}
        for node in [self._nodes[each] for each in ids if each in self._nodes]:
            if node.weights is None:
                return None
            found |= {weight.key: weight for weight in node.weights}
        return tuple(found.values())

    def inside(self, place: int) -> "_Standing | None":
        """Return the first call of the nested model that a layer is."""
        inner = self.opened.inner.get((place, 0))
        return None if inner is None else _Standing(inner, self.graph, built=self.built or not _is_open(inner.model))


def outputs_of(node: Node) -> tuple[Tensor, ...]:
    """Return all that a node gives, with states and scores that no file tells of as nobody takes them."""
    given = tuple([port.tensor for port in node.outputs])
    asked = node.attributes.get("call")
    if not node.attributes.get("return_state") and not (isinstance(asked, Mapping) and asked.get(_SCORES)):
        return given
    rule = LAYERS.get(node.op)
    return given if rule is None or node.custom else given + rule(call_of(node, LAYERS))[len(given) :]


def of_model(model: Model, graph: Graph, levels: int) -> Level:
    """Return the level of a whole model, whose completed graph is given; nested models are opened down to `levels`."""
    whole = _Standing(Opening(model).whole, graph, built=not _is_open(model))
    return _level(model, whole, whole, levels)


def _level(model: Model, held: _Standing, own: _Standing, levels: int) -> Level:
    """Return the level of a model: weights are those that it is `held` with, tensors its `own`."""
    places = [place for place, layer in enumerate(model.layers) if not layer.hidden]
    items = [_item(model, place, held, own, levels) for place in places]
    outputs = tuple(tensors_of(own.graph)) if own.opened.parent is None else ()
    return Level(
        name=model.name,
        op=model.op,
        items=tuple(items),
        outputs=outputs,
        keys=_keys(model),
        built=held.built,
        sequential=model.op == "Sequential",
    )


def _item(model: Model, place: int, held: _Standing, own: _Standing, levels: int) -> Item:
    layer = model.layers[place]
    inside = held.inside(place)
    inner = layer.inner
    return Item(
        name=layer.name,
        op=layer.op,
        outputs=tuple(own.outputs(place, call) for call in range(len(layer.calls))),
        connections=tuple(_connections(model, call) for call in layer.calls),
        weights=held.weights(place),
        trainable=layer.trainable is not False if inner is None or layer.wraps else _trains(inner),
        operation=layer.operation,
        built=held.built or any(each.tensor.shape is not None for call in layer.calls for each in call.arguments),
        inner=_inner(inner, inside, own.inside(place), levels - 1)
        if inner and inside and levels and not layer.wraps
        else None,
    )


def _inner(model: Model, held: _Standing, called: _Standing | None, levels: int) -> Level:
    """Return the level of a nested model: as it is by itself, if it knows the shape of its input."""
    if _is_open(model):
        return _level(model, held, called or held, levels)
    graph = complete(assemble(model, quiet=True)[0], verify=False)
    return _level(model, held, _Standing(Opening(model).whole, graph, built=True), levels)


def _trains(model: Model) -> bool:
    """Tell whether a nested model is trainable once it is loaded: only a Functional of Keras 3 keeps that it is not."""
    return model.freezes or model.op == "Sequential" or model.trainable is not False


def _keys(model: Model) -> tuple[str, ...]:
    """Return the keys of a dict of outputs; nothing where they are named by the layers that make them."""
    names = [(each.name, model.layers[referred(each.source)].name) for each in model.outputs]
    return tuple(key for key, _ in names) if all(key != layer for key, layer in names) else ()


def _is_open(model: Model) -> bool:
    return bool(model.layers) and model.layers[0].hidden


def tensors_of(graph: Graph) -> Iterator[Tensor]:
    """Give the tensors that a model gives."""
    nodes = {node.id: node for node in graph.nodes}
    for output in graph.outputs:
        yield nodes[output.node].outputs[output.port].tensor


def _connections(model: Model, call: Call) -> tuple[Connection, ...]:
    given: list[Argument | None] = [*call.arguments, *call.masks]
    sources = [each.source for each in given if each is not None and each.source is not None]
    return tuple(Connection(model.layers[layer].name, number, tensor) for (layer, number), tensor in sources)
