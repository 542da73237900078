"""What is no live model (a file, a text, a config, a Graph) to what its summary lists."""

from collections.abc import Sequence

from cutaway.compat.keras import graph_level, level, loaded
from cutaway.compat.keras.apart import apart
from cutaway.compat.keras.listing import Listing
from cutaway.compat.keras.optimizer import variables
from cutaway.graph import Graph
from cutaway.record import replace
from cutaway.sources import config_of, is_graph, is_live
from cutaway.sources.complete import read_complete
from cutaway.sources.configs import generation_of, model_of
from cutaway.sources.configs.serialized import is_sequential
from cutaway.sources.files import MODEL_LEVELS


def listing(source: object, *, nested: bool, layer_range: Sequence[str] | None) -> tuple[int, Listing]:
    """Return which Keras loads a model, and what its summary lists then; a Graph is one of Keras 3.

    Raises InputError for what is no model, and where Keras has nothing to list.
    """
    graph = read_complete(source)
    model, generation, optimizer, chain = None, 3, None, False
    if not isinstance(source, Graph) and not is_live(source):
        config, where, path = config_of(source)
        if not is_graph(config):
            model, generation = model_of(config, where), generation_of(config, where)
            chain = is_sequential(config)
            graph = graph if model is None else apart(graph, model, path)
            optimizer = variables(config, path, graph) if generation == 3 else None
    levels = MODEL_LEVELS if nested else 1
    top = graph_level.of_graph(graph) if model is None else level.of_model(model, graph, levels)
    if chain and not top.sequential:  # of a class of its own
        top = replace(top, sequential=True)
    listed = loaded.listing(top, graph, generation, nested=nested, layer_range=layer_range)
    if optimizer is None or not top.built:
        return generation, listed
    return generation, replace(listed, optimizer=optimizer)
