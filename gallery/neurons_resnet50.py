"""The classifier of ResNet50 as neurons.

The folded blocks are boxes with their count, and the one dense layer a column of its 1000 classes.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("resnet50.json"), view="neurons")
