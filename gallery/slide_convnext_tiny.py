"""A slide: where the stages of ConvNeXt-T begin.

The page gives the proportion, and no letter is smaller than 10 points. What makes the picture smaller stands out,
while the rest recedes.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("convnext_tiny.json.gz"), page="slide", highlight="*downsampling*")
