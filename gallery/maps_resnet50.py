"""ResNet50 as feature maps, folded.

Blocks that repeat are one stack with a count; the pyramids are drawn where one layer sees the one before, and folded
blocks are joined by arrows.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("resnet50.json"), view="maps")
