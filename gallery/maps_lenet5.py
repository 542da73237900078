"""LeNet-5, as its authors drew it.

Six maps, then sixteen, with the window that moves over them and the value it gives; below each stack how many maps
there are, and of what size. The vectors at the end are fully connected.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("lenet5.json"), view="maps")
