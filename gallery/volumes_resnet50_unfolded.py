"""ResNet50 as volumes, every layer.

Without folding each addition has its shortcut, above the blocks that it goes around. A figure so long is broken into
rows, as a text is.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("resnet50.json"), view="volumes", fold="none")
