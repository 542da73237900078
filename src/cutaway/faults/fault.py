"""What a fault is."""

from typing import Literal, TypeAlias

from cutaway.record import record

Rule: TypeAlias = Literal[
    "label-over-label",
    "label-over-box",
    "label-over-edge",
    "label-outside-box",
    "outside-page",
    "small-text",
    "box-over-box",
    "outside-scope",
    "edge-through-box",
    "edge-through-scope",
    "shared-segment",
    "arrow-over-arrow",
    "loose-end",
    "missing",
    "unknown",
]
"""Which promise of a figure is broken."""


@record(kw_only=False)
class Fault:
    """One broken promise: the rule, the ids or texts concerned, and a sentence with the place in points."""

    rule: Rule
    where: str
    message: str


def spot(x: float, y: float) -> str:
    """Write a place on the page for a message."""
    return f"({x:.1f}, {y:.1f})"
