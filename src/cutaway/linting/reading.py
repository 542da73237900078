"""Rule 3: text has contrast with what it stands on. Rule 15: the page has room for the figure and its text."""

from collections.abc import Iterator

from cutaway.colors import contrast
from cutaway.faults.fault import Fault, spot
from cutaway.faults.outline import bounds, flatten
from cutaway.faults.survey import Label
from cutaway.geometry import Bounds
from cutaway.grid import Grid
from cutaway.linting.looks import Look, look_of
from cutaway.linting.subject import Subject, marks_in
from cutaway.page import LEAST_SIZE
from cutaway.scene import Path, Text
from cutaway.theme.check import LEAST_CONTRAST


def faint_texts(subject: Subject) -> Iterator[Fault]:
    """Yield the texts that have too little contrast with what they stand on, each pair of colours once."""
    areas, texts = _painted(subject)
    grid = Grid([(area, (order, look)) for order, area, look in areas])
    labels = iter(subject.found.labels)
    told: set[tuple[str, str]] = set()
    for order, text in texts:
        ink = subject.scene.palette.get(text.fill) if isinstance(text.fill, str) else None
        label = next(labels, None)
        if label is None or ink is None:
            continue
        for ground in _grounds(label, order, grid, subject):
            ratio = contrast(ink, ground)
            if ratio < LEAST_CONTRAST and (ink, ground) not in told:
                told.add((ink, ground))
                message = (
                    f"the text {text.text!r} at {spot(*label.bounds[:2])} is {ink} on {ground}: a contrast of "
                    f"{ratio:.1f}:1, under {LEAST_CONTRAST:g}:1"
                )
                yield Fault("faint-text", (text.text,), message, label.bounds[:2])


def _painted(subject: Subject) -> tuple[list[tuple[int, Bounds, Look]], list[tuple[int, Text]]]:
    """Return the areas that are filled, and the texts, with their places in painter's order."""
    areas: list[tuple[int, Bounds, Look]] = []
    texts: list[tuple[int, Text]] = []
    broken = len(subject.found.broken)
    for order, mark in enumerate(marks_in(subject.scene.marks)):
        if isinstance(mark, Path) and mark.fill is not None and not broken:
            points = [point for chain in flatten(mark.segments) for point in chain]
            if points:
                areas.append((order, bounds(points), look_of(mark, subject.scene.palette)))
        elif isinstance(mark, Text) and mark.text.strip() and not broken:
            texts.append((order, mark))
    return areas, texts


def _grounds(label: Label, order: int, grid: Grid[tuple[int, Look]], subject: Subject) -> list[str]:
    """Return the colours under the middle of a text: that of the last area painted before it, and of its hatch."""
    left, top, right, bottom = label.bounds
    x, y = (left + right) / 2, (top + bottom) / 2
    below = [(place, look) for place, look in set(grid.near((x, y, x, y))) if place < order]
    if not below:
        return [subject.ground]
    look = max(below, key=lambda found: found[0])[1]
    return [colour for colour in (look.fill, look.lines) if colour]


def room(subject: Subject) -> Iterator[Fault]:
    """Yield what the page has no room for, and texts under the least size that the page asks for."""
    scene, page = subject.scene, subject.page
    smallest = min((label.size for label in subject.found.labels), default=0.0)
    for word, has, most in (("wide", scene.width, page.width), ("high", scene.height, page.height)):
        if most is not None and has > most + 0.5:
            message = f"the figure is {has:.0f} pt {word}, its page {most:.0f} pt"
            if smallest:
                message += f": scaled down to that, its smallest text would have {smallest * most / has:.1f} pt"
            yield Fault("too-wide", (), message)
    for label in subject.found.labels:
        if LEAST_SIZE <= label.size < page.least_size - 1e-6:
            message = f"the text {label.text!r} is set in {label.size:g} pt, under the {page.least_size:g} of the page"
            yield Fault("small-text", (label.text,), message, label.bounds[:2])
