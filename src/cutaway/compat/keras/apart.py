"""The weights of a model as Keras makes them from a text or an HDF5 file: those of each written layer are its own.

What nested models share is written in full in each of them, and neither generation of Keras finds it again: it makes a
layer of each. An archive keeps what is shared once, so that Keras loads none in which that is not what its code makes.
"""

from pathlib import Path

from cutaway.graph import Graph
from cutaway.record import replace
from cutaway.sources.assemble import assemble
from cutaway.sources.blueprint import Model
from cutaway.sources.owners import Path as Place
from cutaway.sources.owners import slots

_ZIP = b"PK\x03\x04"


def apart(graph: Graph, model: Model, path: str | None) -> Graph:
    """Return the graph of a model, whose layers share no weights unless they are called twice; archives stay as is."""
    if path is not None and _is_archive(path):
        return graph
    tied = any(slot.layer.same is not None for slot in slots(model))
    written = assemble(_untied(model), quiet=True)[0] if tied else graph
    owners = {node.id: node.owner for node in written.nodes}
    nodes = []
    for node in graph.nodes:
        own = node.weights and tuple(
            [replace(weight, key=f"{owners[node.id]}\0{weight.key}") for weight in node.weights]
        )
        nodes.append(replace(node, weights=own) if own else node)
    return replace(graph, nodes=tuple(nodes))


def _is_archive(path: str) -> bool:
    if Path(path).is_dir():
        return True
    with Path(path).open("rb") as file:
        return file.read(len(_ZIP)) == _ZIP


def _untied(model: Model) -> Model:
    """Return a model in which only its place tells a layer from others."""
    done: dict[Place, Model] = {}
    for slot in reversed(list(slots(model))):  # a nested model comes after the one it is in
        if slot.layer.inner is not None:
            done[slot.path] = _with(slot.layer.inner, slot.path, done)
    return _with(model, (), done)


def _with(model: Model, path: Place, done: dict[Place, Model]) -> Model:
    layers = [
        replace(layer, same=None, inner=done.get((*path, place), layer.inner))
        for place, layer in enumerate(model.layers)
    ]
    return replace(model, layers=tuple(layers))
