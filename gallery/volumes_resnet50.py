"""ResNet50 as volumes, folded.

Sixteen blocks are drawn as five volumes, each with its count, and are explained once below. The figure keeps the sizes
of what the blocks give, and fits a page.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("resnet50.json"), view="volumes")
