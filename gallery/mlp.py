"""A first network: a multilayer perceptron.

Three dense layers and two dropouts, from left to right. On request the boxes also say what their layers are called.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("mlp.json"), direction="right", show=("shapes", "activations", "names"))
