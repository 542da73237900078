"""Rules 3 and 13: colour means the kind of layer, in the colours of the theme, told apart by every eye."""

from collections.abc import Iterator
from itertools import combinations

from cutaway.colors import contrast, least_distance
from cutaway.faults.fault import Fault
from cutaway.graph import Kind
from cutaway.linting.looks import Look, is_pale, kind_of
from cutaway.linting.subject import Box, Subject
from cutaway.theme.check import LEAST_DISTANCE
from cutaway.views.naming import border_names

MOST_COLOURS = 8
"""Colours on one figure beyond which nobody keeps in mind what they mean."""

_KINDS = frozenset(map(str, Kind))


def is_plain(look: Look, subject: Subject) -> bool:
    """Tell whether a box has no colour: that of the page, and a whole line around it."""
    return look.fill in {None, subject.ground} and look.hatch is None and not look.dash


def kinds(subject: Subject) -> Iterator[Fault]:
    """Yield the boxes whose colour is not that of their kind, and not explained as something else either."""
    borders = border_names(subject.graph)  # drawn as small marks, whatever they are
    for box in subject.boxes:
        node = subject.nodes.get(box.ref)
        if node is None or node.kind is Kind.INPUT or kind_of(box.role) == node.kind or node.id in borders:
            continue
        if not box.role and not subject.legend.shows(box.look):
            message = f"the box of {box.ref!r} is filled with {box.look.fill}, which is no colour of the theme"
            yield Fault("colour-not-bound", (box.ref,), message, box.place)
        elif box.role and (kind_of(box.role) in _KINDS or not subject.legend.shows(box.look)):
            message = f"the box of {box.ref!r} has the colour of {box.role}, but is of the kind {node.kind}"
            yield Fault("colour-not-kind", (box.ref,), message, box.place)
    drawn = {box.role: box for box in subject.boxes if box.role in _KINDS}
    for role, box in drawn.items():
        own, bound = subject.scene.palette.get(role), subject.theme.palette.get(role)
        if own != bound:
            message = f"{role} is {own} here, and {bound} in the theme {subject.theme.name!r}"
            yield Fault("colour-not-bound", (role,), message, box.place)


def colours(subject: Subject) -> Iterator[Fault]:
    """Yield too many colours, boxes of which only the colour speaks, and kinds that look alike."""
    shown = _shown(subject)
    if len(shown) > MOST_COLOURS and not subject.legend.scale:
        message = f"there are {len(shown)} colours, more than {MOST_COLOURS}: {', '.join(shown)}"
        yield Fault("too-many-colours", tuple(shown), message)
    for box in (*subject.boxes, *subject.patterns):
        if not box.texts and not is_plain(box.look, subject) and not (box.is_shaped and subject.legend.shows(box.look)):
            message = f"nothing but its colour says what {box.ref!r} is"
            yield Fault("colour-alone", (box.ref,), message, box.place)
    yield from _alike(subject)


def _shown(subject: Subject) -> dict[str, Box]:
    """Return a box of each role that has a colour."""
    return {
        kind_of(box.role): box
        for box in (*subject.boxes, *subject.patterns)
        if box.role and (box.look.fill not in {None, subject.ground} or box.look.hatch is not None)
    }


def _alike(subject: Subject) -> Iterator[Fault]:
    if subject.legend.scale:
        return
    looks: dict[str, Box] = {}
    for box in (*subject.boxes, *subject.patterns):
        if box.role in _KINDS - {Kind.INPUT} and not box.look.is_round:
            looks.setdefault(box.role, box)
    for (one, first), (other, second) in combinations(looks.items(), 2):
        a, b = first.look, second.look
        if (a.dash, a.hatch) != (b.dash, b.hatch) or None in {a.fill, a.stroke, b.fill, b.stroke}:
            continue
        apart, vision = least_distance((str(a.fill), str(a.stroke)), (str(b.fill), str(b.stroke)))
        if apart < LEAST_DISTANCE:
            message = f"{one} and {other} are {apart:.1f} apart to {vision} vision, under {LEAST_DISTANCE:g}"
            yield Fault("alike-kinds", (one, other), message, second.place)


def outlines(subject: Subject) -> Iterator[Fault]:
    """Yield the boxes that hardly stand out from the page, by fill and by outline."""
    told: set[str] = set()
    for box in subject.boxes:
        colours = [colour for colour in (box.look.fill, box.look.stroke) if colour]
        best = max((contrast(colour, subject.ground) for colour in colours), default=1.0)
        if best < 3 and box.role not in told and not is_pale(box.role):
            told.add(box.role)
            message = f"the boxes of {box.role or box.ref!r} have a contrast of {best:.1f}:1 with the page, under 3:1"
            yield Fault("faint-outline", (box.ref,), message, box.place)
