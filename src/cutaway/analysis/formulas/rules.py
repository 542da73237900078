"""The formulas of all families of layers, by class name; each family is loaded when one of its classes is met."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from cutaway.analysis.families import Families, by_class
from cutaway.analysis.formulas.formed import Formed, Formula
from cutaway.analysis.shapes.call import Call
from cutaway.record import replace

_CLASSES: Final[Mapping[str, str]] = {
    "dense": "Dense",
}
"""The classes of each module that holds `RULES`; a test compares the two."""

FAMILIES: Final[Mapping[str, str]] = MappingProxyType(by_class(_CLASSES))
"""The module in which each class has its formula."""


class Formulas(Families[Formula]):
    """Formulas by class name: a caller's own ones, and the built-in ones for all others."""

    def __init__(self, own: Mapping[str, Formula]) -> None:
        Families.__init__(self, "cutaway.analysis.formulas", FAMILIES, own)


LAYERS: Final[Mapping[str, Formula]] = Formulas({})


def weights_of(call: Call, formulas: Mapping[str, Formula] = LAYERS) -> tuple[Formed, ...] | None:
    """Return the weights of a layer, in Keras' order; () where it has none, None where nothing tells them.

    `formulas` are by class name, for the layer itself and for layers inside it: `Formulas(own)` adds a caller's own.
    A layer that is not trainable (`call.trainable` is False) trains none of its weights; its parents are not asked.
    """
    if call.is_operation:
        return ()
    formula = formulas.get(call.op)
    found = None if formula is None else formula(replace(call, formulas=formulas))
    if found is None or call.trainable is not False:
        return found
    return tuple(replace(weight, trainable=False) for weight in found)
