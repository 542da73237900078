"""Functions of TensorFlow that stand in a graph of Keras 2 as layers, as the operations of Keras 3 that they are.

What Keras 3 has too is given its name and parameters there (`math.reduce_mean` is Mean, `perm` is `axes`), so that all
that is known of those holds for it; any other function keeps its own name.
"""

import re
from collections.abc import Mapping, Sequence
from itertools import accumulate
from types import MappingProxyType

from cutaway.graph import Value
from cutaway.record import replace
from cutaway.sources.arguments import call, leaves
from cutaway.sources.attributes import plain
from cutaway.sources.blueprint import Argument, Call, Layer
from cutaway.sources.configs.keras2 import Given
from cutaway.sources.configs.serialized import Config, class_of, name_of, settings

_NAMES: Mapping[str, str] = {
    "Absolute": "abs",
    "Add": "addn biasadd accumulaten",
    "All": "reduceall",
    "Any": "reduceany",
    "AveragePool": "avgpool avgpool1d avgpool2d avgpool3d",
    "BatchNorm": "batchnormalization fusedbatchnorm",
    "Clip": "clipbyvalue",
    "Concatenate": "concat",
    "Conv": "conv1d conv2d conv3d convolution",
    "ConvTranspose": "conv1dtranspose conv2dtranspose conv3dtranspose conv2dbackpropinput",
    "DepthwiseConv": "depthwiseconv2d depthwiseconv2dnative",
    "Divide": "div realdiv",
    "Equal": "eq",
    "Flip": "reverse",
    "FloorDivide": "floordiv",
    "GetItem": "getitem raggedgetitem",
    "LogicalAnd": "and",
    "LogicalOr": "or",
    "Logsumexp": "reducelogsumexp",
    "Matmul": "batchmatmul",
    "Max": "reducemax",
    "MaxPool": "maxpool1d maxpool2d maxpool3d",
    "Mean": "reducemean",
    "Min": "reducemin",
    "Mod": "floormod",
    "Multiply": "mul",
    "Negative": "neg",
    "Normalize": "l2normalize",
    "NotEqual": "ne",
    "Pad": "mirrorpad",
    "Power": "pow",
    "Prod": "reduceprod",
    "Resize": "resizebilinear resizenearestneighbor resizebicubic resizeimages",
    "SeparableConv": "separableconv2d",
    "Silu": "swish",
    "Stack": "pack",
    "Std": "reducestd",
    "Subtract": "sub",
    "Sum": "reducesum",
    "Take": "gather",
    "TrueDivide": "truediv",
    "Transpose": "permutedimensions",
    "Unstack": "unpack",
    "Var": "reducevariance",
    "Where": "select",
}
"""Operations of Keras 3, and what TensorFlow calls them, in lower case; what differs by no more is left out."""

_OPS = {name: op for op, names in _NAMES.items() for name in names.split()}

_OPERANDS = ("x", "y", "b", "bias")
"""Parameters for the tensors behind the first one, which operations take by their place."""

_PARAMETERS = {
    "perm": "axes",
    "pattern": "axes",
    "multiples": "repeats",
    "paddings": "pad_width",
    "depth": "num_classes",
    "keep_dims": "keepdims",
    "reduction_indices": "axis",
    "squeeze_dims": "axis",
    "concat_dim": "axis",
}
"""Parameters that have another name in Keras 3."""

_UNSAID = frozenset({"name", "slice_spec", "conjugate"})
_VERSION = re.compile(r"_?[vV][0-9]+$")
_NODE_OP = re.compile(r"\n.[^\x12]*\x12.(\w+)", re.DOTALL)
"""The operation in a NodeDef of TensorFlow 2.0 to 2.3: field 1 is its name, field 2 its operation."""

_REDUCTIONS = ("All", "Any", "Logsumexp", "Max", "Mean", "Min", "Prod", "Std", "Sum", "Var")
_DEFAULTS: Mapping[str, Mapping[str, Value]] = {
    **{op: {"axis": None} for op in _REDUCTIONS},
    **{op: {"axis": 0} for op in ("Argmax", "Argmin", "Take")},
    "Transpose": {"axes": None},
}
"""What a function does where its call says nothing."""


def operation(item: Config, given: Sequence[Given]) -> Layer:
    """Return a serialised layer that calls a function of TensorFlow as an operation, with its calls."""
    function = function_of(item)
    op = op_of(function)
    constants = settings(item).get("constants")
    made = [_call(op, _args(each, constants), each.others) for each in given] or [(Call(), {})]
    stated = made[0][1]
    packed = op in _REDUCTIONS and any(isinstance(each.first, list) for each in given)
    if len(made) > 1 or packed:  # each call has parameters of its own; those of several tensors made one are of that
        made = [(replace(each, constants=MappingProxyType({**own, **each.constants})), {}) for each, own in made]
        stated = {}
    attributes: dict[str, Value] = {"function": function} if packed else {"function": function, **_DEFAULTS.get(op, {})}
    attributes |= stated
    return Layer(
        name=name_of(item),
        op=class_of(item),
        operation=True,
        computes=op,
        attributes=MappingProxyType(attributes),
        calls=tuple(each for each, _ in made),
    )


def function_of(item: Config) -> str:
    """Return the name of the function that a serialised layer calls, as TensorFlow writes it: "math.reduce_mean"."""
    config = settings(item)
    for key in ("function", "method_name", "attr_name"):
        if isinstance(config.get(key), str) and config[key]:
            return str(config[key])
    definition = config.get("node_def")
    found = _NODE_OP.match(definition) if isinstance(definition, str) else None
    return found[1] if found else class_of(item)


def op_of(function: str) -> str:
    """Return the operation of Keras 3 that a function of TensorFlow is; else its own name, in Keras' style."""
    last = _VERSION.sub("", function.rpartition(".")[2]).strip("_") or function
    known = _OPS.get(last.replace("_", "").lower())
    return known or "".join(word[:1].upper() + word[1:] for word in last.split("_")) or function


def _call(op: str, args: Sequence[object], others: Mapping[str, object]) -> tuple[Call, dict[str, Value]]:
    """Return a call, and the parameters of the operation that it tells."""
    stated: dict[str, Value] = {}
    flowing: dict[str, object] = {}
    if op == "Einsum" and args and isinstance(equation := args[0], str):
        args, stated = args[1:], {"subscripts": equation}
    positional = [_array(each) for each in (*args, *[others[key] for key in _OPERANDS if others.get(key) is not None])]
    spec = others.get("slice_spec")
    if "slice_spec" in others:
        positional.append(_key(spec))
    if _flows(spec):
        flowing["key"] = spec
    for key, value in others.items():
        name = "newshape" if (op, key) == ("Reshape", "shape") else _PARAMETERS.get(key, key)
        if key in _UNSAID or key in _OPERANDS or (value is None and (name in stated or op == "Squeeze")):
            continue
        cuts = _cuts(value) if key == "num_or_size_splits" else None
        if _flows(value):
            flowing[name] = value
            if name == "newshape" and isinstance(value, list):  # tensors among the sizes are sizes of their own
                stated[name] = plain([None if _flows(each) else each for each in value])
        elif cuts is not None:
            stated["indices_or_sections"] = cuts
        else:
            stated[name] = plain(value)
    return call(op, positional, flowing, plain), stated


def _args(given: Given, constants: object) -> list[object]:
    """Return the positional arguments; those of an operation of TensorFlow 2.0 to 2.3 have constants among them."""
    if not isinstance(constants, dict) or not constants:
        return [given.first]
    tensors = list(reversed(given.first if isinstance(given.first, list) else [given.first]))
    args: list[object] = []
    while tensors or str(len(args)) in constants:
        args.append(constants[str(len(args))] if str(len(args)) in constants else tensors.pop())
    return args


def _flows(value: object) -> bool:
    return any(isinstance(leaf, Argument) for _, leaf in leaves(value))


def _array(value: object) -> object:
    """Return a list of constants as the array that it was."""
    if not isinstance(value, list) or _flows(value) or any(isinstance(each, dict) for each in value):
        return value
    return {"class_name": "__numpy__", "config": {"value": value}}


def _key(spec: object) -> object:
    """Return what a tensor is sliced with in the form of Keras 3; the places of tensors in it stay open."""
    if isinstance(spec, list):
        return [_key(each) for each in spec]
    if isinstance(spec, dict):
        name = spec.get("class_name", "__slice__")
        return {"class_name": name, "config": {key: spec.get(key) for key in ("start", "stop", "step")}}
    return "…" if isinstance(spec, Argument) else spec


def _cuts(sizes: object) -> Value:
    """Return where the parts of a split begin, or the number of equal parts; None where a size is left open."""
    if isinstance(sizes, int):
        return sizes
    if not isinstance(sizes, list) or not all(isinstance(each, int) and each >= 0 for each in sizes):
        return None
    return tuple(accumulate(sizes[:-1]))
