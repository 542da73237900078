"""A live Keras 3 model to a Graph, with all its shapes and weights; nothing of it is run on data.

Functional and Sequential models go through the same form as their files, so that both give one graph. A subclassed
model is traced (`keras_trace`): its layers are called with symbolic tensors, and what it calls within the layers of its
own classes becomes scopes. Where it can not be traced, its tree of layers is all that is known, and a warning says so.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from cutaway.errors import InputError, UnsupportedError
from cutaway.graph import Dim, Graph, Tensor, Value, Weight
from cutaway.sources.arguments import Handle, call, model_call
from cutaway.sources.assemble import assemble
from cutaway.sources.attributes import plain, reduced
from cutaway.sources.blueprint import Call, Layer, Model, Reference, Result
from cutaway.sources.chain import closed, following
from cutaway.sources.keras3 import ends
from cutaway.sources.serialized import STRUCTURE


def read_model(model: object, shape: tuple[Dim, ...] | None) -> tuple[Graph, Mapping[str, object]]:
    """Return the graph of a live model, and the object behind the id of each node and each scope.

    `shape` is the input's, with the batch axis, for a model that is not built; a Sequential is built with it, and so are
    the layers of a subclassed model. Raises InputError for what is no Keras model, UnsupportedError for a tf.keras one.
    """
    _refuse(model)
    live = Live()
    if is_sequential(model):
        if not getattr(model, "built", False) and shape is not None:
            model.build(shape)  # type: ignore[attr-defined]
        blueprint = live.model(model)
    elif is_functional(model):
        blueprint = live.model(model)
    else:
        from cutaway.sources.keras_trace import subclassed

        blueprint = subclassed(model, shape, live)
    graph, layers = assemble(blueprint)
    return graph, {identity: layer.origin for identity, layer in layers.items()}


def is_functional(item: object) -> bool:
    """Tell whether an object is a Functional model, or of a subclass; a Sequential is not."""
    return _is_a(item, "Functional", "keras.src.models.functional")


def is_sequential(item: object) -> bool:
    """Tell whether an object is a Sequential model, or of a subclass."""
    return _is_a(item, "Sequential", "keras.src.models.sequential")


def is_tensor(item: object) -> bool:
    """Tell whether an object is a symbolic tensor of Keras."""
    return _is_a(item, "KerasTensor", "keras.src.backend.common.keras_tensor")


def _is_a(item: object, name: str, module: str) -> bool:
    return any(each.__name__ == name and each.__module__ == module for each in type(item).__mro__)


def _refuse(model: object) -> None:
    modules = [each.__module__ for each in type(model).__mro__]
    if "keras.src.layers.layer" in modules:
        return
    if any(m.startswith(("tf_keras", "keras.src.engine", "keras.engine", "tensorflow.python.keras")) for m in modules):
        raise UnsupportedError(
            f"cannot read a {type(model).__name__} of tf.keras 2: only live models of Keras 3 are read yet"
        )
    raise InputError(
        f"cannot read a {type(model).__name__}: expected a path, a JSON text, a config dict or a Keras 3 model"
    )


def tensor_of(item: Any) -> Tensor:  # noqa: ANN401 - an object of Keras
    """Return the type of a symbolic tensor."""
    shape = None if item.shape is None else tuple(item.shape)
    return Tensor(shape=shape, dtype=None if item.dtype is None else str(item.dtype))


@dataclass(slots=True)
class Calls:
    """Which calls belong to a model: the operations in order, and for each call (by identity) where it stands."""

    operations: list[Any]
    places: dict[int, tuple[int, int]] = field(default_factory=dict)
    nodes: list[list[Any]] = field(default_factory=list)

    @classmethod
    def among(cls, operations: Sequence[Any], nodes: Iterable[Any]) -> "Calls":
        """Return the calls of `operations` that are among `nodes`, numbered as Keras numbers them in a file."""
        own = {id(node) for node in nodes}
        found = cls(list(operations))
        for place, operation in enumerate(found.operations):
            mine = [node for node in operation._inbound_nodes if id(node) in own]  # noqa: SLF001 - no public way
            found.nodes.append(mine)
            found.places.update((id(node), (place, number)) for number, node in enumerate(mine))
        return found

    def refer(self, tensor: Any) -> Reference | None:  # noqa: ANN401
        """Return where a symbolic tensor is made; None if outside of this model."""
        history = getattr(tensor, "_keras_history", None)
        if history is None or history[0] is None:
            return None
        operation, number, output = history
        place = self.places.get(id(operation._inbound_nodes[number]))  # noqa: SLF001
        return None if place is None else Reference(place[0], place[1], output)

    def handles(self, value: object) -> object:
        """Return an argument with every symbolic tensor in it as a Handle."""
        if is_tensor(value):
            return Handle(self.refer(value), tensor_of(value))
        if isinstance(value, list | tuple):
            return [self.handles(entry) for entry in value]
        if isinstance(value, Mapping):
            return {str(key): self.handles(entry) for key, entry in value.items()}
        return value


class Live:
    """Turns live layers and models into the form of files; knows each weight by its first owner."""

    def __init__(self) -> None:
        self._keys: dict[int, str] = {}
        self._taken: dict[str, int] = {}
        self._held: list[object] = []

    def model(self, model: Any) -> Model:  # noqa: ANN401
        """Return a live Functional or Sequential model."""
        if is_sequential(model):
            return self._sequential(model)
        calls = Calls.among(model._operations, _flat(model._nodes_by_depth))  # noqa: SLF001
        return self.graph(model, calls, (model._inputs_struct, model.inputs), (model._outputs_struct, model.outputs))  # noqa: SLF001

    def graph(
        self,
        model: Any,
        calls: Calls,
        inputs: tuple[object, list[Any]],
        outputs: tuple[object, list[Any]],  # noqa: ANN401
    ) -> Model:
        """Return a model whose calls are known; inputs and outputs are each given in their structure, and flat."""
        layers = [self.layer(operation) for operation in calls.operations]
        starts = [(key, calls.refer(tensor)) for key, tensor in _named(*inputs)]
        entries = [(key, start.layer) for key, start in starts if start is not None]
        for place, layer in enumerate(layers):
            given = tuple(self._call(layer, node, calls) for node in calls.nodes[place]) or (Call(),)
            layers[place] = replace(layer, calls=given)
        results = [(key, calls.refer(tensor)) for key, tensor in _named(*outputs)]
        keyed = isinstance(inputs[0], Mapping)
        return Model(
            name=model.name,
            op=type(model).__name__,
            layers=tuple(layers),
            inputs=tuple(place for _, place in entries),
            outputs=tuple(Result(name=key or layers[end.layer].name, source=end) for key, end in results if end is not None),
            keys=tuple(key if keyed else layers[place].name for key, place in entries),
            attributes=model_attributes(model),
            trainable=bool(model.trainable),
        )

    def layer(self, item: Any) -> Layer:  # noqa: ANN401
        """Return a live layer or operation, without its calls."""
        inner, wraps = item, False
        if type(item).__name__ == "TimeDistributed":
            inner, wraps = item.layer, True
        nested = self.model(inner) if is_functional(inner) or is_sequential(inner) else None
        config = serialized_config(item) if nested is None or wraps else {}
        trainable = config.get("trainable") if nested is None or wraps else bool(item.trainable)
        return Layer(
            name=item.name,
            op=type(item).__name__,
            operation=type(item).__module__.startswith("keras.src.ops"),
            attributes=reduced(config) if nested is None or wraps else nested.attributes,
            trainable=trainable if isinstance(trainable, bool) else None,
            weights=self.weights(item) if nested is None else None,
            inner=nested,
            wraps=wraps and nested is not None,
            origin=item,
        )

    def weights(self, item: Any) -> tuple[Weight, ...] | None:  # noqa: ANN401
        """Return the weights of a live layer, an equal key for the same variable; None where it is not built."""
        if not hasattr(item, "weights"):
            return ()
        if not getattr(item, "built", True):
            return None
        trainable = {id(each) for each in item.trainable_weights}
        return tuple(
            Weight(key=self._key(each), shape=tuple(each.shape), dtype=str(each.dtype), trainable=id(each) in trainable)
            for each in item.weights
        )

    def _key(self, variable: Any) -> str:  # noqa: ANN401
        if id(variable) not in self._keys:
            path = str(getattr(variable, "path", variable.name))
            count = self._taken[path] = self._taken.get(path, 0) + 1
            self._keys[id(variable)] = path if count == 1 else f"{path}#{count}"
            self._held.append(variable)  # or its identity could be given to another
        return self._keys[id(variable)]

    def _call(self, layer: Layer, node: Any, calls: Calls) -> Call:  # noqa: ANN401
        args, kwargs = calls.handles(node.arguments.args), calls.handles(node.arguments.kwargs)
        positional = args if isinstance(args, list) else []
        named = kwargs if isinstance(kwargs, dict) else {}
        if layer.inner is None:
            made = call(layer.op, positional, named, constant)
        else:
            made = model_call(layer.inner.keys, positional, named, constant)
        return replace(made, outputs=tuple(tensor_of(each) for each in node.outputs))

    def _sequential(self, model: Any) -> Model:  # noqa: ANN401
        """Return a Sequential: a chain, as its file tells it, with the tensors of its inner Functional if it is built."""
        whole = Model(
            name=model.name,
            op=type(model).__name__,
            layers=(),
            inputs=(),
            outputs=(),
            attributes=model_attributes(model),
            trainable=bool(model.trainable),
        )
        function = model._functional  # noqa: SLF001
        if function is None:
            layers: list[Layer] = []
            for item in model.layers:
                layers.append(following(self.layer(item), layers, None))
            return closed(whole, layers, None)
        chain = self.model(function)
        plain_calls = [
            replace(layer, calls=tuple(replace(each, constants={}) for each in layer.calls)) for layer in chain.layers
        ]
        return replace(whole, layers=tuple(plain_calls), inputs=chain.inputs, outputs=chain.outputs, keys=chain.keys)


def model_attributes(model: Any) -> Mapping[str, Value]:  # noqa: ANN401
    """Return what a model's file says of it besides its layers: a subclass may say anything."""
    own = type(model).__module__.startswith("keras.src.models.")
    if own:
        return reduced({"dtype": model.dtype_policy.name} if is_sequential(model) else {})
    return reduced({key: value for key, value in serialized_config(model).items() if key not in STRUCTURE})


def serialized_config(item: Any) -> Mapping[str, object]:  # noqa: ANN401
    """Return the config of a layer as a file would hold it; what cannot be serialised is named by its class."""
    import warnings

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # Keras warns of lambdas, which are never serialised in full here
            config = item.get_config()
    except Exception:  # noqa: BLE001 - code of other people: any layer may lack a config or fail in it
        return {}
    if not isinstance(config, Mapping):
        return {}
    return {str(key): serialized(value) for key, value in config.items()}


def serialized(value: object) -> object:
    """Return a value as Keras serialises it; the name of its class where Keras cannot."""
    import warnings

    from keras import saving

    if type(value).__name__ == "function" and getattr(value, "__name__", "") == "<lambda>":
        return {"class_name": "__lambda__", "config": {}}
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            found: object = saving.serialize_keras_object(value)
    except Exception:  # noqa: BLE001 - as above
        return {"class_name": type(value).__name__, "config": {}}
    return found


def constant(value: object) -> Value:
    """Return an argument that is no tensor as a plain value."""
    return plain(serialized(value))


def _flat(nodes_by_depth: Mapping[int, Sequence[Any]]) -> list[Any]:
    return [node for nodes in nodes_by_depth.values() for node in nodes]


def _named(structure: object, flat: Sequence[Any]) -> list[tuple[str, Any]]:
    """Return tensors in the flat order, each with the key that it has in the structure ("" for none)."""
    named = ends(structure)
    if [id(tensor) for _, tensor in named] == [id(tensor) for tensor in flat]:
        return named
    keys = {id(tensor): key for key, tensor in named}
    return [(keys.get(id(tensor), ""), tensor) for tensor in flat]
