"""A generator and a discriminator as feature maps.

Out of a vector of noise grow 128 maps, then 64, then one picture, which the second model reads with windows of five by
five.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("gan.json"), view="maps")
