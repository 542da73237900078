"""Layers of Keras built for real, and what the formulas make of the configuration of their model."""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from analysis.formulas.settings_grid import Setting

from cutaway.analysis.complete import complete
from cutaway.graph import Graph, Node, Weight
from cutaway.sources import read
from cutaway.sources.owners import within

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")

Told = list[tuple[str, tuple[int | None, ...], str, bool]]


@dataclass
class Outcome:
    """What came of some settings: lines on what is wrong, what is unknown, and the numbers of those compared."""

    wrong: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    total: int = 0
    refused: int = 0


def compare(keras: Any, settings: Iterable[Setting], *, exact: bool) -> Outcome:
    """Build each setting, read its model's JSON, form the weights, and compare them with the layer's.

    `exact` asks for equal names and order too, which Keras 2 chooses in its own ways.
    """
    outcome = Outcome()
    for setting in settings:
        try:
            layer, text = built(keras, setting)
        except Exception:  # noqa: BLE001 - the refusals of TensorFlow and NumPy have no common class
            outcome.refused += 1
            continue
        outcome.total += 1
        node = found(complete(read(text)), layer.name)
        expected, formed = of_layer(layer), of_node(node)
        if formed is None:
            outcome.unknown.append(f"{setting}")
        elif formed != expected if exact else shapes(formed) != shapes(expected):
            outcome.wrong.append(f"{setting}: {formed} instead of {expected}")
    return outcome


def made(keras: Any, value: Any) -> Any:
    """Return an argument with settings in it made layers."""
    if isinstance(value, Setting):
        return getattr(keras.layers, value.op)(**{key: made(keras, item) for key, item in value.arguments.items()})
    if isinstance(value, list) and value and isinstance(value[0], Setting):
        return [made(keras, item) for item in value]
    return value


def built(keras: Any, setting: Setting) -> tuple[Any, str]:
    """Return the layer, called on inputs, and its model as JSON."""
    inputs = [keras.Input(shape, dtype=setting.dtype) for shape in setting.inputs]
    layer = made(keras, setting)
    outputs = layer(inputs) if setting.listed else layer(*inputs)
    return layer, keras.Model(inputs, outputs).to_json()


def found(graph: Graph, name: str) -> Node:
    """Return the node of the layer of that name."""
    return next(node for node in graph.nodes if node.name == name)


def of_layer(layer: Any) -> Told:
    """Return the weights of a live layer in its order."""
    trained = {id(weight) for weight in layer.trainable_weights}
    return [
        (
            within(getattr(weight, "path", weight.name), layer.name),
            tuple(weight.shape),
            str(getattr(weight.dtype, "name", weight.dtype)),
            id(weight) in trained,
        )
        for weight in layer.weights
    ]


def of_node(node: Node) -> Told | None:
    """Return the weights of a node in the same form; None where they are unknown."""
    if node.weights is None:
        return None
    return [told(weight, node.id) for weight in node.weights]


def told(weight: Weight, owner: str) -> tuple[Any, Any, Any, Any]:
    """Return one weight of a node, named as within its layer."""
    return weight.key.removeprefix(f"{owner}/"), weight.shape, weight.dtype, weight.trainable


def shapes(weights: Told) -> list[tuple[str, ...]]:
    """Return weights without their order, and without the names of the parts that hold them."""
    return sorted(
        (re.sub(r"^.*/", "", name), str(shape), dtype, str(trained)) for name, shape, dtype, trained in weights
    )
