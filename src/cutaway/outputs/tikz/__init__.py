r"""A Scene as TikZ: a document of its own, or a picture for a document to `\input`.

One unit of the picture is one of our points (TeX's `bp`, 1/72 inch; TeX's own `pt` is smaller). Text is set in TeX's
Helvetica, mostly a little narrower than the font that was measured; where a text is wider all the same, it is narrowed
to the width measured. Colours go by the names of roles and are defined only where the document has not done so.

TeX has no length over 16,383 of its points. A larger figure is drawn at a smaller scale, with a warning.
"""

from collections.abc import Iterator, Mapping

from cutaway.errors import UnsupportedError, warn
from cutaway.garbage import uncollected
from cutaway.outputs.paint import extent, fonts, hatch_lines, media_type, pictures, refuse_damaged, warn_of_lacking
from cutaway.outputs.tikz.document import Parts, document, embedded
from cutaway.outputs.tikz.palette import Colors
from cutaway.outputs.tikz.paths import Lengths, Outlines
from cutaway.outputs.tikz.words import Words
from cutaway.outputs.xml_text import number
from cutaway.ruler import Face, width
from cutaway.scene import Group, Hatch, Image, Mark, Outline, Path, Scene, Stroke, Text
from cutaway.typed import assert_never

LARGEST = 14_400
"""The longest side of a page, in our points: that of PDF, which is what TeX makes of it."""
MUCH = 1_300_000
"""Characters beyond which the memory of pdflatex (5 million words in TeX Live) does not suffice; lualatex has more."""
_ANCHORS = {"start": "left text", "middle": "centred text", "end": "right text"}


@uncollected
def to_tikz(scene: Scene, *, embed: bool = False, stem: str = "") -> str:
    """Write the scene as the text of a LaTeX document, or with `embed` as a `tikzpicture` alone.

    Pictures of the user's are files beside it, whose names begin with `stem` (see `files_beside`). Raises
    UnsupportedError where there are pictures and no stem.
    """
    if not stem and next(pictures(scene.marks), None) is not None:
        raise UnsupportedError(
            "cannot write the figure as a text of TikZ: it holds pictures, which TeX reads from files; save it as a"
            " file, such as 'net.tex', and they are written beside it"
        )
    scale = LARGEST / max(scene.width, scene.height, LARGEST)
    if scale < 1:
        warn(
            f"the figure is drawn at {scale:.0%} of its size: TeX has no lengths over {LARGEST / 72:.0f} inches;"
            " save as .pdf for its true size"
        )
    others = dict.fromkeys([face.family for face, _ in fonts(scene) if face != Face()])
    if others:
        warn(f"the text is set in TeX's Helvetica and not in {', '.join(others)}: \\cutawayface in the file says which")
    writer = _Writer(scene, scale, stem)
    parts = Parts(
        commands=tuple(writer.lines()),
        colors=tuple(writer.colors.defined()),
        characters=frozenset(writer.words),
        lacks=bool(writer.words.lacking),
        has_pictures=bool(writer.pictures),
    )
    warn_of_lacking(writer.words.lacking, "TeX's fonts lack", "\\cutawaymissing in the file says how they are set")
    text = "\n".join((*(embedded(parts) if embed else document(parts)), ""))
    if len(text) > MUCH:
        warn(f"TikZ of {len(text) / 1e6:.1f} MB is more than pdflatex has memory for: typeset it with lualatex")
    return text


def files_beside(scene: Scene, stem: str) -> Mapping[str, bytes]:
    """Return the user's pictures in a scene by the names of the files that the TikZ of that stem reads.

    Raises InputError for one that is damaged.
    """
    named = {name: data for data, name in _named(scene, stem).items()}
    for data in named.values():
        refuse_damaged(data)
    return named


def _named(scene: Scene, stem: str) -> dict[bytes, str]:
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-_") else "-" for c in stem)
    endings = {"image/png": "png", "image/jpeg": "jpg"}
    held = dict.fromkeys(pictures(scene.marks))
    return {data: f"{plain}-picture-{place}.{endings[media_type(data)]}" for place, data in enumerate(held, 1)}


class _Writer:
    """Writes marks as commands of TikZ."""

    def __init__(self, scene: Scene, scale: float, stem: str) -> None:
        self.scene = scene
        self.lengths = Lengths(scale)
        self.outlines = Outlines(self.lengths)
        self.colors = Colors(scene.palette)
        self.words = Words()
        self.pictures = _named(scene, stem)

    def lines(self) -> Iterator[str]:
        wide, high = self.lengths[self.scene.width], self.lengths[self.scene.height]
        yield rf"\useasboundingbox (0,0) rectangle ({wide}bp,-{high}bp);"  # x and y would be a little short of it
        if "page" in self.scene.palette:
            yield rf"\path[{self.colors.option('fill', 'page')}] (0,0) rectangle ({wide},{high});"
        for mark in self.scene.marks:
            yield from self.mark(mark)

    def mark(self, mark: Mark) -> Iterator[str]:
        match mark:
            case Path():
                yield from self.path(mark)
            case Text():
                yield from self.text(mark)
            case Group():
                yield from self.group(mark)
            case Image():
                yield from self.image(mark)
            case _:
                assert_never(mark)

    def group(self, group: Group) -> Iterator[str]:
        if group.ref:
            yield f"% {group.part} {_comment(group.ref)}"
        for mark in group.marks:
            yield from self.mark(mark)

    def path(self, path: Path) -> Iterator[str]:
        fill = path.fill
        if isinstance(fill, Hatch):
            yield from self.hatch(path.segments, fill)
            fill = None
        options = [] if fill is None else [self.colors.option("fill", fill)]
        if path.stroke is not None:
            options += self.stroke(path.stroke)
        if options:
            yield self.painted(options, path.segments)

    def painted(self, options: list[str], segments: Outline, command: str = "path") -> str:
        needed, outline = self.outlines.written(segments)
        said = ", ".join((*options, *needed))
        return rf"\{command}[{said}] {outline};" if said else rf"\{command} {outline};"

    def stroke(self, stroke: Stroke) -> list[str]:
        options = [self.colors.option("draw", stroke.paint), f"line width={self.lengths[stroke.width]}bp"]
        if stroke.dash:
            dash = stroke.dash * (1 + len(stroke.dash) % 2)
            parts = [f"{'off' if place % 2 else 'on'} {self.lengths[each]}bp" for place, each in enumerate(dash)]
            options.append(f"dash pattern={' '.join(parts)}")
        return options

    def hatch(self, segments: Outline, hatch: Hatch) -> Iterator[str]:
        yield self.painted([self.colors.option("fill", hatch.ground)], segments)
        lines = hatch_lines(hatch, extent(segments))
        if lines:
            yield r"\begin{scope}"
            yield self.painted([], segments, "clip")
            stroke = ", ".join(self.stroke(Stroke(paint=hatch.paint, width=hatch.width)))
            point = self.outlines.point
            yield rf"\path[{stroke}] {' '.join([f'{point(start)} -- {point(end)}' for start, end in lines])};"
            yield r"\end{scope}"

    def text(self, text: Text) -> Iterator[str]:
        words = self.words.written(text.text)
        if not text.text.strip() or not words:
            return
        options = [_ANCHORS[text.anchor], f"{'bold ' if text.weight == 700 else ''}type={self.lengths[text.size]}"]
        options.append(self.colors.option("text", text.fill))
        if text.angle:
            options.append(f"rotate={number(-text.angle)}")
        room = self.lengths[width(text.text, text.size, text.face, text.weight)]
        if float(room) > 0:
            words = rf"\cutawayfit{{{room}}}{{{words}}}"
        yield rf"\node[{', '.join(options)}] at {self.outlines.point(text.at)} {{{words}}};"

    def image(self, image: Image) -> Iterator[str]:
        a, b, c, d, e, f = image.matrix
        # Ours maps the unit square with its first row on top, y downwards; a box of TeX has y upwards, from lower left.
        matrix = ",".join(number(value * self.lengths.scale, ".5f") for value in (a, -b, -c, d))
        place = f"({self.lengths[c + e]},{self.lengths[d + f]})"
        if image.clip:
            yield r"\begin{scope}"
            yield self.painted([], image.clip, "clip")
        faded = f", opacity={number(image.opacity, '.3f')}" if image.opacity < 1 else ""
        file = rf"\cutawayfolder {self.pictures[image.data]}"
        yield (
            rf"\node[anchor=south west, cm={{{matrix},(0,0)}}{faded}] at {place}"
            rf" {{\includegraphics[width=1bp, height=1bp]{{{file}}}}};"
        )
        if image.clip:
            yield r"\end{scope}"


def _comment(text: str) -> str:
    """Return a text as it stands in a comment: one line of ASCII."""
    return ascii(text)[1:-1]
