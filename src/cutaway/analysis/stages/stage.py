"""A stage of a model."""

from cutaway.record import Record


class Stage(Record):
    """A part of a model with a caption; `members` are the ids of the nodes in it."""

    caption: str
    members: tuple[str, ...]
