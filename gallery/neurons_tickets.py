"""Several inputs and outputs as neurons.

The department is one of four neurons, the priority a single one: both read the same vector.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("tickets.json"), view="neurons")
