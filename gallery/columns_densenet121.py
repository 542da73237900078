"""Dense blocks: DenseNet121, 17 cm wide.

Four dense blocks of 6, 12, 24 and 16 layers, each layer of which reads what all before it in the block have given, and
three transitions between them, which halve height, width and channels.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("densenet121.json.gz"), width="17cm")
