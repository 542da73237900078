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
        first = _shape_text(held.weight.shape) if "weights" in show else ""
        start = f"from {starts[held.name]}" if held.name in starts else ""
        phrases = [tuple(filter(None, (f"{first} {start}".strip(),)))]
        if "statistics" in show and held.values is not None:
            phrases.append(values_text(held.values))
        head = held.name
        for each in filter(None, phrases):
            yield Row(head=head, phrases=each)
            head = ""


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
