"""What every reader of a Keras model fills in: layers with their calls, models inside models, nothing expanded yet.

`assemble.assemble` turns a Model into a Graph. A layer stands once here, however often it is called; where one stands
in several models, `SameLayers` tells so, as a live model knows it and a file of Keras tells.
"""

from collections.abc import Mapping
from types import MappingProxyType

from cutaway.graph import Tensor, Value, Weight
from cutaway.record import Record

NOTHING: Mapping[str, Value] = MappingProxyType({})


Place = tuple[int, int]
"""A layer, by its place in the layers of its model, and which of its calls, both counted from 0."""
Reference = tuple[Place, int]
"""One output tensor of one call of a layer, counted from 0."""


def referred(source: Reference) -> int:
    """Return the place of the layer whose output a reference is."""
    (layer, _), _ = source
    return layer


class Argument(Record, kw_only=False, many=True):
    """One tensor handed to a call, and the name of the parameter that it is for: what most layers call their only one.

    `source` is None where it comes from outside of the model, or an optional input was left out.
    """

    source: Reference | None
    tensor: Tensor = Tensor()
    name: str = "inputs"


class Call(Record, kw_only=False, many=True):
    """One call of a layer. For a nested model the arguments are those of its inputs, in their order.

    `masks` are what is laid on the inputs of a nested model, in the same order, as far as there are any; `astray` names
    its other tensors, of which nobody knows where they go. `constants` are the arguments that are no tensors; `outputs`
    is empty where the source does not say.
    """

    arguments: tuple[Argument, ...] = ()
    masks: tuple[Argument | None, ...] = ()
    astray: tuple[str, ...] = ()
    constants: Mapping[str, Value] = NOTHING
    outputs: tuple[Tensor, ...] = ()


class Layer(Record, kw_only=False, many=True):
    """A layer, an operation, or a nested model (`inner`); `origin` is the live object, if there is one.

    `wraps` tells that `inner` is the model inside a TimeDistributed layer: it sees other shapes than the layer does.
    `hidden` is an input that no file names: the unstated one of a Sequential that knows no input shape.
    `computes` is the operation of Keras 3 that a function of TensorFlow is, which the layer only calls.
    `same` is equal for what is one layer, wherever it stands; None where only its place tells it. `custom` tells that
    its class is not the framework's own.
    """

    name: str
    op: str
    attributes: Mapping[str, Value] = NOTHING
    calls: tuple[Call, ...] = ()
    trainable: bool | None = None
    operation: bool = False
    inner: "Model | None" = None
    wraps: bool = False
    same: int | None = None
    custom: bool = False
    weights: tuple[Weight, ...] | None = None
    hidden: bool = False
    origin: object = None
    computes: str | None = None

    @property
    def trains(self) -> bool:
        """Whether what is in it may be trained, as far as it and its own model say."""
        model = self.inner
        if model is None:
            return self.trainable is not False
        return not model.freezes or (self.trainable is not False and model.trainable is not False)


class Result(Record):
    """A named output of a model."""

    name: str
    source: Reference


class Model(Record):
    """A model's layers and how they hang together; `inputs` are places in `layers`, in the model's own order.

    `keys` are the names by which a call can give them: those of a dict of inputs, or of the InputLayers. A model that
    is not trainable `freezes` all in it; in Keras 3 one within another does not: there each variable has its own word.
    """

    name: str
    op: str
    layers: tuple[Layer, ...]
    inputs: tuple[int, ...]
    outputs: tuple[Result, ...]
    keys: tuple[str, ...] = ()
    attributes: Mapping[str, Value] = NOTHING
    trainable: bool | None = None
    freezes: bool = True


Which = tuple[int, int]
"""What is equal for all places of one layer: the number of a model, and the layer's place in there."""


class SameLayers:
    """Tells layers apart in the order in which they are written.

    Keras writes what is shared between models in full each time. The first time it may write no `shared_object_id`:
    what has one is then what was met before under its class, name and config (serialization_lib.py in Keras 3).
    """

    def __init__(self) -> None:
        self._told: dict[int, Which] = {}
        self._met: list[tuple[Which, Layer]] = []  # so far, and only sorted where one is asked for
        self._untold: dict[tuple[str, str], dict[Which, Layer]] = {}

    def which(self, model: int, place: int, layer: Layer) -> Which:
        """Return which layer stands at a place of a model, itself told apart by its number."""
        own = (model, place)
        if layer.same is None:
            self._met.append((own, layer))
            return own
        if layer.same not in self._told:
            alike = self._called_alike(layer).items()
            self._told[layer.same] = next((key for key, each in alike if _are_alike(each, layer)), own)
        return self._told[layer.same]

    def _called_alike(self, layer: Layer) -> Mapping[Which, Layer]:
        """Return what was met before of the class and name of a layer, and had no number."""
        for key, each in self._met:
            self._untold.setdefault((each.op, each.name), {}).setdefault(key, each)
        self._met.clear()
        return self._untold.get((layer.op, layer.name), {})


def _are_alike(one: Layer, other: Layer) -> bool:
    if one.attributes != other.attributes or (one.inner is None) != (other.inner is None):
        return False
    if one.inner is None or other.inner is None:
        return True
    first, second = ([(layer.op, layer.name) for layer in model.layers] for model in (one.inner, other.inner))
    return first == second
