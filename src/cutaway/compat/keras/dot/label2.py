r"""The label of a box as Keras 2 writes it: a record of Graphviz, its fields between bars, its texts escaped.

A record reads `{`, `}`, `|`, `<`, `>` and spaces as signs, where no backslash stands before them, and `&lt;` and the
like as characters (doc.graphviz.org, "Node Shapes", record-based nodes).
"""

import re

from cutaway.compat.keras.dot.ids import unmarked, verbatim
from cutaway.compat.keras.dot.told import Told
from cutaway.compat.keras.plotting import Plotting

_SIGNS = re.compile(r"[{}|<>\\]")


def label(told: Told, plotting: Plotting) -> str:
    """Return the label of a call."""
    name, op = told.name, told.op
    if told.wrapped is not None:
        name, op = f"{name}({told.wrapped[0]})", f"{op}({told.wrapped[1]})"
    fields = [escaped(name)] if plotting.show_layer_names and name else []
    if plotting.show_layer_activations and told.activation is not None and told.wrapped is None:
        fields.append(f"{{{escaped(op)}|{escaped(told.activation)}}}")
    else:
        fields.append(escaped(op))
    if plotting.show_dtype:
        fields.append(escaped(told.dtype))
    text = "|".join(fields)
    if plotting.show_shapes:
        text = f"{{{text}}}|{{input:|output:}}|{{{{{escaped(told.inputs)}}}|{{{escaped(told.outputs)}}}}}"
    if plotting.show_trainable:
        text = f"{'NT' if told.trainable is False else 'T'}|{text}"
    return unmarked(text)


def escaped(text: str) -> str:
    """Return a text that a record shows as it is, on one line."""
    return _SIGNS.sub(lambda sign: "\\" + sign[0], verbatim(" ".join(text.split())))
