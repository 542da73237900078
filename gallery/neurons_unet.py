"""A U-Net where there are no neurons to draw.

A network of convolutions alone has no dense layers, so its tensors are boxes, with skips as arrows.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("unet.json"), view="neurons")
