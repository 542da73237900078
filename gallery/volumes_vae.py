"""A variational autoencoder as volumes.

Mean and variance part and meet again in the sampled code, which no list of layers could show. The decoder grows from it
again, in the colour of transposed convolutions.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("vae.json"), view="volumes")
