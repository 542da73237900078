"""AlexNet as volumes.

Large steps at once: the first convolution makes a quarter of each side, and the last pooling hands on to vectors of
4096 values. The widths grow with the square root of the channels.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("alexnet.json"), view="volumes")
