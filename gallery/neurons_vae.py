"""A variational autoencoder as neurons.

The code has two neurons for the mean and two for the variance: few enough to draw them all, between boxes for what is
convolved.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("vae.json"), view="neurons")
