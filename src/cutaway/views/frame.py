"""What stands around a drawing: title above, key beside or below, legend at the foot; together they make the page."""

from collections.abc import Sequence

from cutaway.geometry import Point, Rect, Size
from cutaway.layered.problem import Layout
from cutaway.record import Record, replace
from cutaway.ruler import metrics, width
from cutaway.scene import Group, Line, Mark, Move, Path, Scene, Stroke, Text
from cutaway.theme import Theme
from cutaway.typed import TYPE_CHECKING
from cutaway.views.composition import Composition, arranged, drawn, shifted
from cutaway.views.parts.legend import Legend, legend_marks
from cutaway.views.parts.move import moved
from cutaway.views.parts.wrap import broken

if TYPE_CHECKING:
    from cutaway.views.explaining import Explanations
    from cutaway.views.explaining.piece import Piece
    from cutaway.views.parts.key import Key, PlacedKey
    from cutaway.views.parts.logos import LogoLegend

_LEAST_WIDTH = 200.0
"""No page is narrower than this, in points, so that a title and a legend have room beside a thin drawing."""

_Placed = tuple[Mark, float, float]
"""A mark, and by how much it is to be moved."""


class Frame(Record):
    """The words around a drawing; empty ones leave no room."""

    title: str
    facts: str
    legend: Legend
    description: str
    key: "Key | None" = None
    explained: "Explanations | None" = None
    logos: "LogoLegend | None" = None


class Setting(Record):
    """The words around a drawing, where the drawing begins, and the size of the page.

    Marks have by how much each is to be moved, inside of the margin; those of the title, which stands at the top, have
    none. The key, of which there are no marks yet, is placed about the drawing; explanations begin `below`.
    """

    title: tuple[Mark, ...]
    marks: tuple[_Placed, ...]
    left: float
    top: float
    size: Size
    key: "PlacedKey | None" = None
    explained: "Piece | None" = None
    below: float = 0.0


class Words(Record):
    """The words around a drawing in a room of some breadth, whatever its height: title, explanations, legend, logos.

    `top` is how high the title is; marks have their height.
    """

    title: tuple[Mark, ...]
    top: float
    explained: "Piece | None"
    legend: tuple[Mark, float] | None
    logos: tuple[Mark, float] | None


def framed(composition: Composition, frame: Frame) -> Scene:
    """Lay the composition out, draw it, and set the frame around it."""
    return composed(composition, frame, arranged(composition))


def composed(
    composition: Composition,
    frame: Frame,
    layout: Layout,
    breadth: float | None = None,
    known: dict[float, Words] | None = None,
) -> Scene:
    """Draw a composition that is laid out, with the frame around it, on a page as wide as `breadth` or as need be.

    The drawing must not be wider than `breadth` leaves beside the margins. For `known` see `set_around`.
    """
    theme, margin = composition.theme, composition.theme.spacing.margin
    beside = tuple[Mark, ...]()
    layout, behind = filled(composition, layout)
    if composition.notes:
        from cutaway.views.annotated import annotated

        found = annotated(composition, layout, None if breadth is None else breadth - 2 * margin)
        layout, beside = found.layout, found.marks
        behind = tuple([moved(mark, found.left, found.top) for mark in behind])
        frame, known = with_notes(frame, found.sentences), None
    setting = set_around(frame, layout.size, theme, breadth, known)
    dx, dy = margin + setting.left, margin + setting.top
    drawing = (
        *(moved(mark, dx, dy) for mark in behind),
        *drawn(composition, shifted(layout, dx, dy)),
        *(moved(mark, dx, dy) for mark in beside),
    )
    return Scene(
        width=setting.size.width,
        height=setting.size.height,
        marks=(
            *drawing,
            *(moved(mark, margin, margin) for mark in setting.title),
            *((setting.key.mark(theme, margin, dy),) if setting.key else ()),
            *(moved(mark, margin + x, margin + y) for mark, x, y in setting.marks),
            *_explanations(setting, margin),
        ),
        palette=theme.palette,
        title=frame.title,
        description=frame.description,
    )


def filled(composition: Composition, layout: Layout) -> tuple[Layout, tuple[Mark, ...]]:
    """Return a layout with what is in its runs, and with room for groupings; and the marks that lie behind it all."""
    behind = tuple[Mark, ...]()
    if composition.runs:
        from cutaway.views.runs import expanded

        layout = expanded(composition, layout)
    if composition.groupings:
        from cutaway.views.parts.grouping import grouped

        with_room = grouped(composition.groupings, layout)
        layout, behind = with_room.layout, with_room.marks
    return layout, behind


def with_notes(frame: Frame, sentences: Sequence[str]) -> Frame:
    """Return a frame that has further sentences in its legend."""
    return replace(frame, legend=replace(frame.legend, notes=(*frame.legend.notes, *sentences)))


def set_around(
    frame: Frame, size: Size, theme: Theme, breadth: float | None = None, known: dict[float, Words] | None = None
) -> Setting:
    """Set the words around a drawing of this size; those in rooms of breadths that are `known` are made already."""
    margin = theme.spacing.margin
    if breadth is not None:
        inner = breadth - 2 * margin
    else:
        inner = max(size.width, _LEAST_WIDTH if frame.title or _has_words(frame.legend) else 0.0)
    room = Rect(0.0, 0.0, inner, size.height)
    key = frame.key.around(room, theme, is_below=breadth is not None) if frame.key else None
    room = key.room if key else room
    known = {} if known is None else known
    if room.width not in known:
        known[room.width] = _words(frame, room.width, theme)
    words = known[room.width]
    gap, marks = theme.spacing.legend, list[_Placed]()
    bottom = below = words.top + room.height
    if words.explained:
        marks.append((_rule(room.width, theme), 0.0, bottom + 1.4 * gap))
        below = bottom + 2 * (1.4 * gap)
        bottom = below + words.explained.size.height
    if words.legend:
        group, height = words.legend
        marks += [(_rule(room.width, theme), 0.0, bottom + gap), (group, 0.0, bottom + 2 * gap)]
        bottom = bottom + 2 * gap + height
    if words.logos:
        row, height = words.logos
        marks.append((row, 0.0, bottom + gap))
        bottom += gap + height
    return Setting(
        title=words.title,
        marks=tuple(marks),
        left=(inner - size.width) / 2,
        top=words.top,
        size=Size(room.width + 2 * margin, bottom + 2 * margin),
        key=key,
        explained=words.explained,
        below=below,
    )


def _words(frame: Frame, breadth: float, theme: Theme) -> Words:
    """Set the words that stand above and below a drawing into a room of this breadth."""
    title, top = _heading(frame, breadth, theme)
    piece = frame.explained.within(breadth) if frame.explained else None
    legend = frame.legend.without_idle(piece.roles if piece else ())
    return Words(
        title=tuple(title),
        top=top,
        explained=piece,
        legend=legend_marks(legend, breadth, theme) if _has_words(legend) else None,
        logos=frame.logos.marks(breadth, theme) if frame.logos else None,
    )


def _explanations(setting: Setting, margin: float) -> Sequence[Mark]:
    """Draw what explains folded blocks."""
    return setting.explained.marks(margin, margin + setting.below) if setting.explained else ()


def _has_words(legend: Legend) -> bool:
    return bool(legend.entries or legend.notes or legend.scale)


def _heading(frame: Frame, breadth: float, theme: Theme) -> tuple[list[Mark], float]:
    """Set the title, the facts beside it where they fit, else below; return them and the y where the drawing starts."""
    if not frame.title:
        return [], 0.0
    sizes, face = theme.sizes, theme.face
    lines = broken(frame.title, sizes.title, face, breadth, 700)
    leading, cap = sizes.title * 1.3, metrics(face, 700).cap_height * sizes.title
    marks: list[Mark] = [
        Text(at=Point(0.0, cap + place * leading), text=line, size=sizes.title, face=face, weight=700)
        for place, line in enumerate(lines)
    ]
    y = cap + (len(lines) - 1) * leading
    beside = width(lines[-1], sizes.title, face, 700) + sizes.facts
    facts: tuple[str, ...] = ()
    if frame.facts and beside + width(frame.facts, sizes.facts, face) <= breadth:
        marks.append(Text(at=Point(beside, y), text=frame.facts, size=sizes.facts, face=face, fill="grey"))
    elif frame.facts:
        facts = broken(frame.facts, sizes.facts, face, breadth)
    for line in facts:
        y += sizes.facts * 1.4
        marks.append(Text(at=Point(0.0, y), text=line, size=sizes.facts, face=face, fill="grey"))
    return [Group(marks=tuple(marks), part="title", title=frame.title)], y + 1.6 * theme.spacing.legend


def _rule(breadth: float, theme: Theme) -> Path:
    """Draw a thin line across the page."""
    return Path(
        segments=(Move(Point(0.0, 0.0)), Line(Point(breadth, 0.0))),
        stroke=Stroke(paint="rule", width=theme.strokes.rule),
    )
