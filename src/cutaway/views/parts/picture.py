"""A user's pictures: read from files, bytes or Pillow, and placed on any parallelogram of the page.

PNG and JPEG files are kept as they are; only other formats, and photographs that are stored turned, go through Pillow.
"""

from collections.abc import Mapping
from math import hypot
from pathlib import Path as FilePath

from cutaway.errors import InputError, unknown, warn
from cutaway.geometry import Point, Size
from cutaway.record import Record, replace
from cutaway.scene import Close, Curve, Image, Line, Move, Outline, Segment
from cutaway.scene.outline import ARC
from cutaway.typed import Any, Literal

Fit = Literal["fill", "contain", "cover", "match_aspect"]

FITS: tuple[Fit, ...] = ("fill", "contain", "cover", "match_aspect")
"""Stretched; whole with bands left free; filling with what stands out cut off; the face takes the picture's shape."""

ALIASES: Mapping[str, Fit] = {"stretch": "fill", "scale-down": "contain", "scale_down": "contain"}
_SOURCES = ("path", "src", "file")
_SETTINGS = ("fit", "alpha", "inset")


class Picture(Record):
    """The bytes of a PNG or JPEG file with its `size` in pixels, and how it is to be placed, where that was said.

    `opacity` is from 0 to 1, `inset` in points from all sides of the face.
    """

    data: bytes
    size: Size
    fit: Fit | None = None
    opacity: float | None = None
    inset: float | None = None


class Plane(Record):
    """A parallelogram on the page: a corner, and the sides that lead right (`u`) and down (`v`) from it."""

    corner: Point
    u: Point
    v: Point

    @property
    def size(self) -> Size:
        """The lengths of its sides."""
        return Size(hypot(self.u.x, self.u.y), hypot(self.v.x, self.v.y))

    def at(self, x: float, y: float) -> Point:
        """Return the place at these shares of the two sides."""
        return Point(
            self.corner.x + x * self.u.x + y * self.v.x,
            self.corner.y + x * self.u.y + y * self.v.y,
        )

    def part(self, left: float, top: float, right: float, bottom: float) -> "Plane":
        """Return the plane between these shares of the sides."""
        wide, high = right - left, bottom - top
        return Plane(
            corner=self.at(left, top),
            u=Point(self.u.x * wide, self.u.y * wide),
            v=Point(self.v.x * high, self.v.y * high),
        )

    def outline(self) -> tuple[Segment, ...]:
        """Return its border."""
        first, *others = (self.at(*share) for share in ((0, 0), (1, 0), (1, 1), (0, 1)))
        return Move(first), *map(Line, others), Close()

    def ellipse(self) -> tuple[Segment, ...]:
        """Return the ellipse that touches all of its sides."""
        bend = ARC / 2
        stops = (
            ((0.5 + bend, 0), (1, 0.5 - bend), (1, 0.5)),
            ((1, 0.5 + bend), (0.5 + bend, 1), (0.5, 1)),
            ((0.5 - bend, 1), (0, 0.5 + bend), (0, 0.5)),
            ((0, 0.5 - bend), (0.5 - bend, 0), (0.5, 0)),
        )
        curves = [Curve(*(self.at(x, y) for x, y in stop)) for stop in stops]
        return Move(self.at(0.5, 0)), *curves, Close()


def read_picture(what: object) -> Picture | None:
    """Read a picture: a path, the bytes of a file, a Pillow image, or a mapping with `path` and how to place it.

    A mapping has `path` (or `src`, or `file`), and perhaps `fit`, `alpha` (0 to 255) and `inset` (points). What is
    missing or damaged is no picture, of which a CutawayWarning tells. Raises InputError for values of other types.
    """
    if isinstance(what, Picture):
        return what
    if isinstance(what, Mapping):
        return _set(what)
    if isinstance(what, str | FilePath):
        try:
            data, named = FilePath(what).read_bytes(), f"{str(what)!r}"
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            warn(f"cannot read the picture {str(what)!r}: {reason}; left out")
            return None
    elif isinstance(what, bytes | bytearray | memoryview):
        data, named = bytes(what), f"of {len(what):,} bytes"
    elif hasattr(what, "save") and hasattr(what, "convert"):
        return _from_pillow(what)
    else:
        raise InputError(
            f"cannot use a value of type {type(what).__name__!r} as a picture: give the path of a file, its bytes,"
            " a Pillow image, or a mapping with 'path'"
        )
    found = _read(data)
    if found is None:
        warn(f"cannot read the picture {named}: it is no picture, or damaged; left out")
    return found


class Pictures:
    """Reads pictures as `read_picture` does, but each once, however many nodes have it."""

    def __init__(self) -> None:
        self._read: dict[object, tuple[object, Picture | None]] = {}

    def __call__(self, what: object) -> Picture | None:
        """Return a picture, as it was read the first time."""
        key = str(what) if isinstance(what, str | FilePath) else id(what)
        if key not in self._read:
            self._read[key] = what, read_picture(what)  # with what was read, so that its id stays its own
        return self._read[key][1]


def fit_named(name: object) -> Fit:
    """Return the way to fit a picture that goes by this name. Raises InputError for others."""
    for fit in FITS:
        if name == fit:
            return fit
    if isinstance(name, str) and name in ALIASES:
        return ALIASES[name]
    raise InputError(f"cannot fit a picture by {name!r}: {unknown(name, FITS)}")


def placed(
    picture: Picture, plane: Plane, fit: Fit = "fill", *, is_round: bool = False, opacity: float = 1.0
) -> tuple[Image, ...]:
    """Place a picture on a plane; what it says of itself goes before `fit` and `opacity`.

    A round one is cut to the ellipse within the plane. `match_aspect` shows all of it: the plane should have its shape.
    """
    plane = _without(plane, picture.inset or 0.0)
    size, fit = plane.size, picture.fit or fit
    if min(*_both(size), *_both(picture.size)) <= 0.0:
        return ()
    wide, high = size.width / picture.size.width, size.height / picture.size.height
    clip: Outline = ()
    if fit == "fill":
        target = plane
    else:
        scale = max(wide, high) if fit == "cover" else min(wide, high)
        x, y = scale / wide / 2, scale / high / 2
        target = plane.part(0.5 - x, 0.5 - y, 0.5 + x, 0.5 + y)
        clip = plane.outline() if fit == "cover" and wide != high else ()
    if is_round:
        clip = plane.ellipse()
    shown = opacity if picture.opacity is None else picture.opacity
    matrix = (target.u.x, target.u.y, target.v.x, target.v.y, target.corner.x, target.corner.y)
    return (Image(data=picture.data, matrix=matrix, clip=clip, opacity=shown),)


def matched(size: Size, picture: Picture) -> Size:
    """Return a size of the same area with the shape of a picture."""
    shape = picture.size.width / picture.size.height
    area = size.width * size.height
    return Size((area * shape) ** 0.5, (area / shape) ** 0.5)


def _without(plane: Plane, inset: float) -> Plane:
    size = plane.size
    if not inset or min(_both(size)) <= 0.0:
        return plane
    x, y = min(0.5, inset / size.width), min(0.5, inset / size.height)
    return plane.part(x, y, 1 - x, 1 - y)


def _both(size: Size) -> tuple[float, float]:
    return size.width, size.height


def _set(given: Mapping[Any, Any]) -> Picture | None:
    for key in given:
        if key not in (*_SOURCES, *_SETTINGS):
            raise InputError(f"unknown key {key!r} of a picture: {unknown(key, (*_SOURCES, *_SETTINGS))}")
    source = next((given[key] for key in _SOURCES if given.get(key) is not None), None)
    if source is None:
        raise InputError("cannot read a picture from a mapping without 'path': give the path of a file")
    found = read_picture(source)
    if found is None:
        return None
    fit, alpha, inset = (given.get(key) for key in _SETTINGS)
    return replace(
        found,
        fit=found.fit if fit is None else fit_named(fit),
        opacity=found.opacity if alpha is None else min(1.0, max(0.0, _number(alpha, "alpha") / 255)),
        inset=found.inset if inset is None else max(0.0, _number(inset, "inset")),
    )


def _number(value: object, name: str) -> float:
    if isinstance(value, int | float) and value == value:  # noqa: PLR0124  no NaN
        return float(value)
    raise InputError(f"cannot use the {name} {value!r} of a picture: give a number")


def _read(data: bytes) -> Picture | None:
    from cutaway.views.parts.picture_files import size_of

    size = size_of(data)
    if size is not None:
        return Picture(data=data, size=size)
    from cutaway.views.parts.picture_files import through_pillow

    return _found(through_pillow(data))


def _from_pillow(image: object) -> Picture | None:
    from cutaway.views.parts.picture_files import as_png

    found = _found(as_png(image))
    if found is None:
        warn(f"cannot draw a Pillow image of mode {getattr(image, 'mode', '?')!r}; left out")
    return found


def _found(png: bytes | None) -> Picture | None:
    from cutaway.views.parts.picture_files import size_of

    size = size_of(png) if png else None
    return Picture(data=png, size=size) if png and size else None
