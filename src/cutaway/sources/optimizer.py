"""The variables of a model's optimizer: what training keeps for itself, which is no part of the model."""

import os
from collections.abc import Iterator, Mapping

from cutaway.graph import Weight
from cutaway.typed import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cutaway.sources.hdf5.reader import Hdf5

_ROOTS = ("optimizer", "optimizer_weights")
"""The groups in which files keep them: trees as the whole model's, and lists by layers."""


def optimizer_weights(source: object) -> tuple[Weight, ...]:
    """Return the variables of the optimizer of a live model, or those that a file holds; () where there are none.

    Keys are paths that begin with "optimizer"; none is trained. A config and a text hold none. Raises InputError for a
    file that is damaged.
    """
    if isinstance(source, Mapping) or (
        isinstance(source, str) and ("\n" in source or source.lstrip()[:1] in {"{", "["})
    ):
        return ()
    if isinstance(source, str | os.PathLike):
        return tuple(_stored(os.fsdecode(source)))
    return tuple(_live(source))


def _stored(path: str) -> Iterator[Weight]:
    from cutaway.sources.hdf5.reader import opened
    from cutaway.sources.stored.weights_file import held_in, member_of

    for file, member, where in held_in(path, repr(path)) or ():
        with opened(file, where, member=None if member is None else member_of(file, member, where)) as held:
            yield from _below(held, [root for root in _ROOTS if root in held.groups("")])


def _below(held: "Hdf5", groups: list[str]) -> Iterator[Weight]:
    """Give all that stands in some groups, at any depth, in stored order."""
    from cutaway.sources.stored.content import natural

    stack = groups[::-1]
    while stack:
        group = stack.pop()
        for name in sorted(held.datasets(group), key=lambda name: (int(name) if name.isdigit() else -1, name)):
            found = held.dataset(f"{group}/{name}")
            key = f"optimizer{found.path[len(found.path.split('/', 1)[0]) :]}"
            yield Weight(key=key, shape=found.shape, dtype=found.dtype, trainable=False)
        stack += [f"{group}/{name}" for name in sorted(held.groups(group), key=natural, reverse=True)]


def _live(model: object) -> Iterator[Weight]:
    """Give what a live model's optimizer has, once it is built; Keras 2 may ask for it by a call."""
    from cutaway.sources.live.asked import asked
    from cutaway.sources.live.nodes import sizes_of, tensor_of

    optimizer = asked(model, "optimizer")
    if optimizer is None or asked(optimizer, "built") is False:
        return
    variables: Any = asked(optimizer, "variables", call=True)
    for each in variables if isinstance(variables, list | tuple) else ():
        path = str(getattr(each, "path", None) or getattr(each, "name", "")).removesuffix(":0")
        yield Weight(key=f"optimizer/{path}", shape=sizes_of(each.shape), dtype=tensor_of(each).dtype, trainable=False)
