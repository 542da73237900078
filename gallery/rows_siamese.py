"""Regions that go on in the next row: two calls of one encoder, in a narrow column.

Each part of a region is named, and the lines between the parts run side by side without crossing.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("siamese.keras"), width="8.5cm")
