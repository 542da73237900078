"""Amounts in the reader's words: "1.2 M parameters", "3.1 MB of weights", "sees 27×27"."""

from collections.abc import Mapping

from cutaway.analysis.measures import MEASURES, Amount, Measures, Unit
from cutaway.analysis.rules import Given
from cutaway.graph import Graph
from cutaway.views.scale import Number
from cutaway.views.spelling import bytes_text, count_text, length_text

_IN_A_BOX: Mapping[str, str] = {
    "parameters": "{} parameters",
    "trainable": "{} trainable",
    "non_trainable": "{} not trained",
    "macs": "{} multiply–adds",
    "flops": "{} FLOPs",
    "memory": "{} of activations",
    "weight_memory": "{} of weights",
    "receptive_field": "sees {}",
    "stride": "stride {}",
    "effective_stride": "effective stride {}",
}
_IN_A_SENTENCE: Mapping[str, str] = {
    "parameters": "parameters",
    "trainable": "trained parameters",
    "non_trainable": "parameters that are not trained",
    "macs": "multiply–adds",
    "flops": "FLOPs",
    "memory": "memory of activations",
    "weight_memory": "memory of weights",
    "receptive_field": "receptive field",
    "stride": "stride",
    "effective_stride": "effective stride",
}
_LENGTHS = "in steps of the input"


def is_absent(amount: Amount) -> bool:
    """Tell whether there is nothing of a measure: none of it, or no axis along which it could be."""
    return amount.exact and not amount.value


def is_unknown(amount: Amount) -> bool:
    """Tell whether nothing is known of an amount; one that is at least 0 says nothing."""
    return not amount.exact and not amount.value


def amount_text(measure: str, amount: Amount) -> str:
    """Write an amount as it stands in a box; `?` where it is not known."""
    if amount.value is None or is_unknown(amount):
        return _IN_A_BOX[measure].format("?")
    if amount.axes:
        axes = amount.axes[:1] if "stride" in measure and len(set(amount.axes)) == 1 else amount.axes
        number = "×".join(map(length_text, axes))
    else:
        number = number_text(measure, amount.value)
    return _IN_A_BOX[measure].format(number if amount.exact else f"≥ {number}")


def known_totals(graph: Graph, rules: Given | None) -> tuple[str, ...]:
    """Say how many parameters and multiply–adds a whole model has, where that is known."""
    measures = Measures(graph, rules)
    totals = {name: measures[name].total() for name in ("parameters", "macs")}
    return tuple([total_text(name, total) for name, total in totals.items() if total.value and total.exact])


def total_text(measure: str, total: Amount) -> str:
    """Write the amount of a whole model as it stands beside the title."""
    if total.value is None or is_unknown(total):
        return _IN_A_BOX[measure].format("?")
    words = _IN_A_BOX[measure].format(number_text(measure, total.value))
    return words if total.exact else f"at least {words}"


def number_text(measure: str, number: Number) -> str:
    """Write a number in the unit of a measure, in three figures where it has more."""
    unit = MEASURES[measure].unit
    if unit is Unit.LENGTH:
        return length_text(number)
    return bytes_text(int(number)) if unit is Unit.BYTES else count_text(number)


def measure_words(measure: str) -> str:
    """Return what a measure is called in a sentence, with its unit where the number does not tell it."""
    words = _IN_A_SENTENCE[measure]
    return f"{words}, {_LENGTHS}" if measure in {"receptive_field", "effective_stride"} else words


def is_summed(measure: str) -> bool:
    """Tell whether the amounts of layers add up to that of a model."""
    return MEASURES[measure].unit is not Unit.LENGTH
