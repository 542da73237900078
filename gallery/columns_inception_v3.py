"""Modules of branches: InceptionV3, 17 cm wide.

Eleven modules behind the stem: three for grids of 35 × 35, four for 17 × 17, two for 8 × 8, and between them the two
that make the grid smaller. Each kind of module is drawn once below, with its branches.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("inception_v3.json"), width="17cm")
