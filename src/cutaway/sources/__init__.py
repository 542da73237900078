"""Readers: anything to a Graph."""

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING

from cutaway.errors import CutawayError, CutawayWarning, InputError
from cutaway.graph import Graph

if TYPE_CHECKING:
    from cutaway.sources.blueprint import Model
    from cutaway.sources.given_shape import Shapes
    from cutaway.sources.serialized import Config

_CANNOT_READ = "cannot read "


def read(source: object, *, input_shape: "Shapes | None" = None) -> Graph:
    """Return the graph of a model.

    `source` is a path of a `.keras` archive, a JSON or YAML file or an unpacked archive (told by content, never by
    suffix), a JSON or YAML text, a config dict, or a live Keras 3 model. Nothing from a file is imported, unpickled or
    executed. Raises InputError for what is no model, and UnsupportedError for models that cannot be read; warns where a
    model does not tell its layers.

    `input_shape` is for models that do not know theirs: a Sequential that is not built, and a live subclassed model.
    The batch axis may be left out: (8,) is (None, 8), and a first axis that is a number is never the batch, so (1, 8)
    is (None, 1, 8). A name or "?" in place of None is a batch axis too. Several inputs are given in a list, or in a
    dict by their names. Where it is not used, a warning says so.
    """
    if isinstance(source, Mapping):
        from cutaway.sources.serialized import as_json

        return _from_config(as_json(source), "the config", input_shape)
    if isinstance(source, str) and (source.lstrip().startswith(("{", "[", '"{')) or "\nconfig:" in source):
        from cutaway.sources.keras_file import config_of_text

        config, where = config_of_text(source)
        return _from_config(config, where, input_shape)
    if isinstance(source, str | os.PathLike):
        from cutaway.sources.keras_file import config_of_path

        path = os.fspath(source)
        return _from_config(config_of_path(path), repr(path), input_shape)
    return read_live(source, input_shape=input_shape)[0]


def read_live(model: object, *, input_shape: "Shapes | None" = None) -> tuple[Graph, Mapping[str, object]]:
    """Return the graph of a live Keras 3 model, and the layer object behind each node's id."""
    from cutaway.sources.keras_object import read_model

    if input_shape is not None:
        from cutaway.sources.given_shape import with_batch

        input_shape = with_batch(input_shape)
    return read_model(model, input_shape)


def _from_config(config: "Config", where: str, input_shape: "Shapes | None") -> Graph:
    try:
        return _opened(config, where, input_shape)
    except CutawayError as error:
        if where in str(error) or not str(error).startswith(_CANNOT_READ):
            raise
        raise type(error)(f"{_CANNOT_READ}{where}: {str(error).removeprefix(_CANNOT_READ)}") from error


def _opened(config: "Config", where: str, input_shape: "Shapes | None") -> Graph:
    from cutaway.analysis.order import ordered
    from cutaway.sources.assemble import assemble
    from cutaway.sources.keras_config import lone_model, model_of

    model = model_of(config, where)
    if model is None:
        import warnings

        model = lone_model(config, where)
        unused = "" if input_shape is None else ", and the input_shape is not used"
        warnings.warn(
            f"{where} says nothing of the layers of {model.name!r} ({model.op} is a subclassed model):"
            f" it is drawn as one box{unused}; draw the live model, with its input_shape if it is not built",
            CutawayWarning,
            stacklevel=4,
        )
    elif input_shape is not None:
        model = _stated(model, input_shape)
    graph = assemble(model)[0]
    if len(ordered(graph)) < len(graph.nodes):
        raise InputError(f"cannot read {where}: layers of {graph.name!r} wait for each other in a circle")
    return graph


def _stated(model: "Model", input_shape: "Shapes") -> "Model":
    from cutaway.sources.given_shape import single, with_batch

    shapes = with_batch(input_shape)
    if model.layers and model.layers[0].hidden:
        from cutaway.sources.chain import stated

        return stated(model, single(shapes))
    import warnings

    warnings.warn(
        f"the input_shape {shapes} is not used: {model.name!r} knows the shape of its input",
        CutawayWarning,
        stacklevel=5,
    )
    return model
