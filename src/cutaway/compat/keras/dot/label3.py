"""The label of a box as Keras 3 writes it: a table in the HTML-like language of Graphviz, its texts escaped.

Nodes are records, in which Graphviz reads bars and braces as signs even here, and backslashes stand before other signs.
"""

from cutaway.compat.keras.dot.told import Told
from cutaway.compat.keras.plotting import Plotting
from cutaway.outputs.xml_text import content

_LETTERS = 14
_SIGNS = str.maketrans({"|": "&#124;", "{": "&#123;", "}": "&#125;", "\\": "\\\\"})


def label(told: Told, plotting: Plotting) -> str:
    """Return the label of a call."""
    cells = list(_cells(told, plotting))
    across = max(1, len(cells))
    rows = [_title(told, plotting, across)]
    if plotting.show_layer_activations and told.activation is not None:
        rows.append(f'<tr><td bgcolor="white" colspan="{across}">{_fact("Activation", told.activation)}</td></tr>')
    if cells:
        rows.append(f"<tr>{''.join(cells)}</tr>")
    return f'<<table border="0" cellborder="1" bgcolor="black" cellpadding="10">{"".join(rows)}</table>>'


def _title(told: Told, plotting: Plotting, across: int) -> str:
    text = f"<b>{_escaped(told.op)}</b>"
    if plotting.show_layer_names and told.name:
        text = f"<b>{_escaped(told.name)}</b> ({_escaped(told.op)})"
    font = f'<font point-size="16" color="white">{text}</font>'
    return f'<tr><td colspan="{across}" bgcolor="black">{font}</td></tr>'


def _cells(told: Told, plotting: Plotting) -> list[str]:
    """Return what stands side by side in the last row."""
    cells: list[str] = []
    if plotting.show_shapes:
        cells += [] if told.is_input else [_white(_fact("Input shape", _bare(told.inputs)))]
        cells.append(_white(_fact("Output shape", _bare(told.outputs))))
    if plotting.show_dtype:
        cells.append(_white(_fact("Output dtype", told.dtype)))
    if plotting.show_trainable and told.has_weights:
        color, word = ("firebrick", "Non-trainable") if told.trainable is False else ("forestgreen", "Trainable")
        font = f'<font point-size="{_LETTERS}" color="white"><b>{word}</b></font>'
        cells.append(f'<td bgcolor="{color}">{font}</td>')
    return cells


def _white(text: str) -> str:
    return f'<td bgcolor="white">{text}</td>'


def _fact(head: str, value: str) -> str:
    return f'<font point-size="{_LETTERS}">{head}: <b>{_escaped(value)}</b></font>'


def _bare(shapes: str) -> str:
    """Return shapes as Keras 3 writes them: those of a dict without braces and quotes."""
    return shapes[1:-1].replace("'", "") if shapes.startswith("{") else shapes


def _escaped(text: str) -> str:
    return (content(text) or " ").translate(_SIGNS)  # as Graphviz takes no empty element
