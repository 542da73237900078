"""An LSTM with its verdict as a neuron.

Recurrent layers are boxes, and the last layer is the one neuron that says whether a review is positive.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("sentiment.json"), view="neurons")
