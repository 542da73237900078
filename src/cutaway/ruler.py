"""Text extents from a Face: the bundled one or a TrueType file that the user gives, never a system font."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Face:
    """A typeface: a family name and the TrueType file of each weight; no files means the bundled Inter."""

    family: str = "Inter"
    regular: str | None = None
    bold: str | None = None
