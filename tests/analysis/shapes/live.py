"""Calls of live Keras layers and operations, and what the rules make of them once their shapes are forgotten."""

import os
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

from analysis.shapes.erasing import agree, erased

from cutaway.analysis.shapes import infer
from cutaway.graph import Tensor
from cutaway.sources import read

os.environ.setdefault("TF_CPP_MIN_LOG_LEVEL", "3")


@dataclass(frozen=True)
class Case:
    """One call: `build` takes the inputs, each given by its shape without the batch and its type."""

    name: str
    build: Callable[..., Any]
    inputs: list[tuple[tuple[int | None, ...], str]]


@dataclass
class Outcome:
    """What came of some cases: lines on what is wrong, names of what is unknown, and the number of outputs seen."""

    wrong: list[str] = field(default_factory=list)
    unknown: set[str] = field(default_factory=set)
    total: int = 0


def built(case: Case) -> tuple[list[Any], str] | None:
    """Return the case's outputs and its model as JSON; None where Keras itself refuses the call."""
    import keras

    inputs = [keras.Input(shape, dtype=dtype) for shape, dtype in case.inputs]
    try:
        outputs = keras.tree.flatten(case.build(*inputs))
    except Exception:  # noqa: BLE001 - the refusals of TensorFlow and NumPy have no common class
        return None
    return outputs, keras.Model(inputs, outputs).to_json()


def compare(cases: Iterable[Case]) -> Outcome:
    """Read each case's model from its JSON, forget its shapes, infer them, and compare them with what Keras says."""
    outcome = Outcome()
    for case in cases:
        model = built(case)
        if model is None:
            continue
        graph = infer(erased(read(model[1])))
        nodes = {node.id: node for node in graph.nodes}
        for told, output in zip(model[0], graph.outputs, strict=True):
            outcome.total += 1
            found = nodes[output.node].outputs[output.port].tensor
            if not agree(found, Tensor(shape=tuple(told.shape), dtype=told.dtype)):
                outcome.wrong.append(f"{case.name} {case.inputs}: {found} instead of {told.shape} {told.dtype}")
            if found.shape is None or found.dtype is None:
                outcome.unknown.add(case.name)
    return outcome
