"""A view that writes the model's name on a card, or gets into trouble: for tests of what is around a view."""

import os
import time
import warnings
from pathlib import Path

from cutaway.errors import CutawayWarning, InternalError
from cutaway.geometry import Point
from cutaway.record import Record
from cutaway.ruler import Face
from cutaway.scene import Scene, Text
from cutaway.views.option import option


class Card(Record):
    """Write the name of the model on a card."""

    shout: bool = option(False, "louder")
    trouble: str | None = option(None, "what goes wrong", "WHAT")

    def __call__(self, graph, theme, page):
        match self.trouble:
            case "bug":
                raise IndexError("list index\nout of range")
            case "ours":
                raise InternalError("the layout lost a box")
            case "warning":
                warnings.warn("a box was drawn otherwise", CutawayWarning, stacklevel=1)
                warnings.warn("a box was drawn otherwise", CutawayWarning, stacklevel=1)
                warnings.warn("a library changed", DeprecationWarning, stacklevel=1)
            case "interrupt":
                raise KeyboardInterrupt
            case "death":
                if "dies" in graph.name:
                    os._exit(9)
            case "sleep":
                Path("started").touch()
                time.sleep(30)
        words = graph.name.upper() if self.shout else graph.name
        text = Text(at=Point(10, 20), text=words, size=8, face=Face())
        return Scene(width=200, height=30, marks=(text,), palette=theme.palette, title=words)
