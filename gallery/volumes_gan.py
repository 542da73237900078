"""A generator and a discriminator as volumes.

Two nested models, each with its caption around it: the one grows a picture out of noise, the other shrinks it to one
number.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("gan.json"), view="volumes")
