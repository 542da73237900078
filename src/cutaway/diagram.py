"""What a figure says in a form that graph languages know: boxes with words, links and groups, but no places."""

from collections.abc import Iterator

from cutaway.record import Record, field
from cutaway.theme import Theme
from cutaway.typed import Literal

Direction = Literal["down", "up", "right", "left"]
"""Where the links lead on the page."""

_WIDE = 72
"""The most characters in a line of the words around."""
Form = Literal["box", "stack", "round"]
"""A box, a box that stands for several, or the small circle or pill of a sign."""


class Words(Record):
    """One line in a box; `ink` is the role of its colour, and titles are in bold.

    Lines with a `head` (perhaps an empty one) are the rows of a table: heads below each other, and then the texts.
    """

    text: str
    size: float
    ink: str = "ink"
    is_title: bool = False
    head: str | None = None

    @property
    def whole(self) -> str:
        """The line as one text."""
        return " ".join([part for part in (self.head, self.text) if part])


class Port(Record):
    """A named place of a box at which links end."""

    id: str
    name: str


class Box(Record):
    """One box: its lines of words, in the colours of a `role`, within the group that holds it.

    It has `inputs` and `outputs` only where it has several whose names tell something. Where it
    `is_ordered`, its links mean something by the order in which they reach it, which is that of the diagram. `title`
    says more of it on hovering, a `note` stands beside it.
    """

    id: str
    lines: tuple[Words, ...]
    role: str
    form: Form = "box"
    group: str | None = None
    inputs: tuple[Port, ...] = ()
    outputs: tuple[Port, ...] = ()
    is_ordered: bool = False
    title: str = ""
    note: str = ""


class Link(Record):
    """A line from box to box; parallel ones are kept. It ends at ports where the boxes have such; pale ones recede."""

    id: str
    source: str
    target: str
    source_port: str | None = None
    target_port: str | None = None
    label: str = ""
    is_pale: bool = False


class Group(Record):
    """A region around boxes and other groups."""

    id: str
    caption: str
    parent: str | None = None
    title: str = ""


class Entry(Record):
    """What a colour, by its role, or a sign stands for."""

    words: str
    role: str
    sign: str = ""


class Legend(Record):
    """The words around a figure: its title, facts beside it, what colours and signs mean, and sentences.

    Explanations say what is in a folded block, each of them in one or several sentences.
    """

    title: str = ""
    facts: str = ""
    entries: tuple[Entry, ...] = ()
    notes: tuple[str, ...] = ()
    explanations: tuple[str, ...] = ()
    description: str = ""


class Diagram(Record):
    """What a figure says: every box once, every link in the order of the figure, groups as a tree by their parents.

    Each group holds a box, at whatever depth, and stands behind its parent. `folded` tells how far the diagram is
    folded beyond the figure, in words.
    """

    name: str
    direction: Direction
    theme: Theme
    boxes: tuple[Box, ...]
    links: tuple[Link, ...] = ()
    groups: tuple[Group, ...] = ()
    legend: Legend = field(default_factory=Legend)
    folded: str = ""


def one_line(text: str) -> str:
    """Return what can be seen of a text, in one line: breaks become spaces, and what has no form vanishes."""
    if text.isprintable():
        return text
    return "".join([each if each.isprintable() else " " for each in text if each.isprintable() or each.isspace()])


def broken(text: str) -> list[str]:
    """Return a text in as few lines as may be, which are about equally long."""
    from textwrap import wrap

    found = wrap(text, _WIDE, break_long_words=False, break_on_hyphens=False)
    for width in range(len(text) // max(1, len(found)), _WIDE) if len(found) > 1 else ():
        lines = wrap(text, width, break_long_words=False, break_on_hyphens=False)
        if len(lines) == len(found):
            return lines
    return found


Step = tuple[int, "Box | Group | None"]
"""How deep a thing lies, and what it is; None ends the group that was begun last at that depth."""


def nested(diagram: Diagram) -> Iterator[Step]:
    """Yield boxes and groups as a language with brackets names them: what is in a group, between that and its end."""
    inside: dict[str | None, list[Box | Group]] = {None: []}
    for group in diagram.groups:
        inside[group.id] = []
    things: tuple[Box | Group, ...] = (*diagram.boxes, *diagram.groups)
    for thing in things:
        inside[thing.group if isinstance(thing, Box) else thing.parent].append(thing)
    waiting: list[Step] = [(0, each) for each in reversed(inside[None])]
    while waiting:
        depth, found = waiting.pop()
        yield depth, found
        if isinstance(found, Group):
            waiting.append((depth, None))
            waiting += [(depth + 1, each) for each in reversed(inside[found.id])]
