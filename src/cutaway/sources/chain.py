"""Sequential models: a chain of layers, each fed with what the one before gives; alike in every dialect."""

from collections.abc import Mapping, Sequence

from cutaway.graph import Dim, Tensor
from cutaway.sources.attributes import reduced
from cutaway.sources.blueprint import Argument, Call, Layer, Model, Reference, Result
from cutaway.sources.serialized import (
    STRUCTURE,
    Config,
    class_of,
    inner_model,
    input_tensor,
    is_operation,
    layer_items,
    name_of,
    settings,
    shape_of,
    trainable_of,
)

_OWN_SHAPE = frozenset({"Normalization"})
"""Classes whose build_config is the shape of the data they were adapted to, not of their input."""


def sequential(item: Config, inner: Mapping[int, Model], shape: tuple[Dim, ...] | None = None) -> Model:
    """Return a serialised Sequential model; `inner` holds its nested models by the identity of their configs.

    Without an InputLayer it starts with a hidden input, which `shape` (with the batch axis) makes a plain one.
    """
    items = layer_items(item)
    layers: list[Layer] = []
    if not items or class_of(items[0]) != "InputLayer":
        layers.append(_unstated(shape))
    for entry in items:
        layers.append(_input(entry) if not layers else _next(entry, layers, inner))
    last = layers[-1]
    config = settings(item)
    return Model(
        name=name_of(item),
        op=class_of(item),
        layers=tuple(layers),
        inputs=(0,),
        outputs=tuple(
            Result(name=name, source=Reference(len(layers) - 1, 0, tensor)) for tensor, name in enumerate(_given(last))
        ),
        keys=(layers[0].name,),
        attributes=reduced({key: value for key, value in config.items() if key not in STRUCTURE}),
        trainable=trainable_of(item),
    )


def _unstated(shape: tuple[Dim, ...] | None) -> Layer:
    return Layer(name="input", op="InputLayer", calls=(Call(outputs=(Tensor(shape=shape),)),), hidden=shape is None)


def _input(item: Config) -> Layer:
    return Layer(
        name=name_of(item),
        op=class_of(item),
        attributes=reduced(settings(item)),
        calls=(Call(outputs=(input_tensor(item),)),),
    )


def _next(item: Config, before: Sequence[Layer], inner: Mapping[int, Model]) -> Layer:
    config, wraps = inner_model(item)
    model = None if config is None else inner[id(config)]
    return Layer(
        name=name_of(item),
        op=class_of(item),
        operation=is_operation(item),
        attributes=reduced(settings(item)) if model is None or wraps else model.attributes,
        trainable=trainable_of(item),
        calls=(Call(arguments=_arguments(item, before, model)),),
        inner=model,
        wraps=wraps,
    )


def _arguments(item: Config, before: Sequence[Layer], model: Model | None) -> tuple[Argument, ...]:
    place, width = len(before) - 1, len(_given(before[-1]))
    if model is not None:
        names = list(model.keys)
    else:
        names = ["inputs"] if width == 1 else [f"input {tensor}" for tensor in range(width)]
    known = _built_on(item)
    sources = [Reference(place, 0, tensor) for tensor in range(width)]
    return tuple(
        Argument(name=name, source=source, tensor=Tensor(shape=known if width == 1 else None))
        for name, source in zip(names, sources, strict=False)
    )


def _given(layer: Layer) -> tuple[str, ...]:
    """Return the names of the tensors that a layer hands on: a nested model's outputs; else only one is known."""
    if layer.inner is None or layer.wraps:
        return (layer.name,)
    return tuple(result.name for result in layer.inner.outputs)


def _built_on(item: Config) -> tuple[Dim, ...] | None:
    built = item.get("build_config")
    if not isinstance(built, Mapping) or class_of(item) in _OWN_SHAPE:
        return None
    return shape_of(built.get("input_shape"))
