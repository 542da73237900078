"""Two columns of a paper: ResNet50, 17 cm wide.

The width is all that is said. The sixteen bottlenecks are folded into four stages of 3, 4, 6 and 3; the first block of
each, whose skip passes a projection, is told apart from the equal ones behind it, and the block is drawn once below.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("resnet50.json"), width="17cm")
