"""Several inputs and outputs as volumes.

Sequences are long and thin, vectors are bars: nothing is taken for a picture. The three inputs join in one
concatenation, and two outputs leave it, all by their names.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("tickets.json"), view="volumes")
