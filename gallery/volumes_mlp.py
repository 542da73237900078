"""A multilayer perceptron as volumes.

Three vectors of 256, 128 and 10 values: bars along one axis, with equal gaps. The dropouts between them give what they
get, so they are left out, and the figure says so.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("mlp.json"), view="volumes")
