"""Einstein summation: equations such as `abc,cd->abd`, with and without an ellipsis."""

from collections.abc import Sequence

from cutaway.analysis.shapes.dims import Shape, broadcast, shared
from cutaway.graph import Dim
from cutaway.record import Record

ELLIPSIS = "..."


class Equation(Record):
    """The labels of each input and of the output; an ellipsis stands as the label `...`."""

    inputs: tuple[tuple[str, ...], ...]
    output: tuple[str, ...]


def parse(text: str | None) -> Equation | None:
    """Read an equation; without `->` the output has every label that occurs once, in order of the alphabet."""
    if text is None:
        return None
    left, arrow, right = text.replace(" ", "").partition("->")
    inputs = tuple(labels for term in left.split(",") if (labels := _labels(term)) is not None)
    output = _labels(right) if arrow else _implied(inputs)
    if output is None or len(inputs) != left.count(",") + 1:
        return None
    return Equation(inputs=inputs, output=output)


def _labels(term: str) -> tuple[str, ...] | None:
    before, dots, after = term.partition(ELLIPSIS)
    letters = before + after
    if letters and not (letters.isascii() and letters.isalpha()):
        return None
    return (*before, ELLIPSIS, *after) if dots else tuple(before)


def _implied(inputs: Sequence[tuple[str, ...]]) -> tuple[str, ...]:
    letters = [label for labels in inputs for label in labels]
    once = sorted(label for label in dict.fromkeys(letters) if letters.count(label) == 1 and label != ELLIPSIS)
    return (ELLIPSIS, *once) if ELLIPSIS in letters else tuple(once)


def contracted(equation: Equation, shapes: Sequence[Shape | None]) -> Shape | None:
    """Return the shape that the equation gives for inputs of `shapes`.

    None where the rank cannot be known: a shape does not fit its term, or an ellipsis stands for unknown axes.
    """
    if len(shapes) != len(equation.inputs):
        return None
    found: dict[str, list[Dim]] = {}
    rests: list[Shape] = []
    for labels, shape in zip(equation.inputs, shapes, strict=True):
        if shape is None and ELLIPSIS in labels:
            return None
        if shape is None:
            continue
        bound = bind(labels, shape)
        if bound is None:
            return None
        named, rest = bound
        rests.extend(rest)
        for label, dim in named:
            found.setdefault(label, []).append(dim)
    sizes = {label: shared(dims) for label, dims in found.items()}
    if ELLIPSIS not in equation.output:
        return tuple(sizes.get(label) for label in equation.output)
    middle = broadcast(rests)
    if middle is None:
        return None
    cut = equation.output.index(ELLIPSIS)
    before, after = equation.output[:cut], equation.output[cut + 1 :]
    return (*(sizes.get(label) for label in before), *middle, *(sizes.get(label) for label in after))


def bind(labels: tuple[str, ...], shape: Shape) -> tuple[list[tuple[str, Dim]], list[Shape]] | None:
    """Return the labels of a term with the sizes of `shape`, and what its ellipsis stands for; None if unfit."""
    if ELLIPSIS not in labels:
        return (list(zip(labels, shape, strict=True)), []) if len(labels) == len(shape) else None
    cut = labels.index(ELLIPSIS)
    before, after = labels[:cut], labels[cut + 1 :]
    end = len(shape) - len(after)
    if end < len(before):
        return None
    named = [*zip(before, shape[:cut], strict=True), *zip(after, shape[end:], strict=True)]
    return named, [shape[cut:end]]
