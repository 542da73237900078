"""A column of a paper: VGG16, 8.5 cm wide.

The width is all that is said. The chain is cut into columns and reads like text, the line that leads on to the next
column is drawn, and no letter is smaller than 6 points.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("vgg16.json"), width="8.5cm")
