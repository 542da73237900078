"""Sequential models: a chain of layers, each fed with what the one before gives; alike in every dialect."""

from collections.abc import Mapping

from cutaway.graph import Dim, Tensor
from cutaway.record import replace
from cutaway.sources.arguments import call, model_call
from cutaway.sources.attributes import plain, reduced
from cutaway.sources.blueprint import Argument, Call, Layer, Model, Result
from cutaway.sources.configs.serialized import (
    STRUCTURE,
    Config,
    class_of,
    inner_model,
    input_tensor,
    layer_items,
    layer_of,
    name_of,
    nested_of,
    settings,
    shape_of,
    trainable_of,
)

_ADAPTED = frozenset({"Normalization", "Discretization", "StringLookup", "IntegerLookup", "TextVectorization"})
"""Classes whose build_config may be the shape of the data they were adapted to, not of their input."""


def sequential(item: Config, inner: Mapping[int, Model]) -> Model:
    """Return a serialised Sequential model; `inner` holds its nested models by the identity of their configs.

    Without an InputLayer it starts with the input that its first layer states, or else a hidden one (see `stated`).
    """
    layers = _unlisted(item)
    for entry in layer_items(item):
        nested = nested_of(entry, inner)
        if not layers and class_of(entry) == "InputLayer":
            layers.append(layer_of(entry, nested, (Call(outputs=(input_tensor(entry),)),)))
        else:
            own = nested[0] is not None or bool(layers and layers[-1].op == "InputLayer" and not layers[-1].hidden)
            known = None if own else _built_on(entry) or (None if layers else _adapted_to(entry))
            layers.append(following(layer_of(entry, nested), layers, known))
    rest = {key: value for key, value in settings(item).items() if key not in STRUCTURE}
    whole = Model(
        name=name_of(item),
        op=class_of(item),
        layers=(),
        inputs=(),
        outputs=(),
        attributes=reduced(rest),
        trainable=trainable_of(item),
    )
    return closed(whole, layers)


def following(layer: Layer, before: list[Layer], known: tuple[Dim, ...] | None) -> Layer:
    """Return `layer` called with all that the last of `before` gives; an empty `before` gets a hidden input first.

    `known` is the shape of what it is called with, where that is a single tensor.
    """
    if not before:
        before.append(_input(None))
    width = _width(before[-1])
    tensor = Tensor(shape=known if width == 1 else None)
    tensors = [Argument(((len(before) - 1, 0), number), tensor) for number in range(width)]
    given = tensors[0] if width == 1 else tensors
    made = (
        call(layer.op, [given], {}, plain) if layer.inner is None else model_call(layer.inner.keys, [given], {}, plain)
    )
    return replace(layer, calls=(made,))


def stated(chain: Model, shape: tuple[Dim, ...]) -> Model:
    """Return a chain with its hidden input made a plain one of `shape`, which has its batch axis."""
    return replace(chain, layers=(_input(shape), *chain.layers[1:]))


def closed(whole: Model, layers: list[Layer]) -> Model:
    """Return `whole` with a finished chain of layers."""
    if not layers:
        layers.append(_input(None))
    return replace(
        whole,
        layers=tuple(layers),
        inputs=(0,),
        keys=(layers[0].name,),
        outputs=tuple(
            Result(name=layers[-1].name, source=((len(layers) - 1, 0), number)) for number in range(_width(layers[-1]))
        ),
    )


def entry_tensor(item: Config) -> Tensor | None:
    """Return the type of a Sequential's input, as its first layer states it; None where it does not."""
    while True:
        items = layer_items(item)
        if items and (class_of(items[0]) == "InputLayer" or _is_stated(items[0])):
            return input_tensor(items[0])
        nested, wraps = inner_model(items[0]) if items else (None, False)
        if nested is None or wraps:
            return None
        item = nested


def _is_stated(item: Config) -> bool:
    """Tell whether a layer states the shape of its input; one that was adapted to data notes no more than the rank."""
    shape = settings(item).get("batch_input_shape")
    return isinstance(shape, list) and not (class_of(item) in _ADAPTED and all(size is None for size in shape))


def _unlisted(item: Config) -> list[Layer]:
    """Return the InputLayer that Keras makes for a Sequential whose first layer is another that states its input."""
    items = layer_items(item)
    if not items or class_of(items[0]) == "InputLayer":
        return []
    tensor = entry_tensor(item) or Tensor(shape=shape_of(settings(item).get("build_input_shape")))
    if tensor.shape is None:
        return []
    name = f"{name_of(items[0])}_input"
    return [Layer(name=name, op="InputLayer", calls=(Call(outputs=(tensor,)),))]


def _input(shape: tuple[Dim, ...] | None) -> Layer:
    return Layer(name="input", op="InputLayer", calls=(Call(outputs=(Tensor(shape=shape),)),), hidden=shape is None)


def _width(layer: Layer) -> int:
    """Return how many tensors a layer hands on: a nested model's outputs; else only one is known."""
    return 1 if layer.inner is None or layer.wraps else len(layer.inner.outputs)


def _built_on(item: Config) -> tuple[Dim, ...] | None:
    return shape_of(build_shape(item))


def build_shape(item: Config) -> object:
    """Return what a file says that a layer was first built on: a shape, or several in lists and dicts."""
    built = item.get("build_config")
    return built.get("input_shape") if isinstance(built, dict) and class_of(item) not in _ADAPTED else None


def _adapted_to(item: Config) -> tuple[Dim, ...] | None:
    """Return what the data that a Normalization was adapted to tells of its input: the axes that it normalizes.

    The others say how many samples there were, and of what size.
    """
    built = item.get("build_config")
    sizes = shape_of(built.get("input_shape")) if isinstance(built, dict) else None
    if sizes is None or class_of(item) != "Normalization":
        return None
    axis = settings(item).get("axis")
    listed = axis if isinstance(axis, list) else [axis]
    kept = {each % len(sizes) for each in listed if isinstance(each, int) and -len(sizes) <= each < len(sizes)}
    return tuple([size if place in kept else None for place, size in enumerate(sizes)])
