"""The names of the original's module `layer_utils`: what is known of the layers of a live model."""

from collections.abc import Iterator, Mapping, Sequence

from cutaway.compat.visualkeras.dimensions import calculate_layer_dimensions, extract_primary_shape
from cutaway.compat.visualkeras.spacing_layer import spacing_layer
from cutaway.errors import InputError
from cutaway.sources.live.asked import asked
from cutaway.sources.live.nodes import called, calls_of, fed_to
from cutaway.typed import Any

__all__ = [
    "SpacingDummyLayer",  # noqa: F822 # pyright: ignore[reportUnsupportedDunderAll] - made when it is asked for
    "augment_output_layers",
    "calculate_layer_dimensions",
    "extract_primary_shape",
    "find_input_layers",
    "find_layer_by_id",
    "find_layer_by_name",
    "find_output_layers",
    "get_incoming_layers",
    "get_layers",
    "get_outgoing_layers",
    "is_internal_input",
    "model_to_adj_matrix",
    "model_to_hierarchy_lists",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - a class
    if name == "SpacingDummyLayer":
        return spacing_layer()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")


def get_layers(model: Any) -> list[Any]:  # noqa: ANN401 - a live model
    """Return the layers of a model, those of inputs among them. Raises RuntimeError for what has none."""
    for name in ("_layers", "_self_tracked_trackables", "layers"):
        found = asked(model, name)
        if isinstance(found, Mapping):
            found = list(found.values())
        if isinstance(found, Sequence) and found:
            return [each for each in found if asked(each, "name") is not None]
    raise RuntimeError(f"a {type(model).__name__} has no layers")


def get_incoming_layers(layer: Any) -> Iterator[Any]:  # noqa: ANN401 - a live layer
    """Give the layers whose tensors a layer is given, in all its calls, each once."""
    found: dict[int, Any] = {}
    for node in calls_of(layer):
        for tensor in fed_to(node):
            source = tensor._keras_history[0]  # noqa: SLF001 - Keras has no public way
            found.setdefault(id(source), source)
    return iter(found.values())


def get_outgoing_layers(layer: Any) -> Iterator[Any]:  # noqa: ANN401 - a live layer
    """Give the layers that a layer's tensors are given to, each once."""
    found: dict[int, Any] = {}
    for node in asked(layer, "_outbound_nodes") or asked(layer, "outbound_nodes") or ():
        target = called(node)
        found.setdefault(id(target), target)
    return iter(found.values())


def model_to_adj_matrix(model: Any) -> tuple[dict[int, int], Any]:  # noqa: ANN401 - a live model, an array of NumPy
    """Return the numbers of layers by their `id`, and a matrix that counts the lines from one to another."""
    import numpy as np

    layers = get_layers(model)
    numbers = {id(layer): place for place, layer in enumerate(layers)}
    matrix = np.zeros((len(layers), len(layers)))
    for layer in layers:
        for source in get_incoming_layers(layer):
            if id(source) in numbers:
                matrix[numbers[id(source)], numbers[id(layer)]] += 1
    return numbers, matrix


def find_layer_by_id(model: Any, _id: int) -> Any:  # noqa: ANN401 - a live model, a layer
    """Return the layer of an `id`; None where there is none."""
    return next((layer for layer in get_layers(model) if id(layer) == _id), None)


def find_layer_by_name(model: Any, name: str) -> Any:  # noqa: ANN401 - as above
    """Return the layer of a name; None where there is none."""
    return next((layer for layer in get_layers(model) if layer.name == name), None)


def find_input_layers(
    model: Any,  # noqa: ANN401 - a live model
    id_to_num_mapping: Mapping[int, int] | None = None,
    adj_matrix: Any = None,  # noqa: ANN401 - an array of NumPy
) -> Iterator[Any]:
    """Give the layers that no other layer feeds, in the order of the model."""
    numbers, matrix = _matrix(model, id_to_num_mapping, adj_matrix)
    fed = matrix.sum(axis=0)
    return (layer for layer in get_layers(model) if not fed[numbers[id(layer)]])


def find_output_layers(model: Any) -> Iterator[Any]:  # noqa: ANN401 - a live model
    """Give the layers that make the outputs of a model, each once, in their order."""
    outputs = asked(model, "outputs") or []
    found: dict[int, Any] = {}
    for tensor in outputs:
        layer = tensor._keras_history[0]  # noqa: SLF001 - Keras has no public way
        found.setdefault(id(layer), layer)
    return iter(found.values())


def is_internal_input(layer: Any) -> bool:  # noqa: ANN401 - a live layer
    """Tell whether a layer is an InputLayer."""
    return any(each.__name__ == "InputLayer" for each in type(layer).__mro__)


def model_to_hierarchy_lists(
    model: Any,  # noqa: ANN401 - a live model
    id_to_num_mapping: Mapping[int, int] | None = None,
    adj_matrix: Any = None,  # noqa: ANN401 - an array of NumPy
) -> list[list[Any]]:
    """Return the layers by levels: each stands behind all that feed it, in the order of the model."""
    numbers, matrix = _matrix(model, id_to_num_mapping, adj_matrix)
    layers = get_layers(model)
    waiting, levels = list(layers), list[list[Any]]()
    placed: set[int] = set()
    while waiting:
        level = [
            layer for layer in waiting if all(each in placed for each in matrix[:, numbers[id(layer)]].nonzero()[0])
        ]
        if not level:
            raise InputError(f"layers of the model {asked(model, 'name')!r} wait for each other in a circle")
        levels.append(level)
        placed |= {numbers[id(layer)] for layer in level}
        waiting = [layer for layer in waiting if numbers[id(layer)] not in placed]
    return levels


def augment_output_layers(
    model: Any,  # noqa: ANN401, ARG001 - as the original has it
    output_layers: Sequence[Any],
    id_to_num_mapping: Mapping[int, int],
    adj_matrix: Any,  # noqa: ANN401 - an array of NumPy
) -> tuple[dict[int, int], Any]:
    """Return the numbers and the matrix with one more layer behind each output: its `id` is that of no layer."""
    import numpy as np

    numbers, size = dict(id_to_num_mapping), len(adj_matrix)
    ends = [layer for layer in output_layers if id(layer) in numbers]
    matrix = np.pad(adj_matrix, (0, len(ends)))
    for place, layer in enumerate(ends, size):
        numbers[-place] = place
        matrix[numbers[id(layer)], place] += 1
    return numbers, matrix


def _matrix(model: Any, numbers: Any, matrix: Any) -> tuple[Mapping[int, int], Any]:  # noqa: ANN401 - as above
    if numbers is None or matrix is None:
        return model_to_adj_matrix(model)
    return numbers, matrix
