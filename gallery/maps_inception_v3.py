"""InceptionV3 as feature maps.

The stem is drawn with its windows, the blocks fold to stacks with their count. The maps end in a vector of 1000 values.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("inception_v3.json"), view="maps")
