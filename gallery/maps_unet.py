"""A U-Net as feature maps.

Stacks shrink and grow again. Pyramids open where a transposed convolution makes four values out of one, and the skips
are arrows around what lies between.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("unet.json"), view="maps")
