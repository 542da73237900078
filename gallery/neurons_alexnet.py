"""The classifier of AlexNet as neurons.

4096 neurons are ten circles and three dots; what is known of the layer stands below its column.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("alexnet.json"), view="neurons")
