"""The columns that a summary can have: what each is called, what it says, and what it says of one row."""

from collections.abc import Mapping
from types import MappingProxyType

from cutaway.graph import Graph
from cutaway.record import Record
from cutaway.table import Column
from cutaway.views.summary import cells
from cutaway.views.summary.cells import Maker
from cutaway.views.summary.flows import is_chain


class Offer(Record, kw_only=False):
    """A column that can be chosen: its heading, a sentence on what it says, and what makes its cells."""

    title: str
    meaning: str
    cell: Maker
    is_number: bool = False

    def column(self, key: str) -> Column:
        """Return the column as it stands in the table."""
        return Column(key=key, title=self.title, is_number=self.is_number, is_shape=self.cell in _SHAPES)


_SHAPES = (cells.output_shape, cells.input_shape)


def _measure(title: str, meaning: str, name: str) -> Offer:
    return Offer(title, meaning, cells.measure(name), is_number=True)


def _statistic(name: str, meaning: str) -> Offer:
    return Offer(name.capitalize(), f"{meaning} the values of its weights", cells.statistic(name), is_number=True)


COLUMNS: Mapping[str, Offer] = MappingProxyType(
    {
        "name": Offer("Layer", "the layer's own name", cells.name),
        "operation": Offer("Operation", "what it does, by the name of its class", cells.operation),
        "output_shape": Offer("Output shape", "the shape of what it hands out, the batch first", cells.output_shape),
        "input_shape": Offer("Input shape", "the shape of what it takes, the batch first", cells.input_shape),
        "dtype": Offer("Type", "the type of what it hands out", cells.dtype),
        "parameters": Offer("Parameters", "how many values its weights have", cells.parameters, is_number=True),
        "trainable": Offer("Trainable", "whether training changes it", cells.trainable),
        "trainable_parameters": _measure(
            "Trainable parameters", "how many of its parameters training changes", "trainable"
        ),
        "non_trainable_parameters": _measure(
            "Non-trainable parameters", "how many of its parameters training leaves as they are", "non_trainable"
        ),
        "macs": _measure("Multiply–adds", "multiply–adds of a forward pass, for a batch of one", "macs"),
        "flops": _measure("FLOPs", "two for each multiply–add", "flops"),
        "memory": _measure("Activations", "the memory of what it hands out, for a batch of one", "memory"),
        "weight_memory": _measure("Weight memory", "the memory of its weights", "weight_memory"),
        "receptive_field": _measure(
            "Receptive field", "how much of the input one value of its output sees", "receptive_field"
        ),
        "stride": Offer("Stride", "how far its own window moves", cells.stride, is_number=True),
        "effective_stride": _measure(
            "Effective stride", "how far apart neighbours in its output lie in the input", "effective_stride"
        ),
        "connected_to": Offer("Connected to", "where its inputs come from", cells.connected_to),
        "count": Offer(
            "Count", "how many equal blocks the row stands for, where they are folded", cells.count, is_number=True
        ),
        "activation": Offer("Activation", "the activation that is a part of it", cells.activation),
        "initializers": Offer("Initializers", "how its weights start", cells.initializers),
        "weights": Offer("Weights", "the names and shapes of its weights", cells.weights),
        "minimum": _statistic("minimum", "the least of"),
        "maximum": _statistic("maximum", "the largest of"),
        "mean": _statistic("mean", "the mean of"),
        "deviation": _statistic("deviation", "the standard deviation of"),
        "sparsity": _statistic("sparsity", "the share of zeros among"),
    }
)
"""All columns by their keys, in the order in which they are listed."""

STATISTICS = frozenset({"minimum", "maximum", "mean", "deviation", "sparsity"})
"""The columns for which the values of weights have to be read."""

OF_WEIGHTS = STATISTICS | {"parameters", "trainable_parameters", "non_trainable_parameters", "weight_memory"}
"""The columns that tell of weights: of a layer that is called more than once they say the same for each call."""


def usual(graph: Graph | None, sort: str | None, *, folds: bool = False) -> tuple[str, ...]:
    """Return the columns of a summary for which nobody chose others; what it is sorted by is one of them.

    Without a graph they are those that tell all of any.
    """
    chosen = ["name", *(["count"] if folds else []), "operation", "output_shape", "parameters"]
    if sort is not None and sort not in chosen:
        chosen.append(sort)
    return (*chosen,) if graph is not None and is_chain(graph) else (*chosen, "connected_to")
