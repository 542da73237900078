"""Readers: anything to a Graph."""

import os
import sys
from collections.abc import Callable, Collection, Mapping

from cutaway.errors import CutawayError, InputError, UnsupportedError, warn
from cutaway.graph import Graph
from cutaway.record import Record, replace
from cutaway.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from cutaway.sources.configs.serialized import Config
    from cutaway.sources.given_shape import Shapes
    from cutaway.sources.stored.content import Place
    from cutaway.weights import Weights

FilePath = str | os.PathLike[str]
Placed = tuple["Graph", Mapping[str, "Place"]]
"""A graph, and where the values of its weights are, by their keys."""

Need = Callable[["Graph"], "Collection[str] | None"]
"""Asked of a graph without stored weights: the nodes that need none, or None where no node needs any."""

_CANNOT_READ = "cannot read "


class _Given(Record, kw_only=False):
    """What the caller gives besides a config.

    `weights` is the file that may hold them, read if `wanted` and, where a `need` is given, if that says so; the caller
    has `named` it, or it is the model's own.
    """

    input_shape: "Shapes | None"
    wanted: bool
    weights: str | None = None
    named: bool = False
    need: "Need | None" = None


def read(source: object, *, input_shape: "Shapes | None" = None, weights: "bool | FilePath" = False) -> Graph:
    """Return the graph of a model.

    `source` is a path of a `.keras` archive, an HDF5, JSON or YAML file or an unpacked archive (told by content, never
    by suffix), a JSON or YAML text, a config dict, a graph that cutaway saved as JSON, or a live Keras model. Nothing
    from a file is imported, unpickled or executed. Raises InputError for what is no model, and UnsupportedError for
    models that cannot be read; warns where a model does not tell its layers.

    `input_shape` is for models that do not know theirs: a Sequential that is not built, and a live subclassed model.
    The batch axis may be left out: (8,) is (None, 8), and a first axis that is a number is never the batch, so (1, 8)
    is (None, 1, 8). A name or "?" in place of None is a batch axis too. Several inputs are given in a list, or in a
    dict by their names. Where it is not used, a warning says so.

    With `weights`, the shapes and types of stored weights are read as well: True for those in the file itself, or the
    path of a file of weights beside it, such as 'net.weights.h5'. Those of which nothing tells whose they are stay
    unknown (None), with a warning. A live model always tells its weights; `read_weights` reads their values.
    """
    if is_live(source):
        return read_live(source, input_shape=input_shape)[0]
    graph = _of_config(source, input_shape, weights)[0]
    if weights is True:
        from cutaway.sources.beside import warn_without_weights

        warn_without_weights(source)
    return graph


def read_weights(
    source: object, *, input_shape: "Shapes | None" = None, weights: "bool | FilePath" = True
) -> "Weights":
    """Return the values of a model's weights by their keys, each read when it is asked for.

    The arguments are those of `read`. Raises what `read` raises; a source without weights has none in it.

        weights = cutaway.read_weights("net.keras")
        weights["conv1/kernel"].shape, weights.statistics("conv1/kernel").sparsity
    """
    from cutaway.sources.stored.values import of_files, of_layers
    from cutaway.weights import Weights

    if is_live(source):
        graph, layers = read_live(source, input_shape=input_shape)
        return Weights(graph, f"the model {graph.name!r}", of_layers(graph, layers))
    graph, places = _of_config(source, input_shape, weights)
    files = " and ".join(sorted({repr(place.file) for place in places.values()}))
    return Weights(graph, files or f"the model {graph.name!r}", of_files(places))


def read_needed(
    source: object, need: "Need", *, input_shape: "Shapes | None" = None, weights: "bool | FilePath" = True
) -> Graph:
    """Return the graph of a model, with stored weights where `need` asks for them; the rest is that of `read`."""
    if is_live(source):
        return read_live(source, input_shape=input_shape)[0]
    return _of_config(source, input_shape, weights, need)[0]


def is_live(source: object) -> bool:
    """Tell whether a source is an object, which only its framework can make, and no config, text or file."""
    return not isinstance(source, Mapping | str | os.PathLike)


def _of_config(
    source: object, input_shape: "Shapes | None", weights: "bool | FilePath", need: "Need | None" = None
) -> "Placed":
    """Return the graph of what is no live model, and where the values of its weights are."""
    given = _Given(input_shape, wanted=weights is not False, need=need)
    if given.wanted and weights is not True:
        given = replace(given, weights=_path(weights), named=True)
    config, where, path = config_of(source)
    return _from_config(config, where, given if path is None else replace(given, weights=given.weights or path))


def config_of(source: object) -> "tuple[Config, str, str | None]":
    """Return the config in what is no live model, how errors call that, and the path where it is a file.

    Raises InputError for what holds no config, UnsupportedError for what holds one that cannot be read.
    """
    if isinstance(source, Mapping):
        from cutaway.sources.configs.serialized import as_json, refuse_endless

        config = as_json(source)
        refuse_endless(config, "the config")
        return config, "the config", None
    if isinstance(source, str):
        source = source.removeprefix("\ufeff")  # of a file that was opened as "utf-8"
    if isinstance(source, str) and (source.lstrip().startswith(("{", "[", '"{')) or "\nconfig:" in source):
        from cutaway.sources.files.reading import config_of_text

        return *config_of_text(source), None
    from cutaway.sources.files.reading import config_of_path

    path = _path(source)
    return config_of_path(path), repr(path), path


def _path(value: object) -> str:
    try:
        return os.fsdecode(value)  # type: ignore[arg-type]
    except TypeError:
        raise InputError(f"cannot read a value of type {type(value).__name__!r}: give the path of a file") from None


def read_live(
    model: object, *, input_shape: "Shapes | None" = None, parts: bool = False
) -> tuple[Graph, Mapping[str, object]]:
    """Return the graph of a live Keras model, and the layer object behind each node's id.

    With `parts`, what is in layers of a user's own classes is in the graph of a Functional or Sequential, too, as it is
    in that of a subclassed model; no file tells it.
    """
    from cutaway.sources.live.layers import Live
    from cutaway.sources.live.model import read_model
    from cutaway.sources.owners import keyed

    if parts:
        from cutaway.sources.live.parts import Opening as Live

    if input_shape is not None:
        from cutaway.sources.given_shape import with_batch

        input_shape = with_batch(input_shape)
    try:
        graph, layers = read_model(model, input_shape, Live())
    except RecursionError as error:  # Keras follows its models by recursion, too
        raise UnsupportedError(
            f"cannot read a live {type(model).__name__}: its models are nested deeper than Python's recursion limit"
            f" ({sys.getrecursionlimit()} calls) lets Keras and cutaway follow; raise it with sys.setrecursionlimit"
        ) from error
    return keyed(graph), layers


def _from_config(config: "Config", where: str, given: "_Given") -> "Placed":
    try:
        return _opened(config, where, given)
    except CutawayError as error:
        if where in str(error) or not str(error).startswith(_CANNOT_READ):
            raise
        raise type(error)(f"{_CANNOT_READ}{where}: {str(error).removeprefix(_CANNOT_READ)}") from error


def _opened(config: "Config", where: str, given: "_Given") -> "Placed":
    if "format" in config and is_graph(config):
        return _written(config, where, given), {}
    from cutaway.sources.assemble import assemble
    from cutaway.sources.configs import model_of

    model = model_of(config, where)
    if model is None:
        from cutaway.sources.stored.unconnected import unconnected

        model, places = unconnected(config, where, given.weights, unused=given.input_shape is not None)
        return _flowing(assemble(model)[0], where), places
    if given.input_shape is not None:
        from cutaway.sources.given_shape import with_shape

        model = with_shape(model, given.input_shape)
    held = given.weights if given.wanted else None
    if held is None:
        return _flowing(assemble(model)[0], where), {}
    if given.need is None:
        from cutaway.sources.stored.weights_file import with_weights

        model, places = with_weights(model, held, named=given.named)
        return _flowing(assemble(model)[0], where), places
    graph = _flowing(assemble(model)[0], where)
    known = given.need(graph)
    if known is None and not given.named:
        return graph, {}
    from cutaway.sources.stored.weights_file import with_weights

    model, places = with_weights(model, held, named=given.named, known=known or ())
    return assemble(model, quiet=True)[0], places


def is_graph(config: "Config") -> bool:
    """Tell whether what a file holds is a graph that cutaway wrote, and no config."""
    from cutaway.schema import FORMAT

    return config.get("format") == FORMAT


def _written(config: "Config", where: str, given: "_Given") -> Graph:
    """Return the graph that a config is, which cutaway wrote itself; it is whole, so nothing is added to it."""
    if given.named:
        raise InputError(
            f"cannot read {given.weights!r} for a graph, which {where} is: give the file with the model itself"
        )
    from cutaway.sources.graph_json import graph_of

    graph = graph_of(config, where)
    if given.input_shape is not None:
        warn(f"the input_shape {given.input_shape} is not used: {where} is a graph; assume= gives its open axes sizes")
    return graph


def _flowing(graph: Graph, where: str) -> Graph:
    """Return a graph if data can flow through it; raises InputError where layers wait for each other."""
    from cutaway.analysis.traverse import circle, ordered

    order = ordered(graph)
    if len(order) < len(graph.nodes):
        names = " → ".join(map(repr, circle(graph, order)))
        raise InputError(f"cannot read {where}: layers of {graph.name!r} wait for each other in a circle: {names}")
    return graph
