"""Options of views: one field of a record each, from which flags, reference and validation are derived.

Those that all views share are declared here, each once (`views.preparing` does what they ask for), and so is what boxes
can say of layers: the words of `show`, and what each of them means.
"""

from collections.abc import Mapping
from math import inf

from cutaway.record import field
from cutaway.typed import Any, Literal

MeasureName = Literal[
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
SizeName = Literal["shape", MeasureName]
"""What the size of a box can stand for."""
LineName = Literal["rounded", "cut", "swung", "curved", "straight", "none"]
"""What lines look like: along their lanes, with corners of one form or another, or straight where there is room."""
Fact = Literal[
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


def option(
    default: Any,  # noqa: ANN401 - a field's default has the field's type
    text: str,
    metavar: str = "",
    words: Mapping[str, str] | None = None,
    form: str = "",
    bounds: tuple[float, float] = (-inf, inf),
) -> Any:  # noqa: ANN401
    """Declare one option of a view: its default, and the sentence that documents it everywhere.

    `words` say what each of the words means that the option takes, where these do not speak for themselves. An option
    of a `form` takes what its type cannot say, and is checked by `selecting.FORMS`. A number is within its `bounds`.
    """
    facts = {"help": text, "metavar": metavar, "words": words or {}, "form": form, "bounds": bounds}
    return field(default=default, metadata=facts)


SCALES = (1e-6, 1e6)
"""The bounds of points for a unit."""
LENGTHS = (0.0, 10_000.0)
"""The bounds of sides, in points."""

DEPTH = option(None, "how deep nested models are opened; 0 keeps them closed (default: all)", "N")
FOLD = option(
    "auto",
    "equal blocks as one box: 'auto' (above 40 boxes), 'none', a depth, or patterns by their names",
    "HOW",
    form="fold",
)
UNFOLD = option(None, "blocks to draw in full, by ids such as 'conv5_*' (default: none)", "ID", form="ids")
SIMPLIFY = option(
    "auto",
    "what is merged or left out: 'auto' (above 40 boxes), 'none', or words with commas between",
    "WORDS",
    form="simplify",
)
STAGES = option(True, "regions around the stages of a folded model, but where captions cut them")
HIGHLIGHT = option(None, "nodes that stand out, while the rest recedes (default: none)", "SELECTOR", form="selectors")
MUTE = option(None, "nodes that recede (default: none)", "SELECTOR", form="selectors")
HIDE = option(None, "nodes that are left out, while edges go through (default: none)", "SELECTOR", form="selectors")
STYLE = option(None, "colours, patterns and labels of nodes (default: by their kind)", "SELECTOR=STYLE", form="styles")
CAPTIONS = option(
    None, "regions around whole boxes, by their captions (default: nested models)", "TEXT=SELECTOR", form="captions"
)
NOTES = option(None, "texts beside nodes (default: none)", "SELECTOR=TEXT", form="notes")
LEGEND = option(True, "explain colours and signs below the figure")
TITLE = option(None, "the heading; empty for none (default: the model's name, known ones as usually spelled)", "TEXT")
TOTALS = option(False, "parameters and multiply–adds beside the title (default: in figures for a place)")
