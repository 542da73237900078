"""A multilayer perceptron as vectors.

Bars as long as the vectors they stand for, with the lines of full connections between their ends.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("mlp.json"), view="maps")
