"""Text extents from a Face: the bundled one or a TrueType file that the user gives, never a system font.

No face is kerned and no ligature is formed, in any output: the width of a text is the plain sum of its advances.
"""

from collections.abc import Callable, Iterable
from functools import cache

from cutaway.record import Record
from cutaway.typed import Literal

FaceWeight = Literal[400, 700]

WIDE_ADVANCE = 1.0
"""The advance in em that stands in for a missing ideograph or emoji."""

BREAKS = "\t\n\r\u2028\u2029"
"""Characters that a line of text shows as a space."""

UNSEEN = frozenset({"Cc", "Cf", "Cs", "Zs", "Zl", "Zp"})
"""The Unicode categories that never leave ink: controls, formats, surrogates, spaces."""

MARKS = frozenset({"Mn", "Me"})
"""The Unicode categories that sit on the letter before them."""


class Face(Record):
    """A typeface: a family name and the TrueType file of each weight; no files means the bundled Inter."""

    family: str = "Inter"
    regular: str | None = None
    bold: str | None = None


class Metrics(Record):
    """Vertical extents in em: above the baseline, except `descent`, which is positive below it."""

    ascent: float
    descent: float
    cap_height: float
    x_height: float


class _Advances(dict[str, float]):
    """Advances in em by character; a character without a glyph gets a sensible one."""

    __slots__ = ("fallback", "metrics")

    def __init__(self, widths: dict[str, float], fallback: float, metrics: Metrics) -> None:
        super().__init__(widths)
        self.fallback = fallback
        self.metrics = metrics

    def __missing__(self, character: str) -> float:
        kind = _category(character)
        if kind == "Zs" or character in BREAKS:
            return self.get(" ", self.fallback)
        if kind in UNSEEN or kind in MARKS:
            return 0.0
        from unicodedata import east_asian_width

        return WIDE_ADVANCE if east_asian_width(character) in {"W", "F"} else self.fallback


def width(text: str, size: float, face: Face, weight: FaceWeight = 400) -> float:
    """Measure the width of `text` in points at `size` points."""
    return size * sum(map(_advance(face.regular if weight == 400 else face.bold or face.regular, weight), text))


def widths(texts: Iterable[str], size: float, face: Face, weight: FaceWeight = 400) -> list[float]:
    """Measure many texts, each as `width` does."""
    advance = _advance(_file(face, weight), weight)
    return [size * sum(map(advance, text)) for text in texts]


def missing(text: str, face: Face, weight: FaceWeight = 400) -> str:
    """List the characters of `text` that need a glyph and have none in `face`, each once, in order of appearance."""
    advances = _advances(_file(face, weight), weight)
    if all(map(advances.__contains__, text)):
        return ""
    lacking = dict.fromkeys(character for character in _composed(text) if character not in advances)
    return "".join(character for character in lacking if _category(character) not in UNSEEN)


def drawable(text: str, face: Face, weight: FaceWeight = 400) -> str:
    """Return `text` as it is drawn with `face` alone: `?` for each missing character, and nothing invisible.

    A missing space becomes a plain one; a missing mark that combines with the letter before it is left out.
    """
    advances = _advances(_file(face, weight), weight)
    if all(map(advances.__contains__, text)):
        return text
    return "".join(character if character in advances else _stand_in(character) for character in _composed(text))


def metrics(face: Face, weight: FaceWeight = 400) -> Metrics:
    """Return the vertical extents of `face`."""
    return _advances(_file(face, weight), weight).metrics


def font_bytes(face: Face, weight: FaceWeight = 400) -> bytes:
    """Return the TrueType file of one weight, as an output has to load it.

    It is static, has neither kerning nor ligatures, and goes by `face.family` and `weight`, whatever the user's file
    says of itself; so every renderer finds it and sets the widths that `width` measured.
    """
    file = _file(face, weight)
    if file is None:
        return _bundled_file("Inter-Regular.ttf" if weight == 400 else "Inter-Bold.ttf")
    from cutaway.fonts.truetype import normalized

    return normalized(file, face.family, weight)


def glyphs(face: Face, weight: FaceWeight) -> dict[str, int]:
    """Return the number of each character's glyph in the file that `font_bytes` returns."""
    file = _file(face, weight)
    if file is None:
        from cutaway.fonts import CHARACTERS
        from cutaway.fonts.glyphs import GLYPHS

        return dict(zip(CHARACTERS, GLYPHS, strict=True))
    from cutaway.fonts.truetype import glyph_numbers

    return glyph_numbers(file, weight)


def web_font(face: Face, weight: FaceWeight, characters: str) -> tuple[str, bytes]:
    """Return the media type and the bytes of one weight for embedding in a page that shows `characters`."""
    file = _file(face, weight)
    if file is None:
        return "font/woff2", _bundled_file("Inter-Regular.woff2" if weight == 400 else "Inter-Bold.woff2")
    from cutaway.fonts.truetype import normalized

    return "font/ttf", normalized(file, face.family, weight, "".join(sorted(set(characters))))


def face_from_files(regular: str, bold: str | None = None) -> Face:
    """Make a Face of a user's TrueType files; without `bold`, the regular one serves for both.

    The family name is read from the file. Raises InputError for a file that is missing or is no TrueType font.
    """
    from cutaway.fonts.truetype import family_name

    face = Face(family=family_name(regular), regular=regular, bold=bold)
    metrics(face, 400)
    metrics(face, 700)
    return face


def _file(face: Face, weight: FaceWeight) -> str | None:
    return face.regular if weight == 400 else face.bold or face.regular


def _composed(text: str) -> str:
    """Join letters and combining marks where Unicode has the joint character."""
    from unicodedata import normalize

    return normalize("NFC", text)


def _category(character: str) -> str:
    from unicodedata import category

    return category(character)


def _stand_in(character: str) -> str:
    kind = _category(character)
    if kind == "Zs" or character in BREAKS:
        return " "
    return "" if kind in UNSEEN or kind in MARKS else "?"


def _bundled_file(name: str) -> bytes:
    from importlib.resources import files

    return files("cutaway.fonts").joinpath(name).read_bytes()


@cache
def _advance(file: str | None, weight: FaceWeight) -> Callable[[str], float]:
    """Return what gives the advance of a character: `width` is called several times for each box."""
    return _advances(file, weight).__getitem__


@cache
def _advances(file: str | None, weight: FaceWeight) -> _Advances:
    """Load the advances of one font, once per process."""
    if file is not None:
        from cutaway.fonts.truetype import measure

        read = measure(file, weight)
        extents = Metrics(ascent=read.ascent, descent=read.descent, cap_height=read.cap_height, x_height=read.x_height)
        return _Advances(read.widths, read.fallback, extents)
    from cutaway import fonts as table

    units, fallback = (table.REGULAR, table.REGULAR_MISSING) if weight == 400 else (table.BOLD, table.BOLD_MISSING)
    em = table.EM
    widths = dict(zip(table.CHARACTERS, [unit / em for unit in units], strict=True))
    extents = Metrics(
        ascent=table.ASCENT / em,
        descent=table.DESCENT / em,
        cap_height=table.CAP_HEIGHT / em,
        x_height=table.X_HEIGHT / em,
    )
    return _Advances(widths, fallback / em, extents)
