"""InceptionV3 as volumes.

The blocks of four branches fold to volumes in the colours of their layers, with a count under a bracket; what differs
in each is told below. The stem in front is drawn layer by layer.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("inception_v3.json"), view="volumes")
