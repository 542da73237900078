"""What a fault is, and which rules a figure can break."""

from collections.abc import Mapping
from types import MappingProxyType

from cutaway.record import Record
from cutaway.typed import Literal

Rule = Literal[
    "label-over-label",
    "label-over-box",
    "label-over-edge",
    "label-outside-box",
    "label-astray",
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
    "too-wide",
    "end-not-drawn",
    "end-unnamed",
    "end-unshaped",
    "arrow-style",
    "too-many-colours",
    "colour-not-kind",
    "faint-text",
    "faint-outline",
    "alike-kinds",
    "colour-alone",
    "legend-missing",
    "legend-idle",
    "pattern-unexplained",
    "count-missing",
    "count-wrong",
    "count-sharing",
    "silent-fold",
    "crowded",
    "size-not-monotone",
    "size-unexplained",
    "bent-path",
    "skips-on-both-sides",
    "skips-out-of-order",
    "region-without-caption",
    "emphasis-everywhere",
    "emphasis-unexplained",
    "large-helper",
    "shape-repeated",
    "colour-not-bound",
    "no-title",
    "no-description",
    "mark-without-title",
]
"""Which promise of a figure is broken."""
Severity = Literal["hard", "soft"]

HARD: Mapping[Rule, int] = MappingProxyType(
    {
        "label-over-label": 15,
        "label-over-box": 15,
        "label-over-edge": 15,
        "label-outside-box": 15,
        "label-astray": 15,
        "outside-page": 15,
        "small-text": 15,
        "box-over-box": 15,
        "outside-scope": 15,
        "edge-through-box": 15,
        "edge-through-scope": 15,
        "shared-segment": 2,
        "arrow-over-arrow": 2,
        "loose-end": 2,
        "missing": 6,
        "unknown": 6,
        "too-wide": 15,
    }
)
"""What no output may ever have, with the number of the rule of good figures that it breaks."""

SOFT: Mapping[Rule, int] = MappingProxyType(
    {
        "end-not-drawn": 1,
        "end-unnamed": 1,
        "end-unshaped": 1,
        "arrow-style": 2,
        "too-many-colours": 3,
        "colour-not-kind": 3,
        "faint-text": 3,
        "faint-outline": 3,
        "alike-kinds": 3,
        "colour-alone": 3,
        "legend-missing": 4,
        "legend-idle": 4,
        "pattern-unexplained": 4,
        "count-missing": 5,
        "count-wrong": 5,
        "count-sharing": 5,
        "silent-fold": 6,
        "crowded": 6,
        "size-not-monotone": 7,
        "size-unexplained": 7,
        "bent-path": 8,
        "skips-on-both-sides": 8,
        "skips-out-of-order": 8,
        "region-without-caption": 9,
        "emphasis-everywhere": 10,
        "emphasis-unexplained": 10,
        "large-helper": 11,
        "shape-repeated": 12,
        "colour-not-bound": 13,
        "no-title": 14,
        "no-description": 14,
        "mark-without-title": 14,
    }
)
"""What makes a figure worse, or was a choice of its author, with the number of the rule."""


class Fault(Record, kw_only=False):
    """One broken promise: the rule, the ids or texts of the marks concerned, a sentence, and a place in points."""

    rule: Rule
    marks: tuple[str, ...]
    message: str
    place: tuple[float, float] | None = None

    @property
    def where(self) -> str:
        """The marks concerned, in one text."""
        return " / ".join(self.marks)

    @property
    def severity(self) -> Severity:
        """Whether no output may ever have it."""
        return "hard" if self.rule in HARD else "soft"

    @property
    def number(self) -> int:
        """The number of the rule of good figures that is broken."""
        return HARD[self.rule] if self.rule in HARD else SOFT[self.rule]


def spot(x: float, y: float) -> str:
    """Write a place on the page for a message."""
    return f"({x:.1f}, {y:.1f})"
