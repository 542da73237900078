"""A U-Net as volumes.

Encoder and decoder mirror each other, and every skip leads from the back of what it copies to the concatenation that
reads it, with its size on it. Shorter skips lie nearer to the volumes.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("unet.json"), view="volumes")
