"""The texts at layers that go by a name: each takes the place of a layer and the layer, and returns text and above."""

from collections.abc import Callable

from cutaway.compat.visualkeras.named import Named
from cutaway.sources.live.asked import given
from cutaway.typed import Any

TextCallable = Callable[[int, Any], tuple[str, bool]]


def name(place: int, layer: Any) -> tuple[str, bool]:  # noqa: ANN401 - a layer of any library
    """Say the name of a layer."""
    return str(getattr(layer, "name", None) or f"layer_{place}"), False


def type_(place: int, layer: Any) -> tuple[str, bool]:  # noqa: ANN401, ARG001
    """Say the class of a layer."""
    return class_name(layer), False


def shape(place: int, layer: Any) -> tuple[str, bool]:  # noqa: ANN401, ARG001
    """Say the size of what a layer gives, without the batch; "?" for what is unknown."""
    return shape_words(layer), False


def name_shape(place: int, layer: Any) -> tuple[str, bool]:  # noqa: ANN401
    """Say the name of a layer, and below it the size of what it gives."""
    return f"{name(place, layer)[0]}\n{shape_words(layer)}", False


def type_name(place: int, layer: Any) -> tuple[str, bool]:  # noqa: ANN401
    """Say the class of a layer above it, and below that its name, as the older release did by this name."""
    return f"{class_name(layer)}\n{name(place, layer)[0]}", True


def class_name(layer: object) -> str:
    """Return what the class of a layer is called."""
    return str(getattr(layer, "class_name", None) or type(layer).__name__)


def shape_words(layer: object) -> str:
    """Return the sizes of the first tensor that a layer gives, without the batch."""
    tensors = given(layer)
    sizes = tensors[0].shape if tensors else None
    if not sizes or len(sizes) < 2:
        return "?"
    return " x ".join(["?" if size is None else str(size) for size in sizes[1:]])


LAYERED_TEXT_CALLABLES: Named[TextCallable] = Named(
    {"name": name, "type": type_, "shape": shape, "name_shape": name_shape}, older={"type_name": type_name}
)
"""The texts by their names."""
