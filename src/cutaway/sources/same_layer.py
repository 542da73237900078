"""Which of the places where layers stand are one layer: as a live model knows, and as a file of Keras tells."""

from typing import TypeAlias

from cutaway.sources.blueprint import Layer

Which: TypeAlias = tuple[int, int]
"""What is equal for all places of one layer: the number of a model, and the layer's place in there."""


class SameLayers:
    """Tells layers apart in the order in which they are written.

    Keras writes what is shared between models in full each time. The first time it may write no `shared_object_id`:
    what has one is then what was met before under its class, name and config (serialization_lib.py in Keras 3).
    """

    def __init__(self) -> None:
        self._told: dict[int, Which] = {}
        self._untold: dict[tuple[str, str], dict[Which, Layer]] = {}

    def which(self, model: int, place: int, layer: Layer) -> Which:
        """Return which layer stands at a place of a model, itself told apart by its number."""
        own = (model, place)
        alike = self._untold.setdefault((layer.op, layer.name), {})
        if layer.same is None:
            alike.setdefault(own, layer)
            return own
        if layer.same not in self._told:
            self._told[layer.same] = next((key for key, each in alike.items() if _are_alike(each, layer)), own)
        return self._told[layer.same]


def _are_alike(one: Layer, other: Layer) -> bool:
    if one.attributes != other.attributes or (one.inner is None) != (other.inner is None):
        return False
    if one.inner is None or other.inner is None:
        return True
    first, second = ([(layer.op, layer.name) for layer in model.layers] for model in (one.inner, other.inner))
    return first == second
