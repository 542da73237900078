"""The classifier of LeNet-5 as neurons.

Three dense layers as columns: all connections between those neurons that are drawn, and how many there are below.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("lenet5.json"), view="neurons")
