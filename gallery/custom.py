"""Custom layers and functions: a classifier with a gate.

`SqueezeExcite` is a class that only its author has: the file names it, nothing is imported, and its box bears its name.
The arithmetic and the `keras.ops` functions between the layers, which `model.layers` leaves out, are drawn as well.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("custom.json"))
