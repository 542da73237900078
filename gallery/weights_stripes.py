"""What a trained network holds: its weights and their values.

A small network out of a file with its weights: each box lists them with shape and initial values, and below, what
training made of them: the least and the largest value, mean and standard deviation. The moving averages of the
normalization are weights, too; they follow the data.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("stripes_cnn.keras"), show="shapes,activations,weights,statistics,initializers")
