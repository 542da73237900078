"""Readers: anything to a Graph."""

import os
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from cutaway.errors import CutawayWarning
from cutaway.graph import Dim, Graph

if TYPE_CHECKING:
    from cutaway.sources.serialized import Config


def read(source: object, *, input_shape: Sequence[Dim] | None = None) -> Graph:
    """Return the graph of a model.

    `source` is a path of a `.keras` archive, a JSON file or an unpacked archive (told by content, never by suffix), a
    JSON text, a config dict, or a live Keras 3 model. `input_shape`, with the batch axis, is for models that do not
    know theirs. Nothing from a file is imported, unpickled or executed. Raises InputError for what is no model, and
    UnsupportedError for models that cannot be read; warns where a model says nothing of its layers.
    """
    shape = None if input_shape is None else tuple(input_shape)
    if isinstance(source, Mapping):
        return _from_config(source, "the config", shape)
    if isinstance(source, str) and source.lstrip()[:1] == "{":
        from cutaway.sources.keras_file import config_of_text

        return _from_config(config_of_text(source), "the JSON text", shape)
    if isinstance(source, str | os.PathLike):
        from pathlib import Path

        from cutaway.sources.keras_file import config_of_path

        path = Path(source)
        return _from_config(config_of_path(path), repr(str(path)), shape)
    return read_live(source, input_shape=input_shape)[0]


def read_live(model: object, *, input_shape: Sequence[Dim] | None = None) -> tuple[Graph, Mapping[str, object]]:
    """Return the graph of a live Keras 3 model, and the layer object behind each node's id."""
    from cutaway.sources.keras_object import read_model

    return read_model(model, None if input_shape is None else tuple(input_shape))


def _from_config(config: "Config", where: str, shape: tuple[Dim, ...] | None) -> Graph:
    from cutaway.sources.assemble import assemble
    from cutaway.sources.keras_config import lone_model, model_of

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
    return assemble(model)[0]
