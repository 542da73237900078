"""ResNet50 as feature maps, every layer.

All layers with their windows. Where a shortcut passes, an arrow leads around the stacks, and none of it lies over a
map.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("resnet50.json"), view="maps", fold="none")
