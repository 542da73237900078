"""Wide branches: InceptionV3.

Up to four branches of unequal length run side by side, meet at a circle that concatenates, and part again. No line
passes through a box, and no two lines share a stretch unless they carry the same tensor.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("inception_v3.json"))
