"""The place a figure is made for."""

from cutaway.record import Record

LEAST_SIZE = 6.0
"""Points under which no text is set: on paper it could not be read."""
_LANDSCAPE = 1.2
"""A page that is so many times as wide as high has more room for rows than for columns."""


class Page(Record):
    """The room a figure may take, in points; None leaves that side free. No text is set under `least_size`.

    A figure for a page with a `width` is exactly so wide; `height` is the most it may have.
    """

    width: float | None = None
    height: float | None = None
    least_size: float = LEAST_SIZE

    @property
    def is_free(self) -> bool:
        """Whether a figure may be as large as it wants."""
        return self.width is None and self.height is None

    @property
    def is_landscape(self) -> bool:
        """Whether it is much wider than high, as a slide is."""
        return self.width is not None and self.height is not None and self.width > _LANDSCAPE * self.height
