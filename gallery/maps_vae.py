"""A variational autoencoder as feature maps.

Maps shrink to vectors for the mean and the variance; what is sampled from both opens to maps again, by windows that are
drawn the other way round.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("vae.json"), view="maps")
