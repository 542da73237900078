"""What the code of a model does besides giving its output, and must not do to a live model that is only followed.

A loss that a `call` adds, or a metric, is taken without effect: Keras takes no symbolic tensor there, and what leads to
a loss alone is no part of the flow. Variables keep their values: the state of a random generator, a counter of calls.
"""

from collections.abc import Iterable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext

from cutaway.sources.live.nodes import KerasObject, keras_of

_TAKING = ("add_loss", "add_metric", "update_state")
"""What layers and metrics take values by."""
_NONE = object()


@contextmanager
def without_effects(layers: Iterable[KerasObject]) -> Iterator[None]:
    """Have `layers` add no losses in the block, their metrics stay, and variables of Keras 3 keep their values."""
    metered = [each for layer in layers for each in (layer, *getattr(layer, "_metrics", ()))]
    generation = next((keras_of(each) for each in metered), None)
    before: list[tuple[dict[str, object], Mapping[str, object]]] = []
    try:
        for item in metered:
            held = item.__dict__  # past the item's own __setattr__, which tracks
            names = [name for name in _TAKING if hasattr(item, name)]
            before.append((held, {name: held.get(name, _NONE) for name in names}))
            held.update(dict.fromkeys(names, _taken))
        with _valued(generation):
            yield
    finally:
        for held, own in reversed(before):  # a metric may be of several layers
            for name, value in own.items():
                if value is _NONE:
                    held.pop(name, None)
                else:
                    held[name] = value


def _taken(*_: object, **__: object) -> None:
    """Take a loss or a metric, and do nothing."""


def _valued(generation: int | None) -> AbstractContextManager[object]:
    """Return a scope in which what is assigned to a variable of Keras 3 is forgotten afterwards."""
    if generation != 3:
        return nullcontext()
    from keras import StatelessScope

    scope: AbstractContextManager[object] = StatelessScope(initialize_variables=False)
    return scope
