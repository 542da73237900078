"""Several inputs and outputs: a sorter of support tickets.

Three inputs and two outputs, each named and shaped as the caller of the model has to give and gets them. A wrapper,
here the bidirectional LSTM, is one box that names what it wraps.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("tickets.json"), direction="right")
