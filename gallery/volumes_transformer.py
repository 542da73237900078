"""A transformer block as volumes.

The open length is a question of its own: the axis is kept at its least size and told by a letter. Both residual
connections arc over what they go around.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("transformer.json"), view="volumes")
