"""Named parts: a U-Net in regions that its author named.

The model is flat, so the regions are given: groups of nodes by their names, each connected and with a caption. Norms
and activations are hidden, which leaves the blocks of the paper: two convolutions, then pooling, and on the way back an
up-sampling joined with what the encoder saw at that size.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(
        model("unet.json"),
        hide="kind:normalization or kind:activation",
        captions={
            "Encoder": "MaxPooling2D or /^conv2d(_[1-5])?$/",
            "Bottleneck": "conv2d_6 or conv2d_7",
            "Decoder": "Conv2DTranspose or Concatenate or /^conv2d_(8|9|1.)$/",
        },
    )
