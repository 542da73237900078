"""A Scene as PDF, through reportlab: vectors, embedded fonts, text that can be searched and copied.

A page of PDF is at most 14,400 units wide and high. A larger figure stays one page, whose unit is made larger than a
point (UserUnit; ISO 32000-1, 14.11.2 and table 30), so that it measures and prints in true size. Readers that ignore
UserUnit (poppler 22 and pdfium do, MuPDF honours it) show the page whole, but smaller by that whole number.

The same scene gives the same bytes, without dates. What the fonts lack is shown as `?`, with a warning.
"""

import math
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any, assert_never
from zlib import crc32

from cutaway.outputs.paint import color, extent, fonts, hatch_lines, legible, refuse_damaged
from cutaway.ruler import Face, FaceWeight, font_bytes, width
from cutaway.scene import (
    Close,
    Curve,
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

if TYPE_CHECKING:
    from reportlab.lib.utils import ImageReader
    from reportlab.pdfgen.canvas import Canvas
    from reportlab.pdfgen.pathobject import PDFPathObject

LARGEST_PAGE = 14_400
NON_ZERO = 1
MITER_LIMIT = 4  # SVG's default; PDF's is 10


def to_pdf(scene: Scene) -> bytes:
    """Write the scene as a PDF of one page, in true size; title and description become its metadata."""
    from reportlab.pdfgen.canvas import Canvas

    unit = max(1, math.ceil(max(scene.width, scene.height) / LARGEST_PAGE))
    size = (scene.width / unit, scene.height / unit)
    out = BytesIO()
    scene = legible(scene)
    names = {key: _registered(*key) for key in fonts(scene)}
    first: Any = next(iter(names.values()), None)  # without it, reportlab lists Helvetica, which is not embedded
    canvas = Canvas(out, pagesize=size, pageCompression=1, invariant=1, pdfVersion=(1, 6), initialFontName=first)
    canvas.setTitle(scene.title)
    canvas.setSubject(scene.description)
    canvas.setAuthor("")  # or reportlab writes "anonymous"
    canvas.setCreator("cutaway")
    canvas.transform(1 / unit, 0, 0, -1 / unit, 0, size[1])
    _Writer(canvas, scene, names).draw()
    canvas.showPage()
    if unit > 1:
        _enlarge(canvas, unit)
    canvas.save()
    return out.getvalue()


def _enlarge(canvas: "Canvas", unit: int) -> None:
    """Give the page a larger unit; reportlab has no word for it, but writes whatever stands in these defaults."""
    document: Any = canvas
    page = document._doc.Pages.pages[0]  # noqa: SLF001
    page.__Defaults__ = {**page.__Defaults__, "UserUnit": unit}


class _Writer:
    """Draws marks on a canvas whose y already grows downwards."""

    def __init__(self, canvas: "Canvas", scene: Scene, names: Mapping[tuple[Face, FaceWeight], str]) -> None:
        self.canvas = canvas
        self.scene = scene
        self.fonts = names
        self.readable = cache(_readable)

    def draw(self) -> None:
        self.canvas.setMiterLimit(MITER_LIMIT)
        if "page" in self.scene.palette:
            self.fill("page")
            self.canvas.rect(0, 0, self.scene.width, self.scene.height, stroke=0, fill=1)
        for mark in self.scene.marks:
            self.mark(mark)

    def mark(self, mark: Mark) -> None:
        match mark:
            case Path():
                self.path(mark)
            case Text():
                self.text(mark)
            case Group():
                for child in mark.marks:
                    self.mark(child)
            case Image():
                self.image(mark)
            case _:
                assert_never(mark)

    def path(self, path: Path) -> None:
        fill = path.fill
        if isinstance(fill, Hatch):
            self.hatch(path.segments, fill)
            fill = None
        if fill is not None:
            self.fill(fill)
        if path.stroke is not None:
            self.stroke(path.stroke)
        if fill is not None or path.stroke is not None:
            self.canvas.drawPath(
                self.outline(path.segments),
                stroke=int(path.stroke is not None),
                fill=int(fill is not None),
                fillMode=NON_ZERO,
            )

    def hatch(self, segments: Outline, hatch: Hatch) -> None:
        self.fill(hatch.ground)
        self.canvas.drawPath(self.outline(segments), stroke=0, fill=1, fillMode=NON_ZERO)
        self.canvas.saveState()
        self.canvas.clipPath(self.outline(segments), stroke=0, fill=0, fillMode=NON_ZERO)
        self.stroke(Stroke(paint=hatch.paint, width=hatch.width))
        lines = hatch_lines(hatch, extent(segments))
        self.canvas.lines([(start.x, start.y, end.x, end.y) for start, end in lines])
        self.canvas.restoreState()

    def text(self, text: Text) -> None:
        length = width(text.text, text.size, text.face, text.weight)
        before = {"start": 0.0, "middle": length / 2, "end": length}[text.anchor]
        angle = math.radians(text.angle)
        cos, sin = math.cos(angle), math.sin(angle)
        self.fill(text.fill)
        run = self.canvas.beginText()
        # Turned clockwise where y grows downwards, and mirrored back so that the letters stand upright.
        run.setTextTransform(cos, sin, sin, -cos, text.at.x - before * cos, text.at.y - before * sin)
        run.setFont(self.fonts[text.face, text.weight], text.size)
        run.textOut(text.text)
        self.canvas.drawText(run)

    def image(self, image: Image) -> None:
        self.canvas.saveState()
        if image.clip:
            self.canvas.clipPath(self.outline(image.clip), stroke=0, fill=0, fillMode=NON_ZERO)
        self.canvas.setFillAlpha(image.opacity)
        self.canvas.transform(*image.matrix)
        self.canvas.transform(1, 0, 0, -1, 0, 1)  # a picture's first row is at its top
        self.canvas.drawImage(self.readable(image.data), 0, 0, 1, 1, mask="auto")
        self.canvas.restoreState()

    def fill(self, paint: Role | Rgba) -> None:
        rgba = color(paint, self.scene.palette)
        self.canvas.setFillColorRGB(rgba.red / 255, rgba.green / 255, rgba.blue / 255, alpha=rgba.alpha)

    def stroke(self, stroke: Stroke) -> None:
        rgba = color(stroke.paint, self.scene.palette)
        self.canvas.setStrokeColorRGB(rgba.red / 255, rgba.green / 255, rgba.blue / 255, alpha=rgba.alpha)
        self.canvas.setLineWidth(stroke.width)
        self.canvas.setDash(list(stroke.dash))

    def outline(self, segments: Outline) -> "PDFPathObject":
        path = self.canvas.beginPath()
        for segment in segments:
            match segment:
                case Move(to=to):
                    path.moveTo(to.x, to.y)
                case Line(to=to):
                    path.lineTo(to.x, to.y)
                case Curve(first=a, second=b, to=to):
                    path.curveTo(a.x, a.y, b.x, b.y, to.x, to.y)
                case Close():
                    path.close()
                case _:
                    assert_never(segment)
        return path


def _readable(data: bytes) -> "ImageReader":
    from reportlab.lib.utils import ImageReader

    refuse_damaged(data)
    return ImageReader(BytesIO(data))


def _registered(face: Face, weight: FaceWeight) -> str:
    """Make a font known to reportlab, which keeps one list for the process, under a name of its content."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    data = font_bytes(face, weight)
    name = f"{face.family}-{weight}-{crc32(data):08x}"
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, BytesIO(data)))
    return name
