"""Twin encoders as feature maps.

Both calls of the one encoder are drawn, with their windows, side by side; their codes meet in the difference.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("siamese.keras"), view="maps")
