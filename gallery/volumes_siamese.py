"""Twin encoders as volumes.

One encoder with the same weights is called twice, so it is drawn twice, and both codes are compared at the end.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("siamese.keras"), view="volumes")
