"""A Scene as PDF, whose document is reportlab's: vectors, embedded fonts, text that can be searched and copied.

A page of PDF is at most 14,400 units wide and high. A larger figure stays one page, whose unit is made larger than a
point (UserUnit; ISO 32000-1, 14.11.2 and table 30), so that it measures and prints in true size. Readers that ignore
UserUnit (poppler 22 and pdfium do, MuPDF honours it) show the page whole, but smaller by that whole number.

The same scene gives the same bytes, without dates. What the fonts lack is shown as `?`, with a warning.
"""

import math
from io import BytesIO
from zlib import crc32

from cutaway.outputs.operators import operators
from cutaway.outputs.paint import fonts, legible, refuse_damaged
from cutaway.ruler import Face, FaceWeight, font_bytes
from cutaway.scene import Scene
from cutaway.typed import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from reportlab.pdfgen.canvas import Canvas

LARGEST_PAGE = 14_400


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
    document: Any = canvas
    document._code += operators(scene, _Resources(canvas))  # noqa: SLF001
    canvas.showPage()
    if unit > 1:
        page = document._doc.Pages.pages[0]  # noqa: SLF001
        page.__Defaults__ = {**page.__Defaults__, "UserUnit": unit}  # reportlab writes whatever stands there
    canvas.save()
    return out.getvalue()


class _Resources:
    """The fonts, graphics states and pictures of reportlab's document, for operators that are written already."""

    def __init__(self, canvas: "Canvas") -> None:
        self.canvas: Any = canvas
        self.fonts: dict[tuple[Face, FaceWeight], Any] = {}
        self.pictures: dict[bytes, str] = {}

    def runs(self, text: str, face: Face, weight: FaceWeight) -> list[tuple[str, str]]:
        """Return the stretches of a text by the subset of the font that holds them."""
        from reportlab.pdfbase.pdfmetrics import getFont

        font: Any = self.fonts.get((face, weight))
        if font is None:
            font = self.fonts[face, weight] = getFont(_registered(face, weight))
        document = self.canvas._doc  # noqa: SLF001
        return [
            (font.getSubsetInternalName(subset, document), f"({self.canvas._escape(shown)})")  # noqa: SLF001
            for subset, shown in font.splitString(text, document)
        ]

    def opacity(self, key: str, alpha: float) -> str:
        """Name a graphics state."""
        states = self.canvas._extgstate._c  # noqa: SLF001
        return f"/{states.setdefault((key, alpha), f'{key}{len(states)}')}"

    def picture(self, data: bytes) -> str:
        """Put a picture into the document, once."""
        if data not in self.pictures:
            from reportlab.lib.utils import ImageReader

            refuse_damaged(data)
            code = self.canvas._code  # noqa: SLF001
            start = len(code)
            self.canvas.drawImage(ImageReader(BytesIO(data)), 0, 0, 1, 1, mask="auto")
            self.pictures[data] = " ".join(code[start:])
            del code[start:]
        return self.pictures[data]


def _registered(face: Face, weight: FaceWeight) -> str:
    """Make a font known to reportlab, which keeps one list for the process, under a name of its content."""
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.ttfonts import TTFont

    data = font_bytes(face, weight)
    name = f"{face.family}-{weight}-{crc32(data):08x}"
    if name not in pdfmetrics.getRegisteredFontNames():
        pdfmetrics.registerFont(TTFont(name, BytesIO(data)))
    return name
