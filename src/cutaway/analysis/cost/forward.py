"""What a rule of costs is told: one forward pass of a call, inputs and outputs."""

from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType

from cutaway.analysis.shapes.call import Call, Tensors, held
from cutaway.analysis.shapes.dims import Shape
from cutaway.graph import Dim, Tensor, Value
from cutaway.record import Record, field, replace

Work = Callable[["Forward"], int | None]
"""From a forward pass to its multiply–adds; None where a size that they depend on is unknown."""


class Forward(Record):
    """One forward pass of a call; `works` are the rules of layers inside this one."""

    call: Call
    outputs: Tensors = ()
    works: Mapping[str, Work] = field(default_factory=lambda: MappingProxyType({}))

    @property
    def shape(self) -> Shape | None:
        """The shape of the first input."""
        return self.call.shape

    @property
    def output(self) -> Shape | None:
        """The shape of the first output."""
        return self.outputs[0].shape if self.outputs else None

    def inside(self, layer: Value, inputs: Sequence[Tensor]) -> "Forward | None":
        """Return the forward pass of a layer that is stored inside this one, None where there is none."""
        found = held(layer)
        if found is None:
            return None
        call = replace(self.call, op=found[0], attributes=found[1], inputs=tuple(inputs), ports=(), trainable=True)
        return replace(self, call=call, outputs=self.call.inner(layer, inputs))

    def of_inside(self, layer: Value, inputs: Sequence[Tensor]) -> int | None:
        """Return the multiply–adds of a layer that is stored inside this one."""
        found = self.inside(layer, inputs)
        rule = None if found is None else self.works.get(found.call.op)
        return None if found is None or rule is None else rule(found)


def product(*dims: Dim) -> int | None:
    """Return the product of all sizes, None where one is unknown."""
    result = 1
    for dim in dims:
        if not isinstance(dim, int):
            return None
        result *= dim
    return result


def elements(shape: Shape | None) -> int | None:
    """Return how many elements a tensor has."""
    return None if shape is None else product(*shape)


def total(parts: Sequence[int | None]) -> int | None:
    """Return the sum, None where a part is unknown."""
    known = [part for part in parts if part is not None]
    return sum(known) if len(known) == len(parts) else None
