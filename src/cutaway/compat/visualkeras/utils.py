"""The names of the original's module `utils`: its low-level helpers."""

from collections.abc import Iterator, Mapping, Sequence
from math import prod

from cutaway.compat.visualkeras.plain_images import (
    apply_affine_transform,
    draw_logos_legend,
    draw_node_logo,
    linear_layout,
    resize_image_to_fit,
    vertical_image_concat,
)
from cutaway.compat.visualkeras.plain_shapes import (
    Box,
    Circle,
    ColorWheel,
    Ellipses,
    RectShape,
    Ribbon,
    fade_color,
    get_rgba_tuple,
)
from cutaway.typed import Any

__all__ = [
    "Box",
    "Circle",
    "ColorWheel",
    "Ellipses",
    "RectShape",
    "Ribbon",
    "apply_affine_transform",
    "draw_logos_legend",
    "draw_node_logo",
    "fade_color",
    "get_keys_by_value",
    "get_rgba_tuple",
    "linear_layout",
    "resize_image_to_fit",
    "resolve_style",
    "self_multiply",
    "vertical_image_concat",
]


def get_keys_by_value(d: Mapping[Any, Any], v: object) -> Iterator[Any]:
    """Give the keys of a mapping whose value equals `v`."""
    return (key for key, value in d.items() if value == v)


def self_multiply(tensor_tuple: Sequence[int | None]) -> int:
    """Return the product of the sizes that are known; 0 where none is."""
    known = [size for size in tensor_tuple if size is not None]
    return prod(known) if known else 0


def resolve_style(
    target: object, name: str | None, styles: Mapping[Any, Mapping[str, Any]] | None, defaults: Mapping[str, Any]
) -> dict[str, Any]:
    """Return the style of a layer: defaults, under its classes from the least to the most derived, under its name."""
    found, rules = dict(defaults), styles or {}
    for kind in reversed(type(target).__mro__):
        found |= rules.get(kind) or {}
    found |= rules.get(name) or {}
    return found
