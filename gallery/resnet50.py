"""Skip connections: ResNet50.

Sixteen residual blocks. The main path stays straight while every skip leaves it to one side and comes back at a small
circle that adds; where a stage begins, the skip passes a convolution of its own.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("resnet50.json"))
