"""Where the parameters are: VGG16 with boxes of their size.

The width of a box grows with the square root of its parameters. Thirteen convolutions are narrow beside the first dense
layer, which holds three quarters of the 138 million.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("vgg16.json"), size_by="parameters")
