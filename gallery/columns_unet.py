"""A U without being told: the U-Net of its paper, 17 cm wide.

Five levels of two convolutions each. The encoder goes down on the left, the decoder up on the right, and what is on one
level stands at one height, so that every cropped skip leads straight across.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("unet_2015.json.gz"), width="17cm")
