"""Curves of activations, small enough for the circles of neurons: of functions of one number, around zero.

All lie on one scale up and down, so that a sigmoid is above the axis and tanh on both sides of it. What is
defined by several numbers, as softmax is, or not known, has no curve.
"""

from collections.abc import Callable, Iterator, Mapping
from math import erf, exp, log1p, tanh
from types import MappingProxyType

from cutaway.geometry import Point
from cutaway.graph import Kind, Node, Value
from cutaway.scene import Line, Mark, Move, Path, Role, Segment, Stroke
from cutaway.views.neurons.inner import Places

_HALF = 0.31
"""How far a curve reaches from the middle of a circle, in diameters."""
_STEPS = 16
_CURVE = 0.9
_AXIS = 0.3
"""The widths of the lines."""
_ACTIVATED = frozenset({Kind.DENSE, Kind.CONVOLUTION, Kind.UPSAMPLING, Kind.ACTIVATION})
"""Layers that give what an activation makes of a sum; recurrent ones do more with theirs."""


def _sigmoid(x: float) -> float:
    return 1 / (1 + exp(-x))


def _softplus(x: float) -> float:
    return log1p(exp(x))


def _elu(x: float) -> float:
    return x if x > 0 else exp(x) - 1


_FUNCTIONS: Mapping[str, tuple[float, Callable[[float], float]]] = MappingProxyType(
    {
        "elu": (2.0, _elu),
        "exponential": (2.0, exp),
        "gelu": (2.0, lambda x: x * (1 + erf(x / 2**0.5)) / 2),
        "hardsigmoid": (4.0, lambda x: min(1.0, max(0.0, x / 6 + 0.5))),
        "hardsilu": (4.0, lambda x: x * min(1.0, max(0.0, x / 6 + 0.5))),
        "hardtanh": (2.0, lambda x: min(1.0, max(-1.0, x))),
        "leakyrelu": (1.0, lambda x: x if x > 0 else 0.2 * x),
        "mish": (2.0, lambda x: x * tanh(_softplus(x))),
        "relu": (1.0, lambda x: max(0.0, x)),
        "relu6": (8.0, lambda x: min(6.0, max(0.0, x))),
        "selu": (2.0, lambda x: 1.0507 * (x if x > 0 else 1.67326 * (exp(x) - 1))),
        "sigmoid": (5.0, _sigmoid),
        "silu": (4.0, lambda x: x * _sigmoid(x)),
        "softplus": (3.0, _softplus),
        "softsign": (5.0, lambda x: x / (1 + abs(x))),
        "tanh": (2.5, tanh),
    }
)
"""Functions by their names in small letters, each with how far to both sides of zero it is drawn."""
_SAME: Mapping[str, str] = MappingProxyType({"swish": "silu", "hardswish": "hardsilu"})


def curved(node: Node, following: tuple[Node, ...] = ()) -> str:
    """Return the name of the function whose curve the circles of a layer show; "" for none.

    `following` are layers that are merged into it: the last activation among these goes before its own.
    """
    for each in (*following[::-1], node):
        name = _name(each.attributes.get("activation")) if each.kind in _ACTIVATED else ""
        if each.kind is Kind.ACTIVATION and each.operation != "Activation":
            name = _name(each.operation)
        if name:
            return name if name in _FUNCTIONS else ""
    return ""


def _name(value: Value) -> str:
    name = value.replace("_", "").lower() if isinstance(value, str) else ""
    return "" if name == "linear" else _SAME.get(name, name)


def curve_marks(name: str, places: Places, diameter: float, ink: Role) -> Iterator[Mark]:
    """Draw the curve of a function in circles that are so wide, on a thin axis."""
    reach, function = _FUNCTIONS[name]
    values = [(step / _STEPS, function(reach * step / _STEPS)) for step in range(-_STEPS, _STEPS + 1)]
    most = max(1.0, *(abs(value) for _, value in values))
    curves, axes, half = list[Segment](), list[Segment](), _HALF * diameter
    for number, at in places:
        if number is None:
            continue
        axes += (Move(Point(at.x - half, at.y)), Line(Point(at.x + half, at.y)))
        points = [Point(at.x + half * x, at.y - half * value / most) for x, value in values]
        curves += (Move(points[0]), *map(Line, points[1:]))
    yield Path(segments=tuple(axes), stroke=Stroke(paint="grey", width=_AXIS))
    yield Path(segments=tuple(curves), stroke=Stroke(paint=ink, width=_CURVE))
