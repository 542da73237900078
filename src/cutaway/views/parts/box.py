"""The labelled box and the small circle or pill of a merge: what they measure, and their marks."""

from collections.abc import Sequence

from cutaway.geometry import Point, Rect, Size
from cutaway.layered.problem import Route
from cutaway.record import Record
from cutaway.ruler import FaceWeight, metrics, width
from cutaway.scene import Anchor, Hatch, Mark, Paint, Path, Rounded, Stroke, Text
from cutaway.theme import Theme
from cutaway.typed import Literal

Form = Literal["box", "round"]

STRONG = ".strong"
"""What the role of a highlighted box ends with."""

_WEIGHTS: tuple[FaceWeight, ...] = (400, 700)

_GAP = 0.8
"""The gap between two columns, in em."""


class TextLine(Record, kw_only=False, many=True):
    """One line in a box, with the role of its ink; `lead` is a short text before it (a number).

    `spans` are how long that is with a gap behind it, and the whole line. Lines with a `head` (perhaps an empty one)
    are the rows of a table: heads below each other, and then the texts.
    """

    text: str
    size: float
    weight: FaceWeight = 400
    role: str = "grey"
    lead: str = ""
    lead_role: str = "grey"
    head: str | None = None
    spans: tuple[float, float] = (0.0, 0.0)


class Glyph(Record, kw_only=False, many=True):
    """What stands for one node: lines of text in an outline of the colours of `role`, `size` large.

    A folded block with a `count` is a stack of sheets: the front box leaves a `margin` within the size on all sides.
    `columns` are how wide those of its table are, where they are wider than it takes so that they align with others'.
    """

    lines: tuple[TextLine, ...]
    role: str
    size: Size
    form: Form = "box"
    count: str = ""
    margin: float = 0.0
    columns: tuple[float, float] | None = None

    def marks(self, rect: Rect, looks: "Looks", ends: Sequence[Point] = ()) -> tuple[Mark, ...]:
        """Draw the outline, then the lines centred in it; `ends` are where lines touch it."""
        if self.count:
            from cutaway.views.parts.stack import pill_on, sheets

            front = rect.grown(-self.margin)
            return (
                *sheets(self, front, looks),
                *set_texts(self, front, looks),
                *pill_on(self, front, ends, looks),
            )
        radius = min(rect.width, rect.height) / 2 if self.form == "round" else looks.theme.strokes.box_radius
        return (swatch(self.role, rect, radius, looks), *set_texts(self, rect, looks))

    def met(self, route: Route, rect: Rect, theme: Theme, *, is_source: bool) -> Route:
        """Lead the end of a route at this glyph, its last point, on from the border of the rectangle to the outline."""
        if not self.count and (is_source or self.form == "box"):
            return route
        from cutaway.views.parts.lines import onto_outline

        return onto_outline(route, self, rect, theme)


def text_width(line: TextLine, theme: Theme) -> float:
    """Measure a line together with its lead."""
    return line.spans[1] if line.lead else width(line.text, line.size, theme.face, line.weight)


def led(line: TextLine, own: float, lead: str, theme: Theme) -> TextLine:
    """Return a line, so long by its `own`, with a short text before it, and a gap between them."""
    room = width(lead, theme.sizes.label, theme.face) + 0.4 * line.size
    spans = (room, own + room)
    return TextLine(line.text, line.size, line.weight, line.role, lead, line.lead_role, line.head, spans)


def box_glyph(lines: tuple[TextLine, ...], role: str, theme: Theme, slim: bool = False) -> Glyph:  # noqa: FBT001, FBT002
    """Size a box around its lines; a slim one stands for a helper beside the path."""
    cap = metrics(theme.face, lines[0].weight).cap_height * lines[0].size
    pad = theme.spacing.pad_y * (0.64 if slim else 1.0)
    height = cap + (len(lines) - 1) * theme.sizes.leading + 2 * pad
    breadth = max(text_width(line, theme) for line in lines if line.head is None) + 2 * theme.spacing.pad_x
    rows = [line for line in lines if line.head is not None]
    if rows:
        breadth = max(breadth, sum(table_widths(rows, theme)) + 2 * theme.spacing.pad_x)
    return Glyph(lines=lines, role=role, size=Size(breadth, height))


def measured(glyph: Glyph, theme: Theme) -> tuple[Glyph, float]:
    """Return a box, and how long its first line is."""
    return glyph, text_width(glyph.lines[0], theme)


def numbered(glyph: Glyph, own: float, number: str, theme: Theme) -> Glyph:
    """Return a box with a number before its first line, so long by its `own`, and as wide as that needs."""
    lines = glyph.lines
    line = led(lines[0], own, number, theme)
    breadth = max(glyph.size.width, line.spans[1] + 2 * theme.spacing.pad_x)
    return Glyph((line, *lines[1:]), glyph.role, Size(breadth, glyph.size.height))


def table_widths(rows: Sequence[TextLine], theme: Theme) -> tuple[float, float]:
    """Measure the heads of a table with the gap behind them, and its texts; a head without a text has both columns."""
    face = theme.face
    heads = [width(row.head or "", row.size, face) for row in rows]
    column = max((head for head, row in zip(heads, rows, strict=True) if row.text), default=0.0)
    column += _GAP * rows[0].size if column else 0.0
    texts = max(width(row.text, row.size, face, row.weight) for row in rows)
    return column, max(texts, *(head - column for head in heads))


def sign_glyph(sign: str, lead: str, theme: Theme) -> Glyph:
    """Size the circle of a merge; a longer sign makes it a pill."""
    line = sign_line(sign, theme.sizes.sign, theme.least_size)
    line = led(line, text_width(line, theme), lead, theme) if lead else line
    diameter = theme.sizes.sign * 1.34
    breadth = diameter if len(sign) == 1 and not lead else text_width(line, theme) + diameter * 0.8
    return Glyph(lines=(line,), role="merge", size=Size(breadth, diameter), form="round")


def mark_glyph(sign: str, role: str, lead: str, theme: Theme) -> Glyph:
    """Size the small circle of a helper, in the colours of its kind."""
    line = sign_line(sign, theme.sizes.label, theme.least_size)
    line = led(line, text_width(line, theme), lead, theme) if lead else line
    diameter = theme.sizes.label * 1.5
    breadth = text_width(line, theme) + diameter * 0.7 if lead else diameter
    return Glyph(lines=(line,), role=role, size=Size(breadth, diameter), form="round")


def sign_line(sign: str, size: float, least: float) -> TextLine:
    """Set a sign so that it fits its circle: words and the tall double bar are smaller, the bar and letters lighter."""
    scale = 0.72 if sign == "‖" or len(sign) > 1 else 1.0
    weight: FaceWeight = 400 if sign == "‖" or (len(sign) == 1 and sign.isalpha()) else 700
    return TextLine(text=sign, size=max(size * scale, least), weight=weight, role="ink")


class Looks(dict[str, tuple[Paint, Stroke]]):
    """Fill and stroke of each role in a theme, made once for a drawing, and how high capitals are in em, by weight."""

    __slots__ = ("caps", "theme")

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self.caps = {weight: metrics(theme.face, weight).cap_height for weight in _WEIGHTS}

    def __missing__(self, role: str) -> tuple[Paint, Stroke]:
        theme, lines = self.theme, self.theme.hatchings.get(role)
        width = theme.strokes.strong if role.endswith(STRONG) else theme.strokes.box
        stroke = Stroke(paint=f"{role}.stroke", width=width, dash=tuple(theme.dashes.get(role, ())))
        paint: Paint = role
        if lines is not None:
            own = f"{role}.hatch" if f"{role}.hatch" in theme.palette else "hatch"
            paint = Hatch(paint=own, ground=role, angle=lines.angle, gap=lines.gap, width=lines.width)
        self[role] = paint, stroke
        return paint, stroke


def swatch(role: str, rect: Rect, radius: float, looks: Looks) -> Path:
    """Draw a rounded rectangle in the colours of a role."""
    fill, stroke = looks[role]
    return Path(Rounded(rect, radius), fill, stroke)


def set_texts(glyph: Glyph, rect: Rect, looks: Looks) -> list[Text]:
    """Set the lines of a box into the middle of a rectangle."""
    theme, lines, columns = looks.theme, glyph.lines, glyph.columns
    face, leading = theme.face, theme.sizes.leading
    middle, cap = rect.x + rect.width / 2, looks.caps[lines[0].weight] * lines[0].size
    baseline = rect.y + rect.height / 2 + cap / 2 - (len(lines) - 1) * leading / 2
    marks: list[Text] = []
    anchor: Anchor
    for line in lines:
        x, anchor = middle, "middle"
        if line.head is not None:
            columns = columns or table_widths([row for row in lines if row.head is not None], theme)
            left = middle - sum(columns) / 2
            if line.head:
                marks.append(Text(Point(left, baseline), line.head, line.size, face, line.role, "start", line.weight))
            x, anchor = left + columns[0], "start"
        elif line.lead:
            room, length = line.spans
            left = middle - length / 2
            marks.append(Text(Point(left, baseline), line.lead, theme.sizes.label, face, line.lead_role))
            x, anchor = left + room, "start"
        if line.text or line.head is None:
            marks.append(Text(Point(x, baseline), line.text, line.size, face, line.role, anchor, line.weight))
        baseline += leading
    return marks
