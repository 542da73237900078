"""Encoder and decoder: T5 small, 17 cm wide.

Six blocks on either side. Every block of the decoder attends to what the encoder gives, and one table of words serves
both embeddings and the head.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("t5.json.gz"), width="17cm")
