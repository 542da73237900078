"""Twin encoders as neurons.

Both codes are columns of sixteen neurons with the same weights; their difference leads to one neuron.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("siamese.keras"), view="neurons")
