"""ResNet50 with its classifier as neurons, every layer.

All layers in rows, the shortcuts as arrows beside them, and at the end the one column of neurons.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("resnet50.json"), view="neurons", fold="none")
