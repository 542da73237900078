"""Marks as operators of a PDF content stream (ISO 32000-1, 8 and 9): one drawing for PDF files and for pixels.

The y of a scene grows downwards, so letters and pictures are mirrored back to stand upright.
"""

import math
from collections.abc import Iterable, Mapping

from cutaway.garbage import uncollected
from cutaway.outputs.cutting import stretches
from cutaway.outputs.paint import extent, hatch_lines
from cutaway.outputs.path_operators import Outlines
from cutaway.outputs.written import Numbers
from cutaway.record import Record
from cutaway.ruler import Face, FaceWeight, width
from cutaway.scene import (
    Anchor,
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
    color,
)
from cutaway.typed import Protocol, assert_never

MITER_LIMIT = 4
"""SVG's default; PDF's is 10."""


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


@uncollected
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
        self.colors: dict[Role | Rgba, tuple[str, float]] = {}
        self.texts: dict[tuple[str, float, Face, FaceWeight, Anchor], tuple[float, str]] = {}
        self.state: dict[str, object] = {"rg": None, "RG": None, "ca": 1.0, "CA": 1.0, "w": 1.0, "d": ((), 0.0)}
        self.saved: list[dict[str, object]] = []

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
        key = (text.text, text.size, text.face, text.weight, text.anchor)
        found = self.texts.get(key)
        if found is None:
            found = self.texts[key] = self.words(text)
        before, shown = found
        if not shown:
            return
        self.fill(text.fill)
        if not text.angle:
            self.lines.append(f"BT 1 0 0 -1 {text.at.x - before:.2f} {text.at.y:.2f} Tm {shown} ET")
            return
        angle = math.radians(text.angle)
        cos, sin = math.cos(angle), math.sin(angle)
        x, y = text.at.x - before * cos, text.at.y - before * sin
        if self.device.thinnest:  # pdfium moves letters to whole pixels up and down, unless they are outlines
            self.opacity("CA", 0.0)
            self.state["RG"] = None
            shown = f"2 Tr {shown} 0 Tr"
        self.lines.append(f"BT {cos:.6f} {sin:.6f} {sin:.6f} {-cos:.6f} {x:.2f} {y:.2f} Tm {shown} ET")

    def words(self, text: Text) -> tuple[float, str]:
        """Write a text without its place, and tell how much of it is before that."""
        size, before = self.numbers[text.size], 0.0
        if text.anchor != "start":
            before = width(text.text, text.size, text.face, text.weight) / (2 if text.anchor == "middle" else 1)
        runs = self.resources.runs(text.text, text.face, text.weight)
        return before, " ".join([f"{font} {size} Tf {string} Tj" for font, string in runs])

    def image(self, image: Image) -> None:
        self.save()
        if image.clip:
            self.lines.append(f"{self.outlines[image.clip]} W n")
        self.opacity("ca", image.opacity)
        place = " ".join([f"{value:.5f}" for value in image.matrix])
        self.lines.append(f"{place} cm 1 0 0 -1 0 1 cm {self.resources.picture(image.data)}")
        self.restore()

    def fill(self, paint: Role | Rgba) -> None:
        if self.state["rg"] != paint:
            self.state["rg"] = paint
            self.paint("rg", "ca", paint, 1.0)

    def stroke(self, stroke: Stroke, phase: float = 0.0) -> None:
        state, thick, part = self.state, stroke.width, 1.0
        if thick < self.device.thinnest:
            thick, part = self.device.thinnest, thick / self.device.thinnest
        if state["RG"] != (stroke.paint, part):
            state["RG"] = stroke.paint, part
            self.paint("RG", "CA", stroke.paint, part)
        if state["w"] != thick:
            state["w"] = thick
            self.lines.append(f"{thick:.4f} w")
        if state["d"] != (stroke.dash, phase):
            state["d"] = stroke.dash, phase
            self.lines.append(f"[{' '.join(map(self.numbers.__getitem__, stroke.dash))}] {phase:.2f} d")

    def paint(self, operator: str, key: str, paint: Role | Rgba, part: float) -> None:
        """Set a colour, in this part of its strength."""
        found = self.colors.get(paint)
        if found is None:
            rgba = color(paint, self.palette)
            levels = f"{rgba.red / 255:.4f} {rgba.green / 255:.4f} {rgba.blue / 255:.4f}"
            found = self.colors[paint] = levels, rgba.alpha
        self.lines.append(f"{found[0]} {operator}")
        self.opacity(key, found[1] * part)

    def opacity(self, key: str, alpha: float) -> None:
        if self.state[key] != alpha:
            self.state[key] = alpha
            self.lines.append(f"{self.resources.opacity(key, alpha)} gs")

    def save(self) -> None:
        self.lines.append("q")
        self.saved.append(dict(self.state))

    def restore(self) -> None:
        self.lines.append("Q")
        self.state = self.saved.pop()
