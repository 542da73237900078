"""Depthwise convolutions and linear bottlenecks: MobileNetV2.

Depthwise and pointwise convolutions are told apart by their words. Ten of the seventeen blocks carry a skip; the others
are a plain stretch of the main path.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("mobilenet_v2.json"))
