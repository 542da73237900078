"""Phrases: one attribute of a configuration in a few words, or nothing where it has its ordinary value."""

from collections.abc import Callable, Mapping

from cutaway.graph import Value

Attributes = Mapping[str, Value]


_LARGE = 1000
"""What is as large or larger is written as it is."""


def number(value: Value) -> str:
    """Write a number, a fraction that takes more than four figures in three; nothing for anything else."""
    if isinstance(value, float):
        text = f"{value:g}"
        return text if float(f"{value:.4g}") == float(text) or abs(value) >= _LARGE else f"{value:.3g}"
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""


def extent(value: Value) -> str:
    """Write `[3, 3]` as 3×3 and `[[1, 1], [1, 1]]` by its largest sides; nothing for anything else."""
    sides = [number(item) for item in value] if isinstance(value, tuple) else []
    return "×".join(sides) if all(sides) else ""


def _ones(value: Value) -> bool:
    return value in (None, 1) or (isinstance(value, tuple) and value.count(1) == len(value))


def _plain(name: str) -> Callable[[Attributes], str]:
    """Say a number or an extent as it is."""
    return lambda attributes: extent(attributes.get(name)) or number(attributes.get(name))


def _unless_one(name: str, word: str) -> Callable[[Attributes], str]:
    """Say a factor where it is not 1; equal factors once."""

    def phrase(attributes: Attributes) -> str:
        value = attributes.get(name)
        if _ones(value):
            return ""
        if isinstance(value, tuple) and extent(value) and len(set(value)) == 1:
            value = value[0]
        text = extent(value) or number(value)
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
    if not isinstance(value, str) and isinstance(value, Mapping):
        value = value.get("class_name") or value.get("name")
    if not isinstance(value, str) or value == "linear":
        return ""
    value = value.rpartition(">")[2]  # a registered function is "package>name"
    return _ACTIVATIONS.get(value, value)


def _own_activation(attributes: Attributes) -> str:
    """Name the activation that is all a layer does."""
    return "identity" if attributes.get("activation") == "linear" else activation(attributes)


def _recurrent_activation(attributes: Attributes) -> str:
    """Name the activation of a recurrent layer where it is not the tanh that all of them have."""
    name = activation(attributes)
    return "" if name == "tanh" else name


def _heads(attributes: Attributes) -> str:
    heads = number(attributes.get("num_heads")) or number(attributes.get("num_query_heads"))
    size = number(attributes.get("key_dim")) or number(attributes.get("head_dim"))
    return f"{heads} {'head' if heads == '1' else 'heads'} × {size}" if heads and size else ""


def _bound(attributes: Attributes) -> str:
    """Say the upper bound of the one bounded ReLU that has a name of its own: ReLU6."""
    return "6" if attributes.get("max_value") == 6 else ""


def _maximum(attributes: Attributes) -> str:
    value = number(attributes.get("max_value"))
    return f"at most {value}" if value and not _bound(attributes) else ""


def _slope(attributes: Attributes) -> str:
    """Say the slope below zero, which Keras 2 calls alpha."""
    value = attributes.get("negative_slope", attributes.get("alpha"))
    return f"slope {number(value)}" if number(value) and value != 0 else ""


def _threshold(attributes: Attributes) -> str:
    value = attributes.get("threshold", attributes.get("theta"))
    return f"from {number(value)}" if number(value) and value != 0 else ""


def _table(attributes: Attributes) -> str:
    rows, columns = number(attributes.get("input_dim")), number(attributes.get("output_dim"))
    return f"{rows} × {columns}" if rows and columns else ""


def _margins(name: str) -> Callable[[Attributes], str]:
    """Say paddings and croppings: one number where all sides are equal."""

    def phrase(attributes: Attributes) -> str:
        value = attributes.get(name)
        sides: list[Value] = []
        for item in value if isinstance(value, tuple) else (value,):
            sides.extend(item if isinstance(item, tuple) else (item,))
        if not sides or not all(number(side) for side in sides):
            return ""
        if len(set(sides)) == 1:
            return number(sides[0])
        pairs = (
            [item if isinstance(item, tuple) else (item, item) for item in value] if isinstance(value, tuple) else []
        )
        if any(len(pair) != 2 for pair in pairs):
            return ""
        return ", ".join(f"{number(low)}+{number(high)}" for low, high in pairs)

    return phrase


def _axis(attributes: Attributes) -> str:
    value = attributes.get("axis")
    if isinstance(value, tuple) and len(value) == 1:
        value = value[0]
    if value is None or value == -1 or (isinstance(value, tuple) and all(item == -1 for item in value)):
        return ""
    text = ", ".join(map(number, value)) if isinstance(value, tuple) else number(value)
    return f"axis {text}" if text else ""


def _scale(attributes: Attributes) -> str:
    """Say a factor, one over a whole number as such: 1/255."""
    value = attributes.get("scale")
    if isinstance(value, float) and 0 < value < 1 and abs(1 / value - round(1 / value)) < 1e-6:
        return f"1/{round(1 / value)}"
    return extent(value) or number(value)


def _shift(attributes: Attributes) -> str:
    """Say by how much elements move along the axes, once where it is the same along all."""
    value = attributes.get("shift")
    steps = [number(step) for step in (value if isinstance(value, tuple) else (value,))]
    return ", ".join(dict.fromkeys(steps) if len(set(steps)) == 1 else steps).replace("-", "−") if all(steps) else ""


PHRASES: Mapping[str, Callable[[Attributes], str]] = {
    "activation": activation,
    "alpha": _unless_one("alpha", "alpha "),
    "axis": _axis,
    "backwards": _flag("go_backwards", "backwards"),
    "bound": _bound,
    "causal": lambda attributes: "causal" if attributes.get("padding") == "causal" else "",
    "cropping": _margins("cropping"),
    "cell": _recurrent_activation,
    "data_pool": _plain("pool_size"),
    "depth_multiplier": _unless_one("depth_multiplier", "depth ×"),
    "dilation": _unless_one("dilation_rate", "dilation "),
    "dims": lambda attributes: extent(attributes.get("dims")).replace("×", ", "),
    "equation": _word("equation"),
    "factor": _plain("factor"),
    "filters": _plain("filters"),
    "groups": _unless_one("groups", "groups "),
    "heads": _heads,
    "interpolation": _word("interpolation", "nearest"),
    "kernel": _plain("kernel_size"),
    "maximum": _maximum,
    "merge": _word("merge_mode"),
    "mode": _word("mode"),
    "n": _plain("n"),
    "normalize": _flag("normalize", "normalized"),
    "own_activation": _own_activation,
    "output_mode": _word("output_mode", "int"),
    "padding": _margins("padding"),
    "rate": _plain("rate"),
    "scale": _scale,
    "sequences": _flag("return_sequences", "sequences"),
    "shift": _shift,
    "size": _plain("size"),
    "slope": _slope,
    "state": _flag("return_state", "state"),
    "stateful": _flag("stateful", "stateful"),
    "stddev": _plain("stddev"),
    "stride": _unless_one("strides", "/"),
    "stretch": _unless_one("strides", "×"),
    "table": _table,
    "target": _plain("target_shape"),
    "threshold": _threshold,
    "tokens": _plain("max_tokens"),
    "units": _plain("units"),
}
"""Each phrase by name: a function from the configuration to words, empty where there is nothing to say."""
