"""A multilayer perceptron as volumes.

Three vectors of 256, 128 and 10 values: bars along one axis, with the dropouts between them small.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("mlp.json"), view="volumes")
