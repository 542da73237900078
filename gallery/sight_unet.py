"""What an encoder–decoder sees: a U-Net with parameters and receptive fields.

Each box says how many parameters it has and how much of the picture one of its values sees, where that changes: 3×3
after the first convolution, 96×96 of 128×128 at the end. The effective stride grows to 8 and shrinks again, because
up-sampling puts new values between old ones. All numbers follow from the configuration; there are no weights.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(model("unet.json"), show="shapes,activations,parameters,receptive_field,effective_stride")
