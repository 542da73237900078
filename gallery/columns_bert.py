"""An encoder with four inputs: BERT base, 17 cm wide.

Words, segments and positions are embedded and added; twelve equal blocks follow, and the mask of what may be seen leads
into each of them. Two outputs: the whole sequence, and its first word pooled.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("bert.json.gz"), width="17cm")
