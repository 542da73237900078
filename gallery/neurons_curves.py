"""A multilayer perceptron with the curves of its activations.

Each circle shows what its neuron does with the sum that it is given, on one scale: ReLU is bent at zero.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("mlp.json"), view="neurons", curves=True, limit=6)
