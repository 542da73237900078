"""VGG16 as volumes.

The figure that everybody knows: the layers of one resolution nearly touch, each pooling opens a gap. Pictures become
smaller and deeper, and end in three long vectors; size and channels stand once below each group.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("vgg16.json"), view="volumes")
