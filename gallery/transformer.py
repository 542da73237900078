"""Attention: an encoder block of a transformer.

Query and value are one tensor here, so two lines reach the attention from one place. The block has the norms in front
and two residual sums; the box of the attention says how many heads it has and how wide they are.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("transformer.json"))
