"""The layers of a model as callers mean them: by object, name, class or index; with what stands for them in a graph.

The index of a layer is its place in `model.layers`, in every view; the InputLayer that Keras keeps out of the layers of
a Sequential has none, and operations that are no layers have none. A file has the layers that its model would have.
"""

import sys
from collections.abc import Iterable, Mapping

from cutaway.compat.visualkeras.stand_in import stand_in
from cutaway.graph import Graph, Kind, Node
from cutaway.record import Record
from cutaway.sources.live.asked import asked
from cutaway.typed import TYPE_CHECKING, Any
from cutaway.views.sizing import Axes

if TYPE_CHECKING:
    from cutaway.sources.given_shape import Shapes


class Layer(Record, eq=False):
    """One call of a layer: its node's id and name, the object of a live model or what stands in for it, its index.

    `told` is the stand-in, which tells the shapes of this very call. `classes` are the classes of the object, from the
    most derived on, and `class_names` what they are called.
    """

    node: str
    name: str
    live: Any
    told: Any
    index: int | None
    classes: tuple[type, ...]
    class_names: tuple[str, ...]

    def place_of(self, kind: object) -> int | None:
        """Return how far a class, or the name of one, is from the layer's own class; None where it is none of its.

        A class of another namespace of Keras is meant by its name.
        """
        if isinstance(kind, type) and kind in self.classes:
            return self.classes.index(kind)
        name = kind.__name__ if isinstance(kind, type) else kind
        return self.class_names.index(name) if isinstance(name, str) and name in self.class_names else None

    def is_meant(self, key: object) -> bool:
        """Tell whether a name, an object, an index or a class means this layer."""
        return self.is_named(key) or self.is_counted(key) or self.place_of(key) is not None

    def is_named(self, key: object) -> bool:
        """Tell whether a name or an object means this layer."""
        return key is self.live or (isinstance(key, str) and key in {self.name, self.node})

    def is_counted(self, key: object) -> bool:
        """Tell whether an index, of NumPy too, means this layer."""
        is_index = hasattr(key, "__index__") and not isinstance(key, bool)
        return is_index and self.index is not None and bool(key == self.index)


class Subject(Record, eq=False):
    """A model that is drawn: its graph with nested models closed, and the layers by the ids of its nodes.

    `axes` tell what the sizes of the first tensor mean that each node gives.
    """

    graph: Graph
    layers: Mapping[str, Layer]
    axes: Mapping[str, Axes]

    def missing(self, indices: Iterable[object]) -> list[object]:
        """Return those indices that are of no layer."""
        layers = list(self.layers.values())
        return [each for each in indices if not any(layer.is_counted(each) for layer in layers)]

    def meant(self, keys: Iterable[object]) -> list[str]:
        """Return the ids of the nodes that any of the keys means, in the order of the graph."""
        wanted = list(keys)
        return [node for node, layer in self.layers.items() if any(layer.is_meant(key) for key in wanted)]


def subject_of(model: object, input_shape: "Shapes | None" = None) -> Subject:
    """Read a live model, an object that has `layers`, a graph, or what is in a file.

    `input_shape` is for models that do not know theirs. Raises what `cutaway.read` raises.
    """
    from cutaway.analysis.collapse import collapse
    from cutaway.analysis.reduction import Reduction
    from cutaway.analysis.shapes import infer
    from cutaway.sources import is_live, read, read_live
    from cutaway.views.sizing.drawn import axes_after

    objects: Mapping[str, object] = {}
    if isinstance(model, Graph) or not is_live(model):
        whole, live = model if isinstance(model, Graph) else read(model, input_shape=input_shape), False
    else:
        (whole, objects), live = read_live(model, input_shape=input_shape), True
    known = infer(whole, verify=False)
    shut = collapse(known, 0)
    axes = axes_after(known, Reduction(graph=shut.graph, stands_for=shut.stands_for))
    return Subject(
        graph=shut.graph,
        layers=_layers(shut.graph, model if live else None, objects),
        axes={node: each[0] if each else Axes() for node, each in axes.items()},
    )


def told_subject(model: object, input_shape: "Shapes | None") -> Subject:
    """Read what `subject_of` reads; warn of a model that is not built, and say how to build it."""
    from cutaway.sources.unbuilt import warn_unbuilt

    subject = subject_of(model, input_shape)
    warn_unbuilt(subject.graph)
    return subject


def _layers(graph: Graph, model: object, objects: Mapping[str, object]) -> dict[str, Layer]:
    listed = _listed(model)
    places = {id(each): place for place, each in enumerate(listed)}
    named = {asked(each, "name"): each for each in listed}
    indices = _indices(graph)
    found: dict[str, Layer] = {}
    for node in graph.nodes:
        thing = objects.get(node.id)
        if thing is None:
            thing = named.get(node.name)  # a nested model
        told = stand_in(node)
        index = indices.get(node.owner) if model is None else places.get(id(thing))
        classes = _classes(node, thing)
        found[node.id] = Layer(
            node=node.id,
            name=node.name,
            live=told if thing is None else thing,
            told=told,
            index=index,
            classes=classes,
            class_names=tuple(dict.fromkeys([node.op, *(each.__name__ for each in classes), "Layer", "object"])),
        )
    return found


def _listed(model: object) -> list[object]:
    found = asked(model, "layers")
    if isinstance(found, Mapping):
        found = list(found.values())
    return list(found) if isinstance(found, list | tuple) else []


def _indices(graph: Graph) -> dict[str, int]:
    """Return the places that the layers have in a model that is made of a file."""
    owners = dict.fromkeys(node.owner for node in graph.nodes if not is_unlisted(node, graph))
    return {owner: place for place, owner in enumerate(owners)}


def is_unlisted(node: Node, graph: Graph) -> bool:
    """Tell whether Keras keeps a node out of the layers of a Sequential."""
    return node.kind is Kind.INPUT and graph.op == "Sequential"


def _classes(node: Node, thing: object) -> tuple[type, ...]:
    """Return the classes of a layer; those of Keras for one of a file, where Keras is there already."""
    if thing is not None:
        return type(thing).__mro__
    if node.custom:
        return ()
    for name in ("keras", "tf_keras"):
        kind = getattr(getattr(sys.modules.get(name), "layers", None), node.op, None)
        if isinstance(kind, type):
            return kind.__mro__
    return ()
