"""A Scene as SVG: real text, ids and `data-ref` from the graph's names, no scripts, nothing loaded from elsewhere.

Colours are presentation attributes, not classes, so that figures can stand in one page without touching each other;
for the same reason, whatever is referred to by id is named by a checksum of its content. A hatch is a set of clipped
lines and not a pattern: renderers draw patterns through a bitmap, blurred. Every text carries its measured length, so
labels fit even where the font is missing; browsers are asked for neither kerning, ligatures nor rounded advances.
"""

from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from zlib import crc32

from cutaway.garbage import uncollected
from cutaway.geometry import Point
from cutaway.outputs.written import Numbers, Outlines, Paints, Strokes
from cutaway.outputs.xml_text import attribute, content, name, number
from cutaway.ruler import Face, FaceWeight, web_font, width
from cutaway.scene import Group, Hatch, Image, Outline, Path, Scene, Stroke, Text, texts
from cutaway.typed import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from cutaway.outputs.carried import Carried

NAMESPACES = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
_MANY = 20_000  # lines; they take some megabytes
PLAIN_TEXT = "font-kerning:none;font-variant-ligatures:none"


@uncollected
def to_svg(scene: Scene, *, embed_font: bool = False) -> str:
    """Write the scene as one SVG document.

    One unit is one point. With `embed_font` the file carries the fonts it uses, as data.
    """
    return "".join(["\n".join(lines) for lines in _Writer(scene).document(embed_font=embed_font)])


@uncollected
def to_svg_file(scene: Scene, *, embed_font: bool = False) -> bytes:
    """Write the scene as the content of an SVG file."""
    pieces = _Writer(scene).document(embed_font=embed_font)
    return b"".join([b"\n".join(map(str.encode, lines)) for lines in pieces])


class _Writer:
    """The state of one document: what is written, and which ids are taken."""

    def __init__(self, scene: Scene) -> None:
        self.scene = scene
        self.lines: list[str] = []
        self.ids: dict[str, int] = {}
        self.clips: set[str] = set()
        self.fills = Paints("fill", scene.palette)
        self.numbers = Numbers()
        self.strokes = Strokes(self.numbers, scene.palette)
        self.outlines = Outlines(self.numbers)
        self.texts: dict[tuple[object, ...], dict[str, str]] = {}
        self.styles: dict[tuple[object, ...], tuple[str, dict[str, str]]] = {}
        self.face = next((text.face for text in texts(scene.marks[::-1])), Face())

    def document(self, *, embed_font: bool) -> Iterator[list[str]]:
        """Write the document in pieces of so many lines; an empty line ends each.

        Most lines are ASCII, which is encoded at no cost: a text of all of them is not.
        """
        scene = self.scene
        wide, high = self.numbers[scene.width], self.numbers[scene.height]
        said = [(tag, content(text)) for tag, text in (("title", scene.title), ("desc", scene.description)) if text]
        ids = [f"{tag}-{_checksum(text)}" for tag, text in said]
        label = f' aria-labelledby="{" ".join(ids)}"' if ids else ""
        self.lines.append(
            f'<svg {NAMESPACES} width="{wide}pt" height="{high}pt" viewBox="0 0 {wide} {high}" role="img"{label} '
            f'font-family="{_families(self.face)}" text-rendering="geometricPrecision" fill="none" '
            f'xml:space="preserve" style="{PLAIN_TEXT}">'
        )
        for (tag, text), id_ in zip(said, ids, strict=True):
            self.lines.append(f'<{tag} id="{id_}">{text}</{tag}>')
        if embed_font:
            self.lines.append(f"<style>{content(_embedded(scene))}</style>")
        if "page" in scene.palette:
            self.lines.append(f'<rect width="{wide}" height="{high}"{self.fills["page"]}/>')
        for child in scene.marks:
            _WRITERS[type(child)](self, child)
            if len(self.lines) > _MANY:
                yield self.piece()
        self.lines.append("</svg>")
        yield self.piece()

    def piece(self) -> list[str]:
        """Return the lines since the last piece, and forget what they were made of."""
        self.lines.append("")
        piece, self.lines = self.lines, []
        for known in self.texts.values():
            known.clear()
        self.outlines.forget()
        return piece

    def group(self, group: Group) -> None:
        ref, part, title = group.ref, group.part, group.title
        named = ""
        if ref:
            word = name(ref)
            unique = f"{part}-{word}"
            if unique in self.ids:
                unique = self.another(unique)
            self.ids[unique] = 1
            is_fit = word == ref  # what may stand in an id needs no escapes
            named = f' id="{unique}" data-ref="{ref if is_fit else attribute(ref)}"'
        shown = f"\n<title>{content(title)}</title>" if title else ""
        self.lines.append(f'<g{named} data-part="{part}">{shown}')
        for child in group.marks:
            _WRITERS[type(child)](self, child)
        self.lines.append("</g>")

    def another(self, wanted: str) -> str:
        """Name the second group that draws the same `-2`, and so on."""
        unique = wanted
        while unique in self.ids:
            self.ids[wanted] += 1
            unique = f"{wanted}-{self.ids[wanted]}"
        return unique

    def path(self, path: Path) -> None:
        outline = self.outlines[path.segments]
        fill = path.fill
        if type(fill) is Hatch:
            self.hatch(path.segments, outline, fill)
            fill = None
        painted = self.fills[fill] if fill is not None else ""
        if path.stroke:
            painted += self.strokes[path.stroke]
        if painted:
            self.lines.append(f'<path d="{outline}"{painted}/>')

    def hatch(self, segments: Outline, outline: str, hatch: Hatch) -> None:
        from cutaway.outputs.paint import extent, hatch_lines  # the default theme has none

        self.lines.append(f'<path d="{outline}"{self.fills[hatch.ground]}/>')
        rules = "".join(
            f"M{self.point(start)}L{self.point(end)}" for start, end in hatch_lines(hatch, extent(segments))
        )
        if rules:
            stroke = self.strokes[Stroke(paint=hatch.paint, width=hatch.width)]
            self.lines.append(f'<path d="{rules}"{stroke}{self.clip(outline)}/>')

    def text(self, text: Text) -> None:
        face = None if text.face is self.face or text.face == self.face else text.face
        looks = (text.size, text.fill, face, text.weight, text.anchor)
        style, known = self.styles.get(looks) or self.styled(text, face)
        words = known.get(text.text)
        if words is None:
            words = known[text.text] = self.words(text)
        if not words:
            return
        at = text.at
        numbers = self.numbers
        x, y = numbers[at.x], numbers[at.y]
        turned = f' transform="rotate({numbers[text.angle]} {x} {y})"' if text.angle else ""
        self.lines.append(f'<text x="{x}" y="{y}"{style}{turned}{words}')

    def styled(self, text: Text, face: Face | None) -> tuple[str, dict[str, str]]:
        """Write what texts that look alike have in common; return it with the words of all that are as large."""
        style = f' font-size="{self.numbers[text.size]}"{self.fills[text.fill]}'
        if face is not None:
            style += f' font-family="{_families(face)}"'
        if text.weight != 400:
            style += f' font-weight="{text.weight}"'
        if text.anchor != "start":
            style += f' text-anchor="{text.anchor}"'
        known = self.texts.setdefault((text.size, face, text.weight), {})
        self.styles[text.size, text.fill, face, text.weight, text.anchor] = style, known
        return style, known

    def words(self, text: Text) -> str:
        """Write a text's length and words, without its place; nothing where nothing is seen."""
        shown = content(text.text)
        if not shown or shown.isspace():
            return ""
        length = width(text.text, text.size, text.face, text.weight)
        if length <= 0:
            return f">{shown}</text>"
        return f' textLength="{self.numbers[length]}" lengthAdjust="spacingAndGlyphs">{shown}</text>'

    def image(self, image: Image) -> None:
        place = " ".join(number(value, ".5f") for value in image.matrix)
        faded = f' opacity="{number(image.opacity, ".3f")}"' if image.opacity < 1 else ""
        looks = f'transform="matrix({place})"{faded}'
        *defined, picture = self.pictures.drawn(image.data, looks)
        self.lines += defined
        if image.clip:
            picture = f"<g{self.clip(self.outlines[image.clip])}>{picture}</g>"
        self.lines.append(picture)

    @cached_property
    def pictures(self) -> "Carried":
        from cutaway.outputs.carried import Carried  # most figures hold no picture

        return Carried(self.scene.marks)

    def clip(self, outline: str) -> str:
        """Write the clipping outline, once, and return the attribute that refers to it."""
        name = f"clip-{_checksum(outline)}"
        if name not in self.clips:
            self.clips.add(name)
            self.lines.append(f'<clipPath id="{name}"><path d="{outline}"/></clipPath>')
        return f' clip-path="url(#{name})"'

    def point(self, point: Point) -> str:
        return f"{self.numbers[point.x]} {self.numbers[point.y]}"


_WRITERS: Mapping[type, Callable[[_Writer, Any], None]] = {
    Path: _Writer.path,
    Text: _Writer.text,
    Group: _Writer.group,
    Image: _Writer.image,
}
"""What writes each mark."""


def _checksum(text: str) -> str:
    return f"{crc32(text.encode('utf-8', 'replace')):08x}"


def _families(face: Face) -> str:
    """Name the face and what may stand in for it, as the value of an attribute."""
    return attribute(f"{_quoted(face.family)}, sans-serif")


def _embedded(scene: Scene) -> str:
    """Write the style sheet that carries every face and weight of the scene's text."""
    from base64 import b64encode

    used: dict[tuple[Face, FaceWeight], str] = {}
    for text in texts(scene.marks):
        used[text.face, text.weight] = used.get((text.face, text.weight), "") + text.text
    rules = []
    for (face, weight), characters in used.items():
        kind, data = web_font(face, weight, characters)
        source = f"url(data:{kind};base64,{b64encode(data).decode()})"
        rules.append(f"@font-face{{font-family:{_quoted(face.family)};font-weight:{weight};src:{source}}}")
    return "".join(rules)


def _quoted(family: str) -> str:
    """Quote the name of a family for CSS, unless it is one plain word."""
    if family.isascii() and family.isalpha():
        return family
    plain = (c if c.isalnum() or c in " -_." else f"\\{ord(c):x} " for c in family if c.isprintable())
    return f"'{''.join(plain)}'"
