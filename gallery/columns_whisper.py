"""Sound to text: Whisper tiny, 17 cm wide.

Two convolutions take the spectrogram to half its length, four blocks encode it, and each of the four blocks that write
the words reads the encoder's output beside the words so far.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("whisper.json.gz"), width="17cm")
