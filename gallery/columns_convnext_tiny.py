"""A modern convolutional network: ConvNeXt-T, 17 cm wide.

Four stages of 3, 3, 9 and 3 blocks, each a depthwise convolution of 7 × 7 and two dense layers on every point, beside a
skip; between stages a norm and a convolution with stride 2.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("convnext_tiny.json.gz"), width="17cm")
