"""What a figure says in a form that graph languages know: boxes with words, links and groups, but no places."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Literal, TypeAlias

from cutaway.record import Record, field

Direction: TypeAlias = Literal["down", "up", "right", "left"]


class Words(Record):
    """One line in a box."""

    text: str
    is_title: bool = False


class Port(Record):
    """A named end within a box; several lines may end there."""

    id: str
    name: str


class Box(Record):
    """One box: lines of words from top to bottom, in the colour of a `role`, in the innermost group that holds it.

    `inputs` and `outputs` are the ports of boxes that have more than one of them, in their order.
    """

    id: str
    lines: tuple[Words, ...]
    role: str
    group: str | None = None
    inputs: tuple[Port, ...] = ()
    outputs: tuple[Port, ...] = ()
    form: Literal["box", "round", "plain"] = "box"


class Link(Record):
    """One line from box to box; parallel ones are kept. A port is that of the box, or None for the box itself."""

    id: str
    source: str
    target: str
    source_port: str | None = None
    target_port: str | None = None
    label: str = ""


class Group(Record):
    """A region around boxes and other groups, with a caption."""

    id: str
    caption: str
    parent: str | None = None
    is_stage: bool = False


class Diagram(Record):
    """What a figure says: `links` go from boxes to boxes in the order of the figure, `groups` are a tree by parents.

    `palette` gives each role its colour as `#rrggbb`; `font` is the family of the words.
    """

    name: str
    title: str
    direction: Direction
    boxes: tuple[Box, ...]
    links: tuple[Link, ...]
    groups: tuple[Group, ...]
    palette: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))
    font: str = ""
