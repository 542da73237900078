"""What is new: the attention of a transformer's encoder block, highlighted.

The chosen box has a strong outline, all else is pale and can still be read; a note stands beside the attention, on the
side where there is room. The dropouts are hidden: the lines go through where they were, and the legend tells of them.
"""

from cutaway import Figure, draw
from gallery import model


def figure() -> Figure:
    return draw(
        model("transformer.json"),
        highlight="kind:attention",
        hide="Dropout",
        notes={"kind:attention": "every position looks at\nthose before it"},
    )
