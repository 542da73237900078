"""Marks as operators of a PDF content stream (ISO 32000-1, 8 and 9): one drawing for PDF files and for pixels.

The y of a scene grows downwards, so letters and pictures are mirrored back to stand upright.
"""

import math
from collections.abc import Iterable, Mapping
from typing import Protocol, assert_never

from cutaway.outputs.cutting import stretches
from cutaway.outputs.paint import color, extent, hatch_lines
from cutaway.outputs.path_operators import Outlines
from cutaway.outputs.written import Numbers
from cutaway.record import Record
from cutaway.ruler import Face, FaceWeight, width
from cutaway.scene import (
    Group,
    Hatch,
    Image,
    Line,
    Mark,
    Move,
    Outline,
    Path,
    Rgba,
    Role,
    Scene,
    Stroke,
    Text,
)

MITER_LIMIT = 4
"""SVG's default; PDF's is 10."""
_FILL, _STROKE = ("rg", "ca"), ("RG", "CA")


class Resources(Protocol):
    """What a document holds beside the operators, which refer to it by name."""

    def runs(self, text: str, face: Face, weight: FaceWeight) -> Iterable[tuple[str, str]]:
        """Return the stretches of a text by font: the font's name and the string that it shows."""
        ...

    def opacity(self, key: str, alpha: float) -> str:
        """Return the name of a graphics state in which what is filled (`ca`) or stroked (`CA`) has this alpha."""
        ...

    def picture(self, data: bytes) -> str:
        """Return operators that draw a user's picture upright into the unit square."""
        ...


class Device(Record):
    """What has to be minded of a renderer, in points; nothing, where a document may be shown by any.

    A stroke thinner than `thinnest` is drawn as thick as that, and paler. Segments longer than `reach` are cut.
    """

    thinnest: float = 0.0
    reach: float = math.inf


def operators(scene: Scene, resources: Resources, device: Device | None = None) -> list[str]:
    """Write the marks of a scene in their order, whose y grows downwards; a state that already holds is not set again.

    The ground of the page is painted only where there is no device: that has its own.
    """
    writer = _Writer(scene.palette, resources, device or Device())
    if device is None and "page" in scene.palette:
        writer.fill("page")
        writer.lines.append(f"0 0 {writer.numbers[scene.width]} {writer.numbers[scene.height]} re f")
    writer.marks(scene.marks)
    return writer.lines


class _Writer:
    """The operators that are written, and the state that they leave."""

    def __init__(self, palette: Mapping[str, str], resources: Resources, device: Device) -> None:
        self.palette = palette
        self.resources = resources
        self.device = device
        self.lines = [f"{MITER_LIMIT} M"]
        self.numbers = Numbers()
        self.outlines = Outlines(self.numbers, device.reach)
        self.state: dict[str, object] = {"ca": 1.0, "CA": 1.0, "d": ((), 0.0), "w": 1.0}
        self.alphas = {"rg": 1.0, "RG": 1.0}
        self.saved: list[tuple[dict[str, object], dict[str, float]]] = []
        self.texts: dict[tuple[str, Face, FaceWeight], tuple[float, list[tuple[str, str]]]] = {}

    def marks(self, marks: Iterable[Mark]) -> None:
        """Draw marks in their order."""
        for mark in marks:
            match mark:
                case Path():
                    self.path(mark)
                case Text():
                    self.text(mark)
                case Group():
                    self.marks(mark.marks)
                case Image():
                    self.image(mark)
                case _:
                    assert_never(mark)

    def path(self, path: Path) -> None:
        fill, stroke = path.fill, path.stroke
        outline = self.outlines[path.segments]
        if isinstance(fill, Hatch):
            self.hatch(path.segments, outline, fill)
            fill = None
        if fill is not None:
            self.fill(fill)
        if stroke is None:
            if fill is not None:
                self.lines.append(f"{outline} f")
        elif stroke.dash and self.device.reach < math.inf:
            if fill is not None:
                self.lines.append(f"{outline} f")
            for stretch, before in stretches(path.segments, self.device.reach):
                self.stroke(stroke, before % (2 * sum(stroke.dash)))
                self.lines.append(f"{self.outlines.of(stretch)} S")
        else:
            self.stroke(stroke)
            if fill is None:
                self.lines.append(f"{outline} S")
            elif self.state["CA"] == 1:
                self.lines.append(f"{outline} B")
            else:  # in one operation, the stroke would hide the fill below it (11.7.4.4)
                self.lines.append(f"{outline} f {outline} S")

    def hatch(self, segments: Outline, outline: str, hatch: Hatch) -> None:
        self.fill(hatch.ground)
        self.lines.append(f"{outline} f")
        rules = hatch_lines(hatch, extent(segments))
        if rules:
            self.save()
            self.lines.append(f"{outline} W n")
            self.stroke(Stroke(paint=hatch.paint, width=hatch.width))
            ruled = " ".join(self.outlines.of((Move(start), Line(end))) for start, end in rules)
            self.lines.append(f"{ruled} S")
            self.restore()

    def text(self, text: Text) -> None:
        key = text.text, text.face, text.weight
        found = self.texts.get(key)
        if found is None:
            runs = list(self.resources.runs(*key))
            found = self.texts[key] = width(text.text, 1.0, text.face, text.weight), runs
        length, runs = found
        if not runs:
            return
        numbers, before = self.numbers, 0.0
        if text.anchor != "start":
            before = length * text.size / (2 if text.anchor == "middle" else 1)
        if text.angle:
            angle = math.radians(text.angle)
            cos, sin = math.cos(angle), math.sin(angle)
            x, y = numbers[text.at.x - before * cos], numbers[text.at.y - before * sin]
            place = f"{cos:.6f} {sin:.6f} {sin:.6f} {-cos:.6f} {x} {y}"
        else:
            place = f"1 0 0 -1 {numbers[text.at.x - before]} {numbers[text.at.y]}"
        self.fill(text.fill)
        size = numbers[text.size]
        shown = " ".join([f"{font} {size} Tf {string} Tj" for font, string in runs])
        if text.angle and self.device.thinnest:
            self.opacity("CA", 0.0)
            self.lines.append(f"BT 2 Tr {place} Tm {shown} 0 Tr ET")
            return
        self.lines.append(f"BT {place} Tm {shown} ET")

    def image(self, image: Image) -> None:
        self.save()
        if image.clip:
            self.lines.append(f"{self.outlines[image.clip]} W n")
        self.opacity("ca", image.opacity)
        place = " ".join([f"{value:.5f}" for value in image.matrix])
        self.lines.append(f"{place} cm 1 0 0 -1 0 1 cm {self.resources.picture(image.data)}")
        self.restore()

    def fill(self, paint: Role | Rgba) -> None:
        self.paint(_FILL, paint, 1.0)

    def stroke(self, stroke: Stroke, phase: float = 0.0) -> None:
        thick = max(stroke.width, self.device.thinnest)
        self.paint(_STROKE, stroke.paint, stroke.width / thick if thick else 1.0)
        if self.changed("w", thick):
            self.lines.append(f"{thick:.4f} w")
        if self.changed("d", (stroke.dash, phase)):
            self.lines.append(f"[{' '.join(map(self.numbers.__getitem__, stroke.dash))}] {phase:.2f} d")

    def paint(self, use: tuple[str, str], paint: Role | Rgba, part: float) -> None:
        """Set a colour, in this part of its strength."""
        operator, key = use
        if self.changed(operator, paint):
            rgba = color(paint, self.palette)
            self.alphas[operator] = rgba.alpha
            self.lines.append(f"{rgba.red / 255:.4f} {rgba.green / 255:.4f} {rgba.blue / 255:.4f} {operator}")
        self.opacity(key, self.alphas[operator] * part)

    def opacity(self, key: str, alpha: float) -> None:
        if self.changed(key, alpha):
            self.lines.append(f"{self.resources.opacity(key, alpha)} gs")

    def changed(self, key: str, value: object) -> bool:
        """Note what is set; tell whether it was something else."""
        if self.state.get(key) == value:
            return False
        self.state[key] = value
        return True

    def save(self) -> None:
        self.lines.append("q")
        self.saved.append((dict(self.state), dict(self.alphas)))

    def restore(self) -> None:
        self.lines.append("Q")
        self.state, self.alphas = self.saved.pop()
