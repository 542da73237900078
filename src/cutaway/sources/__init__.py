"""Readers: anything to a Graph."""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from cutaway.errors import CutawayWarning, InputError
from cutaway.graph import Graph

if TYPE_CHECKING:
    from cutaway.sources.given_shape import Shapes
    from cutaway.sources.serialized import Config


def read(source: object, *, input_shape: "Shapes | None" = None) -> Graph:
    """Return the graph of a model.

    `source` is a path of a `.keras` archive, a JSON file or an unpacked archive (told by content, never by suffix), a
    JSON text, a config dict, or a live Keras 3 model. `input_shape`, with the batch axis (several in a list or dict),
    is for models that do not know theirs. Nothing from a file is imported, unpickled or executed. Raises InputError for
    what is no model, and UnsupportedError for models that cannot be read; warns where a model does not tell its layers.
    """
    if isinstance(source, Mapping):
        from cutaway.sources.serialized import as_json

        return _from_config(as_json(source), "the config", input_shape)
    if isinstance(source, str) and source.lstrip().startswith(("{", "[")):
        from cutaway.sources.keras_file import config_of_text

        return _from_config(config_of_text(source), "the JSON text", input_shape)
    if isinstance(source, str | os.PathLike):
        from cutaway.sources.keras_file import config_of_path

        path = os.fspath(source)
        return _from_config(config_of_path(path), repr(path), input_shape)
    return read_live(source, input_shape=input_shape)[0]


def read_live(model: object, *, input_shape: "Shapes | None" = None) -> tuple[Graph, Mapping[str, object]]:
    """Return the graph of a live Keras 3 model, and the layer object behind each node's id."""
    from cutaway.sources.keras_object import read_model

    return read_model(model, input_shape)


def _from_config(config: "Config", where: str, input_shape: "Shapes | None") -> Graph:
    from cutaway.analysis.order import ordered
    from cutaway.sources.assemble import assemble
    from cutaway.sources.keras_config import lone_model, model_of

    shape = None
    if input_shape is not None:
        from cutaway.sources.given_shape import single

        shape = single(input_shape)
    model = model_of(config, where, shape)
    if model is None:
        import warnings

        model = lone_model(config, where)
        warnings.warn(
            f"{where} says nothing of the layers of {model.name!r} ({model.op} is a subclassed model):"
            " it is drawn as one box",
            CutawayWarning,
            stacklevel=3,
        )
    graph = assemble(model)[0]
    if len(ordered(graph)) < len(graph.nodes):
        raise InputError(f"cannot read {where}: layers of {graph.name!r} wait for each other in a circle")
    return graph
