"""A multilayer perceptron as neurons.

The picture of a neural network: columns of neurons and the connections between them. Dropouts lie between the layers
and take nothing away from the columns.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("mlp.json"), view="neurons")
