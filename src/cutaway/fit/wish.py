"""What a caller asks for."""

from typing import Literal, TypeAlias

from cutaway.layered.problem import Direction
from cutaway.page import Page
from cutaway.record import Record

Shape: TypeAlias = Literal["auto", "flow", "u"]
"""What the flow of the data looks like: as it fits best, straight on, or down and up again as a U."""


class Wish(Record):
    """A page, the directions allowed (none: the view's own, or across), and the shape of the flow."""

    page: Page
    directions: tuple[Direction, ...] = ()
    shape: Shape = "auto"
