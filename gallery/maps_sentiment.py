"""An LSTM as feature maps.

Rows of words, with the features of each along the other axis: a recurrent layer turns one such sheet into the next, and
the last one into a vector.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("sentiment.json"), view="maps")
