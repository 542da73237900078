"""A transformer block as feature maps.

Sequences are sheets of an open length, and the residual connections lead around attention and dense layers.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("transformer.json"), view="maps")
