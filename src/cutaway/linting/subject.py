"""A figure as the checks see it: its marks by what they draw, how they look, and what they say."""

from collections.abc import Iterator, Mapping, Sequence

from cutaway.faults.lookup import Lookup, look_up
from cutaway.faults.outline import bounds, flatten
from cutaway.faults.survey import Survey, survey
from cutaway.geometry import Bounds
from cutaway.graph import Graph, Node
from cutaway.linting.looks import Look, look_of, role_of
from cutaway.page import Page
from cutaway.record import Record, field
from cutaway.scene import Group, Mark, Part, Path, Scene, Text
from cutaway.theme import Theme


class Box(Record, eq=False):
    """A box of a node, an output or a scope: its group, its outline and its texts; `role` is empty for a plain colour.

    `members` are the nodes of the graph that it draws or stands for. Words of a node may stand `beside` it, in a note.
    What is drawn after a shape, `is_shaped`, looks as its front does, or as its ports where it has none.
    """

    group: Group
    texts: tuple[str, ...]
    look: Look
    role: str
    bounds: Bounds
    members: tuple[str, ...] = ()
    is_shaped: bool = False
    beside: tuple[str, ...] = ()

    @property
    def ref(self) -> str:
        """The id of what it draws."""
        return self.group.ref

    @property
    def place(self) -> tuple[float, float]:
        """Its upper left corner."""
        return self.bounds[:2]


class Explained(Record):
    """What a legend shows and says; `refs` are ids that it accounts for, `scale` tells that colours are numbers."""

    looks: tuple[tuple[Look, str], ...] = ()
    texts: tuple[str, ...] = ()
    refs: frozenset[str] = frozenset()
    scale: tuple[Look, ...] = ()

    def shows(self, look: Look) -> bool:
        """Tell whether a swatch looks like this."""
        return any(_alike(look, other) for other in (*(shown for shown, _ in self.looks), *self.scale))

    def says(self, words: Sequence[str]) -> bool:
        """Tell whether one of the words stands in it."""
        said = " ".join(self.texts).lower()
        return any(word in said for word in words)


class Subject(Record, eq=False):
    """A figure to be checked. `graph` has all shapes that follow; `amounts` are what boxes are sized by.

    `patterns` are the boxes of the drawings in the legend, which explain the folded blocks of the ids `explained`.
    """

    scene: Scene
    graph: Graph
    theme: Theme
    page: Page
    amounts: Mapping[str, float]
    nodes: Mapping[str, Node]
    found: Survey
    lookup: Lookup
    legend: Explained
    boxes: tuple[Box, ...]
    outputs: tuple[Box, ...]
    regions: tuple[Box, ...]
    patterns: tuple[Box, ...] = ()
    explained: frozenset[str] = frozenset()
    groups: tuple[Group, ...] = field(default_factory=tuple)

    def around(self, box: Box) -> tuple[Box, ...]:
        """Return the regions around a box."""
        scopes = self.lookup.scopes(box.ref)
        return tuple({region.ref: region for region in self.regions if region.ref in scopes}.values())

    @property
    def ground(self) -> str:
        """The colour of the page; of a transparent one white is taken."""
        return self.scene.palette.get("page", "#FFFFFF")


def subject(scene: Scene, graph: Graph, theme: Theme, page: Page, amounts: Mapping[str, float]) -> Subject:
    """Return the figure for the checks."""
    found = survey(scene)
    nodes = {node.id: node for node in graph.nodes}
    groups = tuple(_groups(scene.marks))
    by_part: dict[str, list[Box]] = {"node": [], "output": [], "scope": [], "region": []}
    notes: dict[str, list[str]] = {}
    for group in groups:
        if group.part == "note" and group.ref in nodes:
            notes.setdefault(group.ref, []).extend(_texts(group))
    for group in groups:
        if group.part in by_part:
            beside = notes.get(group.ref, ()) if group.part == "node" else ()
            box = _box(group, scene, nodes, beside)
            if box is not None:
                by_part[group.part].append(box)
    inner = [mark for group in groups if group.part == "explained" for mark in marks_in(group.marks)]
    drawings = [_box(mark, scene, nodes) for mark in inner if isinstance(mark, Group) and mark.part == "node"]
    return Subject(
        scene=scene,
        graph=graph,
        theme=theme,
        page=page,
        amounts=amounts,
        nodes=nodes,
        found=found,
        lookup=look_up(graph, found),
        legend=_explained(groups, scene),
        boxes=tuple(by_part["node"]),
        outputs=tuple(by_part["output"]),
        regions=(*by_part["scope"], *by_part["region"]),
        patterns=tuple(box for box in drawings if box is not None),
        explained=frozenset(item for group in groups if group.part == "explained" for item in group.stands_for),
        groups=groups,
    )


def marks_in(marks: Sequence[Mark], closed: Part | None = None) -> Iterator[Mark]:
    """Walk over marks and all that is in their groups, but for those of a `closed` part, in painter's order."""
    waiting = list(reversed(marks))
    while waiting:
        mark = waiting.pop()
        yield mark
        if isinstance(mark, Group) and mark.part != closed:
            waiting.extend(reversed(mark.marks))


def _groups(marks: Sequence[Mark]) -> Iterator[Group]:
    """Give all groups but those in the drawings of the legend."""
    return (mark for mark in marks_in(marks, closed="explained") if isinstance(mark, Group))


def _box(group: Group, scene: Scene, nodes: Mapping[str, Node], beside: Sequence[str] = ()) -> Box | None:
    outline = next((mark for mark in marks_in(group.marks) if isinstance(mark, Path)), None)
    face = next((path for part in ("front", "port") if (path := _first(group, part))), outline)
    points = [point for chain in flatten(outline.segments) for point in chain] if outline else []
    if outline is None or face is None or not points:
        return None
    members = (group.ref, *group.stands_for) if group.ref in nodes else group.stands_for
    return Box(
        group=group,
        texts=(*_texts(group), *beside),
        look=look_of(face, scene.palette),
        role=role_of(face),
        bounds=bounds(points),
        members=tuple(dict.fromkeys(item for item in members if item in nodes)),
        is_shaped=face is not outline,
        beside=tuple(beside),
    )


def _texts(group: Group) -> list[str]:
    return [mark.text for mark in marks_in(group.marks) if isinstance(mark, Text) and mark.text.strip()]


def _first(group: Group, part: Part) -> Path | None:
    """Return the first path of a part within a group."""
    inner = [mark for mark in marks_in(group.marks) if isinstance(mark, Group) and mark.part == part]
    return next((mark for each in inner for mark in marks_in(each.marks) if isinstance(mark, Path)), None)


def _explained(groups: Sequence[Group], scene: Scene) -> Explained:
    legend = [group for group in groups if group.part == "legend"]
    scales = [mark for group in legend if group.ref == "scale" for mark in marks_in(group.marks)]
    of_scale = {id(mark) for mark in scales}
    inside = [mark for group in legend for mark in group.marks]
    return Explained(
        looks=tuple(
            (look_of(mark, scene.palette), role_of(mark))
            for mark in inside
            if isinstance(mark, Path) and id(mark) not in of_scale
        ),
        texts=tuple(mark.text for mark in inside if isinstance(mark, Text)),
        refs=frozenset(item for group in legend for item in group.stands_for),
        scale=tuple(look_of(mark, scene.palette) for mark in scales if isinstance(mark, Path)),
    )


def _alike(one: Look, other: Look) -> bool:
    """Tell whether two marks look the same but for their form and the width of their line."""
    return (one.fill, one.stroke, one.dash, one.hatch) == (other.fill, other.stroke, other.dash, other.hatch)
