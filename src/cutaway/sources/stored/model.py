"""A model that says nothing of its layers, by the tree of its stored weights: where they are is all that is known.

Objects that hold weights are layers, and what holds several of those is a part of the model, as in a live model that
cannot be traced. A class is known of what stands in a list of layers, because Keras names it there by its class.
"""

import re
from collections.abc import Iterable

from cutaway.analysis.names import snake
from cutaway.record import replace
from cutaway.sources.blueprint import Call, Layer, Model
from cutaway.sources.kinds import LAYERS
from cutaway.sources.owners import within
from cutaway.sources.stored.by_tree import below_unknown
from cutaway.sources.stored.content import DEPENDENCIES, OWN, Part, Row, Stored
from cutaway.sources.stored.names import Named, named, unnamed

UNKNOWN = "Layer"
"""The class of a layer of which no source tells the class."""
_ONE_LAYER = (
    frozenset({"cell"}),
    frozenset({"forward_layer", "backward_layer", "layer"}),
    frozenset({"query_dense", "key_dense", "value_dense", "output_dense"}),
)
"""The attributes of those layers of Keras that hold others, and are one layer to whoever uses them."""
_TRANSPARENT = frozenset({"layers", DEPENDENCIES})
"""The lists of all layers that a model keeps by itself."""

Grown = tuple[list[Layer], list[list[Named]]]
"""Layers, and the variables of all in them that are no parts, in the same order."""


def grown(whole: Model, stored: Stored) -> tuple[Model, list[list[Named]]] | None:
    """Return a model with the layers that its stored weights tell of, and their variables; None where there are none.

    The variables are those of the slots that are no nested models, in their order.
    """
    root = _planted(stored.rows) if stored.rows else stored.tree
    if not root.holds:
        return None
    done: dict[int, Grown] = {}
    for part in reversed(list(root.below())):
        done[id(part)] = _level(part, done, whole)
    layers, held = done[id(root)]
    return replace(whole, name=root.name or whole.name, layers=tuple(layers)), held


def _planted(rows: Iterable[Row]) -> Part:
    """Return a list of layers as a tree: the names along a weight, after that of its layer, are parts."""
    root = Part("")
    for row in rows:
        top = root if row.name == OWN else root.parts.setdefault(row.name, Part(row.name, is_object=True))
        for variable, path in zip(row.variables, row.paths, strict=True):
            part = top
            inside = within(path, row.name) if f"/{row.name}/" in f"/{path}" else path
            for step in inside.split("/")[:-1]:
                part = part.parts.setdefault(step, Part(f"{part.path}/{step}", is_object=True))
            part.variables.append(variable)
    return root


def _level(part: Part, done: dict[int, Grown], whole: Model) -> Grown:
    """Return the layers in a part; its own variables, if it has some, are a layer of its own name."""
    children = [(attribute, each) for attribute, each in part.parts.items() if each.holds]
    names = [each.name or attribute for attribute, each in children]
    layers: list[Layer] = []
    held: list[list[Named]] = []
    if part.variables:
        layers.append(
            _leaf(part.name or part.path.rpartition("/")[2] or whole.name, UNKNOWN if part.path else whole.op)
        )
        held.append(list(unnamed(part.variables)))
    for (attribute, child), name in zip(children, names, strict=True):
        said = name if names.count(name) == 1 else attribute
        inner, below = done.pop(id(child))
        if attribute in _TRANSPARENT and not child.is_object:
            layers += inner
            held += below
            continue
        op = _class_of(attribute) if not part.is_object and part.path else UNKNOWN
        if _is_one(child):
            layers.append(_leaf(said, op))
            held.append(_own(op, child))
        else:
            model = Model(name=said, op=op if child.is_object else "list", layers=tuple(inner), inputs=(), outputs=())
            layers.append(Layer(name=said, op=model.op, calls=(Call(),), inner=model))
            held += below
    return layers, held


def _leaf(name: str, op: str) -> Layer:
    return Layer(name=name, op=op, calls=(Call(),))


def _is_one(part: Part) -> bool:
    """Tell whether a part that holds weights is one layer: nothing in it does, or it is one of Keras' own."""
    inside = {attribute.lstrip("_"): each for attribute, each in part.parts.items() if each.holds}
    if not inside:
        return True
    if "layer" in inside and any(each.holds for each in inside["layer"].parts.values()):
        return False
    return part.is_object and any(inside.keys() <= own for own in _ONE_LAYER)


def _own(op: str, part: Part) -> list[Named]:
    """Return the variables of one layer, by name where its class is known and has that many."""
    if any(each.holds for each in part.parts.values()):
        return below_unknown(part)
    for attributes in ({}, {"use_bias": False}):
        found = named(op, attributes, part.variables) if op != UNKNOWN else None
        if found:
            return list(found)
    return list(unnamed(part.variables))


def _class_of(attribute: str) -> str:
    base = re.sub(r"_\d+$", "", attribute)
    return next((name for name in LAYERS if snake(name) == base), UNKNOWN)
