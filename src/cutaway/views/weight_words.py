"""Weights in the reader's words: names and shapes, how they start, what they hold."""

from collections.abc import Iterator

from cutaway.graph import Dim
from cutaway.views.inside import HeldWeight, Inside, Values
from cutaway.views.readings import Phrases


def weight_lines(inside: Inside, show: frozenset[str]) -> Iterator[Phrases]:
    """Say of the weights of one layer what is asked for in `show`: weights, statistics, initializers."""
    if show & {"weights", "statistics"}:
        if inside.weights is None:
            yield ("? weights",)
        for held in inside.weights or ():
            yield from _weight_lines(held, show)
    if "initializers" in show and inside.initializers:
        yield tuple([f"{name}: {words}" for name, words in inside.initializers])


def values_text(values: Values) -> Phrases:
    """Say what the values of a weight are like: `−0.21 to 0.25`, `0.003 ± 0.08`, `12 % zeros`."""
    odd = (f"{values.odd} not finite",) if values.odd else ()
    if values.minimum is None or values.maximum is None or values.mean is None or values.deviation is None:
        return odd or ("no values",)
    if values.minimum == values.maximum:
        return (f"all {_number(values.minimum)}", *odd)
    zeros = (f"{100 * values.sparsity:.2g} % zeros",) if values.sparsity else ()
    return (
        f"{_number(values.minimum)} to {_number(values.maximum)}",
        f"{_number(values.mean)} ± {_number(values.deviation)}",
        *zeros,
        *odd,
    )


def _weight_lines(held: HeldWeight, show: frozenset[str]) -> Iterator[Phrases]:
    name = f"{held.name} {_shape_text(held.weight.shape)}" if "weights" in show else held.name
    values = values_text(held.values) if "statistics" in show and held.values is not None else ()
    if "weights" in show and values:
        yield (name,)
        yield values
    elif values:
        yield (f"{name}: {values[0]}", *values[1:])
    elif "weights" in show:
        yield (name,)


def _shape_text(shape: tuple[Dim, ...] | None) -> str:
    if shape is None:
        return "?"
    return "×".join("?" if dim is None else str(dim) for dim in shape) or "scalar"


def _number(value: float) -> str:
    return f"{value:.2g}".replace("-", "−")
