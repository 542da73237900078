"""A slide: where the stages of ConvNeXt-T begin.

The page gives the proportion, and type is as large as a screen across a room needs. What makes the picture smaller
stands out, while the rest recedes.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("convnext_tiny.json.gz"), page="slide", highlight="*downsampling*")
