"""LeNet-5 as volumes.

Even the smallest maps keep their proportions: six and sixteen channels are slim, the dense layers thin bars. The pale
flattening between them changes the form of the data and nothing else.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("lenet5.json"), view="volumes")
