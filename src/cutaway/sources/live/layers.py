"""Live layers and models in the form of files, with all their shapes and weights, so that both give one graph."""

from collections.abc import Mapping, Sequence
from copy import copy

from cutaway.graph import Weight
from cutaway.record import replace
from cutaway.sources.arguments import call, model_call
from cutaway.sources.attributes import reduced
from cutaway.sources.blueprint import Call, Layer, Model, Result, referred
from cutaway.sources.configs.chain import closed, following
from cutaway.sources.configs.serialized import input_tensor
from cutaway.sources.live.alike import Alike, Told
from cutaway.sources.live.calls import Calls, named, own_calls, structured, whole_of
from cutaway.sources.live.nodes import (
    KerasObject,
    called,
    dtype_of,
    fed_to,
    given_by,
    given_to,
    has_graph,
    held,
    is_own,
    is_sequential,
    keras_of,
    shape_of,
    sizes_of,
    tensor_of,
)
from cutaway.sources.live.values import constant, model_attributes, serialized_config

_TABLE = object()
"""In place of the shape of a table of words, which has none in Keras 2."""


class Live:
    """Turns live layers and models into the form of files; knows each weight by its first owner."""

    def __init__(self) -> None:
        self._keys: dict[int, str] = {}
        self._taken: dict[str, int] = {}
        self._held: list[object] = []
        self._alike = Alike()

    def copied(self) -> "Live":
        """Return one with the same notes, for a trace that may not be kept: what it notes is not noted here."""
        made = copy(self)
        made.become(self)
        return made

    def become(self, other: "Live") -> None:
        """Take the notes of another one."""
        vars(self).update(
            {key: copy(each) if isinstance(each, dict | list | set) else each for key, each in vars(other).items()}
        )

    def model(self, model: KerasObject) -> Model:
        """Return a live Functional or Sequential model."""
        if is_sequential(model):
            return self._sequential(model)
        return self._functional(model)

    def _functional(self, model: KerasObject) -> Model:
        operations = getattr(model, "_operations", None)
        calls = Calls.among(held(model) if operations is None else operations, own_calls(model))
        return self.connected(model, calls)

    def connected(self, model: KerasObject, calls: Calls) -> Model:
        """Return a Functional, whose calls are known."""
        return self.graph(model, calls, structured(model, "inputs"), structured(model, "outputs"))

    def graph(
        self,
        model: KerasObject,
        calls: Calls,
        inputs: tuple[object, list[KerasObject]],
        outputs: tuple[object, list[KerasObject]],
    ) -> Model:
        """Return a model whose calls are known; inputs and outputs are each given in their structure, and flat."""
        made = zip(calls.operations, calls.nodes, strict=True)
        layers = [self._called(operation, nodes, calls) for operation, nodes in made]
        starts = [(key, calls.refer(tensor)) for key, tensor in named(*inputs)]
        entries = [(key, referred(start)) for key, start in starts if start is not None]
        results = [(key, calls.refer(tensor)) for key, tensor in named(*outputs)]
        keyed = isinstance(inputs[0], Mapping)
        return Model(
            name=model.name,
            op=type(model).__name__,
            layers=tuple(layers),
            inputs=tuple(place for _, place in entries),
            outputs=tuple(
                Result(name=key or layers[referred(end)].name, source=end) for key, end in results if end is not None
            ),
            keys=tuple(key if keyed else layers[place].name for key, place in entries),
            attributes=model_attributes(model),
            trainable=bool(model.trainable),
            freezes=keras_of(model) == 2,
        )

    def _called(self, item: KerasObject, nodes: Sequence[KerasObject], calls: Calls) -> Layer:
        """Return a live layer or operation with its calls."""
        layer = self.layer(item)
        if keras_of(item) == 3 or not nodes or layer.op == "InputLayer":
            return replace(layer, calls=tuple(self.call(layer, node, calls) for node in nodes) or (Call(),))
        from cutaway.sources.live.keras2 import stored

        return stored(layer, nodes, calls)

    def layer(self, item: KerasObject) -> Layer:
        """Return a live layer or operation, without its calls."""
        inner, wraps = item, False
        if type(item).__name__ == "TimeDistributed":
            inner, wraps = item.layer, True
        nested = self.model(inner) if has_graph(inner) else None
        if nested is None or wraps:
            attributes, trainable = self._told(item)
        else:
            attributes, trainable = nested.attributes, bool(item.trainable)
        return Layer(
            name=item.name,
            op=type(item).__name__,
            operation=type(item).__module__.startswith("keras.src.ops"),
            attributes=attributes,
            trainable=trainable if isinstance(trainable, bool) else None,
            weights=self.weights(item) if nested is None else None,
            inner=nested,
            wraps=wraps and nested is not None,
            origin=item,
            same=id(item),
            custom=not is_own(item),
        )

    def _told(self, item: KerasObject) -> Told:
        """Return what a layer tells of itself; of layers set alike, the first is asked."""
        settings = self._alike.settings(item)
        found = None if settings is None else self._alike.known(settings)
        if found is None:
            config = serialized_config(item)
            found = reduced(config), config.get("trainable")
            if settings is not None:
                self._alike.note(settings, found)
        return found

    def weights(self, item: KerasObject) -> tuple[Weight, ...] | None:
        """Return the weights of a live layer, an equal key for the same variable; None where it is not built."""
        if not getattr(item, "built", True):
            return None
        if not hasattr(item, "trainable_weights"):  # an operation, of which one has `weights` that are something else
            return ()
        return self.listed(item)

    def listed(self, item: KerasObject) -> tuple[Weight, ...]:
        """Return the weights that a live layer has by now."""
        shaped = [(each, shape_of(each, _TABLE)) for each in item.weights]
        trainable = {id(each) for each in item.trainable_weights} if shaped else ()
        return tuple(
            [
                Weight(key=self.key(one), shape=sizes_of(shape), dtype=dtype_of(one), trainable=id(one) in trainable)
                for one, shape in shaped
                if shape is not _TABLE
            ]
        )

    def known(self, value: object) -> str | None:
        """Return the key of what may be a variable; None for what is none of those that were asked for."""
        return self._keys.get(id(value))

    def key(self, variable: KerasObject) -> str:
        """Return the key of a variable, which is equal for the same one."""
        if id(variable) not in self._keys:
            path = getattr(variable, "path", None)
            path = str(variable.name if path is None else path).removesuffix(":0")  # which TensorFlow adds
            count = self._taken[path] = self._taken.get(path, 0) + 1
            self._keys[id(variable)] = path if count == 1 else f"{path}#{count}"
            self._held.append(variable)  # or its identity could be given to another
        return self._keys[id(variable)]

    def call(self, layer: Layer, node: KerasObject, calls: Calls) -> Call:
        """Return one call of a layer, with the tensors that it gives."""
        if keras_of(called(node)) == 2 and fed_to(node):
            from cutaway.sources.live.keras2 import stored

            return stored(layer, [node], calls).calls[0]
        args, kwargs = given_to(node)
        positional = [calls.handles(each) for each in args]
        by_name = {key: calls.handles(each) for key, each in kwargs.items()}
        if layer.inner is None:
            made = call(layer.op, positional, by_name, constant)
        else:
            made = model_call(layer.inner.keys, positional, by_name, constant)
        outputs = tuple([tensor_of(each) for each in given_by(node)])
        return Call(made.arguments, made.masks, made.astray, made.constants, outputs)

    def unfollowed(self, layer: Layer, error: Exception) -> Layer:  # noqa: ARG002 - of interest to others
        """Return a part, a layer that holds others, whose call raised an error when it was followed: as it is."""
        return layer

    def _sequential(self, model: KerasObject) -> Model:
        """Return a Sequential: a chain, as its file tells it, with the tensors of its inner Functional if built."""
        whole = Model(
            name=model.name,
            op=type(model).__name__,
            layers=(),
            inputs=(),
            outputs=(),
            attributes=model_attributes(model),
            trainable=bool(model.trainable),
            freezes=keras_of(model) == 2,
        )
        function = whole_of(model)
        if function is None:
            layers: list[Layer] = []
            for item in held(model):
                layer = self.layer(item)
                if not layers and layer.op == "InputLayer":
                    given = input_tensor({"config": serialized_config(item)})
                    layers.append(replace(layer, calls=(Call(outputs=(given,)),)))
                else:
                    layers.append(following(layer, layers, None))
            return closed(whole, layers)
        chain = self._functional(function)
        plain_calls = [
            replace(layer, calls=tuple(replace(each, constants={}) for each in layer.calls)) for layer in chain.layers
        ]
        return replace(whole, layers=tuple(plain_calls), inputs=chain.inputs, outputs=chain.outputs, keys=chain.keys)
