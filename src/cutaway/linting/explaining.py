"""Rule 4: the legend explains what occurs, and nothing else. Rule 2: so it does with lines of another style."""

from collections.abc import Iterator

from cutaway.faults.fault import Fault
from cutaway.graph import Kind
from cutaway.linting.colouring import is_plain
from cutaway.linting.looks import Look, is_pale, kind_of, look_of
from cutaway.linting.subject import Box, Subject
from cutaway.record import replace
from cutaway.scene import Path, Stroke


def legends(subject: Subject) -> Iterator[Fault]:
    """Yield the colours and signs that no legend explains, then what it explains though it does not occur."""
    unclear = list(_unclear(subject))
    if unclear and not subject.legend.looks and not subject.legend.scale:
        names = tuple(name for name, _ in unclear)
        yield Fault(
            "legend-missing", names, f"there is no legend that explains {', '.join(names)}", unclear[0][1].place
        )
    else:
        for name, box in unclear:
            message = f"the legend does not explain {name}, as at {box.ref!r}"
            yield Fault("legend-missing", (name, box.ref), message, box.place)
    yield from _idle(subject)


def _unclear(subject: Subject) -> Iterator[tuple[str, Box]]:
    """Give the colours, by their roles, and the signs that are not in the legend, each with a box."""
    told: set[str] = set()
    said = " ".join(subject.legend.texts)
    for box in (*subject.boxes, *subject.patterns):
        node = subject.nodes.get(box.ref)
        name = box.role or str(box.look.fill)
        if name not in told and not is_plain(box.look, subject) and not _is_shown(box, subject):
            told.add(name)
            if node is None or node.kind is not Kind.INPUT or kind_of(box.role) != node.kind:
                yield name, box
        sign = "".join(box.texts)
        if sign and sign not in told and not any(map(str.isalnum, sign)) and sign not in said:
            told.add(sign)
            yield f"the sign {sign!r}", box


def _is_shown(box: Box, subject: Subject) -> bool:
    """Tell whether the legend has the look of a box, or that of its kind of which one of them is a shade."""
    kind = kind_of(box.role)
    shades = {role for _, role in subject.legend.looks if kind_of(role) == kind}
    return subject.legend.shows(box.look) or bool(shades - {kind} or (shades and kind != box.role))


def _idle(subject: Subject) -> Iterator[Fault]:
    drawn = {
        (box.look.fill, box.look.stroke, box.look.dash, box.look.hatch)
        for box in (*subject.boxes, *subject.outputs, *subject.regions, *subject.patterns)
    }
    shades = {kind_of(box.role) for box in (*subject.boxes, *subject.patterns) if kind_of(box.role) != box.role}
    edges = [mark for group in subject.groups if group.part == "edge" for mark in group.marks]
    drawn_lines = [look_of(mark, subject.scene.palette) for mark in edges if isinstance(mark, Path) and mark.stroke]
    strokes = {(look.stroke, look.dash) for look in drawn_lines}
    for look, role in subject.legend.looks:
        is_line = look.fill is None and (look.stroke, look.dash) in strokes
        if not is_line and kind_of(role) not in shades and (look.fill, look.stroke, look.dash, look.hatch) not in drawn:
            name = role or str(look.fill)
            yield Fault("legend-idle", (name,), f"the legend explains {name}, which does not occur")


def lines(subject: Subject) -> dict[Look, tuple[str, tuple[float, float]]]:
    """Return the looks of the lines of edges, the most usual first, each with an edge and where it begins."""
    found: dict[Look, list[tuple[str, tuple[float, float]]]] = {}
    starts = {course.owner.ref: course.chain[0] for course in reversed(subject.found.courses)}
    for group in subject.groups:
        if group.part != "edge" or not any(isinstance(mark, Path) and mark.fill is not None for mark in group.marks):
            continue  # bundles and pyramids, whose lines have no heads, are no arrows
        for mark in group.marks:
            if isinstance(mark, Path) and mark.fill is None and mark.stroke is not None:
                look = look_of(_full(mark, mark.stroke), subject.scene.palette)
                found.setdefault(look, []).append((group.ref, starts.get(group.ref, (0.0, 0.0))))
    usual = sorted(found.items(), key=lambda item: -len(item[1]))
    return {look: drawn[0] for look, drawn in usual}


def _full(line: Path, stroke: Stroke) -> Path:
    """Return a line in full strength: one that recedes means the same."""
    if not is_pale(stroke.paint):
        return line
    return replace(line, stroke=replace(stroke, paint=kind_of(str(stroke.paint))))


def arrows(subject: Subject) -> Iterator[Fault]:
    """Yield the styles of lines, beside the usual one, that the legend does not explain (rule 2)."""
    for look, (ref, place) in list(lines(subject).items())[1:]:
        if not any((look.stroke, look.dash) == (shown.stroke, shown.dash) for shown, _ in subject.legend.looks):
            style = f"{look.stroke}, {look.width:g} wide" + (f", dashed {look.dash}" if look.dash else "")
            message = f"the line of {ref!r} is drawn in a style of its own ({style}), which the legend does not explain"
            yield Fault("arrow-style", (ref,), message, place)
