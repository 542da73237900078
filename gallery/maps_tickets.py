"""Several inputs and outputs as feature maps.

There is no picture in it: words are sequences, the tags a vector. Each is drawn after its meaning, and joined in the
middle.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("tickets.json"), view="maps")
