"""A decoder in a column of a paper: GPT-2 small, 8.5 cm wide.

Twelve equal blocks are one, with its count, from the sum of the token and the position embedding to the head, which
shares its weights with the tokens' embedding. The length of the sequence stays open.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("gpt2.json.gz"), width="8.5cm")
