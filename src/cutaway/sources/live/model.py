"""A live model of Keras 3 or 2 to a Graph, with all its shapes and weights; it is not run on data, and stays as it was.

Functional and Sequential models go through the same form as their files, so that both give one graph. A subclassed
model is traced (`trace`): its layers are called with symbolic tensors, and what it calls within the layers of its
own classes becomes scopes. Where it can not be traced, its tree of layers is all that is known, and a warning says so.
"""

from collections.abc import Mapping

from cutaway.errors import InputError, warn
from cutaway.graph import Graph
from cutaway.record import replace
from cutaway.sources.blueprint import Call, Model
from cutaway.sources.given_shape import Shapes, single, unnamed
from cutaway.sources.live.layers import Live
from cutaway.sources.live.nodes import KerasObject, does_as_keras, has_graph, is_own, is_sequential, keras_of
from cutaway.sources.live.own_weights import assembled, with_own_weights
from cutaway.sources.live.values import told


def read_model(model: KerasObject, shapes: Shapes | None, live: Live) -> tuple[Graph, Mapping[str, object]]:
    """Return the graph of a live model, and the object behind the id of each node and each scope.

    `shapes` is the input's, with the batch axis, for a model that is not built; a warning says where it is not used.
    Raises InputError for what is no model.
    """
    if keras_of(model) is None:
        from cutaway.sources.live.lookalike import read_like

        return read_like(model, shapes)
    if has_graph(model):
        if is_sequential(model) and not getattr(model, "built", False) and shapes is not None:
            blueprint, shapes = _built(model, shapes, live), None
        else:
            blueprint = live.model(model)
        if not is_own(model):
            blueprint = with_own_weights(blueprint, model, live)
    elif does_as_keras(model):  # one layer
        layer = replace(live.layer(model), calls=(Call(),))
        blueprint = Model(name=layer.name, op=layer.op, layers=(layer,), inputs=(), outputs=())
    else:
        from cutaway.sources.live.guesses import without_guesses
        from cutaway.sources.live.trace import subclassed

        blueprint, guessed = subclassed(model, shapes, live)
        graph, items = assembled(blueprint)
        return without_guesses(graph, model) if guessed else graph, items
    if shapes is not None:
        _warn_of_unused(shapes, model)
    return assembled(blueprint)


def _built(model: KerasObject, shapes: Shapes, live: Live) -> Model:
    """Return a Sequential as it is when it is built on a shape, which leaves no trace on it."""
    from cutaway.sources.live.unchanged import unchanged

    shape = single(shapes, next((type(layer).__name__ for layer in model.layers), ""))
    with unchanged(model):
        try:
            model.build(unnamed(shape))
        except Exception as error:  # code of other people, called in a way it may not foresee
            raise InputError(
                f"cannot build {model.name!r} with the input_shape {shape} ({told(error)}); give the shape of its input"
            ) from error
        return live.model(model)


def _warn_of_unused(shapes: Shapes, model: KerasObject) -> None:
    why = "knows the shape of its input" if has_graph(model) else "is one layer, which is not called"
    warn(f"the input_shape {shapes} is not used: {model.name!r} {why}")
