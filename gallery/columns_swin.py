"""Windows that shift: Swin-T, 17 cm wide.

Four stages of 2, 2, 6 and 2 blocks, which take turns: plain windows in one, shifted ones in the next, so that a pair of
them repeats. Between stages each four neighbours are merged into one.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("swin.json.gz"), width="17cm")
