"""What a box says: the operation in short, and the facts that matter for it, both derived from the configuration.

One table says, for each operation, how its title is formed and which phrases follow; each phrase knows its attribute
and stays silent where that has its ordinary value. An operation outside the table keeps its own name and tells the
common facts by name.
"""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from string import Formatter

from cutaway.graph import Node, Value
from cutaway.views.wording_table import COMMON, OPERANDS, WORDINGS

Attributes = Mapping[str, Value]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """A title and the phrases below it, most important first."""

    title: str
    details: tuple[str, ...] = ()


def describe(node: Node, *, activations: bool = True) -> Wording:
    """Put a node into words, with or without its activation."""
    return _describe(node.op, node.attributes, activations)


def _constants(op: str, attributes: Attributes) -> Iterator[str]:
    """Tell the arguments of the call that are no tensors: the other operand, an index, a switch that is on."""
    given = attributes.get("arguments")
    for name, value in given.items() if isinstance(given, Mapping) else ():
        operand = _number(value) or (value if isinstance(value, str) else "")
        if op in OPERANDS and name.startswith("input "):
            other = "constant" if operand.startswith("array") else operand
            yield f"{other} {OPERANDS[op]}" if name == "input 0" else f"{OPERANDS[op]} {other}"
        elif op == "GetItem":
            yield f"[{', '.join(map(str, value)) if isinstance(value, tuple) else value}]"
        elif value is True and name != "training":
            yield name.removeprefix("use_").replace("_", " ")
        elif operand and not name.startswith("input "):
            yield f"{name.replace('_', ' ')} {operand}"


def _describe(op: str, attributes: Attributes, activations: bool) -> Wording:  # noqa: FBT001 - one flag, inside
    template, names = WORDINGS.get(op, (op, ""))
    title = _title(template, attributes) or op
    inner = _inner(attributes)
    if inner:
        inside = _describe(inner[0], inner[1], activations)
        details = [
            " ".join((inside.title, *inside.details[:2])) if not inside.details else inside.title,
            *inside.details,
        ]
        return Wording(title=title, details=(*details, *_phrases(names, attributes, activations)))
    told = _phrases(names, attributes, activations) if op in WORDINGS else _common(attributes, activations)
    return Wording(title=title, details=(*told, *_constants(op, attributes)))


def _inner(attributes: Attributes) -> tuple[str, Attributes] | None:
    """Return class name and configuration of the layer or cell inside a wrapper."""
    for key in ("layer", "cell"):
        inner = attributes.get(key)
        if isinstance(inner, Mapping):
            name, config = inner.get("class_name"), inner.get("config")
            if isinstance(name, str) and isinstance(config, Mapping):
                return name, config
    return None


def _title(template: str, attributes: Attributes) -> str:
    parts = []
    for literal, name, _, _ in Formatter().parse(template):
        parts.append(literal)
        if name:
            parts.append(PHRASES[name](attributes) or "")
    return "".join(parts).strip()


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
        if told == 3 or (name == "activation" and not activations):
            continue
        value = _extent(attributes.get(name)) or _number(attributes.get(name))
        if name == "activation":
            value = activation(attributes) or ""
        if value:
            told += 1
            yield f"{word} {value}".strip()


def _number(value: Value) -> str:
    if isinstance(value, bool) or not isinstance(value, int | float):
        return ""
    return f"{value:g}" if isinstance(value, float) else str(value)


def _extent(value: Value) -> str:
    """Write `[3, 3]` as 3×3 and `[[1, 1], [1, 1]]` by its largest sides; nothing for anything else."""
    if isinstance(value, tuple) and value and all(_number(item) for item in value):
        return "×".join(_number(item) for item in value)
    return ""


def _ones(value: Value) -> bool:
    return value in (None, 1) or (isinstance(value, tuple) and all(item == 1 for item in value))


def _plain(name: str) -> Callable[[Attributes], str]:
    """Say a number or an extent as it is."""
    return lambda attributes: _extent(attributes.get(name)) or _number(attributes.get(name))


def _unless_one(name: str, word: str) -> Callable[[Attributes], str]:
    """Say a factor where it is not 1; equal factors once."""

    def phrase(attributes: Attributes) -> str:
        value = attributes.get(name)
        if _ones(value):
            return ""
        if isinstance(value, tuple) and len(set(value)) == 1:
            value = value[0]
        text = _extent(value) or _number(value)
        return f"{word}{text}" if text else ""

    return phrase


def _flag(name: str, word: str) -> Callable[[Attributes], str]:
    return lambda attributes: word if attributes.get(name) is True else ""


def _word(name: str, *silent: str) -> Callable[[Attributes], str]:
    """Say a word of the configuration unless it is one of the ordinary ones."""

    def phrase(attributes: Attributes) -> str:
        value = attributes.get(name)
        return value if isinstance(value, str) and value not in silent else ""

    return phrase


_ACTIVATIONS = {
    "relu": "ReLU", "relu6": "ReLU6", "gelu": "GELU", "elu": "ELU", "selu": "SELU", "celu": "CELU", "glu": "GLU",
    "silu": "SiLU", "swish": "SiLU", "leaky_relu": "Leaky ReLU", "log_softmax": "log softmax", "mish": "Mish",
    "hard_sigmoid": "hard sigmoid", "hard_silu": "hard SiLU", "hard_swish": "hard SiLU", "hard_tanh": "hard tanh",
}  # fmt: skip


def activation(attributes: Attributes) -> str:
    """Name the activation; a linear one is none."""
    value = attributes.get("activation")
    if isinstance(value, Mapping):
        value = value.get("class_name") or value.get("name")
    if not isinstance(value, str) or value == "linear":
        return ""
    return _ACTIVATIONS.get(value, value)


def _recurrent_activation(attributes: Attributes) -> str:
    """Name the activation of a recurrent layer where it is not the tanh that all of them have."""
    name = activation(attributes)
    return "" if name == "tanh" else name


def _heads(attributes: Attributes) -> str:
    heads = _number(attributes.get("num_heads")) or _number(attributes.get("num_query_heads"))
    size = _number(attributes.get("key_dim")) or _number(attributes.get("head_dim"))
    return f"{heads} heads × {size}" if heads and size else ""


def _table(attributes: Attributes) -> str:
    rows, columns = _number(attributes.get("input_dim")), _number(attributes.get("output_dim"))
    return f"{rows} × {columns}" if rows and columns else ""


def _margins(name: str) -> Callable[[Attributes], str]:
    """Say paddings and croppings: one number where all sides are equal."""

    def phrase(attributes: Attributes) -> str:
        value = attributes.get(name)
        sides: list[Value] = []
        for item in value if isinstance(value, tuple) else (value,):
            sides.extend(item if isinstance(item, tuple) else (item,))
        if not sides or not all(_number(side) for side in sides):
            return ""
        if len(set(sides)) == 1:
            return _number(sides[0])
        pairs = (
            [item if isinstance(item, tuple) else (item, item) for item in value] if isinstance(value, tuple) else []
        )
        return ", ".join(f"{_number(low)}+{_number(high)}" for low, high in pairs if len((low, high)) == 2)

    return phrase


def _axis(attributes: Attributes) -> str:
    value = attributes.get("axis")
    if isinstance(value, tuple) and len(value) == 1:
        value = value[0]
    if value is None or value == -1:
        return ""
    text = ", ".join(map(_number, value)) if isinstance(value, tuple) else _number(value)
    return f"axis {text}" if text else ""


PHRASES: Mapping[str, Callable[[Attributes], str]] = {
    "activation": activation,
    "axis": _axis,
    "causal": lambda attributes: "causal" if attributes.get("padding") == "causal" else "",
    "cropping": _margins("cropping"),
    "cell": _recurrent_activation,
    "data_pool": _plain("pool_size"),
    "depth_multiplier": _unless_one("depth_multiplier", "depth ×"),
    "dilation": _unless_one("dilation_rate", "dilation "),
    "dims": _plain("dims"),
    "equation": _word("equation"),
    "factor": _plain("factor"),
    "filters": _plain("filters"),
    "groups": _unless_one("groups", "groups "),
    "heads": _heads,
    "interpolation": _word("interpolation", "nearest"),
    "kernel": _plain("kernel_size"),
    "merge": _word("merge_mode"),
    "n": _plain("n"),
    "normalize": _flag("normalize", "normalized"),
    "output_mode": _word("output_mode", "int"),
    "padding": _margins("padding"),
    "rate": _plain("rate"),
    "scale": _plain("scale"),
    "sequences": _flag("return_sequences", "sequences"),
    "size": _plain("size"),
    "state": _flag("return_state", "state"),
    "stateful": _flag("stateful", "stateful"),
    "stddev": _plain("stddev"),
    "stride": _unless_one("strides", "/"),
    "table": _table,
    "target": _plain("target_shape"),
    "tokens": _plain("max_tokens"),
    "units": _plain("units"),
}
"""Each phrase by name: a function from the configuration to words, empty where there is nothing to say."""
