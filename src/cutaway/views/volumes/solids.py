"""The cuboids of nodes: how large they are, and how they are seen."""

from collections import Counter
from collections.abc import Collection, Iterable, Mapping, Sequence

from cutaway.geometry import Size
from cutaway.graph import Graph, Kind
from cutaway.record import Record, replace
from cutaway.theme import Theme
from cutaway.typed import TYPE_CHECKING
from cutaway.views.parts.box import Glyph
from cutaway.views.parts.cuboid import Cuboid, FacePicture
from cutaway.views.parts.lines import port_room
from cutaway.views.parts.solid import Projection, Solid, Tone, solid
from cutaway.views.sizing import Extent, Room, Sizing, asked_for, natural_sizing, roomy
from cutaway.views.volumes.captions import THIN, Seen
from cutaway.views.volumes.chains import Chain

if TYPE_CHECKING:
    from cutaway.style import Style
    from cutaway.views.parts.picture import Picture
    from cutaway.views.volumes import Volumes

_PLATE = 3.6
"""Points: how wide what only hands on a tensor is."""
_STICK = 3.2
"""Points: how wide a vector is."""
_LOW = 0.74
"""How high and deep volumes are beside what else has natural sizes: sides take less of the figure than fronts."""
_NARROW = 0.69
"""How wide volumes are beside that, so that the type is not too small where a figure is scaled to a page."""
_SLIM = 0.42
"""How wide what has a single channel is beside what else is least: three make more."""
_BESIDE_HEAD = 0.64
"""How far a line ends from an arrowhead, beside how far two arrowheads are from each other."""
_BESIDE_IMAGES = 0.6
"""How high the longest vector is at most, beside the highest image."""
_PAIR = 1.3
"""How far apart two of these are, beside more."""
_FEW = 6
"""As many lines may end close together."""
_CORNERS = 1.2
"""Points of a side that no line meets."""
_OPEN = 36.0
"""Points: how high and deep is what is of no known size, in the natural mode."""
_SIZED = ("scale_xy", "scale_z", "min_xy", "max_xy", "min_z", "max_z", "caps")


class Lines(Record):
    """How many lines end on nodes, by their ids: arriving or leaving at a side, from above, and as arrows there."""

    arriving: Mapping[str, int]
    leaving: Mapping[str, int]
    above: Mapping[str, int]
    heads: Mapping[str, int]


def lines(graph: Graph, chains: Iterable[Chain], outputs: Collection[str]) -> Lines:
    """Count the lines that end on nodes; above `outputs` stands a name."""
    found = [*chains]
    inside = {edge.id for chain in found for edge in (*chain.joined, *chain.skips)}
    arriving = Counter(edge.target for edge in graph.edges if edge.id not in inside)
    leaving = {(edge.source, edge.source_port) for edge in graph.edges if edge.id not in inside}
    leaving.update((each.node, each.port) for each in graph.outputs if each.node not in outputs)
    ports = Counter(node for node, _ in leaving)
    above = Counter(end for chain in found for edge in chain.skips for end in (edge.source, edge.target))
    heads = Counter(edge.target for chain in found for edge in chain.skips)
    return Lines(arriving=arriving, leaving=ports, above=above, heads=heads)


def sizing(view: "Volumes", seen: Iterable[Seen], theme: Theme) -> Sizing:
    """Return how sides grow: the natural way of the mode, with what is asked for instead."""
    if view.sizes is not None:
        return view.sizes
    found = natural_sizing([each.axes for each in seen], theme, view.sizing)
    if view.sizing == "natural":
        lower = {name: _LOW * getattr(found, name) for name in ("scale_xy", "scale_one", "base", "max_xy")}
        narrower = {name: _NARROW * getattr(found, name) for name in ("scale_z", "max_z")}
        found = replace(found, min_z=_SLIM * found.min_z, **lower, **narrower)
    if view.scale_xy is not None or view.scale_z is not None:
        found = replace(found, scale_one=None)
    return replace(asked_for(found, view, _SIZED), one_dim=view.one_dim)


def with_room(view: "Volumes", sizes: Sizing, seen: Sequence[Seen], ends: Lines, theme: Theme) -> Sizing:
    """Return a sizing in which the lines have room that end on volumes, equal shapes being equal.

    Beside images, vectors are no higher than a share of these.
    """
    if view.sizes is not None:
        return sizes
    images = [sizes.volume(each.axes).y for each in seen if len(each.axes.names or ()) > 2]
    most = min(sizes.max_xy, max(_BESIDE_IMAGES * max(images), _OPEN)) if images else sizes.max_xy
    rooms = [
        Room(
            axes=each.axes,
            high=needed(each.node.id, ends, theme),
            wide=max(needed_above(each.node.id, ends, theme), _STICK if each.axes.is_vector else 0.0),
            gives=not is_close(each.node.id, ends),
            plate=view.plates and is_plate(each),
        )
        for each in seen
    ]
    return roomy(sizes, rooms, most)


def is_close(node: str, ends: Lines) -> bool:
    """Tell whether lines end close together on a node if it is low: the few that meet in a merge."""
    return 1 < ends.arriving.get(node, 0) <= _FEW and ends.leaving.get(node, 0) < 2


def close_pitch(count: int, theme: Theme) -> float:
    """Return how far apart so many lines end that end close together on what is low."""
    return (_PAIR if count == 2 else 1.0) * port_room(theme)


def needed(node: str, ends: Lines, theme: Theme) -> float:
    """Return how high a node is at least: few arrows lie close together, many lines are spread."""
    arriving, port = ends.arriving.get(node, 0), port_room(theme)
    if is_close(node, ends):
        return close_pitch(arriving, theme) * (arriving - 1) + _CORNERS
    lines = max(arriving, ends.leaving.get(node, 0))
    return 2 * port * (lines - 1) + 2.4 * port if lines > 1 else 0.0


def needed_above(node: str, ends: Lines, theme: Theme) -> float:
    """Return how wide a node is at least for the lines that end above it."""
    above, port = ends.above.get(node, 0), port_room(theme)
    pitch = port if ends.heads.get(node, 0) > 1 else _BESIDE_HEAD * port
    return pitch * (above - 1) + 1.0 if above > 1 else 0.0


def projection(view: "Volumes") -> Projection:
    """Return how cuboids are seen."""
    return Projection(angle=view.angle, depth=view.depth_share, yaw=view.rotation, reversed=view.reversed)


class Solids:
    """Makes the cuboids of nodes; most of a deep model are equal."""

    def __init__(self, view: "Volumes", seen: Sequence[Seen], theme: Theme, ends: Lines, breadth: float) -> None:
        self._view, self._theme, self._ends = view, theme, ends
        self.sizes = with_room(view, sizing(view, seen, theme).times(breadth), seen, ends, theme)
        self._projection = projection(view)
        self._made: dict[tuple[float, float, float, bool], Solid] = {}

    def cuboid(self, seen: Seen, box: Glyph, style: "Style | None", picture: "Picture | None" = None) -> Cuboid:
        """Return the cuboid of a node with its picture, in the words and the role of the box that it would have."""
        extent, node = self._extent(seen, style), seen.node.id
        x, y, z = extent.x, extent.y, extent.z
        y = max(y, needed(node, self._ends, self._theme))
        z = max(z, needed_above(node, self._ends, self._theme))
        if picture and style and style.fit == "match_aspect" and style.face in {None, "front"}:
            from cutaway.views.parts.picture import matched

            fitted = matched(Size(z, y), picture)
            z, y = fitted.width, fitted.height
        flat = self._view.flat if style is None or style.flat is None else style.flat
        key = (z, y, x, flat)
        if key not in self._made:
            self._made[key] = solid(z, y, x, self._projection, flat=flat)
        shown = _on_face(picture, style, self._made[key]) if picture and style else None
        return Cuboid(solid=self._made[key], role=box.role, lines=box.lines, count=box.count, picture=shown)

    def _extent(self, seen: Seen, style: "Style | None") -> Extent:
        found = self.sizes.volume(seen.axes)
        view = self._view
        if view.min_xy is None and view.sizes is None and view.sizing == "natural" and found.unknown & {"x", "y"}:
            found = replace(
                found, x=_OPEN if "x" in found.unknown else found.x, y=_OPEN if "y" in found.unknown else found.y
            )
        if view.plates and is_plate(seen):
            least = self.sizes.least.plate if seen.node.kind is Kind.MERGE else 0.0  # the lines to them are alike
            found = replace(found, z=max(min(found.z, _PLATE), least))
        if style is not None and style.size is not None:
            given = zip(("x", "y", "z"), style.size, strict=True)
            found = replace(found, **{side: length for side, length in given if length is not None})
        return found


def _on_face(picture: "Picture", style: "Style", solid: Solid) -> FacePicture:
    """Return a picture with how and on which face a style puts it: where none is told, where it is seen best."""
    from cutaway.views.parts.picture import fit_named

    fit = fit_named(style.fit or "contain")
    face: Tone = "top" if style.face == "top" else "side" if style.face == "side" else "front"
    if style.face is None and fit != "match_aspect" and solid.size.width - solid.front.width > solid.front.width:
        face = "side"
    return FacePicture(picture=picture, fit=fit, face=face)


def is_plate(seen: Seen) -> bool:
    """Tell whether a node only hands on a tensor of the size that it gets."""
    node = seen.node
    if node.kind is Kind.INPUT:
        return False
    if node.kind is Kind.MERGE:
        return node.operation != "Concatenate"
    return node.kind in THIN and any(port.tensor.shape == seen.tensor.shape for port in node.inputs)
