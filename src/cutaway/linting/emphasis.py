"""Rule 10: what is highlighted stands out, and is explained. Rule 11: helpers are smaller than what they help."""

from collections.abc import Iterator
from statistics import median

from cutaway.faults.fault import Fault
from cutaway.graph import Kind
from cutaway.linting.looks import is_pale
from cutaway.linting.subject import Box, Subject
from cutaway.views.parts.box import STRONG

_WORDS = ("highlight", "pale", "background")
"""Words of a legend that says what strong outlines, or pale boxes, mean."""
_SIZED = ("grows with",)
"""Words of a legend that says what the sizes of boxes mean."""
_HELPERS = frozenset({Kind.REGULARIZATION, Kind.RESHAPE})
_LARGER = 2.0
"""How much larger than the usual box of a layer that of a helper may be, by area."""


def emphasis(subject: Subject) -> Iterator[Fault]:
    """Yield an emphasis that nobody sees, because all boxes have it, or that the legend does not explain."""
    layers = [box for box in subject.boxes if _kind(box, subject) is not Kind.INPUT]
    strong = [box for box in subject.boxes if box.role.endswith(STRONG)]
    if len(strong) > 1 and {box.ref for box in layers} <= {box.ref for box in strong}:
        message = f"all {len(layers)} boxes are highlighted, so that none stands out"
        yield Fault("emphasis-everywhere", (strong[0].ref,), message, strong[0].place)
    told = strong or [box for box in subject.boxes if is_pale(box.role)]
    if told and not subject.legend.says(_WORDS):
        message = f"the legend does not say what {'a strong outline' if strong else 'a pale box'} means"
        yield Fault("emphasis-unexplained", (told[0].ref,), f"{message}, as at {told[0].ref!r}", told[0].place)


def helpers(subject: Subject) -> Iterator[Fault]:
    """Yield the helpers whose boxes are larger than the usual box of another layer."""
    if any(box.is_shaped for box in subject.boxes) or subject.legend.says(_SIZED):
        return  # all sizes are those of shapes or numbers
    plain = [box for box in subject.boxes if len(box.members) == 1 and not box.look.is_round]
    sizes = [_area(box) for box in plain if _kind(box, subject) not in {*_HELPERS, Kind.INPUT}]
    usual = median(sizes) if sizes else 0.0
    told = set[Kind | None]()
    for box in plain:
        kind = _kind(box, subject)
        if usual and kind in _HELPERS and kind not in told and _area(box) > _LARGER * usual:
            told.add(kind)
            message = f"the box of {box.ref!r} is {_area(box) / usual:.1f} times as large as that of a usual layer"
            yield Fault("large-helper", (box.ref,), message, box.place)


def _kind(box: Box, subject: Subject) -> Kind | None:
    node = subject.nodes.get(box.ref)
    return node.kind if node else None


def _area(box: Box) -> float:
    left, top, right, bottom = box.bounds
    return (right - left) * (bottom - top)
