"""Weights in the reader's words: names and shapes, how they start, what they hold."""

from collections.abc import Iterator

from cutaway.graph import Dim
from cutaway.views.inside import Inside, Values
from cutaway.views.readings import Phrases, Row, Said


def weight_lines(inside: Inside, show: frozenset[str]) -> Iterator[Said]:
    """Say of the weights of one layer what is asked for in `show`: weights, statistics, initializers."""
    starts = dict(inside.initializers) if "initializers" in show else {}
    if inside.weights is None:
        if show & {"weights", "statistics"}:
            yield ("? weights",)
        yield from (Row(head=name, phrases=(f"from {words}",)) for name, words in starts.items())
        return
    for held in inside.weights:
        shape = _shape_text(held.weight.shape) if "weights" in show else ""
        start = f"from {starts[held.name]}" if held.name in starts else ""
        first = tuple(filter(None, (f"{shape} {start}".strip(),)))
        values = values_text(held.values) if "statistics" in show and held.values is not None else ()
        rows = [(*first, *values)] if len(values) == 1 else [first, values]
        for head, phrases in zip((held.name, ""), filter(None, rows), strict=False):
            yield Row(head=head, phrases=phrases)


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


def _shape_text(shape: tuple[Dim, ...] | None) -> str:
    if shape is None:
        return "?"
    return "×".join("?" if dim is None else str(dim) for dim in shape) or "scalar"


def _number(value: float) -> str:
    return f"{value:.3g}".replace("-", "−")
