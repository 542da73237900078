"""Who owns a weight: the layers of a Model as slots for weights, and keys, alike for live models and for files.

The key of a weight is the path of its first owner and its own name in there (`encoder/conv1/kernel`,
`attention/query/bias`), so that equal models have equal keys, whichever way they were read, as far as the source tells
names.
"""

from collections.abc import Hashable, Iterator, Mapping
from operator import is_not

from cutaway.graph import Graph, Node, Weight
from cutaway.record import Record, replace
from cutaway.sources.blueprint import Layer, Model

Path = tuple[int, ...]
"""The place of a layer: its number in its model, after those of the nested models that it is in."""


class Slot(Record, kw_only=False):
    """A layer of a model: its path, the names along it ("encoder/conv1"), and whether all along it is trainable."""

    path: Path
    name: str
    layer: Layer
    trainable: bool


def slots(model: Model) -> Iterator[Slot]:
    """Give all layers of a model, depth first; a nested model comes before its own layers."""
    stack = _within(model, (), "", trainable=model.trainable is not False)
    while stack:
        slot = stack.pop()
        yield slot
        if slot.layer.inner is not None:
            stack += _within(slot.layer.inner, slot.path, f"{slot.name}/", trainable=slot.trainable)


def _within(model: Model, path: Path, prefix: str, *, trainable: bool) -> list[Slot]:
    found = [
        Slot((*path, place), prefix + layer.name, layer, trainable and layer.trains)
        for place, layer in enumerate(model.layers)
    ]
    return found[::-1]


def filled(model: Model, weights: Mapping[Path, tuple[Weight, ...] | None]) -> Model:
    """Return a model whose layers have the weights that are given by their paths; others keep theirs."""
    nested = [slot for slot in slots(model) if slot.layer.inner is not None]
    done: dict[Path, Model] = {}
    for slot in reversed(nested):  # a nested model comes after the one it is in
        if slot.layer.inner is not None:
            done[slot.path] = _filled(slot.layer.inner, slot.path, weights, done)
    return _filled(model, (), weights, done)


def _filled(
    model: Model, path: Path, weights: Mapping[Path, tuple[Weight, ...] | None], done: Mapping[Path, Model]
) -> Model:
    layers = []
    for place, layer in enumerate(model.layers):
        here = (*path, place)
        own = weights.get(here, layer.weights)
        layers.append(replace(layer, weights=own, inner=done.get(here, layer.inner)))
    return replace(model, layers=tuple(layers))


class Keys:
    """Gives each weight its key once, by whatever tells it from all others."""

    def __init__(self) -> None:
        self._keys: dict[Hashable, str] = {}
        self._taken: dict[str, int] = {}

    def of(self, identity: Hashable, owner: str, name: str) -> str:
        """Return the key of a weight: that of its first owner, and of the name that it has there."""
        if identity not in self._keys:
            key = f"{owner}/{name}"
            count = self._taken[key] = self._taken.get(key, 0) + 1
            self._keys[identity] = key if count == 1 else f"{key}#{count}"
        return self._keys[identity]


def within(path: str, layer: str) -> str:
    """Return the part of a variable's path that follows the name of its layer: "query/bias" in "net/mha/query/bias".

    A path without that name is its own last name; Keras 2 adds ":0", and Keras 1 joins the names by "_".
    """
    steps = path.partition("#")[0].partition(":")[0]
    place = f"/{steps}".rfind(f"/{layer}/")
    if place >= 0:
        return steps[place + len(layer) + 1 :]
    last = steps.rpartition("/")[2]
    return last.removeprefix(f"{layer}_") or last


def keyed(graph: Graph) -> Graph:
    """Return a live model's graph, whose weights have unique paths for keys, with the keys described above."""
    keys = Keys()
    nodes = []
    for node in graph.nodes:
        weights = tuple([_rekeyed(weight, node, keys) for weight in node.weights or ()])
        changes = any(map(is_not, weights, node.weights or ()))
        nodes.append(replace(node, weights=weights) if changes else node)
    return replace(graph, nodes=tuple(nodes))


def _rekeyed(weight: Weight, node: Node, keys: Keys) -> Weight:
    key = keys.of(weight.key, node.id, within(weight.key, node.name))
    if key == weight.key:  # as most are, whose path is that of the layer
        return weight
    return Weight(key=key, shape=weight.shape, dtype=weight.dtype, trainable=weight.trainable)
