"""AlexNet as feature maps.

The window of the first layer is eleven values wide and moves by four, that of the others is three or five: each is
drawn in the scale of its map.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("alexnet.json"), view="maps")
