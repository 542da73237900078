"""The legend: swatches with words in rows, then sentences; only what occurs in the figure."""

from collections.abc import Collection, Iterator, Mapping, Sequence

from cutaway.analysis.loose import is_told_by_weights
from cutaway.geometry import Point, Rect, Size
from cutaway.graph import Graph, Kind
from cutaway.record import Record, field, replace
from cutaway.ruler import metrics, width
from cutaway.scene import Group, Line, Mark, Move, Path, Stroke, Text
from cutaway.theme import Theme
from cutaway.typed import TYPE_CHECKING
from cutaway.views.parts.box import Glyph, Looks, sign_line, swatch
from cutaway.views.parts.wrap import broken, evenly

if TYPE_CHECKING:
    from cutaway.views.composition import Composition
    from cutaway.views.readings import ScaleKey

_SWATCH, _SPACE, _GAP = 8.0 / 6.5, 3.5 / 6.5, 12.0 / 6.5
"""In em: a swatch, the room behind it, and that between two entries."""
_LEADING = 1.45
"""In em: from one line of words to the next."""


class LegendEntry(Record):
    """A colour role, the sign of a merge, or a line of a `stroke`, with its words.

    `is_explained` tells that only explanations have it. The figure may have the `shade` of it nevertheless, which is
    shown where no explanation has the colour itself. What is solid is shown as a cube, of so many `slices`.
    """

    words: str
    role: str
    sign: str = ""
    is_explained: bool = False
    shade: str = ""
    is_solid: bool = False
    slices: int = 1
    stroke: Stroke | None = None


class Legend(Record):
    """What a reader needs to know: a scale of colours, entries and sentences, whose lines may be of `even` widths.

    Those of the `notes` that tell of sizes and forms that are `drawn` have what is left of them where nothing is.
    """

    scale: "ScaleKey | None" = None
    entries: tuple[LegendEntry, ...] = ()
    notes: tuple[str, ...] = ()
    is_even: bool = False
    drawn: Mapping[str, str] = field(default_factory=dict)

    def without_idle(self, roles: Collection[str]) -> "Legend":
        """Return a legend without what explanations might have, but do not: they have these roles."""
        entries = [
            entry if not entry.is_explained or entry.role in roles else replace(entry, role=entry.shade)
            for entry in self.entries
        ]
        kept = tuple([entry for entry in entries if entry.role])
        return self if kept == self.entries else replace(self, entries=kept)

    def in_words(self) -> "Legend":
        """Return a legend of a figure that has no sizes and forms."""
        notes = tuple([said for note in self.notes if (said := self.drawn.get(note, note))])
        return replace(self, notes=notes, drawn={})


def legend_marks(legend: Legend, breadth: float, theme: Theme) -> tuple[Group, float]:
    """Draw the legend from the origin on, within `breadth`; return it and its height."""
    size, face = theme.sizes.legend, theme.face
    looks, marks, y = Looks(theme), list[Mark](), 0.0
    if legend.scale is not None:
        from cutaway.views.parts.heat import bar

        drawn, y = bar(legend.scale, breadth, looks)
        marks.append(Group(marks=tuple(drawn), ref="scale", part="legend", title=legend.scale.title))
    drawn, y = _entries(legend.entries, y, breadth, looks)
    marks += drawn
    notes = evenly(legend.notes, size, face, breadth) if legend.is_even else ()
    for line in notes or broken(" ".join(legend.notes), size, face, breadth):
        at = Point(0.0, y + size * _SWATCH / 2 + metrics(face).cap_height * size / 2)
        marks.append(Text(at=at, text=line, size=size, face=face, fill="grey"))
        y += size * _LEADING
    low = size * (0.45 - _LEADING + _SWATCH / 2 + metrics(face).cap_height / 2 + metrics(face).descent)
    beyond = max(0.0, low - theme.spacing.margin) if legend.notes else 0.0  # the margin has room for what hangs
    return Group(marks=tuple(marks), part="legend"), y - size * 0.45 + beyond


def _entries(entries: Sequence[LegendEntry], y: float, breadth: float, looks: Looks) -> tuple[list[Mark], float]:
    """Draw entries in rows from `y` on, those that are too long for one in lines; return where what follows begins."""
    size, face, marks = looks.theme.sizes.legend, looks.theme.face, list[Mark]()
    leading, gap, before = size * 1.85, size * _GAP, size * (_SWATCH + _SPACE)
    lines = [broken(entry.words, size, face, breadth - before) for entry in entries]
    rooms = [before + gap + max(width(line, size, face) for line in each) for each in lines]
    if rooms and _rows(alike := [max(rooms)] * len(rooms), breadth + gap) <= _rows(rooms, breadth + gap):
        rooms = rooms if sum(rooms) - gap <= breadth else alike  # in several rows, entries stand below each other
    x = more = 0.0
    for entry, words, room in zip(entries, lines, rooms, strict=True):
        if x and x + room - gap > breadth:
            x, y, more = 0.0, y + leading + more, 0.0
        more = max(more, (len(words) - 1) * size * _LEADING)
        marks.append(Group(marks=_entry(entry, words, Point(x, y), looks), ref=entry.words, part="legend"))
        x += room
    return marks, y + (leading * 1.1 + more if entries else 0.0)


def _rows(rooms: list[float], breadth: float) -> int:
    """Return how many rows entries of these widths take."""
    rows, x = 1, 0.0
    for room in rooms:
        if x and x + room > breadth:
            rows, x = rows + 1, 0.0
        x += room
    return rows


def _entry(entry: LegendEntry, lines: Sequence[str], at: Point, looks: Looks) -> tuple[Mark, ...]:
    size, face = looks.theme.sizes.legend, looks.theme.face
    side = size * _SWATCH
    x, y = at.x + side + size * _SPACE, at.y + side / 2 + metrics(face).cap_height * size / 2
    words = [
        Text(at=Point(x, y + place * size * _LEADING), text=line, size=size, face=face, fill="grey")
        for place, line in enumerate(lines)
    ]
    if entry.stroke:
        middle = at.y + side / 2
        outline = Move(Point(at.x, middle)), Line(Point(at.x + side, middle))
        return (Path(segments=outline, stroke=entry.stroke), *words)
    if entry.sign:
        line, ink = sign_line(entry.sign, size * 1.05, looks.theme.least_size), f"{entry.role}.ink"
        if ink in looks.theme.palette:
            line = replace(line, role=ink)
        glyph = Glyph(lines=(line,), role=entry.role, size=Size(side, side), form="round")
        return (*glyph.marks(Rect(at.x, at.y, side, side), looks), *words)
    if entry.is_solid:
        from cutaway.views.parts.cuboid import cube

        return (*cube(entry.role, Rect(at.x, at.y, side, side), looks, entry.slices), *words)
    return swatch(entry.role, Rect(at.x, at.y, side, side), 2.0, looks), *words


def reading_notes(composition: "Composition", *, sharing: bool, measured: bool, staged: bool) -> Iterator[str]:
    """Say how shapes and strides are written, where there are any, and, where there is `sharing`, what that is.

    In a figure that is `measured`, other numbers may be unknown besides; in one that is `staged`, shapes stand between
    stages.
    """
    texts = _texts(composition)
    if composition.labels:
        yield f"Shapes stand {'between stages' if staged else 'where they change'}, without the batch."
    signs = "; ".join(_signs(texts))
    if signs:
        yield f"{signs}."
    names = _axes(composition.graph)
    if names:
        words = {word for text in texts for word in text.replace("×", " ").replace("²", " ").split(" ")}
        names = [name for name in names if name in words]
    yield from _open_sizes(names, _unknown(composition.graph, texts, measured=measured))
    if sharing:
        yield "Shared: one set of weights, called more than once."


def gap_notes(graph: Graph, drawn: Graph, loose: Collection[str | None]) -> Iterator[str]:
    """Say what a reader would miss without knowing it: unknown insides and flows, and layers that nothing tells of.

    `drawn` is what is left of the graph. Regions that are `loose` say so themselves; the model is None.
    """
    if len(graph.nodes) == 1 and graph.nodes[0].kind is Kind.OTHER:
        yield "What this model holds is not known: its source does not say."
        return
    if None in loose:
        where = "to and from what stands without connections" if drawn.edges else "between these layers"
        yield f"How the data flows {where} is not known."
    if (loose or len(drawn.nodes) == 1) and is_told_by_weights(drawn):
        yield "Where the flow is not known, layers without weights are not shown: the source does not tell of them."


def _has_unknown_types(graph: Graph, texts: list[str]) -> bool:
    """Tell whether types are among what is said, and some stand there as unknown."""
    types = {port.tensor.dtype for node in graph.nodes for port in (*node.inputs, *node.outputs)} - {None}
    said = {word for text in texts for word in text.split()}
    return "?" in said and not types.isdisjoint(said)


def _unknown(graph: Graph, texts: list[str], *, measured: bool) -> str:
    """Return what a question mark stands for, if there is any."""
    if not any("?" in text for text in texts):
        return ""
    return "number" if measured else "size or type" if _has_unknown_types(graph, texts) else "size"


def _open_sizes(names: list[str], unknown: str) -> Iterator[str]:
    """Say what names of axes are, and what a question mark is beside these."""
    are = "is a size that is" if len(names) == 1 else "are sizes that are"
    if names and unknown:
        each = "each " if len(names) > 1 else ""
        yield f"{' and '.join(names)} {are} not fixed, but {each}the same wherever it stands; ? may be any {unknown}."
    elif names:
        yield f"{' and '.join(names)} {are} not fixed."
    elif unknown:
        yield f"? is a {unknown} that is not fixed or not known."


def _axes(graph: Graph) -> list[str]:
    """Return the names that axes have."""
    shapes = dict.fromkeys([port.tensor.shape for node in graph.nodes for port in node.outputs])
    return list(dict.fromkeys([dim for shape in shapes for dim in shape or () if isinstance(dim, str)]))


def _signs(texts: list[str]) -> Iterator[str]:
    side = next((text.split("²×")[0].split()[-1] for text in texts if "²×" in text), "")
    if side:
        yield f"{side}² is {side}×{side}"
    leading = {phrase[:1] for text in texts for phrase in text.split(", ") if phrase[1:2].isdigit()}
    if "/" in leading:
        yield "/2 is a stride of 2"
    if "×" in leading:
        yield "×2 is one that doubles the size" if "/" in leading else "×2 is a stride of 2 that doubles the size"


def _texts(composition: "Composition") -> list[str]:
    """Return what stands in the figure, equal texts once."""
    texts = dict.fromkeys(composition.labels.values())
    for glyph in composition.glyphs.values():
        for line in glyph.lines:
            texts[line.text] = None
    return list(texts)
