"""How long the sides of a glyph are that shows an output: growth by mode, scale, bounds and caps."""

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from math import exp, log, log10, prod, sqrt
from types import MappingProxyType

from cutaway.errors import InputError, unknown
from cutaway.record import Record, field, replace
from cutaway.theme import Theme
from cutaway.typed import Literal
from cutaway.views.sizing.axes import Axes, product

Mode = Literal["natural", "accurate", "balanced", "capped", "logarithmic", "relative"]
MODES: Mapping[str, str] = MappingProxyType(
    {
        "natural": "with the square root of sizes, so that the whole figure is well proportioned",
        "accurate": "in proportion to sizes",
        "balanced": "in proportion up to 64, more slowly beyond",
        "capped": "in proportion up to caps",
        "logarithmic": "with the logarithm of sizes",
        "relative": "in proportion, all axes alike",
    }
)
_GROWN: Mapping[str, str] = MappingProxyType(
    {
        "natural": "with the square root of {}",
        "accurate": "in proportion to {}",
        "balanced": "in proportion to {} up to 64, more slowly beyond",
        "capped": "in proportion to {}, up to caps",
        "logarithmic": "with the logarithm of {}",
        "relative": "in proportion to {}, all alike",
    }
)
CAPS = ("channels", "sequence", "general")
"""What a cap is for: the side along the flow, all others, and both."""
Side = Literal["x", "y", "z"]

_BENDS = ((0.0, 0.0), (64.0, 64.0), (512.0, 307.2), (2048.0, 614.4))
"""Where the balanced growth bends, and how far it has come there."""
_LARGEST = 10**15
"""Sizes above this are no longer told apart."""
_BEYOND = 10**300  # products above this are too large for a floating-point number
_LENGTHS = ("scale_xy", "scale_z", "min_xy", "max_xy", "min_z", "max_z", "base", "scale_one", "from_one")
_TYPE = 8.0
"""The size of the type, in points, to which the lengths below belong."""
_HIGHEST, _WIDEST, _THINNEST = 96.0, 45.0, 3.4
_ALL_WIDTHS, _LEAST_WIDEST = 300.0, 16.0
"""Points: as wide as all volumes together should be, and the widest at least."""
_USUAL_FACE, _USUAL_CHANNELS, _USUAL_VECTOR = 16, 64, 256


class Extent(Record):
    """Lengths: `x` into the page, `y` up, `z` along the flow; `unknown` are those that stand for no known size."""

    x: float
    y: float
    z: float
    unknown: frozenset[Side] = frozenset()


class Least(Record):
    """Lengths that all in a figure have at least, for the lines that end on some: of volumes, vectors and plates."""

    high: float = 0.0
    wide: float = 0.0
    vector_high: float = 0.0
    vector_wide: float = 0.0
    plate: float = 0.0


class Sizing(Record):
    """How lengths grow with sizes: a mode, factors, bounds, and caps of some modes by what they are for.

    `scale_z` and its bounds are for channels, along the flow; those of `xy` for spatial axes and lengths of sequences.
    `base` is the factor of all axes in the relative mode. `caps` are the greatest lengths for `channels`, for
    `sequence` (all other axes), and for both (`general`), in every mode but the accurate one; `places` are the decimal
    ones kept. `one_dim` is the side along which a vector lies, and `scale_one` its factor where that is not the one of
    its side; `from_one` is where vectors begin that grow with the logarithm. `least` are lengths that lines need.
    """

    mode: Mode = "natural"
    scale_xy: float = 4.0
    scale_z: float = 1.5
    min_xy: float = 20.0
    max_xy: float = 2000.0
    min_z: float = 20.0
    max_z: float = 400.0
    caps: Mapping[str, float] = field(default_factory=lambda: MappingProxyType({}))
    base: float = 20.0
    places: int | None = None
    one_dim: Side = "z"
    scale_one: float | None = None
    from_one: float | None = None
    least: Least = Least()

    def __post_init__(self) -> None:
        if self.mode not in MODES:
            raise InputError(f"cannot use the mode {self.mode!r}: {unknown(self.mode, MODES)}")

    def volume(self, axes: Axes) -> Extent:
        """Return the sides of a cuboid; a side that stands for no axis, or for unknown sizes, has its least length.

        Height is the first of spatial axes or the length of a sequence; what else is spatial or a length lies in
        depth, where several axes count by their geometric mean; channels and heads lie along the flow.
        """
        if axes.names is None:
            y, z = max(self.min_xy, self.least.high), max(self.min_z, self.least.wide)
            return Extent(x=self.min_xy, y=y, z=z, unknown=frozenset(("x", "y", "z")))
        if axes.is_vector:
            return self._vector(axes.channels)
        upright, deep, along = sides(axes)
        missing = [side for side, sizes in (("x", deep), ("y", upright), ("z", along)) if None in sizes]
        return Extent(
            x=self.face(mean(deep)),
            y=max(self.face(mean(upright)), self.least.high),
            z=max(self.along(_product(along)), self.least.wide),
            unknown=frozenset(missing),  # type: ignore[arg-type]
        )

    def times(self, factor: float) -> "Sizing":
        """Return a sizing in which all lengths are so many times as long."""
        lengths = {name: factor * length for name in _LENGTHS if (length := getattr(self, name)) is not None}
        caps = {name: factor * cap for name, cap in self.caps.items()}
        return replace(self, caps=MappingProxyType(caps), **lengths)

    def face(self, size: float | None) -> float:
        """Return the length of a spatial side; the least for None."""
        if size is None:
            return self.min_xy
        return self._length(size, self.scale_xy, self.min_xy, self.max_xy, self._cap("sequence"))

    def along(self, size: float | None) -> float:
        """Return the length of a side for channels; the least for None."""
        if size is None:
            return self.min_z
        return self._length(size, self.scale_z, self.min_z, self.max_z, self._cap("channels"))

    def _vector(self, size: int | None) -> Extent:
        sides = {"x": self.min_xy, "y": self.min_xy, "z": self.min_z}
        if self.one_dim == "z":
            least, most, scale, cap = self.min_z, self.max_z, self.scale_z, self._cap("channels")
        else:
            least, most, scale, cap = self.min_xy, self.max_xy, self.scale_xy, self._cap("sequence")
        if size is not None and self.from_one is not None:
            sides[self.one_dim] = self.from_one + (self.scale_one or 0.0) * growth("logarithmic", size)
        elif size is not None:
            sides[self.one_dim] = self._length(size, scale, least, most, cap, own=self.scale_one)
        sides["y"] = max(sides["y"], self.least.vector_high)
        sides["z"] = max(sides["z"], self.least.vector_wide)
        return Extent(**sides, unknown=frozenset([self.one_dim] if size is None else []))

    def _cap(self, name: str) -> float | None:
        return self.caps.get(name, self.caps.get("general"))

    def _length(
        self, size: float, scale: float, least: float, most: float, cap: float | None, own: float | None = None
    ) -> float:
        scale = own or (self.base if self.mode == "relative" else scale)
        length = growth(self.mode, size) * scale
        length = max(min(length, most if cap is None or self.mode == "accurate" else cap), least)
        return length if self.places is None else round(length, self.places)


def grown(mode: Mode, lengths: str, sizes: str) -> str:
    """Say, for a legend, how `lengths` grow with `sizes` in a mode, where no other scale is asked for."""
    return f"{lengths} grow {_GROWN[mode].format(sizes)}."


def growth(mode: str, size: float) -> float:
    """Return how a mode sees a size before it is scaled; it never falls as sizes grow."""
    return _GROWTH[mode](max(0.0, min(size, _LARGEST)))


def sides(axes: Axes) -> tuple[list[int | None], list[int | None], list[int | None]]:
    """Return the sizes that stand upright, lie in depth and lie along the flow."""
    flat = [(name, size) for name, size in zip(axes.names or (), axes.sizes, strict=True)]
    along = [size for name, size in flat if name in {"channels", "heads"}]
    rest = [(name, size) for name, size in flat if name not in {"channels", "heads"}]
    names = [name for name, _ in rest]
    place = next((names.index(name) for name in ("height", "length") if name in names), 0)
    upright = [size for _, size in rest[place : place + 1]]
    return upright, [size for at, (_, size) in enumerate(rest) if at != place], along


def mean(sizes: list[int | None]) -> float | None:
    """Return the geometric mean of sizes; None where there are none, or one is unknown."""
    known = [min(size, _LARGEST) for size in sizes if size is not None]
    if not known or len(known) < len(sizes):
        return None
    whole, root = prod(known), 1 / len(known)
    return float(whole**root) if whole < _BEYOND else exp(log(whole) * root)


def natural_sizing(figure: Iterable[Axes], theme: Theme, mode: Mode = "natural") -> Sizing:
    """Return the sizing in which the largest of all axes of a figure have the lengths that look well together.

    Vectors stand upright and have a scale of their own, because they may be hundreds of times as long as images are
    high. Small models are not blown up: below a size that is usual, the largest is no longer than that would be.
    """
    found, unit = list(figure), theme.sizes.operation / _TYPE
    volumes = [sides(axes) for axes in found if not axes.is_vector]
    faces = [size for upright, deep, _ in volumes for part in (upright, deep) if (size := mean(part)) is not None]
    alongs = [size for _, _, along in volumes if (size := _product(along)) is not None]
    vectors = [axes.channels for axes in found if axes.is_vector and axes.channels is not None]
    face, one, widest = (
        _HIGHEST / growth(mode, max([usual, *sizes]))
        for usual, sizes in ((_USUAL_FACE, faces), (_USUAL_VECTOR, vectors), (_USUAL_CHANNELS, alongs))
    )
    widest *= _WIDEST / _HIGHEST
    total = widest * sum(growth(mode, size) for size in alongs)
    along = widest * min(1.0, max(_ALL_WIDTHS / total, _LEAST_WIDEST / _WIDEST)) if total else widest
    return Sizing(
        mode=mode,
        scale_xy=face * unit,
        scale_z=along * unit,
        scale_one=one * unit,
        base=face * unit,
        min_xy=_THINNEST * unit,
        max_xy=_HIGHEST * unit,
        min_z=_THINNEST * unit,
        max_z=_WIDEST * unit,
        one_dim="y",
    )


def _product(sizes: list[int | None]) -> int | None:
    return product(sizes) if sizes else None


def _balanced(size: float) -> float:
    for (start, low), (end, high) in pairwise(_BENDS):
        if size <= end:
            return low + (high - low) * (size - start) / (end - start)
    start, low = _BENDS[-1]
    return low + 15.0 * log10(size / start)


def _logarithmic(size: float) -> float:
    return 20.0 * log10(size) if size > 1 else 0.0


_GROWTH: Mapping[str, Callable[[float], float]] = {
    "natural": sqrt,
    "accurate": float,
    "balanced": _balanced,
    "capped": float,
    "logarithmic": _logarithmic,
    "relative": float,
}
