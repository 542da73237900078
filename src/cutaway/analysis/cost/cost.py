"""What one call costs."""

from fractions import Fraction

from cutaway.record import Record

Lengths = tuple[int | Fraction, ...]
"""One length for each spatial axis, in steps of the model's input; a fraction where the data is finer than that."""


class Cost(Record):
    """What one call of a layer or an operation costs in a forward pass for a batch of one; None is unknown.

    `multiply_adds` are those of convolutions, matrix products, attention and recurrent steps; arithmetic on single
    elements, normalisation and pooling have none by convention. `activation_bytes` is the size of what it hands out.
    `receptive_field` is how much of the model's input one element of the output sees, `stride` how far the layer's own
    window moves, `effective_stride` how far apart neighbours of its output lie in the model's input; the largest over
    all paths, for each spatial axis; () where there is no such axis, no window, or no neighbour. Where not `exact`,
    `multiply_adds` and `activation_bytes` are at least so large: a layer of unknown doing may have folded parts of a
    sample into the batch.
    """

    multiply_adds: int | None = None
    activation_bytes: int | None = None
    receptive_field: Lengths | None = None
    stride: Lengths | None = None
    effective_stride: Lengths | None = None
    exact: bool = True

    @property
    def flops(self) -> int | None:
        """Floating-point operations: one multiply–add is two of them."""
        return None if self.multiply_adds is None else 2 * self.multiply_adds
