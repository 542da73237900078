"""A generator and a discriminator as neurons.

The noise is a column of its hundred values, the verdict a single neuron; between them lie two nested models.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("gan.json"), view="neurons")
