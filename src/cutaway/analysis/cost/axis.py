"""One spatial axis of the model's input, followed to where its places lie in the tensors behind it."""

from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from math import inf

from cutaway.analysis.cost.span import ONE, WHOLE, Length, Span
from cutaway.graph import Dim
from cutaway.record import Record, replace


class Axis(Record):
    """What one output sees along one axis of the input, which is as long as `extent`, and where the next ones lie.

    `field` is how much of it, None where that is unknown, and `jump` how far apart neighbours lie. They lie along the
    axes `places` of the tensor: along one in their order or, where a node `mixed` them, along one or several in
    another. There are no places where all of them were put together; then `total` is seen.
    """

    field: Span | None = ONE
    jump: Length = 1
    extent: Dim = None
    places: tuple[int, ...] = ()
    mixed: str = ""
    total: Span = WHOLE

    @property
    def seen(self) -> int | Fraction | None:
        """How many places one output sees, the whole being as many as there are; None where that is unknown."""
        if self.field is None:
            return None
        if self.field != WHOLE:
            return exact(self.field.length)
        return self.extent if isinstance(self.extent, int) else None

    @property
    def is_clean(self) -> bool:
        """Whether the places lie in their order."""
        return self.field is not None and not self.mixed

    def put_together(self, chosen: Iterable[int], sizes: Sequence[Dim]) -> "Axis":
        """Return what is seen after all places along some axes of a tensor of such `sizes` were put together."""
        left = tuple([place for place in self.places if place not in set(chosen)])
        if len(left) == len(self.places):
            return self
        if left:
            return replace(self, field=None, places=left)
        return replace(self, field=self.in_all(sizes), jump=inf, places=(), mixed="")

    def in_all(self, sizes: Sequence[Dim]) -> Span:
        """Return what all places see together: after cropping, or windows that do not fit, less than the whole."""
        if self.field is None or self.mixed or self.field == WHOLE or self.jump == inf:
            return self.total if self.field != WHOLE else WHOLE
        count = sizes[self.places[0]] if self.places[0] < len(sizes) else None
        if not isinstance(count, int) or not isinstance(self.extent, int):
            return WHOLE
        length = self.field.wider((count - 1) * self.jump).length
        return WHOLE if length >= self.extent else Span(steps=length - 1)

    def widened(self, reach: Length, stride: Length) -> "Axis":
        """Return what is seen through a window that reaches so far beyond one place, and moves by `stride`.

        With a stride that is no whole number the outputs lie on a grid between the places, and the window reaches so
        far on that one. Of places that are mixed it hits nobody knows which.
        """
        if reach == 0 and stride == 1:
            return self
        if self.field is None or self.mixed:
            return replace(self, field=WHOLE if self.field == WHOLE else None)
        finer = Fraction(stride).denominator > 1
        reach *= self.jump
        seen = self.field.between(self.jump, reach * stride) if finer else self.field.wider(reach)
        return replace(self, field=seen, jump=self.jump * stride)

    def mixed_by(self, node: str, places: Iterable[int], sizes: Sequence[Dim] | None = None) -> "Axis":
        """Return the axis after its places came to lie otherwise; what all see is known of `sizes` before."""
        total = WHOLE if sizes is None else self.in_all(sizes)
        return replace(self, places=tuple(sorted(places)), mixed=node, total=total)

    def moved(self, where: Mapping[int, int]) -> "Axis":
        """Return the axis where its places moved to; if some went nobody knows where, it cannot be followed on."""
        if any(place > 0 and place not in where for place in self.places):
            return replace(self, field=WHOLE if self.field == WHOLE else None, places=())
        return replace(self, places=tuple(sorted({where.get(place, place) for place in self.places})))

    def shifted(self, by: int) -> "Axis":
        """Return the axis in a tensor with so many more axes in front; steps that run apart lie in front of all."""
        return replace(self, places=tuple([place + by for place in self.places])) if by and self.places else self


def joined(parts: Sequence[Axis]) -> Axis:
    """Return what is seen through several paths: the most of them, if the places lie alike."""
    first = parts[0]
    if all(part == first for part in parts):
        return first
    sizes = [part.extent for part in parts if isinstance(part.extent, int)]
    fields = [part.field for part in parts if part.field is not None]
    going = [part for part in parts if part.places or part.field is None]
    alike = len({(part.places, part.mixed, part.total) for part in going}) <= 1
    field: Span | None = max(fields, key=lambda field: field.length, default=None)
    if field != WHOLE and (len(fields) < len(parts) or not alike):
        field = None
    return Axis(
        field=field,
        jump=max([part.jump for part in going if part.jump != inf], default=inf),
        extent=max(sizes) if len(sizes) == len(parts) else None,
        places=tuple(sorted({place for part in going for place in part.places})),
        mixed=going[0].mixed if going else "",
        total=going[0].total if alike and going else WHOLE,
    )


def exact(length: Length) -> int | Fraction:
    """Return a finite length, a whole one as such."""
    found = Fraction(length)
    return found.numerator if found.denominator == 1 else found
