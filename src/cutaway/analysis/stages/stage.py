"""A stage of a model."""

from cutaway.record import record


@record
class Stage:
    """A part of a model with a caption; `members` are the ids of the nodes in it."""

    caption: str
    members: tuple[str, ...]
