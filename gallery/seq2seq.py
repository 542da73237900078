"""Recurrent layers with states: a translator.

The encoder's two final states, and not its sequence, start the decoder, so two lines of different meaning join the two
LSTMs. The length of the sentences is unknown and stays unknown: `?`, never a number that was made up.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("seq2seq.json"))
