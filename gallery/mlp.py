"""A first network: a multilayer perceptron.

Three dense layers and two dropouts, from left to right, with the numbers of parameters.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("mlp.json"), direction="right", show=("shapes", "activations", "parameters"))
