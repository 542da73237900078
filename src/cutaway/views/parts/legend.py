"""The legend: swatches with words in rows, then sentences; only what occurs in the figure."""

from collections.abc import Collection, Mapping, Sequence

from cutaway.geometry import Point, Rect, Size
from cutaway.record import Record, field, replace
from cutaway.ruler import metrics, width
from cutaway.scene import Group, Line, Mark, Move, Path, Stroke, Text
from cutaway.theme import Theme
from cutaway.typed import TYPE_CHECKING
from cutaway.views.parts.box import Glyph, Looks, sign_line, swatch
from cutaway.views.parts.wrap import broken, evenly

if TYPE_CHECKING:
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
