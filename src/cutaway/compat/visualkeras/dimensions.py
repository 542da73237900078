"""The sizes of boxes, in the original's words: what a shape alone tells, and the sizing that keywords ask for."""

from collections.abc import Mapping, Sequence
from math import prod

from cutaway.compat.visualkeras.mistakes import WrongTypeError, WrongValueError
from cutaway.errors import unknown, warn
from cutaway.typed import Any
from cutaway.views.sizing import Sizing

MODES = ("accurate", "balanced", "capped", "logarithmic", "relative")
_CAPS = {"channels": "channels", "max_width": "channels", "sequence": "sequence", "max_height": "sequence"}
BOUNDS = ("scale_z", "scale_xy", "max_z", "max_xy", "min_z", "min_xy")
"""The keywords of sizes that a style may also give for one layer."""
_PLACES = "decimal_places"
_SIDES = {"x": "x", "y": "y", "z": "z"}


def sizing_of(given: Mapping[str, Any]) -> Sizing:
    """Return the sizing that the keywords of a view ask for; an unknown mode is "accurate", with a warning."""
    mode = given["sizing_mode"]
    if mode not in MODES:
        warn(f"unknown sizing_mode {mode!r}, drawn as 'accurate': {unknown(mode, MODES)}")
        mode = "accurate"
    side = given["one_dim_orientation"]
    if side not in _SIDES:
        warn(f"unknown one_dim_orientation {side!r}, drawn along 'z': {unknown(side, _SIDES)}")
        side = "z"
    numbers: dict[str, Any] = {name: number(name, given[name]) for name in BOUNDS}
    base = number("relative_base_size", given["relative_base_size"])
    caps, places = caps_of(given["dimension_caps"]), places_of(given["dimension_caps"])
    return Sizing(mode=mode, base=base, one_dim=side, caps=caps, places=places, **numbers)


def number(name: str, value: Any) -> float:  # noqa: ANN401 - checked here
    """Return a number that is no less than 0; also one of NumPy."""
    if hasattr(value, "item") and not isinstance(value, int | float):
        value = value.item()
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < float("inf"):
        raise WrongValueError(f"cannot use {name}={value!r}: give a number, 0 or more")
    return float(value)


def signed(name: str, value: Any) -> float:  # noqa: ANN401 - checked by `number`
    """Return a number, which may be below 0."""
    try:
        return -number(name, -value) if value < 0 else number(name, value)
    except (TypeError, WrongValueError):
        raise WrongValueError(f"cannot use {name}={value!r}: give a number") from None


def pair(name: str, value: Any) -> tuple[float, float]:  # noqa: ANN401 - checked by `number`
    """Return two numbers, across and down, of which a single one is both."""
    across, down = value if isinstance(value, list | tuple) and len(value) == 2 else (value, value)
    return number(name, across), number(name, down)


def caps_of(given: Any) -> dict[str, float]:  # noqa: ANN401 - checked here
    """Return the caps that a view is given, by what they are for."""
    if given is None:
        return {}
    if not isinstance(given, Mapping):
        raise WrongTypeError(f"dimension_caps must be a mapping such as {{'channels': 200}}, not {given!r}")
    found: dict[str, float] = {}
    for name, value in given.items():
        if name not in {*_CAPS, "general", _PLACES}:
            warn(f"dimension_caps has {name!r}, which changes nothing: {unknown(name, [*_CAPS, 'general', _PLACES])}")
        elif value is not None and name != _PLACES:
            found[_CAPS.get(name, "general")] = number(f"dimension_caps[{name!r}]", value)
    return found


def places_of(given: Mapping[str, Any] | None) -> int | None:
    """Return the decimal places to which lengths are rounded; None for as they are."""
    value = None if given is None else given.get(_PLACES)
    if value is None:
        return None
    places = number(f"dimension_caps[{_PLACES!r}]", value)
    if places != int(places):
        raise WrongValueError(f"cannot use dimension_caps[{_PLACES!r}]={value!r}: give a whole number")
    return int(places)


def calculate_layer_dimensions(  # noqa: PLR0913, PLR0917 - the original's keywords
    shape: Sequence[int | None],
    scale_z: float,
    scale_xy: float,
    max_z: float,
    max_xy: float,
    min_z: float,
    min_xy: float,
    one_dim_orientation: str = "y",
    sizing_mode: str = "accurate",
    dimension_caps: Mapping[str, float] | None = None,
    relative_base_size: int = 20,
) -> tuple[float, float, float]:
    """Return the depth, height and width in pixels of a box for an output of this shape, the batch first.

    The sizes are read in their order; an unknown one keeps its place, at the least length. No mode makes a larger
    size shorter; "balanced" and "logarithmic" give whole pixels.
    """
    given: dict[str, Any] = dict(zip(BOUNDS, (scale_z, scale_xy, max_z, max_xy, min_z, min_xy), strict=True))
    given |= {"one_dim_orientation": one_dim_orientation, "sizing_mode": sizing_mode}
    sizing = sizing_of({**given, "dimension_caps": dimension_caps, "relative_base_size": relative_base_size})
    found = _lengths([size if isinstance(size, int) else None for size in list(shape)[1:]], sizing)
    if sizing.mode in {"balanced", "logarithmic"}:
        return int(found[0]), int(found[1]), int(found[2])
    return found


def _lengths(sizes: list[int | None], sizing: Sizing) -> tuple[float, float, float]:
    """Return the depth, height and width for sizes without the batch."""
    match sizes:
        case []:
            return sizing.min_xy, sizing.min_xy, sizing.min_z
        case [one]:
            if sizing.one_dim == "y":
                return sizing.min_xy, sizing.face(one), sizing.min_z
            if sizing.one_dim == "x":
                return sizing.face(one), sizing.min_xy, sizing.min_z
            return sizing.min_xy, sizing.min_xy, sizing.along(one)
        case [deep, high]:
            wide = high if sizing.mode in {"accurate", "relative"} else 1
            return sizing.face(deep), sizing.face(high), sizing.along(wide)
        case [deep, high, *rest]:
            known = [size for size in rest if size is not None]
            return sizing.face(deep), sizing.face(high), sizing.along(prod(known) if known else None)
    return sizing.min_xy, sizing.min_xy, sizing.min_z


def extract_primary_shape(layer_output_shape: Any, layer_name: str | None = None) -> tuple[int | None, ...]:  # noqa: ANN401
    """Return the first shape of what a layer gives; of several, as of none, a warning tells."""
    if layer_output_shape is None:
        warn(f"the layer {layer_name!r} tells no shape: (None, 1) is taken")
        return (None, 1)
    if isinstance(layer_output_shape, Mapping):
        layer_output_shape = list(layer_output_shape.values())
    if not isinstance(layer_output_shape, Sequence) or isinstance(layer_output_shape, str):
        raise RuntimeError(  # noqa: TRY004 - as the original
            f"Unsupported tensor shape format {layer_output_shape!r} of the layer {layer_name!r}"
        )
    if all(size is None or isinstance(size, int) for size in layer_output_shape):
        return tuple(layer_output_shape)
    if len(layer_output_shape) > 1:
        warn(f"the layer {layer_name!r} gives {len(layer_output_shape)} tensors: the shape of the first is taken")
    return extract_primary_shape(layer_output_shape[0], layer_name)
