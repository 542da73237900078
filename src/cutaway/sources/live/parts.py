"""Parts of models that have a graph: what a layer or model of a user's own class holds, opened as an inner model.

A file tells nothing of what such a part calls, so that only who asks for it has it opened. Each call of it is followed
with symbolic tensors; where that fails, what it holds stands beside it, without connections.
"""

from cutaway.errors import warn
from cutaway.record import replace
from cutaway.sources.blueprint import Call, Layer, Model, Result
from cutaway.sources.live.agreed import blamed
from cutaway.sources.live.calls import Calls
from cutaway.sources.live.layers import Live
from cutaway.sources.live.nodes import KerasObject, called, given_to, has_graph, held, is_own, sizes_of
from cutaway.sources.live.own_weights import with_own_weights
from cutaway.sources.live.symbols import Structure, fresh
from cutaway.sources.live.trace import follow, followed, watching
from cutaway.sources.live.tree import is_part, standing, with_unused
from cutaway.sources.live.unchanged import unchanged
from cutaway.sources.live.values import told


class Opening(Live):
    """Turns live layers and models into the form of files, with the parts of these opened."""

    def __init__(self) -> None:
        super().__init__()
        self._is_inside = False
        self._unfollowed: set[int] = set()

    def model(self, model: KerasObject) -> Model:
        """Return a live Functional or Sequential model; the outermost is afterwards as it was."""
        if self._is_inside:
            return super().model(model)
        self._is_inside = True
        with unchanged(model):
            return with_own_weights(with_unused(super().model(model), model, self), model, self)

    def connected(self, model: KerasObject, calls: Calls) -> Model:
        """Return a Functional, each of whose parts has what its call does as an inner model."""
        calls = calls.apart(_is_opened)
        whole = super().connected(model, calls)
        layers = list(whole.layers)
        for place, nodes in enumerate(calls.nodes):
            if nodes and layers[place].inner is None and _is_opened(called(nodes[0])):
                layers[place] = self._opened(layers[place], nodes[0], calls)
        return replace(whole, layers=tuple(layers))

    def _sequential(self, model: KerasObject) -> Model:
        """Return a Sequential; where it is not built, nobody knows what its parts do with what they are given."""
        whole = super()._sequential(model)
        layers = [
            replace(layer, inner=self._standing(layer, layer.origin), weights=None)
            if layer.inner is None and is_part(layer.origin)
            else layer
            for layer in whole.layers
        ]
        return replace(whole, layers=tuple(layers))

    def _opened(self, layer: Layer, node: KerasObject, calls: Calls) -> Layer:
        part = called(node)
        try:
            if is_own(part):
                return watching(part, lambda: self._each_step(layer, node))
            return watching(part, lambda: followed(layer, node, calls, self))
        except Exception as error:  # noqa: BLE001 - code of other people, called in a way it may not foresee
            return layer if is_own(part) else self.unfollowed(layer, error)

    def unfollowed(self, layer: Layer, error: Exception) -> Layer:
        """Return a part with itself and the layers that it holds in it; warns that their flow is unknown."""
        part: KerasObject = layer.origin
        if has_graph(part):
            return layer
        if id(part) not in self._unfollowed:
            self._unfollowed.add(id(part))
            warn(
                f"the flow in {part.name!r} ({type(part).__name__}) is unknown: its call() cannot be followed with"
                f" symbolic tensors ({told(blamed(error))}); its layers are shown without connections"
            )
        return replace(layer, inner=self._standing(layer, part), weights=None)

    def _each_step(self, layer: Layer, node: KerasObject) -> Layer:
        """Return a TimeDistributed with the part that it calls as its inner model, which sees no time axis."""
        part = called(node).layer
        given: KerasObject = given_to(node)[0][0]
        shape = sizes_of(given.shape)
        if shape is None:
            raise TypeError("the shape of its input is unknown")
        step = fresh(part, (shape[0], *shape[2:]), given.dtype, layer.calls[0].arguments[0].name)
        inner = follow(part, Structure((step,), {}), self)
        return replace(layer, inner=inner, wraps=True, weights=None)

    def _standing(self, layer: Layer, part: KerasObject) -> Model:
        """Return a part that is called, and beside it the layers that it holds, whose weights are no more its own."""
        beside = [standing(item, self) for item in held(part)]
        theirs = {weight.key for item in held(part) for weight in self.weights(item) or ()}
        own = layer.weights and tuple([weight for weight in layer.weights if weight.key not in theirs])
        call = layer.calls[0]
        entries = [
            Layer(name=argument.name, op="InputLayer", calls=(Call(outputs=(argument.tensor,)),))
            for argument in call.arguments
        ]
        given = [replace(argument, source=((place, 0), 0)) for place, argument in enumerate(call.arguments)]
        itself = replace(layer, weights=own, calls=(replace(call, arguments=tuple(given)),))
        return Model(
            name=layer.name,
            op=layer.op,
            layers=(*entries, itself, *beside),
            inputs=tuple(range(len(entries))),
            outputs=tuple(
                [
                    Result(name=f"output {tensor}", source=((len(entries), 0), tensor))
                    for tensor in range(len(call.outputs) or 1)
                ]
            ),
            trainable=layer.trainable,
        )


def _is_opened(item: KerasObject) -> bool:
    """Tell whether a layer is a part, or a TimeDistributed around one, which no config opens."""
    if type(item).__name__ == "TimeDistributed" and is_own(item):
        return _is_opened(item.layer)
    return is_part(item) and not has_graph(item)
