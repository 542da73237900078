"""What a figure shows of numbers: lines in boxes, colours and sizes by a measure, totals beside the title."""

from collections.abc import Mapping

from cutaway.record import Record, field

Phrases = tuple[str, ...]
"""What belongs together in a box: set in one line where there is room, with commas."""


class Row(Record):
    """One row of a table in a box: a name, and what is said of it, which may be a list of things of one sort."""

    head: str
    phrases: Phrases
    is_list: bool = False


Said = Phrases | Row


class ScaleKey(Record):
    """The scale of colours in the legend: one cell per step, by its role, and a text at each bound of the steps.

    `words` are those of the roles beside the scale.
    """

    title: str
    cells: tuple[str, ...] = ()
    ticks: tuple[str, ...] = ()
    words: Mapping[str, str] = field(default_factory=dict)


class Readings(Record):
    """The numbers of a figure, in words, colours and sizes.

    `lines` stand in boxes by the ids of nodes; `titles` say all amounts of each; `totals` stand beside the title,
    `notes` in the legend. `roles` are the colours by a measure, with the `scale` that explains them; `lengths` say how
    much longer than the shortest a box is that is sized by a measure: 0 to 1, of which the note `sized` tells.
    """

    lines: Mapping[str, tuple[Said, ...]] = field(default_factory=dict)
    titles: Mapping[str, str] = field(default_factory=dict)
    totals: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    sized: str = ""
    roles: Mapping[str, str] = field(default_factory=dict)
    scale: ScaleKey | None = None
    lengths: Mapping[str, float] = field(default_factory=dict)
