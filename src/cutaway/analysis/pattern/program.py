"""What a pattern is compiled to: instructions for a machine that walks along the edges of a Graph."""

from cutaway.analysis.select.terms import Test
from cutaway.record import Record


class Take(Record, kw_only=False):
    """Go on to a node that passes the test, and that all of the places reached so far feed, and nothing else."""

    test: Test


class Either(Record, kw_only=False):
    """Go on at the first instruction or, where that fails, at the second."""

    first: int
    second: int


class Fork(Record, kw_only=False):
    """Begin branches at the one place that is reached."""


class Branch(Record, kw_only=False):
    """End a branch, and begin another where the first began."""


class Join(Record, kw_only=False):
    """End the last branch; what all of them reached is to be joined."""


Instruction = Take | Either | Fork | Branch | Join
Program = tuple[Instruction, ...]
"""It has found a match where it runs off the end."""
