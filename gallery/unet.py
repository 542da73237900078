"""Long skips: a U-Net.

The encoder's features at three resolutions wait, beside the main path, for the decoder: the shorter skip runs nearer to
it. The two inputs of a concatenation keep their order.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("unet.json"))
