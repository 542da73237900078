"""A searched network on one page: NASNetLarge on A4.

Three runs of six normal cells with reduction cells between them. Every cell reads the two before it, which the lines
past its neighbour show; what is inside a cell is drawn once.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("nasnet_large.json.gz"), page="a4")
