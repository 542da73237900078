"""An LSTM as volumes.

The length of the sequence and its features are two different axes: an embedding of 80 words is no picture, and what the
last recurrent layer gives is a vector.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("sentiment.json"), view="volumes")
