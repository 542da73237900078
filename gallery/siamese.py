"""One model called twice: a siamese network.

The encoder is drawn once per call, because data flows through it twice; both calls say that it is shared, and the
heading counts calls. The distance between the two codes is plain arithmetic between Keras tensors: part of the model,
and so of the figure.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("siamese.keras"))
