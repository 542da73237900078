"""Colours of one's own: the two halves of an autoencoder told apart.

Colour says which half a layer belongs to instead of its kind, and the legend says so. The ink of each box is chosen so
that it can be read on its ground. The up-sampling layers say in the author's own words what they do.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(
        model("autoencoder.json"),
        theme="dark",
        direction="right",
        style={
            "in:encoder": "fill:#264653, stroke:#2a9d8f, legend:encoder",
            "in:decoder": "fill:#e9c46a, stroke:#f4a261, legend:decoder",
            "Conv2DTranspose": "label:Up ×2",
        },
    )
