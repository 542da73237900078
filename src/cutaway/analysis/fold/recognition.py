"""What a folded block is called in a figure: by its scope, by what its graph is, or literally."""

from cutaway.analysis.fold.folded import Block, Pattern
from cutaway.record import record


@record
class Called:
    """The name of a block, and the facts that tell it from others of its name."""

    title: str
    details: tuple[str, ...] = ()


def called(block: Block, pattern: Pattern) -> Called:  # noqa: ARG001
    """Return what a block is called."""
    return Called(title=block.name)
