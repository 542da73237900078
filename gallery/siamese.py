"""One model called twice: a siamese network.

The encoder is drawn once per call, and both calls say that they share their weights. The distance between the two codes
is plain arithmetic between Keras tensors, which is part of the model and therefore of the figure.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("siamese.keras"))
