"""The classifier of VGG16 as neurons.

Convolutions are boxes with what they give; the dense layers at the end are columns of neurons, of which the first and
the last are drawn, with dots for the others.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("vgg16.json"), view="neurons")
