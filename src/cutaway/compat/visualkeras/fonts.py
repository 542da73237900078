"""Fonts as callers of the original give them: Pillow's font objects, and paths; they become a Face and a size."""

import os
from pathlib import Path

from cutaway.compat.visualkeras.dimensions import number
from cutaway.compat.visualkeras.mistakes import WrongTypeError
from cutaway.record import Record
from cutaway.ruler import Face, face_from_files
from cutaway.typed import Any

SIZE = 10.0
"""The size of the font that Pillow takes where none is given."""


class Font(Record, kw_only=False):
    """A face, and the size in points in which it is set."""

    face: Face
    size: float

    @property
    def leading(self) -> float:
        """The height of a line."""
        from cutaway.ruler import metrics

        extents = metrics(self.face)
        return (extents.ascent + extents.descent) * self.size


def sized_font(given: Any, size: Any, name: str, usual: float) -> Font:  # noqa: ANN401 - checked here
    """Return a font of Pillow in its own size where none is asked for, and one that is a path in the usual size."""
    is_font = hasattr(given, "getmask") and size is None
    return font_of(given, None if is_font else number(name, size or usual))


def font_of(given: Any, size: float | None = None) -> Font:  # noqa: ANN401 - checked here
    """Return the face and size of a Pillow font or of a path; the bundled face for None and for bitmap fonts.

    `size` wins over that of the font, or is that of a path. Raises WrongTypeError for what is no font.
    """
    if given is None:
        return Font(Face(), size or SIZE)
    if isinstance(given, Font):
        return given if size is None else Font(given.face, size)
    if isinstance(given, Face):
        return Font(given, size or SIZE)
    if isinstance(given, str | os.PathLike):
        return Font(face_from_files(os.fsdecode(given)), size or SIZE)
    if not hasattr(given, "getmask"):
        raise WrongTypeError(f"cannot use font={given!r}: give a font of Pillow (ImageFont.truetype(…)), or a path")
    known = getattr(given, "size", None)
    own = float(known) if isinstance(known, int | float) and known > 0 else SIZE
    path = getattr(given, "path", None)
    if isinstance(path, str | os.PathLike) and Path(os.fsdecode(path)).is_file():
        return Font(face_from_files(os.fsdecode(path)), size or own)
    return Font(Face(), size or own)
