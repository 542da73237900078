"""A Scene as a PDF document that only pdfium sees: fonts and pictures are in it whole, and nothing is packed.

Codes of text are the numbers of glyphs in the font's file (ISO 32000-1, 9.7.4: CIDFontType2, Identity-H).
"""

from io import BytesIO
from math import ceil

from cutaway.outputs.operators import Device, operators
from cutaway.outputs.paint import refuse_damaged
from cutaway.ruler import Face, FaceWeight, font_bytes, glyphs, width
from cutaway.scene import Scene


def private_page(scene: Scene, device: Device) -> bytes:
    """Return the document of a scene whose texts are legible, without its ground; a unit is a point.

    The page is whole units large, from its upper left corner.
    """
    resources, objects = _Resources(), _Objects()
    wide, high = ceil(scene.width), ceil(scene.height)
    lines = [f"1 0 0 -1 0 {high} cm", *operators(scene, resources, device)]
    named = resources.stored(objects)
    content = objects.add("", "\n".join(lines).encode("ascii"))
    pages = objects.next + 1
    about = f"/Type /Page /Parent {pages} 0 R /MediaBox [0 0 {wide} {high}] /Contents {content} 0 R"
    page = objects.add(f"{about} /Resources << {named} >>")
    objects.add(f"/Type /Pages /Kids [{page} 0 R] /Count 1")
    return objects.document(objects.add(f"/Type /Catalog /Pages {pages} 0 R"))


class _Objects:
    """The objects of a document (ISO 32000-1, 7.5)."""

    def __init__(self) -> None:
        self.parts = [b"%PDF-1.7\n"]
        self.places: list[int] = []
        self.length = len(self.parts[0])

    @property
    def next(self) -> int:
        """The number of the object that is added next."""
        return len(self.places) + 1

    def add(self, entries: str, stream: bytes | None = None) -> int:
        """Add a dictionary, or a stream with one; return its number."""
        number = self.next
        if stream is None:
            pieces = [f"{number} 0 obj << {entries} >> endobj\n".encode("ascii")]
        else:
            head = f"{number} 0 obj << {entries} /Length {len(stream)} >> stream\n"
            pieces = [head.encode("ascii"), stream, b"\nendstream endobj\n"]
        self.places.append(self.length)
        self.parts += pieces
        self.length += sum(map(len, pieces))
        return number

    def document(self, root: int) -> bytes:
        """Return the whole, with the table of where each object is."""
        table = "".join([f"{place:010d} 00000 n \n" for place in self.places])
        end = f"xref\n0 {self.next}\n0000000000 65535 f \n{table}"
        end += f"trailer << /Size {self.next} /Root {root} 0 R >>\nstartxref\n{self.length}\n%%EOF\n"
        return b"".join((*self.parts, end.encode("ascii")))


class _Resources:
    """The fonts, graphics states and pictures that operators refer to."""

    def __init__(self) -> None:
        self.fonts: dict[tuple[Face, FaceWeight], _Font] = {}
        self.states: dict[tuple[str, float], str] = {}
        self.pictures: dict[bytes, _Picture] = {}

    def runs(self, text: str, face: Face, weight: FaceWeight) -> list[tuple[str, str]]:
        """Return a text as the numbers of its glyphs."""
        font = self.fonts.get((face, weight))
        if font is None:
            font = self.fonts[face, weight] = _Font(f"/F{len(self.fonts)}", face, weight)
        return [(font.name, font.codes(text))] if text else []

    def opacity(self, key: str, alpha: float) -> str:
        """Name a graphics state."""
        return self.states.setdefault((key, alpha), f"/G{len(self.states)}")

    def picture(self, data: bytes) -> str:
        """Name a picture, once."""
        found = self.pictures.get(data)
        if found is None:
            found = self.pictures[data] = _Picture(f"/P{len(self.pictures)}", data)
        return found.drawn

    def stored(self, objects: _Objects) -> str:
        """Put all into a document; return what the page says of it."""
        fonts = " ".join([f"{font.name} {font.stored(objects)} 0 R" for font in self.fonts.values()])
        states = " ".join([f"{name} << /{key} {alpha:.4f} >>" for (key, alpha), name in self.states.items()])
        pictures = " ".join([f"{picture.name} {picture.stored(objects)} 0 R" for picture in self.pictures.values()])
        return f"/Font << {fonts} >> /ExtGState << {states} >> /XObject << {pictures} >>"


class _Font:
    """A font, and the widths of those of its characters that are used."""

    def __init__(self, name: str, face: Face, weight: FaceWeight) -> None:
        self.name = name
        self.face = face
        self.weight: FaceWeight = weight
        self.glyphs = glyphs(face, weight)
        self.written = {ord(character): f"{glyph:04x}" for character, glyph in self.glyphs.items()}
        self.used: set[str] = set()

    def codes(self, text: str) -> str:
        """Write a text as a string of glyphs."""
        self.used.update(text)
        return f"<{text.translate(self.written)}>"

    def stored(self, objects: _Objects) -> int:
        """Put the font into a document; return its number."""
        file = objects.add("", font_bytes(self.face, self.weight))
        named = "/Type /Font /BaseFont /Own"
        about = objects.add(
            "/Type /FontDescriptor /FontName /Own /Flags 4 /FontBBox [0 0 1000 1000] /ItalicAngle 0 /Ascent 1000 "
            f"/Descent 0 /CapHeight 1000 /StemV 80 /FontFile2 {file} 0 R"
        )
        widths = {self.glyphs[each]: 1000 * width(each, 1.0, self.face, self.weight) for each in self.used}
        listed = " ".join([f"{glyph} [{wide:.0f}]" for glyph, wide in sorted(widths.items())])
        held = objects.add(
            f"{named} /Subtype /CIDFontType2 /CIDSystemInfo << /Registry (Adobe) /Ordering (Identity) /Supplement 0 >> "
            f"/CIDToGIDMap /Identity /FontDescriptor {about} 0 R /W [{listed}]"
        )
        return objects.add(f"{named} /Subtype /Type0 /Encoding /Identity-H /DescendantFonts [{held} 0 R]")


class _Picture:
    """A user's picture, with its outermost pixels once more around it: cut to its size, its border is smooth."""

    def __init__(self, name: str, data: bytes) -> None:
        from PIL import Image

        refuse_damaged(data)
        with Image.open(BytesIO(data)) as opened:
            inner = opened.convert("RGBA")
        wide, high = inner.size
        whole = Image.new("RGBA", (wide + 2, high + 2))
        for corner in ((0, 0), (2, 0), (0, 2), (2, 2), (1, 0), (1, 2), (0, 1), (2, 1), (1, 1)):
            whole.paste(inner, corner)
        self.name = name
        self.image = whole
        across, down = 1 / wide, 1 / high
        self.drawn = (
            f"0 0 m .5 0 .5 0 1 0 c 1 1 l 0 1 l h W n "  # with a curve, or the sides are moved to whole pixels
            f"{1 + 2 * across:.8f} 0 0 {1 + 2 * down:.8f} {-across:.8f} {-down:.8f} cm {name} Do"
        )

    def stored(self, objects: _Objects) -> int:
        """Put the picture into a document; return its number."""
        looks = f"/Type /XObject /Subtype /Image /Width {self.image.width} /Height {self.image.height}"
        looks += " /BitsPerComponent 8 /Interpolate true /ColorSpace"
        mask = objects.add(f"{looks} /DeviceGray", self.image.getchannel("A").tobytes())
        return objects.add(f"{looks} /DeviceRGB /SMask {mask} 0 R", self.image.convert("RGB").tobytes())
