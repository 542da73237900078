"""What a formula gives: the weights that a layer must have by its configuration and its inputs."""

from collections.abc import Callable

from cutaway.graph import Dim
from cutaway.record import Record
from cutaway.typed import TYPE_CHECKING

if TYPE_CHECKING:
    from cutaway.analysis.shapes.call import Call


class Formed(Record):
    """One weight of a layer, by a formula.

    `name` is its path within the layer as Keras names it (`kernel`, `query/bias`, `forward_lstm/lstm_cell/kernel`):
    what follows the owner's id in a `Weight.key`. Of `shape`, an axis of unknown length is None, and the whole where
    the rank is unknown. `trainable` is that of the layer itself; its parents are another matter.
    """

    name: str
    shape: tuple[Dim, ...] | None
    dtype: str | None
    trainable: bool


Formula = Callable[["Call"], "tuple[Formed, ...] | None"]
"""From a call to the layer's weights, in Keras' order; () where it has none, None where they are unknown."""
