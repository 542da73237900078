"""VGG16 as feature maps.

Stacks of maps become smaller and more: of many, the first few are drawn and the number is told. A pyramid leads from
each window to the one value that it is seen as.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("vgg16.json"), view="maps")
