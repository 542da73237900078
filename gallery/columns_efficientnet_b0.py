"""Inverted bottlenecks: EfficientNetB0, 17 cm wide.

Seven stages of MBConv blocks with 1, 2, 2, 3, 3, 4 and 1 of them. Stochastic depth grows from block to block, so equal
blocks differ in that rate alone; the squeeze and excitation inside is drawn where the block is explained.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("efficientnet_b0.json.gz"), width="17cm")
