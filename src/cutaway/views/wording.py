"""What a box says: the operation in short, and the facts that matter for it, both derived from the configuration.

One table says, for each operation, how its title is formed and which phrases follow; each phrase knows its attribute
and stays silent where that has its ordinary value. An operation outside the table keeps its own name and tells the
common facts by name.
"""

from collections.abc import Iterator, Mapping

from cutaway.graph import Kind, Node, Value
from cutaway.record import Record
from cutaway.views.phrases import PHRASES, Attributes, extent, number
from cutaway.views.wording_table import COMMON, DEPTHWISE, OPERANDS, WORDINGS


class Wording(Record):
    """A title and the phrases below it, most important first."""

    title: str
    details: tuple[str, ...] = ()


def describe(node: Node, *, activations: bool = True) -> Wording:
    """Put a node into words, with or without its activation; a layer of an unknown class goes by its name."""
    return _describe(_worded_as(node), _without_last_axis(node), activations)


def in_short(node: Node) -> str:
    """Return the title alone."""
    op = _worded_as(node)
    return _title(op, _without_last_axis(node))


def _worded_as(node: Node) -> str:
    """Return the operation by whose words a node is described."""
    if _is_depthwise(node):
        return DEPTHWISE
    return node.name if node.op == "Layer" else node.operation


def _is_depthwise(node: Node) -> bool:
    """Tell whether a convolution works on each channel alone and gives as many as it reads."""
    if node.kind is not Kind.CONVOLUTION or node.custom:
        return False
    groups, shape = node.attributes.get("groups"), node.inputs[0].tensor.shape if node.inputs else None
    if not isinstance(groups, int):
        return False
    axis = 1 if node.attributes.get("data_format") == "channels_first" else -1
    known = shape[axis] if shape and len(shape) > 1 else None
    return groups != 1 and groups == node.attributes.get("filters") and known in (None, groups)


def _without_last_axis(node: Node) -> Attributes:
    """Leave out an axis that is the last one by another number: 3 of four axes is the ordinary -1."""
    axis, shape = node.attributes.get("axis"), node.inputs[0].tensor.shape if node.inputs else None
    if axis is None or shape is None or axis != len(shape) - 1:
        return node.attributes
    return {name: value for name, value in node.attributes.items() if name != "axis"}


def _named(word: str, value: Value) -> str:
    text = extent(value) or number(value)
    if word == "units":  # of several layers, one behind the other
        text = text.replace("×", ", ")
    return f"{word} {text}" if text else ""


def _constants(op: str, attributes: Attributes) -> Iterator[str]:
    """Tell the arguments of the call that are no tensors: the other operand, an index, a switch that is on."""
    given = attributes.get("call")
    for name, value in given.items() if given is not None and isinstance(given, Mapping) else ():
        operand = number(value) or (value if isinstance(value, str) else "")
        if op in OPERANDS and name.startswith("input "):
            other = "constant" if operand.startswith("array") else operand
            yield f"{other} {OPERANDS[op]}" if name == "input 0" else f"{OPERANDS[op]} {other}"
        elif op == "GetItem":
            yield _index(value)
        elif op in {"Embedding", "ReversibleEmbedding"} and name == "reverse" and value is True:
            yield "transposed"
        elif value is True and name != "training":
            yield name.removeprefix("use_").replace("_", " ")
        elif operand and not name.startswith("input "):
            yield f"{name.replace('_', ' ')} {operand}"


def _index(value: Value) -> str:
    """Say what is taken of each axis, but of the first where that is all of it."""
    parts = [str(part) for part in value] if isinstance(value, tuple) else [str(value)]
    told = parts[1:] if len(parts) > 1 and parts[0] == ":" else parts
    return ", ".join(["…" if part == "..." else part for part in told])


def _describe(op: str, attributes: Attributes, activations: bool) -> Wording:  # noqa: FBT001 - one flag, inside
    names, title = WORDINGS.get(op, (op, ""))[1], _title(op, attributes)
    inner = _inner(attributes)
    if inner:
        inside = _describe(inner[0], inner[1], activations)
        outside = _phrases(names, attributes, activations)
        return Wording(title=title, details=(inside.title, *inside.details, *outside))
    told = _phrases(names, attributes, activations) if op in WORDINGS else _common(attributes, activations)
    return Wording(title=title, details=(*told, *_constants(op, attributes)))


def _inner(attributes: Attributes) -> tuple[str, Attributes] | None:
    """Return class name and configuration of the layer or cell inside a wrapper."""
    for key in ("layer", "cell"):
        inner = attributes.get(key)
        if inner is not None and isinstance(inner, Mapping):
            name, config = inner.get("class_name"), inner.get("config")
            if isinstance(name, str) and isinstance(config, Mapping):
                return name, config
    return None


def _cells(attributes: Attributes) -> str:
    """Name the cells that a recurrent layer runs one behind the other."""
    given = attributes.get("cells")
    held = [_inner({"cell": each}) for each in given] if isinstance(given, tuple) else []
    return " → ".join([_title(*cell) for cell in held if cell])


def _title(op: str, attributes: Attributes) -> str:
    if op == "StackedRNNCells":
        return _cells(attributes) or op
    template = WORDINGS[op][0] if op in WORDINGS else ""  # braces in a name of a class mean nothing
    if "{" not in template:
        return template or op
    literal, *rest = template.split("{")
    parts = [literal]
    for piece in rest:
        name, _, literal = piece.partition("}")
        parts += PHRASES[name](attributes), literal
    return "".join(parts).strip() or op


def _phrases(names: str, attributes: Attributes, activations: bool) -> Iterator[str]:  # noqa: FBT001
    for name in names.split():
        if name in {"activation", "cell"} and not activations:
            continue
        phrase = PHRASES[name](attributes)
        if phrase:
            yield phrase


def _common(attributes: Attributes, activations: bool) -> Iterator[str]:  # noqa: FBT001
    """Tell the common facts of an operation that the table does not know, by name and only where they are plain."""
    told = 0
    for name, word in COMMON:
        if name not in attributes or told == 3 or (name == "activation" and not activations):
            continue
        phrase = PHRASES[name](attributes) if name in {"activation", "axis"} else _named(word, attributes.get(name))
        if phrase:
            told += 1
            yield phrase
