"""Readers of the values of weights, by their keys: out of files, each opened when asked, or of live layers."""

import os
from collections.abc import Callable, Iterable, Mapping
from functools import partial

from cutaway.errors import InputError
from cutaway.graph import Graph
from cutaway.sources.stored.content import Place
from cutaway.sources.stored.weights_file import held_file
from cutaway.typed import Any

Array = Any
"""An array of NumPy."""
Readers = Mapping[str, Callable[[], Array]]


def of_files(places: Mapping[str, Place]) -> Readers:
    """Return readers of values in files; each raises InputError where its file is gone, or is another one by then."""
    stamps = {file: _stamp(file) for file in {place.file: None for place in places.values()}}
    return {key: partial(_stored, place, stamps[place.file]) for key, place in places.items()}


def of_layers(graph: Graph, layers: Mapping[str, object]) -> Readers:
    """Return readers of the values of a live model, of which `layers` holds the layers by the ids of nodes."""
    found: dict[str, Callable[[], Array]] = {}
    for node in graph.nodes:
        layer: Any = layers.get(node.id)
        variables: Iterable[Any] = getattr(layer, "weights", ()) if node.weights else ()
        shaped = [each for each in variables if hasattr(each, "shape")]  # as a node's weights are
        for weight, variable in zip(node.weights or (), shaped, strict=False):
            found.setdefault(weight.key, partial(_live, variable))
    return found


def _stored(place: Place, stamp: tuple[int, int]) -> Array:
    if _stamp(place.file) != stamp:
        raise InputError(f"cannot read {place.file!r}: it has changed since its weights were listed; read it again")
    with held_file(place) as held:
        return held.values(place.dataset)


def _stamp(file: str) -> tuple[int, int]:
    try:
        found = os.stat(file)
    except OSError as error:
        raise InputError(f"cannot read {file!r}: {error.strerror or error}") from error
    return found.st_size, found.st_mtime_ns


def _live(variable: Any) -> Array:  # noqa: ANN401 - a variable of whatever framework
    import numpy as np

    return np.asarray(variable.numpy() if hasattr(variable, "numpy") else variable)
