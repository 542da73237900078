"""What Keras 1 calls the arguments of its layers, and what Keras 2 and later call them (the notes on release 2.0.0).

Classes keep the names that they had. An argument that is in no table keeps its name too.
"""

from collections.abc import Callable, Mapping

from cutaway.sources.configs.serialized import Config
from cutaway.typed import Any

_ANY: Mapping[str, str] = {
    "W_constraint": "kernel_constraint",
    "W_regularizer": "kernel_regularizer",
    "U_regularizer": "recurrent_regularizer",
    "atrous_rate": "dilation_rate",
    "b_constraint": "bias_constraint",
    "b_regularizer": "bias_regularizer",
    "beta_init": "beta_initializer",
    "bias": "use_bias",
    "border_mode": "padding",
    "consume_less": "implementation",
    "depthwise_init": "depthwise_initializer",
    "dim_ordering": "data_format",
    "dropout_U": "recurrent_dropout",
    "dropout_W": "dropout",
    "filter_length": "kernel_size",
    "forget_bias_init": "unit_forget_bias",
    "gamma_init": "gamma_initializer",
    "init": "kernel_initializer",
    "inner_activation": "recurrent_activation",
    "inner_init": "recurrent_initializer",
    "nb_filter": "filters",
    "pointwise_init": "pointwise_initializer",
    "pool_length": "pool_size",
    "subsample": "strides",
    "subsample_length": "strides",
}
"""Arguments that mean the same wherever they stand."""

_UNITS = {"output_dim": "units"}
_RATE = {"p": "rate"}
_STRIDE = {"stride": "strides"}
_OF_CLASS: Mapping[str, Mapping[str, str]] = {
    **dict.fromkeys(("Dense", "MaxoutDense", "TimeDistributedDense", "LSTM", "GRU", "SimpleRNN"), _UNITS),
    **dict.fromkeys(("Dropout", "SpatialDropout1D", "SpatialDropout2D", "SpatialDropout3D", "GaussianDropout"), _RATE),
    **dict.fromkeys(("MaxPooling1D", "AveragePooling1D"), _STRIDE),
    "Embedding": {
        "init": "embeddings_initializer",
        "W_constraint": "embeddings_constraint",
        "W_regularizer": "embeddings_regularizer",
    },
    "GaussianNoise": {"sigma": "stddev"},
    "InputLayer": {"input_dtype": "dtype"},
    "PReLU": {"init": "alpha_initializer"},
    "Reshape": {"dims": "target_shape"},
    "UpSampling1D": {"length": "size"},
}
"""Arguments that mean this in one class alone."""

_KERNELS = (("nb_row", "nb_col"), ("kernel_dim1", "kernel_dim2", "kernel_dim3"))
"""The sides of a kernel, of which `kernel_size` is made."""

_VALUES: Mapping[str, Mapping[object, object]] = {
    "consume_less": {"cpu": 0, "mem": 1, "gpu": 2},
    "dim_ordering": {"th": "channels_first", "tf": "channels_last"},
    "forget_bias_init": {"one": True, "zero": False},
}
_SIDES = (("left_pad", "right_pad"), ("top_pad", "bottom_pad"))
_LAMBDA = {"class_name": "__lambda__", "config": None}

SIGNS = frozenset(
    {
        *("W_regularizer", "b_regularizer", "W_constraint", "nb_filter", "nb_row", "border_mode", "dim_ordering"),
        *("subsample", "consume_less", "inner_activation", "inner_init", "input_dtype", "dropout_W", "pool_length"),
    }
)
"""Arguments that no later Keras has: one of them tells the dialect of a file that does not name its version."""


def renamed(op: str, config: Config) -> Config:
    """Return the config of a layer of class `op` with today's arguments."""
    own = _OF_CLASS.get(op, {})
    found: Config = {}
    for key, value in config.items():
        name = own.get(key) or _ANY.get(key, key)
        coded = config.get(f"{key}_type") == "lambda"  # marshalled, which nobody looks at
        if name == key or name not in config:
            found[name] = _LAMBDA if coded else _value(key, value)
    for sides in _KERNELS:
        if all(side in found for side in sides):
            found["kernel_size"] = [found.pop(side) for side in sides]
    if op != "InputLayer":
        found.pop("input_dtype", None)  # that of what flows in, not of the layer
    change = _CHANGES.get(op)
    return found if change is None else change(found)


def _value(key: str, value: Any) -> Any:  # noqa: ANN401 - of a JSON text
    return _VALUES[key].get(value, value) if key in _VALUES and isinstance(value, str) else value


def _padded(config: Config) -> Config:
    """Return the config of a ZeroPadding with its amounts in pairs; they were four in a row, or in a dict."""
    padding = config.get("padding")
    if isinstance(padding, list) and len(padding) == 4:
        return config | {"padding": [padding[:2], padding[2:]]}
    if isinstance(padding, dict):
        left, top = ([padding.get(side, 0) for side in pair] for pair in _SIDES)
        return config | {"padding": [top, left] if any(side in padding for side in _SIDES[1]) else left}
    return config


def _merged(config: Config) -> Config:
    """Return the config of a Merge with only those axes that its mode looks at."""
    rest = {key: value for key, value in config.items() if key not in {"concat_axis", "dot_axes", "layers"}}
    mode = str(config.get("mode"))
    if mode == "concat" and "concat_axis" in config:
        rest["axis"] = config["concat_axis"]
    if mode in {"dot", "cos"} and "dot_axes" in config:
        rest["axes"] = config["dot_axes"]
    return rest


_CHANGES: Mapping[str, Callable[[Config], Any]] = {
    "ZeroPadding1D": _padded,
    "ZeroPadding2D": _padded,
    "Merge": _merged,
}
