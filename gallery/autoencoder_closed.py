"""Nested models, closed: an autoencoder as two boxes.

With `depth=0` each nested model is one box that names itself and says how many layers it holds.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("autoencoder.json"), depth=0)
