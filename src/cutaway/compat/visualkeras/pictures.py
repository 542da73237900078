"""Pictures on the faces of boxes, as styles ask for them, and what they do to the size of a box."""

from collections.abc import Mapping

from cutaway.compat.visualkeras.volume import Extents
from cutaway.errors import InputError, unknown, warn
from cutaway.geometry import Size
from cutaway.record import replace
from cutaway.typed import Any
from cutaway.views.parts.cuboid import FacePicture
from cutaway.views.parts.picture import Fit, fit_named, matched, read_picture
from cutaway.views.parts.solid import Tone

_TONES: Mapping[str, Tone] = {"z": "front", "y": "top", "x": "side", "front": "front", "top": "top", "side": "side"}
_SIDES: Mapping[Tone, tuple[str, str]] = {"front": ("z", "y"), "top": ("z", "x"), "side": ("x", "y")}
"""The two lengths of a box that make each face, across and up."""


def pictured(style: Mapping[str, Any], extents: Extents, *, is_flat: bool) -> tuple[FacePicture | None, Extents]:
    """Return the picture that a style asks for, and the lengths that the box has with them."""
    if style.get("image") is None:
        return None, extents
    picture = read_picture(style["image"])
    if picture is None:
        return None, extents
    tone = tone_of(style.get("image_axis", "z"))
    if is_flat:
        tone = "front"
    fit = fit_of(style.get("image_fit", "fill"))
    across, up = _SIDES[tone]
    scale = _factor(style.get("scale_image", 1))
    size = Size(getattr(extents, across) * scale, getattr(extents, up) * scale)
    if fit == "match_aspect" and min(size.width, size.height) > 0:
        size = matched(size, picture)
    sized = replace(extents, **{across: size.width, up: size.height})
    return FacePicture(face=tone, picture=picture, fit=fit), sized


def tone_of(axis: object) -> Tone:
    """Return the face that an axis means: z the front, y the top, x the side; others are the front, with a warning."""
    tone = _TONES.get(axis) if isinstance(axis, str) else None
    if tone is None:
        warn(f"unknown face {axis!r}, drawn on the front: {unknown(axis, ('z', 'y', 'x'))}")
        return "front"
    return tone


def fit_of(name: object) -> Fit:
    """Return the way to fit a picture; others than there are stretch it, with a warning."""
    try:
        return fit_named(name)
    except InputError as error:
        warn(f"{error}; stretched instead")
        return "fill"


def _factor(given: object) -> float:
    """Return a factor: 1 for what is no number, 0 for one below."""
    if isinstance(given, bool) or not isinstance(given, int | float) or given != given:  # noqa: PLR0124 - no NaN
        return 1.0
    return max(0.0, float(given))
