"""A transformer block with its dense layers as neurons.

The two dense layers work on each position alone: their columns are those of one position.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("transformer.json"), view="neurons")
