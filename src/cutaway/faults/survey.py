"""What lies where on a Scene: its groups, areas, lines and texts, flattened once for all checks."""

from collections.abc import Iterator, Sequence
from math import cos, isfinite, radians, sin

from cutaway.faults.outline import Place, bounds, flatten, grown
from cutaway.geometry import Bounds
from cutaway.record import Record, field
from cutaway.ruler import metrics, width
from cutaway.scene import Group, Image, Mark, Part, Path, Scene, Text

BOX_PARTS = frozenset({"node", "output"})
"""Groups of these parts are boxes: what a line may end on and must not run through."""
REGION_PARTS = frozenset({"scope", "region"})
"""Groups of these parts are drawn around boxes; what a region stands for lies in it, and is drawn there."""

STANDING = frozenset("0123456789ABCDEFGHIKLMNOPRSTUVWXYZabcdefhiklmnorstuvwxz ×·–—-+=²³°'\".:!?%#*<>→←↑↓")
"""Characters that stand on the baseline or above it; all others may descend."""
OVERSHOOT = 0.02
"""How far, in em, round letters that stand on the baseline reach below it."""


class Owner(Record, frozen=False, eq=False):
    """One group of the scene (or the scene itself, the root), and the outline of the box or region it draws.

    What is `explaining` is a part of a drawing in the legend: it shows what a folded block is, not what the graph has.
    A solid has a `front`, which has to be seen; at its `ports` lines may begin and end within the outline.
    """

    parent: "Owner | None" = None
    ref: str = ""
    part: Part = "note"
    stands_for: tuple[str, ...] = ()
    outline: "Area | None" = None
    front: "Area | None" = None
    ports: "list[Area]" = field(default_factory=list)
    draws: bool = False
    explaining: bool = False

    def chain(self) -> "Iterator[Owner]":
        """Yield this group and those around it, inside out."""
        owner: Owner | None = self
        while owner is not None:
            yield owner
            owner = owner.parent

    def box(self) -> "Owner | None":
        """Return the box this group is, or is a part of."""
        return next((owner for owner in self.chain() if owner.part in BOX_PARTS and owner.outline), None)

    def run(self) -> "Owner | None":
        """Return the run of boxes that this group is in."""
        return next((owner for owner in self.chain() if owner.part == "run"), None)


class Area(Record, eq=False):
    """A closed outline: a box, a region, a swatch, an arrowhead."""

    owner: Owner
    polygon: tuple[Place, ...]
    bounds: Bounds


class Label(Record, eq=False):
    """A text and the room its letters take; `quad` is closed and may stand at an angle."""

    owner: Owner
    text: str
    size: float
    quad: tuple[Place, ...]
    bounds: Bounds


class Course(Record, eq=False):
    """A line of an edge, or towards an output; `tips` are the corners of its arrowheads.

    A band is a filled shape that connects in place of a line: its chain is closed, and all its corners are tips.
    """

    owner: Owner
    chain: tuple[Place, ...]
    width: float
    tips: list[Place] = field(default_factory=list)
    is_band: bool = False

    def area(self) -> Area:
        """Return what a band covers."""
        return Area(owner=self.owner, polygon=self.chain, bounds=bounds(self.chain))


class Survey(Record):
    """Everything on a scene that can be in the way of something else, in painter's order."""

    owners: list[Owner] = field(default_factory=list)
    areas: list[Area] = field(default_factory=list)
    arrowheads: list[Area] = field(default_factory=list)
    regions: list[Area] = field(default_factory=list)
    labels: list[Label] = field(default_factory=list)
    courses: list[Course] = field(default_factory=list)
    bands: list[Course] = field(default_factory=list)
    groupings: list[Area] = field(default_factory=list)
    """Shaded boxes that a user puts behind others."""
    extents: list[tuple[Owner, str, Bounds]] = field(default_factory=list)
    """All marks: their group, what they are in words, and the room they take, strokes included."""
    broken: list[tuple[Owner, str]] = field(default_factory=list)
    """Marks with a coordinate that is no number; they are nowhere else in here."""


def survey(scene: Scene) -> Survey:
    """Return what lies where on `scene`."""
    found = Survey()
    root = Owner()
    found.owners.append(root)
    _visit(scene.marks, root, found)
    return found


def _visit(marks: Sequence[Mark], owner: Owner, found: Survey) -> None:
    course: Course | None = None
    for mark in marks:
        match mark:
            case Group():
                explaining = owner.explaining or mark.part == "explained"
                inner = Owner(
                    parent=owner, ref=mark.ref, part=mark.part, stands_for=mark.stands_for, explaining=explaining
                )
                found.owners.append(inner)
                _visit(mark.marks, inner, found)
                owner.draws = owner.draws or inner.draws
            case Text():
                _add_text(mark, owner, found)
            case Image():
                _add_image(mark, owner, found)
            case Path():
                course = _add_path(mark, owner, found, course)


def _add_text(mark: Text, owner: Owner, found: Survey) -> None:
    if not mark.text.strip():
        return
    if not all(map(isfinite, (mark.at.x, mark.at.y, mark.size, mark.angle))):
        found.broken.append((owner, f"the text {mark.text!r}"))
        return
    owner.draws = True
    extents = metrics(mark.face, mark.weight)
    length = width(mark.text, mark.size, mark.face, mark.weight)
    left = {"start": 0.0, "middle": -length / 2, "end": -length}[mark.anchor]
    top = -extents.cap_height * mark.size
    bottom = (OVERSHOOT if STANDING.issuperset(mark.text) else extents.descent) * mark.size
    turn = radians(mark.angle)
    across, along = cos(turn), sin(turn)
    quad = tuple(
        (mark.at.x + x * across - y * along, mark.at.y + x * along + y * across)
        for x, y in ((left, top), (left + length, top), (left + length, bottom), (left, bottom), (left, top))
    )
    area = bounds(quad)
    found.labels.append(Label(owner=owner, text=mark.text, size=mark.size, quad=quad, bounds=area))
    found.extents.append((owner, f"the text {mark.text!r}", area))


def _add_image(mark: Image, owner: Owner, found: Survey) -> None:
    a, b, c, d, e, f = mark.matrix
    corners = [(e, f), (a + e, b + f), (a + c + e, b + d + f), (c + e, d + f)]
    points = [point for chain in flatten(mark.clip) for point in chain] or corners
    if not all(isfinite(value) for point in points for value in point):
        found.broken.append((owner, "a picture"))
        return
    owner.draws = True
    found.extents.append((owner, "a picture", bounds(points)))


def _add_path(mark: Path, owner: Owner, found: Survey, course: Course | None) -> Course | None:
    """Add a path; the course is the line of the group that an arrowhead which follows belongs to."""
    chains = flatten(mark.segments)
    points = [point for chain in chains for point in chain]
    if not all(isfinite(value) for point in points for value in point):
        found.broken.append((owner, "a path"))
        return course
    if not points or (mark.fill is None and mark.stroke is None):
        if points and owner.part in BOX_PARTS and _is_outline(owner, chains):
            owner.outline = _closed(owner, chains[0])  # that of circles, which are painted one by one
            found.areas.append(owner.outline)
        return course
    owner.draws = True
    half = mark.stroke.width / 2 if mark.stroke else 0.0
    found.extents.append((owner, "a path", grown(bounds(points), half)))
    if mark.fill is None and not _is_outline(owner, chains):
        return _add_course(mark, owner, chains, found) or course
    for chain in chains:
        _add_area(_closed(owner, chain), found, course)
    return course


def _closed(owner: Owner, chain: list[Place]) -> Area:
    closed = chain if chain[0] == chain[-1] else [*chain, chain[0]]
    return Area(owner=owner, polygon=tuple(closed), bounds=bounds(closed))


def _is_outline(owner: Owner, chains: list[list[Place]]) -> bool:
    """Tell whether an unfilled path encloses a box or a region: it is the first one there, and closed."""
    return (
        (owner.part in BOX_PARTS or owner.part in REGION_PARTS)
        and owner.outline is None
        and chains[0][0] == chains[0][-1]
    )


def _add_course(mark: Path, owner: Owner, chains: list[list[Place]], found: Survey) -> Course | None:
    if owner.part != "edge" or mark.stroke is None:
        return None
    made = [Course(owner=owner, chain=tuple(chain), width=mark.stroke.width) for chain in chains]
    found.courses.extend(made)
    return made[-1]


def _add_area(area: Area, found: Survey, course: Course | None) -> None:
    owner = area.owner
    if owner.part == "window":
        return  # it lies on the box that its line leads to
    if owner.part == "edge" and course is None:
        found.bands.append(Course(owner=owner, chain=area.polygon, width=0.0, tips=list(area.polygon), is_band=True))
    elif owner.part == "edge" and course:
        found.arrowheads.append(area)
        course.tips.extend(area.polygon)
    elif owner.part == "grouping" and owner.outline is None:
        owner.outline = area
        found.groupings.append(area)
    elif owner.part in REGION_PARTS and owner.outline is None:
        owner.outline = area
        found.regions.append(area)
    else:
        if owner.part in BOX_PARTS and owner.outline is None:
            owner.outline = area
        _add_face(area)
        found.areas.append(area)


def _add_face(area: Area) -> None:
    """Tell the box around a front or a port of it."""
    box = area.owner.box() if area.owner.part in {"front", "port"} else None
    if box and area.owner.part == "port":
        box.ports.append(area)
    elif box and box.front is None:
        box.front = area
