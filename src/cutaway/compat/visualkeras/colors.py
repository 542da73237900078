"""Colours as callers of the original write them: all that Pillow reads, tuples, lists, and integers 0xAARRGGBB."""

from collections.abc import Sequence

from cutaway.colors import contrast
from cutaway.compat.visualkeras.mistakes import WrongValueError
from cutaway.compat.visualkeras.named import Named
from cutaway.scene import Rgba
from cutaway.typed import Any
from cutaway.views.parts.tint import READABLE

PALETTE = (
    "#ffd166",
    "#ef476f",
    "#06d6a0",
    "#118ab2",
    "#073b4c",
    "#ffadad",
    "#caffbf",
    "#9bf6ff",
    "#a0c4ff",
    "#bdb2ff",
)
"""The newest original's colours of classes, in the order in which the classes appear."""
OLD_PALETTE = (
    "#ffd166",
    "#ef476f",
    "#118ab2",
    "#073b4c",
    "#842da1",
    "#ffbad4",
    "#fe9775",
    "#83d483",
    "#06d6a0",
    "#0cb0a9",
)
"""Those of its releases up to 0.2.0."""
PALETTES = Named({"newest": PALETTE}, older={"0.2.0": OLD_PALETTE})


def rgba(color: Any, where: str = "a colour") -> tuple[int, int, int, int]:  # noqa: ANN401 - checked here
    """Return red, green, blue and alpha, 0 to 255, of a colour; raises WrongValueError for what is none."""
    if isinstance(color, Rgba):
        return color.red, color.green, color.blue, round(color.alpha * 255)
    if isinstance(color, str):
        return _named(color, where)
    parts = color.tolist() if hasattr(color, "tolist") else color  # of NumPy
    if isinstance(parts, int) and not isinstance(parts, bool) and 0 <= parts <= 0xFFFFFFFF:
        return parts >> 16 & 255, parts >> 8 & 255, parts & 255, parts >> 24
    if isinstance(parts, Sequence):
        found = [int(part) for part in parts if isinstance(part, int | float) or hasattr(part, "item")]
        if len(found) == len(parts) in {3, 4} and all(0 <= part <= 255 for part in found):
            red, green, blue, *rest = found
            return red, green, blue, rest[0] if rest else 255
    raise _wrong(color, where)


def palette_of(given: Any) -> Sequence[Any]:  # noqa: ANN401 - checked here
    """Return the colours that classes have in turns: those of a release, or a caller's own; None are the newest.

    Raises WrongValueError for what is neither.
    """
    if given is None:
        return PALETTE
    if isinstance(given, str) and given in PALETTES:
        return PALETTES[given]
    if isinstance(given, str) or not isinstance(given, Sequence) or not given:
        raise WrongValueError(
            f"cannot use palette={given!r}: give a list of colours, or one of {', '.join(map(repr, PALETTES.names))}"
        )
    return [paint(color, "a colour of the palette") for color in given]


def paint(color: Any, where: str = "a colour") -> Rgba:  # noqa: ANN401 - as above
    """Return a colour as marks hold it."""
    red, green, blue, alpha = rgba(color, where)
    return Rgba(red, green, blue, alpha / 255)


def darker(color: Rgba, step: float) -> Rgba:
    """Return a colour with `step` less of red, green and blue; the alpha stays."""
    red, green, blue = (min(255, max(0, round(part - step))) for part in (color.red, color.green, color.blue))
    return Rgba(red, green, blue, color.alpha)


def ink_on(ground: Rgba) -> str:
    """Return black for text, or white on a ground, which lies over white, where black cannot be read."""
    parts = (ground.red, ground.green, ground.blue)
    shade = Rgba(*(round(255 + (part - 255) * ground.alpha) for part in parts))
    return "white" if contrast("#000000", hexadecimal(shade)) < READABLE else "black"


def hexadecimal(color: Rgba) -> str:
    """Return a colour as `#RRGGBB`, without its alpha."""
    return f"#{color.red:02X}{color.green:02X}{color.blue:02X}"


def _named(color: str, where: str) -> tuple[int, int, int, int]:
    from PIL import ImageColor

    text = "#00000000" if color.strip().lower() in {"transparent", "none"} else color.strip()
    try:
        found = ImageColor.getrgb(text)
    except ValueError:
        raise _wrong(color, where) from None
    red, green, blue, *rest = found
    return red, green, blue, rest[0] if rest else 255


def _wrong(color: object, where: str) -> WrongValueError:
    return WrongValueError(
        f"cannot read {where} {color!r}: give a name, '#rrggbb', 'rgb(…)', a tuple of three or four numbers from 0"
        " to 255, or an integer 0xAARRGGBB"
    )
