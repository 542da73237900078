"""Losses and measures as operations."""

from collections.abc import Mapping

from cutaway.analysis.shapes.call import Call, Rule, Tensors, one
from cutaway.analysis.shapes.dims import Shape, position
from cutaway.analysis.shapes.operations.products import two


def _outputs(call: Call) -> tuple[Shape | None, str | None]:
    """Return shape and type of the scores, which stand behind what they are held against."""
    found = two(call)
    return (found[1].shape, found[1].dtype) if found else (None, None)


def of_each(call: Call) -> Tensors:
    """Give a loss for each score."""
    return one(*_outputs(call))


def of_classes(call: Call) -> Tensors:
    """Give a loss for all scores along an axis."""
    shape, dtype = _outputs(call)
    place = position(call.whole("axis", -1), len(shape)) if shape else None
    return one((*shape[:place], *shape[place + 1 :]) if shape and place is not None else None, dtype)


RULES: Mapping[str, Rule] = {
    "BinaryCrossentropy": of_each,
    **dict.fromkeys(("CategoricalCrossentropy", "SparseCategoricalCrossentropy"), of_classes),
}
