"""ResNet50 as volumes, folded.

Sixteen blocks are drawn as eight volumes, the layers of their longest path as slices, and are explained once below. A
count stands under a bracket around what it counts, and the stages have brackets of their own.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("resnet50.json"), view="volumes")
