"""A subclassed live model to a Model: its `call` is followed with symbolic tensors, or else its layers are listed.

Parts whose class is the user's own and that hold layers (models and layers alike) are followed in turn and become
nested models; a part that cannot be followed stays one layer. The model is as it was afterwards: what its code and
Keras note on it meanwhile is taken back, the variables of layers that were not built too.
"""

import re
from collections.abc import Callable, Iterator, Sequence

from cutaway.errors import warn
from cutaway.record import replace
from cutaway.sources.arguments import leaves
from cutaway.sources.blueprint import Layer, Model, referred
from cutaway.sources.given_shape import Shapes
from cutaway.sources.live.agreed import DisagreementError, blamed
from cutaway.sources.live.calls import Calls, made_by, own_calls
from cutaway.sources.live.effects import without_effects
from cutaway.sources.live.layers import Live
from cutaway.sources.live.nodes import (
    KerasObject,
    called,
    fed_to,
    flat,
    given_to,
    has_graph,
    has_no_call,
    held,
    is_tensor,
    keras_of,
    sizes_of,
)
from cutaway.sources.live.own_weights import with_own_weights
from cutaway.sources.live.stand_ins import believed, on_stand_ins, unknown_sizes, without_accidents
from cutaway.sources.live.symbols import Structure, anew, structures
from cutaway.sources.live.tree import is_part, reached, tree, with_unused
from cutaway.sources.live.unchanged import unchanged
from cutaway.sources.live.values import told
from cutaway.sources.live.watch import own_call, watched
from cutaway.typed import TypeVar

T = TypeVar("T")


def subclassed(model: KerasObject, shape: Shapes | None, live: Live) -> tuple[Model, bool]:
    """Return a subclassed model: traced on `shape`, or on the shapes that it was built with; else its tree of layers.

    Tells too whether the dtypes of its inputs are guesses. Warns with CutawayWarning, and says why, where only the tree
    is known.
    """
    if has_no_call(model):
        return _untraced(model, live, "it has no call() that could be followed; draw its parts one by one"), False
    reason = _unknown_shape(model)
    with unchanged(model):
        for structure in structures(model, shape):
            try:
                traced = _watching(model, structure, live)
            except Exception as error:  # noqa: BLE001 - code of other people, called in a way it may not foresee
                if structure.guess != "int32":  # what fails on floats is told: integers are a second guess
                    reason = _not_followed(error, structure, shape, keras_of(model))
            else:
                traced = with_unused(traced, model, live)
                return with_own_weights(traced, model, live), structure.guess is not None
        return _untraced(model, live, reason), False


def _untraced(model: KerasObject, live: Live, reason: str) -> Model:
    whose = f"{model.name!r} ({type(model).__name__}, a subclassed model)"
    if own_calls(model):
        warn(f"the flow in {whose} is unknown: {reason}; the graph that it was made with is shown")
        return live.model(model)
    warn(f"the flow in {whose} is unknown: {reason}; its layers are shown without connections")
    return with_own_weights(tree(model, live), model, live)


def _watching(model: KerasObject, structure: Structure, live: Live) -> Model:
    return watching(model, lambda: follow(model, structure, live))


def watching(model: KerasObject, following: Callable[[], T]) -> T:
    """Follow a model with its layers watched; without that where its code cannot do with symbolic constants."""
    layers = _all(model)
    with without_effects(layers):
        try:
            with watched(layers):
                return following()
        except Exception:  # noqa: BLE001 - code of other people, called in a way it may not foresee
            return following()


def follow(part: KerasObject, structure: Structure, live: Live) -> Model:
    """Return what a part calls when it is called, if need be on stand-ins for sizes that are unknown.

    Raises whatever its code raises, and DisagreementError because of that where the sizes would have to be known.
    """
    try:
        traced = believed(_on(part, structure, live), structure)
    except Exception as error:
        try:
            found = on_stand_ins(part, structure, live, _on)
        except DisagreementError as disagreement:
            raise disagreement from error
        if found is None:
            raise
        return found
    return without_accidents(traced, part, structure, live, _on)


def _on(part: KerasObject, structure: Structure, live: Live) -> Model:
    """Return what a part calls when it is called just so; raises whatever its code raises."""
    starts = [each for _, each in leaves([*structure.args, *structure.kwargs.values()]) if is_tensor(each)]
    result = own_call(part)(*structure.args, **structure.kwargs, **_demanded(part, structure))
    ends = [each for each in flat(result) if is_tensor(each)]
    if not ends:
        raise TypeError("it returns no tensor")
    calls = Calls.one_by_one(_reached(starts, ends))
    blueprint = live.graph(part, calls, (starts, starts), (result, ends))
    layers, outputs = list(blueprint.layers), list(blueprint.outputs)
    for place, name in _numbered(layers):
        for number, result in enumerate(outputs):
            if referred(result.source) == place and result.name == layers[place].name:
                outputs[number] = replace(result, name=name)
        layers[place] = replace(layers[place], name=name)
    for place, nodes in enumerate(calls.nodes):
        if is_part(called(nodes[0])):
            layers[place] = _opened(layers[place], nodes[0], calls, live)
    return replace(blueprint, layers=tuple(layers), outputs=tuple(outputs))


def _numbered(layers: Sequence[Layer]) -> Iterator[tuple[int, str]]:
    """Give operations names that count within their model; Keras counts them over the whole process."""
    counts: dict[str, int] = {}
    for place, layer in enumerate(layers):
        if layer.operation:
            name = re.sub(r"_\d+$", "", layer.name)
            count = counts[name] = counts.get(name, -1) + 1
            yield place, f"{name}_{count}" if count else name


def _demanded(part: KerasObject, structure: Structure) -> dict[str, KerasObject]:
    """Return `training=False` where a part's call cannot do without it."""
    import inspect

    wanted = inspect.signature(own_call(part)).parameters.get("training")
    required = wanted is not None and wanted.default is inspect.Parameter.empty
    return {"training": False} if required and "training" not in structure.kwargs else {}


def _reached(starts: Sequence[KerasObject], ends: Sequence[KerasObject]) -> list[KerasObject]:
    """Return the calls that lead from `starts` to `ends`, inputs first, makers before users."""
    nodes = [made_by(tensor) for tensor in starts]
    done = {id(node) for node in nodes}
    stack = [(made_by(tensor), False) for tensor in reversed(ends)]
    while stack:
        node, ready = stack.pop()
        if ready:
            nodes.append(node)
        elif id(node) not in done:
            done.add(id(node))
            stack.append((node, True))
            stack.extend((made_by(each), False) for each in reversed(fed_to(node)))
    return nodes


def _opened(layer: Layer, node: KerasObject, calls: Calls, live: Live) -> Layer:
    """Return a part with what this call of it does as its inner model, as far as it can be followed."""
    try:
        return followed(layer, node, calls, live)
    except Exception as error:  # noqa: BLE001 - code of other people, called in a way it may not foresee
        return live.unfollowed(replace(layer, calls=(live.call(replace(layer, inner=None), node, calls),)), error)


def followed(layer: Layer, node: KerasObject, calls: Calls, live: Live) -> Layer:
    """Return a part with what this call of it does as its inner model; raises whatever its code raises."""
    part = called(node)
    args, kwargs = anew(given_to(node), part)
    inner = follow(part, Structure(tuple(args), dict(kwargs)), live)
    made = live.call(replace(layer, inner=None), node, calls)
    layers = list(inner.layers)
    for place, argument in zip(inner.inputs, made.arguments, strict=True):  # Keras numbers them over the whole process
        layers[place] = replace(layers[place], name=argument.name)
    return replace(layer, inner=replace(inner, layers=tuple(layers)), weights=None, calls=(made,))


def _noted(part: KerasObject) -> list[KerasObject]:
    """Return what a layer calls when it is called: the layers that it holds, and the operations of a model."""
    function = getattr(part, "_functional", None)
    return [*held(part), *getattr(part, "_operations", ()), *getattr(function, "_operations", ())]


def _all(model: KerasObject) -> list[KerasObject]:
    """Return a model with all that it may call, at any depth."""
    return reached([model], _noted)


def _unknown_shape(model: KerasObject) -> str:
    built = getattr(model, "built", False)
    kept = "Keras does not keep the shape of the data that it was built or called on"
    why = kept if built else "it is not built"
    shape, whose = next(_known_shapes(model), ((32,), ""))
    return f"{why}, and no input_shape is given (give it, as input_shape={shape}{whose})"


def _known_shapes(model: KerasObject) -> Iterator[tuple[object, str]]:
    """Give the shapes, without the batch, of those parts of a model that know theirs, and in words whose they are."""
    for part in held(model):
        inputs = getattr(part, "inputs", None) if has_graph(part) else None
        if isinstance(inputs, list | tuple) and len(inputs) == 1:
            yield tuple(sizes_of(inputs[0].shape) or ())[1:], f", which {part.name!r} takes"


def _not_followed(error: Exception, structure: Structure, shapes: Shapes | None, keras: int | None) -> str:
    on = "" if shapes is None else f" of the input_shape {shapes}"
    operations = "keras.ops" if keras == 3 else "TensorFlow's functions"
    remedy = f"use {operations} in call() in place of Python values of tensors"
    all_sizes = "give its input_shape with all sizes"
    is_open = False in unknown_sizes(structure)
    if isinstance(error, DisagreementError):
        remedy = all_sizes if is_open else remedy
        return f"what its call() calls depends on unknown sizes{on} ({told(blamed(error))}); {remedy}"
    if is_open:
        remedy = f"{all_sizes}, or {remedy}"
    elif shapes is not None:
        remedy = f"give the shape of its real input, or {remedy}"
    return f"its call() cannot be followed with symbolic tensors{on} ({told(error)}); {remedy}"
