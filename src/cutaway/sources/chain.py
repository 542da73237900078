"""Sequential models: a chain of layers, each fed with what the one before gives; alike in every dialect."""

from collections.abc import Mapping

from cutaway.graph import Dim, Tensor
from cutaway.record import replace
from cutaway.sources.arguments import Handle, call, model_call
from cutaway.sources.attributes import plain, reduced
from cutaway.sources.blueprint import Call, Layer, Model, Reference, Result
from cutaway.sources.serialized import (
    STRUCTURE,
    Config,
    class_of,
    input_tensor,
    layer_items,
    layer_of,
    name_of,
    nested_of,
    settings,
    shape_of,
    trainable_of,
)

_OWN_SHAPE = frozenset({"Normalization"})
"""Classes whose build_config is the shape of the data they were adapted to, not of their input."""


def sequential(item: Config, inner: Mapping[int, Model]) -> Model:
    """Return a serialised Sequential model; `inner` holds its nested models by the identity of their configs.

    Without an InputLayer it starts with a hidden input (see `stated`).
    """
    layers: list[Layer] = []
    for entry in layer_items(item):
        nested = nested_of(entry, inner)
        if not layers and class_of(entry) == "InputLayer":
            layers.append(layer_of(entry, nested, (Call(outputs=(input_tensor(entry),)),)))
        else:
            layers.append(following(layer_of(entry, nested), layers, _built_on(entry)))
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
    width = len(_given(before[-1]))
    tensor = Tensor(shape=known if width == 1 else None)
    handles = [Handle(Reference(len(before) - 1, 0, number), tensor) for number in range(width)]
    given = handles[0] if width == 1 else handles
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
            Result(name=name, source=Reference(len(layers) - 1, 0, number))
            for number, name in enumerate(_given(layers[-1]))
        ),
    )


def _input(shape: tuple[Dim, ...] | None) -> Layer:
    return Layer(name="input", op="InputLayer", calls=(Call(outputs=(Tensor(shape=shape),)),), hidden=shape is None)


def _given(layer: Layer) -> tuple[str, ...]:
    """Return the names of the tensors that a layer hands on: a nested model's outputs; else only one is known."""
    if layer.inner is None or layer.wraps:
        return (layer.name,)
    return tuple(result.name for result in layer.inner.outputs)


def _built_on(item: Config) -> tuple[Dim, ...] | None:
    built = item.get("build_config")
    if not isinstance(built, dict) or class_of(item) in _OWN_SHAPE:
        return None
    return shape_of(built.get("input_shape"))
