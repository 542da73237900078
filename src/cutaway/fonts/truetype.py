"""A user's TrueType file, read with fontTools: its name, its advance widths, and a copy that every output can load."""

from contextlib import contextmanager
from functools import cache
from io import BytesIO
from pathlib import Path

from cutaway.errors import InputError
from cutaway.record import Record
from cutaway.typed import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Iterator

NAMES = {"copyright": 0, "family": 1, "style": 2, "unique": 3, "full": 4, "postscript": 6, "own_family": 16}
LAYOUT_TABLES = ("GSUB", "GPOS", "GDEF", "kern", "kerx", "mort", "morx", "feat", "STAT", "DSIG", "BASE", "JSTF", "trak")
NEEDED = ("head", "hhea", "maxp", "OS/2", "name", "cmap", "hmtx", "glyf", "loca")
SIGNATURES = (b"\0\1\0\0", b"true")

Font = Any
"""A fontTools TTFont, whose tables take their fields from the file and so have no types."""


class Measures(Record):
    """Widths by character, the width of a missing one, and vertical extents; all in em."""

    widths: dict[str, float]
    fallback: float
    ascent: float
    descent: float
    cap_height: float
    x_height: float


def family_name(file: str) -> str:
    """Read the family name; fall back to the file's own name."""
    with _reading(file) as font:
        names = font["name"]
        own = names.getDebugName(NAMES["own_family"]) or names.getDebugName(NAMES["family"])
    return str(own or Path(file).stem)


def measure(file: str, weight: int) -> Measures:
    """Read the advance widths and vertical extents of one font."""
    with _reading(file) as opened:
        font = _pinned(opened, weight)
        em = font["head"].unitsPerEm
        advances, line, flags = font["hmtx"].metrics, font["hhea"], font["OS/2"]
        return Measures(
            widths={chr(point): advances[glyph][0] / em for point, glyph in font.getBestCmap().items()},
            fallback=advances[font.getGlyphOrder()[0]][0] / em or 0.5,
            ascent=line.ascent / em,
            descent=-line.descent / em,
            cap_height=(getattr(flags, "sCapHeight", 0) or _height(font, "H") or 0.7 * em) / em,
            x_height=(getattr(flags, "sxHeight", 0) or _height(font, "x") or 0.5 * em) / em,
        )


@cache
def normalized(file: str, family: str, weight: int, characters: str | None = None) -> bytes:
    """Return a static copy without kerning and ligatures that goes by `family` and `weight`.

    With `characters` the copy holds only these.
    """
    with _reading(file) as opened:
        font = _pinned(opened, weight)
        if characters is not None:
            _keep(font, characters)
        for tag in LAYOUT_TABLES:
            if tag in font:
                del font[tag]
        _rename(font, family, weight)
        out = BytesIO()
        font.save(out, reorderTables=False)
        return out.getvalue()


@cache
def glyph_numbers(file: str, weight: int) -> dict[str, int]:
    """Tell where the glyph of each character is in a font."""
    with _reading(file) as opened:
        font = _pinned(opened, weight)
        return {chr(point): font.getGlyphID(glyph) for point, glyph in font.getBestCmap().items()}


@contextmanager
def _reading(file: str) -> "Iterator[Font]":
    """Open a font; whatever goes wrong with it while it is read is an InputError."""
    try:
        data = Path(file).read_bytes()
    except OSError as error:
        raise InputError(f"cannot read the font {file!r}: {error.strerror}") from None
    if data[:4] not in SIGNATURES:
        raise InputError(f"cannot use the font {file!r}: it is no TrueType file; give a .ttf file of a single font")
    from fontTools.ttLib import TTFont

    try:
        font = TTFont(BytesIO(data), recalcTimestamp=False)
        _require_outlines(font, file)
        yield font
    except InputError:
        raise
    except Exception as error:
        raise InputError(f"cannot read the font {file!r}: it is damaged ({error})") from error


def _require_outlines(font: Font, file: str) -> None:
    if lacking := [tag for tag in NEEDED if tag not in font]:
        raise InputError(f"cannot use the font {file!r}: it has no table {lacking[0]!r}; give another .ttf file")
    if not font.getBestCmap():
        raise InputError(f"cannot use the font {file!r}: it maps no Unicode characters to glyphs")


def _pinned(font: Font, weight: int) -> Font:
    """Fix a variable font at `weight`, as near as its axis goes, and elsewhere at its defaults."""
    if "fvar" not in font:
        return font
    from fontTools.varLib.instancer import instantiateVariableFont

    place: dict[str, float | None] = {}
    for axis in font["fvar"].axes:
        place[axis.axisTag] = min(max(weight, axis.minValue), axis.maxValue) if axis.axisTag == "wght" else None
    return instantiateVariableFont(font, place)


def _keep(font: Font, characters: str) -> None:
    from fontTools.subset import Options, Subsetter

    options = Options(hinting=False, layout_features=[], notdef_outline=True, glyph_names=False)
    subsetter = Subsetter(options)
    subsetter.populate(text=characters)
    subsetter.subset(font)


def _rename(font: Font, family: str, weight: int) -> None:
    style = "Bold" if weight == 700 else "Regular"
    compact = "".join(character for character in family if character.isascii() and character.isalnum()) or "Face"
    names = font["name"]
    names.names = [name for name in names.names if name.nameID == NAMES["copyright"]]
    said = {"family": family, "style": style, "unique": f"{family} {style}", "full": f"{family} {style}"}
    for key, text in (said | {"postscript": f"{compact}-{style}"}).items():
        names.setName(text, NAMES[key], 3, 1, 0x409)
    flags = font["OS/2"]
    flags.usWeightClass, flags.usWidthClass = weight, 5
    flags.fsSelection = flags.fsSelection & ~0x61 | (0x20 if weight == 700 else 0x40)
    font["head"].macStyle = 1 if weight == 700 else 0


def _height(font: Font, character: str) -> float:
    glyph = font.getBestCmap().get(ord(character))
    return getattr(font["glyf"][glyph], "yMax", 0) if glyph else 0
