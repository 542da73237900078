"""Where the arithmetic is: MobileNetV2 by multiply–adds.

Colour is a number here instead of a kind: the more multiply–adds a layer takes, the stronger its colour, on a
logarithmic scale that the legend spells out. The pointwise convolutions do nearly all of the 301 million; the depthwise
ones between them, which see more, cost little, and what is white costs none.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("mobilenet_v2.json"), show="shapes,activations,macs", color_by="macs")
