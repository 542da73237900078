"""What boxes can say of layers: the words of `show`, and what each of them means."""

from collections.abc import Mapping
from typing import Literal, TypeAlias

MeasureName: TypeAlias = Literal[
    "parameters",
    "trainable",
    "non_trainable",
    "macs",
    "flops",
    "memory",
    "weight_memory",
    "receptive_field",
    "stride",
    "effective_stride",
]
"""The names in `analysis.measures`, which is loaded only where a number is asked for."""
SizeName: TypeAlias = Literal["shape", MeasureName]
"""What the size of a box can stand for."""
LineName: TypeAlias = Literal["rounded", "cut", "swung", "curved", "straight", "none"]
"""What lines look like: along their lanes, with corners of one form or another, or straight where there is room."""
Fact: TypeAlias = Literal[
    "shapes",
    "dtypes",
    "names",
    "activations",
    "classes",
    "io_shapes",
    "io_dtypes",
    "trained",
    MeasureName,
    "weights",
    "statistics",
    "initializers",
]

FACTS: Mapping[str, str] = {
    "shapes": "of the data, where they change",
    "dtypes": "the data's types",
    "names": "the layers' own",
    "activations": "of the layers that have one",
    "classes": "the framework's own, in place of what the layers do",
    "io_shapes": "of all that a layer is given and gives, in its box, as code writes them",
    "io_dtypes": "the types of all that a layer is given and gives, in its box",
    "trained": "whether training changes it, of each layer that has weights",
    "parameters": "how many values the weights have",
    "trainable": "'frozen' where a layer is not trained, and how many parameters are, where not all are",
    "non_trainable": "the parameters that training leaves as they are",
    "macs": "multiply–adds of a forward pass, for a batch of one",
    "flops": "two for each multiply–add",
    "memory": "of the activations, for a batch of one",
    "weight_memory": "of the weights",
    "receptive_field": "how much of the model's input one value of the output sees",
    "stride": "how far a layer's window moves",
    "effective_stride": "how far apart two values of the output lie in the model's input",
    "weights": "their names and shapes",
    "statistics": "of the values of weights, where a file or a live model holds them",
    "initializers": "how the weights start",
}
