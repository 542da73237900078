"""The classifier of InceptionV3 as neurons.

Eleven blocks fold to a few boxes; the column at the end is what learns to tell the classes apart.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("inception_v3.json"), view="neurons")
