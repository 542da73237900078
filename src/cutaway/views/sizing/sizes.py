"""How long the sides of a glyph are that shows an output: growth by mode, scale, bounds and caps."""

from collections.abc import Callable, Iterable, Mapping
from itertools import pairwise
from math import log10, prod, sqrt
from types import MappingProxyType
from typing import Literal, TypeAlias

from cutaway.errors import InputError, unknown
from cutaway.record import field, record
from cutaway.theme import Theme
from cutaway.views.sizing.axes import Axes, product

Mode: TypeAlias = Literal["natural", "accurate", "balanced", "capped", "logarithmic", "relative"]
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
CAPS = ("channels", "sequence", "general")
"""What a cap is for: the side along the flow, all others, and both."""
Side: TypeAlias = Literal["x", "y", "z"]

_BENDS = ((0.0, 0.0), (64.0, 64.0), (512.0, 307.2), (2048.0, 614.4))
"""Where the balanced growth bends, and how far it has come there."""


@record
class Extent:
    """Lengths: `x` into the page, `y` up, `z` along the flow; `unknown` are those that stand for no known size."""

    x: float
    y: float
    z: float
    unknown: frozenset[Side] = frozenset()


@record
class Sizing:
    """How lengths grow with sizes: a mode, factors, bounds, and caps of some modes by what they are for.

    `scale_z` and its bounds are for channels, along the flow; those of `xy` for spatial axes and lengths of sequences.
    `base` is the factor of all axes in the relative mode. `caps` are for `channels`, for `sequence` (all other axes),
    and for both (`general`); only balanced, capped, logarithmic and relative know caps. `one_dim` is the side along
    which a vector lies, and `scale_one` its factor where that is not the one of its side.
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
    one_dim: Side = "z"
    scale_one: float | None = None

    def __post_init__(self) -> None:
        if self.mode not in MODES:
            raise InputError(f"cannot use the mode {self.mode!r}: {unknown(self.mode, MODES)}")

    def volume(self, axes: Axes) -> Extent:
        """Return the sides of a cuboid; a side that stands for no axis, or for unknown sizes, has its least length.

        Height is the first of spatial axes or the length of a sequence; what else is spatial or a length lies in
        depth, where several axes count by their geometric mean; channels and heads lie along the flow.
        """
        if axes.names is None:
            return Extent(x=self.min_xy, y=self.min_xy, z=self.min_z, unknown=frozenset(("x", "y", "z")))
        if axes.is_vector:
            return self._vector(axes.channels)
        upright, deep, along = sides(axes)
        missing = [side for side, sizes in (("x", deep), ("y", upright), ("z", along)) if None in sizes]
        return Extent(
            x=self.face(mean(deep)), y=self.face(mean(upright)), z=self.along(_product(along)),
            unknown=frozenset(missing),  # type: ignore[arg-type]
        )  # fmt: skip

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
        if size is not None:
            sides[self.one_dim] = self._length(size, self.scale_one or scale, least, most, cap)
        return Extent(**sides, unknown=frozenset([self.one_dim] if size is None else []))

    def _cap(self, name: str) -> float | None:
        return self.caps.get(name, self.caps.get("general"))

    def _length(self, size: float, scale: float, least: float, most: float, cap: float | None) -> float:
        if self.mode == "relative":
            scale = self.base
        limit = most if cap is None or self.mode in {"natural", "accurate"} else cap
        return max(min(growth(self.mode, size) * scale, limit), least)


def growth(mode: str, size: float) -> float:
    """Return how a mode sees a size before it is scaled; it never falls as sizes grow."""
    return _GROWTH[mode](max(0.0, size))


def sides(axes: Axes) -> tuple[list[int | None], list[int | None], list[int | None]]:
    """Return the sizes that stand upright, lie in depth and lie along the flow."""
    flat = [(name, size) for name, size in zip(axes.names or (), axes.sizes, strict=True)]
    along = [size for name, size in flat if name in {"channels", "heads"}]
    rest = [(name, size) for name, size in flat if name not in {"channels", "heads"}]
    place = next((at for at, (name, _) in enumerate(rest) if name == "height"), 0)
    upright = [size for _, size in rest[place : place + 1]]
    return upright, [size for at, (_, size) in enumerate(rest) if at != place], along


def mean(sizes: list[int | None]) -> float | None:
    """Return the geometric mean of sizes; None where there are none, or one is unknown."""
    known = [size for size in sizes if size is not None]
    if not known or len(known) < len(sizes):
        return None
    return float(known[0]) if len(known) == 1 else prod(known) ** (1 / len(known))


def natural_sizing(figure: Iterable[Axes], theme: Theme, mode: Mode = "natural") -> Sizing:  # noqa: ARG001
    """Return the sizing in which the largest of all axes of a figure have the lengths that look well together."""
    found = list(figure)
    faces = [
        size for axes in found if not axes.is_vector for part in sides(axes)[:2] if (size := mean(part)) is not None
    ]
    alongs = [size for axes in found if not axes.is_vector and (size := _product(sides(axes)[2])) is not None]
    vectors = [axes.channels for axes in found if axes.is_vector and axes.channels is not None]
    widest, total = max(alongs, default=1), sum(growth(mode, size) for size in alongs)
    along = _MOST_ALONG / max(growth(mode, widest), 1e-9)
    if total * along > _TOTAL:
        along = max(_TOTAL / total, _LEAST_WIDEST / growth(mode, widest))
    face = _HIGHEST / max(growth(mode, max(faces, default=1)), 1e-9)
    one = _HIGHEST_VECTOR / max(growth(mode, max(vectors, default=1)), 1e-9)
    return Sizing(
        mode=mode, scale_xy=face, scale_z=along, scale_one=one, min_xy=_THIN_FACE, max_xy=_HIGHEST,
        min_z=_THIN, max_z=_MOST_ALONG, one_dim="y",
    )  # fmt: skip


_HIGHEST, _HIGHEST_VECTOR, _THIN_FACE, _THIN = 96.0, 96.0, 5.0, 4.0
_MOST_ALONG, _LEAST_WIDEST, _TOTAL = 45.0, 18.0, 420.0


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
