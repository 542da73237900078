"""Nested models, opened: the same autoencoder with everything inside.

Each nested model is a captioned region around its layers; the decoder holds a region of its own. Lines cross the border
of a region where the nested model takes its input and hands out its output.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("autoencoder.json"))
