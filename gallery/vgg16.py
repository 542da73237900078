"""A plain chain: VGG16.

Thirteen convolutions in five stages and three dense layers. The data flows in one straight line, each box says what its
layer is in the words of the field, and a shape stands beside the line only where it changes.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("vgg16.json"))
