"""An encoder and a decoder as a U.

What is on one level stands at one height, so every skip leads straight across.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("unet.json"), shape="u")
