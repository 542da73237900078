"""What a pattern is compiled to: instructions for a machine that walks along the edges of a Graph."""

from typing import TypeAlias

from cutaway.analysis.select.terms import Test
from cutaway.record import record


@record(kw_only=False)
class Take:
    """Go on to a node that passes the test, and that all of the places reached so far feed, and nothing else."""

    test: Test


@record(kw_only=False)
class Either:
    """Go on at the first instruction or, where that fails, at the second."""

    first: int
    second: int


@record(kw_only=False)
class Fork:
    """Begin branches at the one place that is reached."""


@record(kw_only=False)
class Branch:
    """End a branch, and begin another where the first began."""


@record(kw_only=False)
class Join:
    """End the last branch; what all of them reached is to be joined."""


Instruction: TypeAlias = Take | Either | Fork | Branch | Join
Program: TypeAlias = tuple[Instruction, ...]
"""It has found a match where it runs off the end."""
